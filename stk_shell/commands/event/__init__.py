"""Recording, finding and revoking events."""
