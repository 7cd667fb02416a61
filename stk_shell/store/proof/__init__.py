"""The chain of blocks: sealing, verifying, and proving single events."""
