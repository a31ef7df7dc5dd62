"""Sheets: many answers read, approved and published together."""
