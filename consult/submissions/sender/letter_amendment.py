"""A body changes the data of a letter it sent, or what its critique says, while it is lawful: a new version beside the
old one, which stays as it was."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
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
from consult.submissions.comments import act_rules, comment_state, joiner_counts
from consult.submissions.comments.act_recording import tell
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.inputs import CommentInput, CritiqueInput, Letter
from consult.submissions.letter_models import LetterVersion
from consult.submissions.models import Comment, Critique, Submission
from consult.submissions.receiving import in_time, normalization, validation
from consult.submissions.receiving.commitments import letter_value
from consult.submissions.receiving.critique_parts import answerable_parts
from consult.submissions.receiving.rows import fresh_salt
from consult.submissions.sender.amendment import MOST_VERSIONS, add_version
from consult.submissions.words import IMPACT_FACETS, CritiquePart

CRITIQUE_FIELDS = tuple(one.name for one in fields(CritiqueInput))


@dataclass(frozen=True)
class Amended:
    """The letter as it is to be from now on; `critique` None for a letter that is none."""

    letter: Letter
    critique: CritiqueInput | None


def amend_letter(
    session: Session,
    consultation: Consultation,
    submission: Submission,
    amended: Amended,
    by_id: UUID | None,
    arrived_at: datetime,
    now: datetime,
) -> LetterVersion | None:
    """One more version of a letter; None where it says the same. What of a critique has a comment of its own is amended
    there as well, and nothing of it may be answered yet.

    Raises Invalid by the names of the fields (`parts_changed` where more or fewer contents would be owed an answer);
    Refused: the reasons of `in_time` by `arrived_at`, `has_outcome`, `joined_by_others`, `too_many_versions`.
    """
    ready = normalization.cleaned_letter(amended.letter, amended.critique)
    if errors := validation.of_letter(*ready):
        raise Invalid(errors)
    submission_id = submission.id
    with writing(session, consultation.id):
        found = session.get_one(Submission, (consultation.id, submission_id))
        critique = session.get(Critique, (consultation.id, submission_id))
        in_time.check_in_time(session, consultation, found.kind, found.organisation_id, arrived_at)
        before = letter_value(found, critique)
        changed = _changed_parts(session, found, critique, ready[1]) if critique is not None and ready[1] else []
        _take(found, critique, *ready)
        after = letter_value(found, critique)
        if after == before:
            return None
        for one, text in changed:
            said = CommentInput(text, None, one.version.stance, one.version.proposed, one.version.reason)
            add_version(session, consultation, one, said, now)
        return _kept(session, consultation, found, before, after, by_id, now)


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
    tell(session, consultation, [one.number for one in found.comments], "letter_amended", now, was_shown=False)
    return made


def _changed_parts(
    session: Session, found: Submission, critique: Critique, wanted: CritiqueInput
) -> list[tuple[CommentState, str]]:
    """The comments that carry contents of the critique whose words change, with the new words."""
    points = sum(one.critique_part is None for one in found.comments)
    old, new = (_by_part(answerable_parts(one, points)) for one in (critique, wanted))
    own = [one for one in found.comments if one.critique_part is not None and one.split_from_id is None]
    errors, changed = {}, []
    for part in dict.fromkeys([*old, *new]):
        those = [one for one in own if one.critique_part is part]
        if old.get(part, []) == new.get(part, []):
            continue
        if len(new.get(part, [])) != len(those):
            errors[_field(part)] = "parts_changed"
            continue
        changed += [pair for pair in zip(those, new[part], old[part], strict=True) if pair[1] != pair[2]]
    if errors:
        raise Invalid(errors)
    if not changed:
        return []
    states = {one.comment.id: one for one in comment_state.read(session, found.consultation_id, _numbers(changed))}
    _check_open(session, found, list(states.values()))
    return [(states[comment.id], text) for comment, text, _before in changed]


def _check_open(session: Session, found: Submission, states: Sequence[CommentState]) -> None:
    joined = joiner_counts.counts(session, found.consultation_id, [one.comment.id for one in states])
    for one in states:
        if why_not := act_rules.amendable(one.outcome, one.author_left or bool(joined.get(one.comment.id))):
            raise Refused(why_not, numbers=str(one.comment.number))


def _numbers(changed: Sequence[tuple[Comment, str, str]]) -> list[int]:
    return [comment.number for comment, _text, _before in changed]


def _by_part(said: Sequence[CommentInput]) -> dict[CritiquePart, list[str]]:
    found: dict[CritiquePart, list[str]] = {}
    for one in said:
        if one.critique_part is not None:
            found.setdefault(one.critique_part, []).append(one.text)
    return found


def _field(part: CritiquePart) -> str:
    if part is CritiquePart.CONCLUSION:
        return "conclusion"
    return f"{'impact' if part.value in IMPACT_FACETS else 'criteria'}.{part.value}"


def _take(found: Submission, critique: Critique | None, letter: Letter, wanted: CritiqueInput | None) -> None:
    found.letter_number, found.letter_on, found.letter_place = letter.number, letter.on, letter.place
    found.signatory_name, found.signatory_office = letter.signatory_name, letter.signatory_office
    found.signing_line = letter.signing_line
    if critique is not None and wanted is not None:
        for name in CRITIQUE_FIELDS:
            setattr(critique, name, getattr(wanted, name))
