"""Spreadsheets that people fill in: read as text in the sandbox, their columns recognised; and templates."""
