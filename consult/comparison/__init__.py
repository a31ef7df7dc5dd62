"""Two revisions of a text compared: which provision became which, and which words are other.

A library of its own like the outline it stands beside: it takes the provisions that `outline --json` prints, and knows
neither Flask nor a database.
"""

from consult.comparison.differences import word_differences
from consult.comparison.results import Comparison, Match, Piece
from consult.comparison.service import compare

__all__ = ["Comparison", "Match", "Piece", "compare", "word_differences"]
