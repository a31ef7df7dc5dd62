"""How a body says whether the answers to its letter satisfy it."""
