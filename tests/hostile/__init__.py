"""Hostile inputs: texts that break programs, put through everything that takes or shows a text."""
