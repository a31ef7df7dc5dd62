"""Telephone numbers as people write them: one rule for senders and offices."""

import re

_NUMBER = re.compile(r"\+?\(?\d[\d ().+-]{6,24}")
FEWEST, MOST = 8, 15
"""Digits of a number: of a district once, and of any in the world (E.164)."""


def holds_one(text: str) -> bool:
    """Whether a number that can be called stands in `text`, whatever is written beside it."""
    return bool(numbers(text))


def problem(text: str) -> str | None:
    """The code of what is missing in `text` as a number that somebody can be called by; None when nothing is."""
    if holds_one(text):
        return None
    digits = sum(sign.isdigit() for sign in text)
    if not digits:
        return "no_telephone_in_it"
    return "telephone_too_short" if digits < FEWEST else "not_a_telephone"


def numbers(text: str) -> list[str]:
    """The numbers in `text` in the order written, digits alone but for a plus at the beginning."""
    found = []
    for match in _NUMBER.finditer(text):
        digits = "".join(sign for sign in match[0] if sign.isdigit())
        if FEWEST <= len(digits) <= MOST:
            found.append(("+" if match[0].startswith("+") else "") + digits)
    return found
