"""Comments by their numbers: "ý kiến số 112", "số 112", "#112", "comment no. 112", with or without other words."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from consult.compiled_statements import CompiledStatement
from consult.search import matters
from consult.search.engines.tokens import Token, tokens
from consult.search.matters import Matter
from consult.submissions.models import Comment
from consult.text import normal

MOST_MATTERS = 20

_NAMES = {("y", "kien"), ("i", "kien"), ("gop", "y"), ("phieu",), ("yk",), ("comment",), ("opinion",)}
_SIGNS = frozenset({"so", "no", "number", "num", "thu"})
_NUMBER = re.compile(r"0*[1-9][0-9]{0,5}")
# Signs that would make it the number of something else: 112/2026, 112-CV, 1.120, 5%.
_PART_OF_MORE = re.compile(r"[/:.–%-]?[^\W_]|%|[/:–-]\s*[^\W_]")
_WITH_NUMBER = CompiledStatement(
    select(*matters.COLUMNS)
    .join(Comment, Comment.consultation_id == matters.COLUMNS[0])
    .where(Comment.number == bindparam("number"))
    .order_by(matters.PUBLISHED.desc(), Comment.consultation_id)
    .limit(10 * MOST_MATTERS)
)


@dataclass(frozen=True)
class AskedNumber:
    """The number of a comment that somebody asked for, and what was typed beside it."""

    number: int
    rest: str = ""


def number_in(typed: str) -> AskedNumber | None:
    """The first number that is named as that of a comment: behind "ý kiến", "ý kiến số" or "#" anywhere, behind a mere
    "số" where nothing else was typed. None when there is none, or what was typed stands in quotation marks."""
    if any(sign in typed for sign in '"“”„«»'):
        return None
    text = normal("NFC", typed)
    said = list(tokens(text))
    for place, token in enumerate(said):
        start = _named_from(text, said, place)
        if start is not None and _NUMBER.fullmatch(token.folded) and not _PART_OF_MORE.match(text, token.end):
            return AskedNumber(
                int(token.folded), " ".join(f"{text[:start]} {text[token.end :]}".split(None)).strip(" .,;:?!")
            )
    return None


def _named_from(text: str, said: list[Token], place: int) -> int | None:
    """Where the words begin that make the number at `place` that of a comment."""
    at = said[place].start
    before = text[:at].rstrip()
    if before.endswith("#"):
        at, sign = len(before) - 1, True
        behind = place
    else:
        sign = place > 0 and said[place - 1].folded in _SIGNS
        behind = place - 1 if sign else place
        at = said[behind].start
    for length in (2, 1):
        start = behind - length
        if start >= 0 and tuple(one.folded for one in said[start:behind]) in _NAMES:
            return said[start].start
    if not sign:
        return None
    alone = behind == 0 and place == len(said) - 1
    return at if alone or before.endswith("#") else None


def with_number(session: Session, number: int, slug: str, now: datetime) -> list[Matter]:
    """The public matters that have a comment with this number, the newest first; the one with this slug alone, if it is
    among them. One statement."""
    found = matters.public(_WITH_NUMBER.all(session, number=number), now)
    chosen = [one for one in found if one.slug == slug]
    return (chosen or found)[:MOST_MATTERS]
