"""Programs in the nushell language, with what nushell answered."""
