"""Actors: people and programs, by the login they work with."""
