"""Commands that work on text."""
