"""Comments find their groups as they come, change and go."""
