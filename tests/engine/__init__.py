"""Tests of evaluating."""
