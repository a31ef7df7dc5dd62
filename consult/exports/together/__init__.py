"""What stands in the printed table as one, though several people sent it."""
