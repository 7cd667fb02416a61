"""Speed, as ratios to limits taken in the same run; `docs/internals.md` names the command."""
