"""A body changes a letter it sent, while it is lawful: its data, what its critique says, its points. A new version
stands beside the old one, which stays as it was."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, Refused
from consult.ledger import entries
from consult.ledger import service as ledger
from consult.ledger.commitment import commit
from consult.submissions.comments.act_recording import tell
from consult.submissions.inputs import CritiqueInput, Letter
from consult.submissions.letter_models import LetterVersion
from consult.submissions.models import Critique, Submission
from consult.submissions.receiving import in_time, normalization, validation
from consult.submissions.receiving.commitments import letter_value
from consult.submissions.receiving.rows import fresh_salt
from consult.submissions.sender import letter_points
from consult.submissions.sender.amendment import MOST_VERSIONS
from consult.submissions.sender.critique_contents import Contents, differing
from consult.submissions.sender.letter_points import Points

CRITIQUE_FIELDS = tuple(one.name for one in fields(CritiqueInput))


@dataclass(frozen=True)
class Amended:
    """The letter as it is to be from now on; `critique` None for a letter that is none. Of its points, those that do
    not stay as they are."""

    letter: Letter
    critique: CritiqueInput | None
    points: Points = field(default_factory=Points)


def amend_letter(
    session: Session,
    consultation: Consultation,
    submission: Submission,
    amended: Amended,
    by_id: UUID | None,
    arrived_at: datetime,
    now: datetime,
) -> LetterVersion | None:
    """One more version of a letter; None where it says the same. What of a critique has a comment of its own is
    changed, added or taken out there as well.

    Raises Invalid by the names of the fields, and Refused: the reasons of `in_time` by `arrived_at`,
    `too_many_versions`, and both as `letter_points.checked` and `change_of` do.
    """
    ready = normalization.cleaned_letter(amended.letter, amended.critique)
    if errors := validation.of_letter(*ready):
        raise Invalid(errors)
    points = letter_points.checked(session, consultation, amended.points)
    submission_id = submission.id
    with writing(session, consultation.id):
        found = session.get_one(Submission, (consultation.id, submission_id))
        critique = session.get(Critique, (consultation.id, submission_id))
        in_time.check_in_time(session, consultation, found.kind, found.organisation_id, arrived_at)
        before = letter_value(found, critique)
        contents = differing(found.comments, critique, ready[1]) if critique and ready[1] else Contents({})
        out = amended.points.taken_out
        change = letter_points.change_of(session, consultation, found, points, out, contents)
        _take(found, critique, *ready)
        after = letter_value(found, critique)
        if after == before and not change:
            return None
        made = _kept(session, consultation, found, before, after, by_id, now)
        added = letter_points.write(session, consultation, found, change, arrived_at, now)
        told = [*(one.number for one in found.comments), *added]
        tell(session, consultation, told, "letter_amended", now, was_shown=False)
        return made


def versions_of(session: Session, submission: Submission) -> Sequence[LetterVersion]:
    """The versions of a letter, the first first; none where it never changed."""
    return session.scalars(
        select(LetterVersion)
        .where(
            LetterVersion.consultation_id == submission.consultation_id, LetterVersion.submission_id == submission.id
        )
        .order_by(LetterVersion.version)
    ).all()


def _kept(
    session: Session, consultation: Consultation, found: Submission, before: dict[str, object],
    after: dict[str, object], by_id: UUID | None, now: datetime,
) -> LetterVersion:  # fmt: skip
    last = len(versions_of(session, found)) or 1
    if last >= MOST_VERSIONS:
        raise Refused("too_many_versions")
    where = {"consultation_id": consultation.id, "submission_id": found.id}
    if last == 1:
        session.add(LetterVersion(id=new_id(), version=1, at=found.recorded_at, letter=before, **where))
    made = LetterVersion(id=new_id(), version=last + 1, at=now, by_id=by_id, letter=after, salt=fresh_salt(), **where)
    session.add(made)
    session.flush()
    committed = commit("letter", after, made.salt or b"")
    ledger.append(session, consultation.id, [entries.letter_amended(found.number, made.version, committed)], now)
    return made


def _take(found: Submission, critique: Critique | None, letter: Letter, wanted: CritiqueInput | None) -> None:
    found.letter_number, found.letter_on, found.letter_place = letter.number, letter.on, letter.place
    found.signatory_name, found.signatory_office = letter.signatory_name, letter.signatory_office
    found.signing_line = letter.signing_line
    if critique is not None and wanted is not None:
        for name in CRITIQUE_FIELDS:
            setattr(critique, name, getattr(wanted, name))
