"""Results of inspections as a body publishes them: who was inspected, what was decided, whether it was put right."""
