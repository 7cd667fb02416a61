"""Entities: who owns records, and which actors are members there."""
