"""The tests, in the same folders as what they test, and rules for the project as a whole."""
