"""Results: frozen, reported on paper, made public by another person."""
