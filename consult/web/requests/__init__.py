"""What is known of each request beside its answer: its id, one line in the log, what it counts."""
