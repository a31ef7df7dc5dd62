"""What a body that sent a letter remarks on the answers to it."""
