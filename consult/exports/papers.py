"""The papers of the desk in the layout of Nghị định 30/2020/NĐ-CP: the letter that asks bodies, the certificate of
posting, and for an environmental impact report the request and the minutes of the meeting."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.invitation_models import OfficialLetter
from consult.consultations.invitations import letters
from consult.consultations.invitations import service as invitations
from consult.consultations.matter.calendar import last_day_of
from consult.consultations.models import Consultation
from consult.consultations.words import MEETING_DAY, LetterPurpose, Procedure
from consult.exports.heading import above
from consult.official_papers.paper import Letterhead
from consult.people.models import Organisation
from consult.people.words import DESK_ROLES
from consult.policy import Actor
from consult.responses.answers import public_sums
from consult.submissions.models import Joiner
from consult.text import day_of, one_line


@dataclass(frozen=True)
class DeskPaper:
    """One paper: its template, whose it is, and whether only who posts the matter makes it. One that asks bodies is
    made for each official letter that asks."""

    template: str
    issuer: Callable[[Consultation], Organisation]
    posting: bool = True
    eia: bool = False
    asks: bool = False


PAPERS = {
    "gui-lay-y-kien": DeskPaper("asking_bodies", lambda matter: matter.posting, asks=True),
    "xac-nhan-dang-tai": DeskPaper("posting", lambda matter: matter.posting),
    "yeu-cau-tham-van": DeskPaper("eia_request", lambda matter: matter.answering, posting=False, eia=True, asks=True),
    "bien-ban-hop": DeskPaper("eia_minutes", lambda matter: matter.answering, posting=False, eia=True),
}
"""By their names in addresses."""


def offered(consultation: Consultation, actor: Actor) -> dict[str, DeskPaper]:
    """The papers that `actor` may take away of a published matter."""
    posts = actor.posts(consultation, *DESK_ROLES)
    eia = consultation.procedure is Procedure.EIA_STATUTORY
    return {name: one for name, one in PAPERS.items() if (posts or not one.posting) and (eia or not one.eia)}


def letters_that_ask(session: Session, consultation: Consultation) -> list[OfficialLetter]:
    """The official letters by which bodies were asked, the newest first."""
    found = letters.letters_of(session, consultation.id)
    return [letter for letter, asked in found if asked and letter.purpose is LetterPurpose.INVITATION]


def told(
    session: Session, consultation: Consultation, paper: DeskPaper, letter: OfficialLetter | None, now: datetime
) -> dict[str, Any]:
    """Everything that the templates of the desk's papers say. A paper that asks has the number, day and signer of the
    `letter` and the bodies that it asks; without one it is the next letter, to those that are on the list and were
    asked by none yet."""
    closes = consultation.closes_at
    asked = invitations.invitations_of(session, consultation.id)
    return {
        "paper": _letterhead(paper.issuer(consultation), consultation, letter),
        "matter": consultation,
        "invitations": [one for one in asked if one.letter_id == (letter.id if letter else None)],
        "outcome": public_sums.outcome(session, consultation.id),
        "joiners": _joiners(session, consultation),
        "opened_on": clock.local_day(consultation.opens_at) if consultation.opens_at else None,
        "last_day": last_day_of(closes) if closes else None,
        "posted_on": clock.local_day(consultation.published_at) if consultation.published_at else None,
        "days": _days(consultation),
        "over": closes is not None and closes <= now,
        "today": clock.local_day(now),
        "meeting_on": day_of(consultation.project.get(MEETING_DAY, "")),
    }


def _letterhead(body: Organisation, consultation: Consultation, letter: OfficialLetter | None) -> Letterhead:
    head = Letterhead(body.name, above(body, consultation.issuing), place=body.place)
    if letter is None:
        return head
    lines = tuple(one_line(line) for line in (letter.signing_line, letter.signer_office) if line)
    return replace(
        head, number=letter.number, day=letter.on, signing_lines=lines, signatory=one_line(letter.signer_name)
    )


def _days(consultation: Consultation) -> int:
    """How many days the matter was or is open, the last included; 0 without an end."""
    if consultation.opens_at is None or consultation.closes_at is None:
        return 0
    first: date = clock.local_day(consultation.opens_at)
    return (last_day_of(consultation.closes_at) - first).days + 1


def _joiners(session: Session, consultation: Consultation) -> int:
    counted = select(func.count()).where(Joiner.consultation_id == consultation.id, Joiner.withdrawn_at.is_(None))
    return session.scalar(counted) or 0
