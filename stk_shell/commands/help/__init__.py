"""Help on commands."""
