"""Recordings of sheets that were read out."""
