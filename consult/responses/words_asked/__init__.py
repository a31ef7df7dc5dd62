"""The pages of asking other bodies for their word: at the desk, and for who is asked."""
