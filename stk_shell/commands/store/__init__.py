"""The store itself: its state, its migrations, its server."""
