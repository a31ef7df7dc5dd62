"""One call from a draft and the wordings accepted for it to the same draft with tracked changes; for the sandbox."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from lxml import etree

from consult.outline.blocks import Unreadable
from consult.outline.docx.package import Package, parse_xml
from consult.outline.docx.wordml import W
from consult.outline.redlining.characters import WordParagraph, paragraphs_of
from consult.outline.redlining.edits import Edit, NotPlaced, edits_of
from consult.outline.redlining.locating import Clause, Line, Located
from consult.outline.redlining.package_copy import comments_part, with_parts
from consult.outline.redlining.remarks import EMPTY, Remarks
from consult.outline.redlining.tracked import Marked, Tracker

CONFLICTS = frozenset({"overlap", "table", "under_revision"})
"""What a person has to bring together; everything else that has no place is just told."""

_STRICT = b"http://purl.oclc.org/ooxml/"


@dataclass(slots=True)
class _Wording:
    """One wording on its way into the file: what it changes, or the code of why it does not."""

    given: dict[str, Any]
    clause: Clause | None = None
    edits: list[Edit] = field(default_factory=list)
    code: str = ""
    beside: list[int] = field(default_factory=list)


def redlined(data: bytes, lines: list[list[Any]], wordings: list[dict[str, Any]]) -> dict[str, Any]:
    """The file (`file`, base64) with each wording as a tracked change and a comment, and for each what became of it
    (`outcomes`: `code`, empty for one that went in, and `beside`, the places in `wordings` of those it collides with).

    `lines` are the provisions of the draft in the order of reading (`Line`). A wording has `path`, `pieces`, `author`,
    `date`, `remark` (lines of its comment), `apart` (by the code of a conflict, the lines of the comment that stands
    there instead) and perhaps a `code` with which it is known not to go in. Nothing that collides goes in. Raises
    `Unreadable`.
    """
    package = Package(data)
    main = package.main_part()
    if main is None or main not in package.names:
        raise Unreadable("damaged", "the package has no document body")
    if _STRICT in package.read(main):
        raise Unreadable("wrong_type", "a strict file, whose parts are in other namespaces")
    root = package.xml(main)
    body = None if root is None else root.find(W + "body")
    if root is None or body is None:
        raise Unreadable("damaged", "the package has no document body")
    paragraphs = list(paragraphs_of(body))
    found = _placed(Located([Line(*line) for line in lines], paragraphs), wordings, paragraphs)
    comments = comments_part(package, main)
    remarks = Remarks(_comments(package, comments))
    _written(found, paragraphs, root, remarks)
    file = with_parts(data, package, main, {main: root, comments: remarks.root})
    return {
        "file": b64encode(file).decode("ascii"),
        "outcomes": [{"code": one.code, "beside": one.beside} for one in found],
    }


def _placed(
    located: Located, wordings: Sequence[dict[str, Any]], paragraphs: Sequence[WordParagraph]
) -> list[_Wording]:
    found = [_Wording(given) for given in wordings]
    for one in found:
        one.clause, one.code = located.clause(one.given["path"]), one.given.get("code", "")
        if one.code:
            continue
        if one.clause is None:
            one.code = "not_found"
            continue
        try:
            one.edits = edits_of(one.clause, [(op, text) for op, text in one.given["pieces"]], paragraphs)
        except NotPlaced as why:
            one.code = why.code
    _tell_collisions(found)
    return found


def _tell_collisions(found: Sequence[_Wording]) -> None:
    """Which wordings concern the same words: none of them goes in."""
    by_paragraph: dict[int, list[tuple[int, Edit]]] = {}
    for number, one in enumerate(found):
        for edit in one.edits if not one.code else ():
            by_paragraph.setdefault(edit.paragraph, []).append((number, edit))
    beside: dict[int, set[int]] = {}
    for there in by_paragraph.values():
        for (number, edit), (other, its) in combinations(there, 2):
            if number != other and edit.touches(its):
                beside.setdefault(number, set()).add(other)
                beside.setdefault(other, set()).add(number)
    for number, others in beside.items():
        found[number].code, found[number].beside = "overlap", sorted(others)


def _written(
    found: Sequence[_Wording], paragraphs: Sequence[WordParagraph], root: etree._Element, remarks: Remarks
) -> None:
    marks = [(one, Marked(one.given["author"], one.given["date"])) for one in found if not one.code]
    last = max((int(value) for value in root.xpath("//@w:id", namespaces={"w": W[1:-1]}) if value.isdigit()), default=0)
    Tracker(paragraphs, last).apply([(edit, mark) for one, mark in marks for edit in one.edits])
    order = {element: number for number, element in enumerate(root.iter())}
    for one, mark in marks:
        touched = sorted(mark.elements, key=order.__getitem__)
        remarks.add(touched, mark.author, mark.date, one.given["remark"])
    for one in found:
        if one.code in CONFLICTS and one.clause is not None and one.clause.first is not None:
            beside = paragraphs[one.clause.first.paragraph].element
            remarks.add([beside], one.given["author"], one.given["date"], one.given["apart"][one.code])


def _comments(package: Package, name: str) -> etree._Element:
    root = package.xml(name)
    return root if root is not None else parse_xml(EMPTY, name)
