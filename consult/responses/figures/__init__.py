"""What is counted for who leads: of one matter for its desk, and over matters for a stretch of days."""
