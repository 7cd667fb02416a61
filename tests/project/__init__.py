"""Rules that hold for the whole project."""
