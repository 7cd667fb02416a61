"""Tests of the interactive shell, without a terminal."""
