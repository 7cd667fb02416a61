"""Stages of a pipeline as SQL, where that gives exactly what they would give in memory."""
