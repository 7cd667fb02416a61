"""Asking for something to be done about a record, and marking it as done."""
