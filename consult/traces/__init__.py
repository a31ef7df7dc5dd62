"""What is known of work under way beside its outcome: the id of a request, what it cost, what is counted."""
