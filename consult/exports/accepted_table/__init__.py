"""The wordings that were accepted, clause by clause, as a Word file: for the drafter of a text in which no change can
be tracked (a PDF), and as a list beside the tracked changes of any other."""
