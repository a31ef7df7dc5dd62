"""What the verification of a programme says when nothing is wrong: a sentence for each of its parts."""

OF_A_PROGRAMME = 13
