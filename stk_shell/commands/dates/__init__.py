"""Commands that work on dates."""
