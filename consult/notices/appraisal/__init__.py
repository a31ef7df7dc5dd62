"""Mails to the body that appraises the report of an investor."""
