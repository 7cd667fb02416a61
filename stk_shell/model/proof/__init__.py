"""The chain of blocks, as far as it takes no database: what is hashed, trees of hashes, and checking proofs."""
