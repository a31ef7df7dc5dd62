"""Groups of meaning over what is left after copies; a library that knows no database.

By folded syllables and pairs of them alone: who types no accents is in the theme of those who do.
"""
