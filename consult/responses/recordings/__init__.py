"""What was answered, read out by somebody and recorded, commune by commune."""
