"""Commands that make values out of nothing."""
