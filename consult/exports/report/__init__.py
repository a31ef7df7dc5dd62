"""What is said of a matter as a whole: the report of what was received and done with it, and the notice of results."""
