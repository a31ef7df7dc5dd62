"""Answers: of who was drawn, of a meeting, and of anybody online."""
