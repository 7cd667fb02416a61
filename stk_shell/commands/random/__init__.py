"""Commands that give what nobody can foresee."""
