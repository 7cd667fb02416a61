"""stk: an interactive shell for an event store."""

__version__ = "0.1.0"
