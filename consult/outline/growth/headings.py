"""What is a heading: words after a number, and the lines below that belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from consult.outline.grammar.line import Line
from consult.outline.grammar.markers import ANY_QUOTE
from consult.outline.growth.ending import is_country_heading

# What stands at the head of a form is its sender, not its title.
_LETTERHEAD = re.compile(r"(?:Độc lập -|TÊN |CƠ QUAN |ỦY BAN |UỶ BAN |BỘ |SỞ |CÔNG TY |Tên |Số:|…|\.{2})")
_LONGEST_LINE = 300
_LONGEST_PLAIN = 200
_LONGEST_CLAUSE = 120
_MOST_LINES = 8
_ENDINGS = (".", ";", ":", ",")


def heading_lines(lines: Sequence[Line], index: int) -> int:
    """Index after the last line of the heading that begins at `index` ("Chương I", then "QUY ĐỊNH CHUNG")."""
    end = index + 1
    complete = bool(lines[index].rest)
    capital = complete and lines[index].is_capital
    while end < len(lines) and end - index <= _MOST_LINES:
        line = lines[end]
        if not may_be_heading(line) or (complete and not (capital and line.is_capital)):
            break
        if not line.is_styled and not _is_plain_heading(lines, end):
            break
        complete, capital = True, line.is_capital
        end += 1
    return end


def is_article_heading(line: Line) -> bool:
    """Whether the words after "Điều 5." are its heading, and not already its text."""
    rest = line.rest.split("\n")[0]
    if not rest:
        return True
    if line.bold or line.heading_level is not None:
        return len(rest) <= 2 * _LONGEST_LINE and not rest.endswith((":", ";"))
    return len(rest) <= _LONGEST_LINE and not rest.endswith(_ENDINGS[:3])


def is_short_heading(line: Line, grammar: str) -> bool:
    """Whether the words after the number of a clause, a Roman or a decimal number are a heading."""
    unit, rest = line.unit, line.rest
    assert unit is not None
    if not rest or unit.kind == "point" or "\n" in rest:
        return False
    if unit.kind in ("roman", "decimal"):
        return line.is_styled or (len(rest) <= _LONGEST_PLAIN and not rest.endswith(_ENDINGS))
    if rest.endswith(_ENDINGS):
        return False
    if grammar == "articles":
        return line.bold and len(rest) <= _LONGEST_PLAIN
    return len(rest) <= _LONGEST_CLAUSE or (line.bold and len(rest) <= _LONGEST_PLAIN)


def _is_plain_heading(lines: Sequence[Line], index: int) -> bool:
    """Whether a line without any looks may be a heading: short, without a full stop, and not going on below."""
    text = lines[index].text
    goes_on = index + 1 < len(lines) and lines[index + 1].goes_on
    return len(text) <= _LONGEST_PLAIN and not text.endswith(_ENDINGS) and not goes_on


def may_be_heading(line: Line) -> bool:
    """Whether a line may belong to a heading at all: short words of the text itself that announce nothing."""
    if line.table is not None or line.unit is not None or line.auto or line.origin != "body" or not line.text:
        return False
    seen = line.seen or line.text
    if seen[0] in f"({ANY_QUOTE}_-*[" or len(seen) > _LONGEST_LINE or seen[0].islower():
        return False
    return not is_country_heading(line) and not _LETTERHEAD.match(seen)
