"""What a body says of the answer to a comment of its letter, as codes."""

from enum import StrEnum


class Verdict(StrEnum):
    """Whether the answer satisfies the body that is answered."""

    SATISFIED = "satisfied"
    UNSATISFIED = "unsatisfied"
