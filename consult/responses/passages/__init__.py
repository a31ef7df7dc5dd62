"""Standard passages: words that a unit, or the people of one matter, keep for their answers."""
