"""What belongs to another body: to whom it was passed on, until when it is asked to answer, and what came back."""
