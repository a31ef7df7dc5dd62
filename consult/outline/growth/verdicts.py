"""Whether a line that looks like a unit is one, given what came before it.

Each verdict is a pair: accepted or not, and the code of a doubt (empty when there is none).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from consult.outline.grammar.grammars import is_headed_below, is_like_article
from consult.outline.grammar.labels import distance, is_unusual
from consult.outline.grammar.line import Line
from consult.outline.grammar.markers import Unit, cites_more, is_capital_letter, is_citation
from consult.outline.grammar.stack import Level, Stack
from consult.outline.growth.decimals import roman_rank

Verdict = tuple[bool, str]

ACCEPTED: Verdict = (True, "")
REFUSED: Verdict = (False, "")

_SENTENCE_ENDS = re.compile(r"[.;:!?…”\"»/*)_\-–]\s*\d{0,3}$")
# A sentence that ends so goes on with a citation.
_CALLS_FOR_MORE = re.compile(
    r"(?:,|\b(?:tại|theo|của|và|hoặc|với|đến|từ|các|số|như|là|khoản \d+\w?|điểm \w{1,2}|quy định|Điều|cho|về|do))$"
)
_LARGEST_GAP = {"article": 30, "clause": 8, "point": 8, "roman": 3, "part": 3}
_LARGEST_CLAUSE = 150
_MAX_LOOK = 400


def is_mid_sentence(before: str, line: Line) -> bool:
    """Whether the text before has no end, so that this line may only be the rest of its sentence."""
    return bool(before) and not line.is_styled and not _SENTENCE_ENDS.search(before[-60:]) and not before.isupper()


def heading_verdict(line: Line, before: str, stack: Stack) -> Verdict:
    """Part, chapter, section or subsection: not when the words after the number show a citation."""
    unit = line.unit
    assert unit is not None
    rest = line.rest.split("\n")[0]
    bare = unit.kind == "section" or unit.marker[-1:].isalnum()
    if is_citation(rest) or (bare and cites_more(rest) and not line.is_styled):
        return REFUSED
    if is_capital_letter(unit):
        return _letter_part_verdict(line, stack)
    if is_mid_sentence(before, line) and rest and not rest.isupper():
        return False, "looks_like_heading"
    parent = stack.parent_for(stack.grammar.rank(unit.kind) or 0)
    if _is_enumerated(line, before, stack, parent):
        return False, f"looks_like_{unit.kind}"
    return _in_sequence(parent, line)


def _is_enumerated(line: Line, before: str, stack: Stack, parent: Level) -> bool:
    """Whether a proposal lists the chapters of what it proposes: after a colon, then without a first one."""
    unit = line.unit
    assert unit is not None
    if stack.grammar.name == "articles" or line.is_styled or not line.rest:
        return False
    last = parent.last.get(unit.kind)
    return before.rstrip().endswith(":") or (last is None and distance(None, unit.label, unit.kind) != 1)


def article_verdict(lines: Sequence[Line], index: int, scope: Level, before: str) -> Verdict:
    """An article: by its dot, its looks, and above all by whether its number comes next."""
    line = lines[index]
    unit = line.unit
    assert unit is not None
    if is_citation(line.rest):
        return REFUSED
    last = scope.last.get("article")
    steps = distance(last, unit.label, "article")
    if not unit.dotted:
        return _undotted_verdict(lines, index, scope, before)
    if steps == 1 or (last is None and scope.node.kind == "quoted"):
        return ACCEPTED
    if _CALLS_FOR_MORE.search(before[-60:]) or (scope.articles_styled and not line.is_styled):
        return False, "looks_like_article"
    if last is None:
        return True, "sequence_start"
    far = steps is not None and steps > _LARGEST_GAP["article"] and not scope.excerpt
    if steps is None or far or _is_intruder(lines, index, last):
        return False, "looks_like_article"
    if steps <= 0:
        return (True, "out_of_order" if steps else "") if scope.node.kind != "quoted" else (False, "looks_like_article")
    return True, "sequence_gap"


def _undotted_verdict(lines: Sequence[Line], index: int, scope: Level, before: str) -> Verdict:
    """An article without a dot: one that comes next, and is alone on its line or written as a heading; in an excerpt
    any later one that is written so."""
    line, last = lines[index], scope.last.get("article")
    unit = line.unit
    assert unit is not None
    steps = distance(last, unit.label, "article")
    headed = bool(line.rest) or is_headed_below(lines, index)
    excerpt = headed and steps is not None and steps > 0 and (last is None or scope.excerpt)
    like = is_like_article(lines, index) if line.rest else not _goes_on(lines, index)
    apart = last is None or not is_mid_sentence(before, line)
    if (steps == 1 or excerpt) and apart and (like or (line.is_styled and steps == 1)):
        return True, "article_without_dot" if steps == 1 else "sequence_start" if last is None else "sequence_gap"
    return False, "looks_like_article" if line.rest else ""


def roman_verdict(line: Line, stack: Stack) -> Verdict:
    """A Roman number: only in sequence, for C, D, L, V and X are also plain letters and initials."""
    unit = line.unit
    assert unit is not None
    parent = stack.parent_for(roman_rank(stack))
    steps = distance(parent.last.get("roman"), unit.label, "roman")
    if steps == 1:
        return ACCEPTED
    if not line.is_styled or steps is None or steps > _LARGEST_GAP["roman"]:
        return False, "looks_like_roman" if line.is_styled else ""
    return True, "sequence_gap" if steps > 1 else "" if steps == 0 or unit.label == "I" else "out_of_order"


def clause_verdict(line: Line, stack: Stack, before: str) -> Verdict:
    """A clause: a number that counts on from the one before, or begins at 1."""
    unit = line.unit
    assert unit is not None
    if (
        stack.grammar.name == "articles"
        and stack.scope.node.kind in ("", "body")
        and stack.find("article", "roman") is None
    ):
        return REFUSED
    if line.rest[:1].islower() and is_mid_sentence(before, line):
        return False, "looks_like_clause"
    parent = stack.parent_for(stack.grammar.rank("clause") or 0)
    steps = distance(parent.last.get("clause"), unit.label, "clause")
    if unit.marker.endswith(")") and unit.label[-1:].isalpha():
        return ACCEPTED if _is_inserted(parent, unit) else (False, "looks_like_clause")
    large = int(re.match(r"\d+", unit.label)[0]) > _LARGEST_CLAUSE  # type: ignore[index]
    if large and (parent.last.get("clause") is None or steps is None or not 0 <= steps <= _LARGEST_GAP["clause"]):
        return False, "looks_like_clause"
    return _in_sequence(parent, line)


def point_verdict(line: Line, stack: Stack, lines: Sequence[Line], index: int) -> Verdict:
    """A point: a letter that counts on. "i)" before "ii)" is a small Roman number, left as a paragraph."""
    unit = line.unit
    assert unit is not None
    parent = stack.parent_for(stack.grammar.rank("point") or 0)
    last = parent.last.get("point")
    if _is_small_roman(unit.label, last, lines, index):
        return REFUSED
    if not unit.dotted and not _is_next_dotted(last, unit.label):
        return False, "looks_like_point"
    accepted, doubt = _in_sequence(parent, line)
    if accepted and not doubt and is_unusual(unit.label):
        doubt = "unusual_label"
    return accepted, doubt


def _is_inserted(parent: Level, unit: Unit) -> bool:
    """Whether "1a)" was put in behind clause 1, or 1b) behind 1a: a letter behind any other number only lists things.
    In a quotation it is the first of what is put in."""
    last = parent.last.get("clause")
    if last is None:
        return parent.node.kind == "quoted" and not parent.node.children
    number = re.match(r"\d+", last)
    return number is not None and unit.label.startswith(number[0]) and distance(last, unit.label, "clause") == 1


def _is_next_dotted(last: str | None, label: str) -> bool:
    """Whether "e." comes next, where a letter with a dot may be an initial as well: by the letters of points, or by the
    Latin ones, in which Word counts (after "d." comes "e.")."""
    if distance(last, label, "point") == 1:
        return last is not None or not label[-1].isdigit()
    return last is not None and len(last) == len(label) == 1 and ord(label) == ord(last) + 1


def _goes_on(lines: Sequence[Line], index: int) -> bool:
    """Whether the next line goes on with a sentence, so that this one was only cut off it."""
    return index + 1 < len(lines) and lines[index + 1].goes_on


def _letter_part_verdict(line: Line, stack: Stack) -> Verdict:
    unit = line.unit
    assert unit is not None
    parent = stack.parent_for(stack.grammar.rank("part") or 0)
    comes_next = stack.grammar.name != "articles" and distance(parent.last.get("part"), unit.label) == 1
    if comes_next and (line.is_styled or line.rest.isupper()):
        return ACCEPTED
    # "A. Nguyễn Văn" is a name; "B)", or "B." in a list with "a.", is not.
    point = stack.find("point")
    listed = unit.marker[-1] != "." or (point is not None and point.node.marker[-1:] == ".")
    return False, "looks_like_part" if listed and line.rest else ""


def _in_sequence(parent: Level, line: Line) -> Verdict:
    unit = line.unit
    assert unit is not None
    last = parent.last.get(unit.kind)
    steps = distance(last, unit.label, unit.kind)
    if steps in (0, 1):
        return ACCEPTED
    if steps is None:
        return True, "mixed_labels"
    if last is None:
        free = parent.node.kind in ("quoted", "form", "appendix", "footnote")
        return True, "" if free else "sequence_start"
    if steps < 0:
        return True, "" if distance(None, unit.label, unit.kind) == 1 else "out_of_order"
    if steps > _LARGEST_GAP.get(unit.kind, 20):
        return False, f"looks_like_{unit.kind}"
    return True, "sequence_gap"


def _is_intruder(lines: Sequence[Line], index: int, last: str) -> bool:
    """Whether the articles after this line go on from `last` as if this line were not one."""
    unit = lines[index].unit
    assert unit is not None
    for line in lines[index + 1 : index + _MAX_LOOK]:
        later = line.unit
        if later is None or later.kind != "article" or not later.dotted or is_citation(line.rest):
            continue
        return distance(last, later.label, "article") == 1 and distance(unit.label, later.label, "article") != 1
    return False


def _is_small_roman(label: str, last: str | None, lines: Sequence[Line], index: int) -> bool:
    if not re.fullmatch(r"i{1,3}|iv|vi{0,3}|ix|x", label) or label in ("v", "x"):
        return False
    if len(label) > 1:
        return True
    following = [line.unit for line in lines[index + 1 : index + 12] if line.unit is not None]
    return last != "h" and any(unit.kind == "point" and unit.label == "ii" for unit in following)
