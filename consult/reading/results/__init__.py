"""What came of a matter: the sums of its answers, what people said and what changed, pictures to share."""
