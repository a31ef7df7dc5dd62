"""The lines of the table: in which order, and what each says."""
