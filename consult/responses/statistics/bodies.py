"""Who said something, as far as numbers go: citizens, bodies by level and kind, bodies that nobody has on record."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Text, case, cast, literal, select

from consult.people.models import Organisation
from consult.people.words import Level, OrganisationKind
from consult.responses.statistics.letters import public_expression
from consult.submissions.models import Submission
from consult.submissions.words import SubmissionKind

CITIZEN, UNLISTED, UNDISCLOSED = "citizen", "unlisted", "undisclosed"
"""A letter of a body that is no choice of ours; one of which nobody may know yet whose it is."""
BETWEEN = "."


@cache
def contributor_expression() -> ColumnElement[str]:
    """Who sent a Submission beside which its Organisation is joined: `citizen`, `unlisted` or `level.kind`."""
    body = cast(Organisation.level, Text) + literal(BETWEEN) + cast(Organisation.kind, Text)
    return case(
        (Submission.kind == SubmissionKind.COMMENT, literal(CITIZEN)),
        (Organisation.id.is_(None), literal(UNLISTED)),
        else_=body,
    )


@cache
def public_contributor_expression() -> ColumnElement[str]:
    """The same for everybody: of a letter of which nothing is public nobody learns of what kind its body is."""
    hidden = (Submission.kind != SubmissionKind.COMMENT) & ~public_expression()
    return case((hidden, literal(UNDISCLOSED)), else_=contributor_expression())


def sent_by(code: str) -> list[ColumnElement[bool]]:
    """Who has that code, as conditions on a Submission alone; no code is anybody's that is none."""
    citizens = Submission.kind == SubmissionKind.COMMENT
    if code == CITIZEN:
        return [citizens]
    if code == UNLISTED:
        return [~citizens, Submission.organisation_id.is_(None)]
    level, _between, kind = code.partition(BETWEEN)
    of_kind: Any = select(Organisation.id).where(
        Organisation.level == Level(level), Organisation.kind == OrganisationKind(kind)
    )
    return [~citizens, Submission.organisation_id.in_(of_kind)]


def codes() -> list[str]:
    """Every code that there may be, in the order in which they are told."""
    return [CITIZEN, *(f"{level}{BETWEEN}{kind}" for level in Level for kind in OrganisationKind), UNLISTED]


def named(code: str, say: Any) -> str:
    """A code in words; `say` is that of the page or of the file."""
    level, between, kind = code.partition(BETWEEN)
    if not between:
        return str(say(f"contributor.{code}"))
    return f"{say(f'organisation_kind.{kind}')} · {say(f'level.{level}')}"
