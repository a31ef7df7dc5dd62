"""Rules of the house on what one thing is and who may decide it, each held in all of the code."""
