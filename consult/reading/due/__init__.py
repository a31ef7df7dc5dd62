"""Until when answers are due, said and counted out, and how the bodies that answer kept to it."""
