"""What of a programme waits for the next step of a body: agreed to, made public, or done until a day."""
