"""Tests of the store and the schema."""
