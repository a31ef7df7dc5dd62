"""Sheets for the notice board and the village hall."""
