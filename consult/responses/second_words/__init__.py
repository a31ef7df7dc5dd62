"""What a body that sent a letter says of the answers to it, and what is owed for that."""
