"""Commands that draw numbers."""
