"""Commands that make a value of another type."""
