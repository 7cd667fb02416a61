"""Evaluates programs: compiles trees, calls commands, keeps the session. Knows neither databases nor terminals."""
