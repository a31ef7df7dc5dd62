"""Villages that enter papers of a survey by a secret link of their own, with and without a line."""
