"""Mails to bodies that are asked for their word on comments, and to who asked."""
