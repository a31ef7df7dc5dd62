"""Copies of a text and texts that are nearly copies: found as they come, shown with what differs, decided by people."""
