"""Tests of what is completed, and of the menu."""
