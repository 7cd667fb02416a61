"""Commands that work on rows and items: choosing, ordering, grouping, reshaping."""
