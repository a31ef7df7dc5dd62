"""Dialogues of the body responsible with a body that its answers do not satisfy."""
