"""Settings: what counts, and changing it."""
