"""Commands that turn text into values and values into text."""
