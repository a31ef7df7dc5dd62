"""Proposals that a letter of the Front puts before a body together, and how both sides tell it."""
