"""A point on the ground as people and telephones write it, in degrees (WGS 84)."""

import re

from consult.text import folded, one_line

SOUTH, NORTH, WEST, EAST = 8.0, 24.0, 102.0, 115.0
"""A frame around Viet Nam: what lies outside is a slip of the pen."""
DIGITS = 5
"""Of a degree: about one metre."""
Point = tuple[float, float]
_NUMBERS = re.compile(r"\d{1,3}(?:[.,]\d{1,15})?")
_APART = re.compile(r"[\s;\N{DEGREE SIGN},]*+[nbed]?[\s;\N{DEGREE SIGN},]*+")
"""Between and around the numbers, folded; the four letters are those of north and east in both languages."""


def point_of(typed: str) -> Point | None:
    """Latitude and longitude in a text ("19.80712, 105.77651", also with decimal commas or the longitude first); None
    for anything else, and for a point outside Viet Nam."""
    words = one_line(typed)
    found = [float(one.replace(",", ".")) for one in _NUMBERS.findall(words)]
    if len(found) != 2 or not all(_APART.fullmatch(folded(rest)) for rest in _NUMBERS.split(words)):
        return None
    low, high = sorted(found)
    if not (SOUTH <= low <= NORTH and WEST <= high <= EAST):
        return None
    return round(low, DIGITS), round(high, DIGITS)


def written(point: Point | None) -> str:
    """A point as its field holds it; empty for none."""
    return f"{point[0]:.{DIGITS}f}, {point[1]:.{DIGITS}f}" if point is not None else ""
