"""nhãn: words of the desk of one matter for comments that have something in common."""
