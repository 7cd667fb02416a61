"""Noting things of other records."""
