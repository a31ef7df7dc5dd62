"""What the desk tells everybody beside its answers: more time, what people said and what was changed, ratings."""
