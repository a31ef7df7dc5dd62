"""What a notice to be put up says, beside the columns of its matter."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.preparation import summaries
from consult.outline.citations import Say
from consult.submissions import anchors, clause_codes
from consult.web.files import typesetting
from consult.web.staff_text import plain

MOST_OF_VIETNAMESE, MOST_OF_OTHERS = 1_400, 900
MOST_CODES = 110
LEVELS = (("article", "appendix", "form", "roman", "decimal", "alternative"), ("clause",), ("point",))
"""What gets a code on the paper form: the first level always, the deeper ones while all have room."""


@dataclass(frozen=True)
class Told:
    """What the matter is about in one language; `shown` is whether the letters are there to print it, `cut` whether
    there is more to read."""

    language: str
    title: str
    question: str
    lines: list[str]
    cut: bool
    shown: bool


@dataclass(frozen=True)
class ClauseCode:
    """A clause with the code by which the desk finds it."""

    code: str
    words: str
    heading: str
    depth: int


@dataclass(frozen=True)
class ClauseCodes:
    """The codes of the draft number `draft`, none without a draft that has clauses; `left` are not printed."""

    draft: int
    codes: list[ClauseCode]
    left: int


def told_in_vietnamese(matter: Consultation) -> Told:
    """What an officer wrote in plain words, or else the summary."""
    words = matter.plain_words or {}
    lines, cut = plain.shortened(plain.lines_of(words.get("changes") or matter.summary), MOST_OF_VIETNAMESE)
    return Told("vi", matter.short_name, matter.question, lines, cut, True)


def told_in_others(session: Session, matter: Consultation) -> list[Told]:
    """What is told of it in other languages."""
    found = []
    for one in summaries.summaries_of(session, matter.id):
        lines, cut = plain.shortened(plain.lines_of(one.text), MOST_OF_OTHERS)
        shown = typesetting.shows(f"{one.title} {one.question} {' '.join(lines)}")
        found.append(Told(one.language, one.title, one.question, lines, cut, shown))
    return found


def clause_codes_of(session: Session, matter: Consultation, say: Say) -> ClauseCodes:
    """The clauses of the newest public draft with their codes, so deep as there is room for all of a level; none of a
    matter without a draft."""
    revision = queries.newest_draft(session, matter.id)
    if revision is None:
        return ClauseCodes(0, [], 0)
    every = queries.provisions_of(session, revision)
    kinds: set[str] = set()
    for level in LEVELS:
        wider = kinds.union(level)
        if sum(one.kind in wider for one in every) > MOST_CODES and kinds:
            break
        kinds = wider
    wanted = [one for one in every if one.kind in kinds]
    codes = [
        ClauseCode(
            clause_codes.written(revision.number, one.path),
            anchors.label_of(anchors.NamedPlace(anchors.MAIN, revision=revision.number, path=one.path), say),
            one.heading,
            one.depth,
        )
        for one in wanted[:MOST_CODES]
    ]
    return ClauseCodes(revision.number, codes, len(every) and len(wanted) - len(codes))
