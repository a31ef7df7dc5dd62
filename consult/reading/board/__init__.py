"""Sheets for the notice board and the village hall: the notice, the paper form, and what was answered."""
