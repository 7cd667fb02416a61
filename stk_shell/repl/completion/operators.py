"""What operators do, in a few words."""

from __future__ import annotations

COMPARING = {
    "==": "is equal to",
    "!=": "is not equal to",
    "<": "is less, or earlier",
    "<=": "is no more, or no later",
    ">": "is more, or later",
    ">=": "is no less, or no earlier",
    "=~": "has what a regular expression finds",
    "!~": "has nothing that a regular expression finds",
    "like": "the same as `=~`",
    "not-like": "the same as `!~`",
    "in": "is one of a list, or part of a text",
    "not-in": "is none of a list, or no part of a text",
    "has": "is a list or record with this in it",
    "not-has": "is a list or record without this in it",
    "starts-with": "begins with a text",
    "not-starts-with": "does not begin with a text",
    "ends-with": "ends with a text",
    "not-ends-with": "does not end with a text",
}

JOINING = {
    "and": "both have to be true",
    "or": "one has to be true",
    "xor": "one has to be true, and not the other",
}

COMPUTING = {
    "+": "added to",
    "-": "less",
    "*": "times",
    "/": "divided by",
    "//": "divided by, without the fraction",
    "mod": "what is left of a division",
    "**": "to the power of",
    "++": "joined with another list or text",
    "bit-and": "the bits that both have",
    "bit-or": "the bits that either has",
    "bit-xor": "the bits that one of them has",
    "bit-shl": "the bits moved to the left",
    "bit-shr": "the bits moved to the right",
}
