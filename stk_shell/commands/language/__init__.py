"""The words of the language itself, and commands about values of any type."""
