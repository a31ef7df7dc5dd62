"""Changing a letter that was sent, its points with it: by who may send it, while it may still be sent."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.errors import Invalid, Refused
from consult.people.organisations import numbers_letters
from consult.people.words import Role
from consult.policy import Actor, decide
from consult.submissions import anchors
from consult.submissions.comments.outcome import Outcome
from consult.submissions.inputs import CommentInput, Letter, Sender
from consult.submissions.letter_models import LetterVersion
from consult.submissions.models import Critique, Submission
from consult.submissions.receiving import in_time
from consult.submissions.receiving import same_letter as same_letters
from consult.submissions.receiving.commitments import letter_value
from consult.submissions.sender import letter_amendment
from consult.submissions.sender.letter_amendment import Amended
from consult.submissions.sender.letter_points import Points
from consult.submissions.words import SubmissionKind
from consult.workspace import sent_letters, submission_input
from consult.workspace.content import DraftContent
from consult.workspace.fields import same_point
from consult.workspace.points import Point
from consult.workspace.sending import SEND
from consult.workspace.sent_letters import SentComment

DATA = ("letter_number", "letter_on", "signatory_name", "signatory_office", "signing_line")


def why_not(
    session: Session, consultation: Consultation, submission: Submission, actor: Actor, now: datetime
) -> str | None:
    """None when `actor` may change the letter now, otherwise the reason: `not_sender`, the policy's, or too late."""
    if not actor.holds(Role.SENDER, organisation=submission.organisation_id):
        return "not_sender"
    if reason := decide(actor, SEND[submission.kind], consultation, now):
        return reason
    try:
        in_time.check_in_time(session, consultation, submission.kind, submission.organisation_id, now)
    except Refused as refused:
        return refused.reason
    return None


def amend(
    session: Session, consultation: Consultation, submission: Submission, typed: DraftContent, actor: Actor,
    now: datetime, out: Collection[int] = (),
) -> LetterVersion | None:  # fmt: skip
    """The letter as typed from now on, its earlier version beside it; None where it says the same. Its points are known
    by their numbers; those that are `out` are taken out, and a point that the form does not have stays as it is. Raises
    Refused with the reason of `why_not`, and as `letter_amendment.amend_letter` does, by the fields of the form."""
    if reason := why_not(session, consultation, submission, actor, now):
        raise Refused(reason)
    errors: dict[str, str] = {}
    today, letter = clock.local_day(now), _letter(submission, typed, now, errors)
    is_critique = submission.kind is SubmissionKind.CRITIQUE
    critique = submission_input.critique_of(typed, today, errors) if is_critique else None
    standing = {point.key: point for point in content_of(session, submission).comments}
    points = _points(typed, standing, frozenset(out), errors)
    if errors:
        raise Invalid(errors)
    made = Amended(letter, critique, points)
    try:
        return letter_amendment.amend_letter(session, consultation, submission, made, actor.user_id, now, now)
    except Invalid as invalid:
        raise Invalid(_as_typed(typed, standing, invalid.errors)) from invalid


def same_letter(
    session: Session, consultation: Consultation, submission: Submission, typed: DraftContent, now: datetime
) -> Submission | None:
    """Another letter of the body that has the number and day just typed; None where they are those of before."""
    letter = _letter(submission, typed, now, {})
    if (letter.number, letter.on) == (submission.letter_number, submission.letter_on):
        return None
    sender = Sender(organisation_id=submission.organisation_id)
    return same_letters.find(session, consultation.id, letter, sender, lambda one: one.id != submission.id)


def _letter(submission: Submission, typed: DraftContent, now: datetime, errors: dict[str, str]) -> Letter:
    body = submission.organisation
    numbered = body is None or numbers_letters(body.kind, body.level)
    return submission_input.letter_of(typed, clock.local_day(now), errors, submission.letter_place, numbered)


def content_of(session: Session, submission: Submission) -> DraftContent:
    """A letter that was sent, as its form holds it: its points by their numbers."""
    said = from_letter(letter_value(submission, session.get(Critique, (submission.consultation_id, submission.id))))
    return replace(said, comments=tuple(map(_point, points_of(session, submission))))


def points_of(session: Session, submission: Submission) -> list[SentComment]:
    """The comments of a letter by clause that stand: those that were split stand in their parts."""
    return [
        one
        for one in sent_letters.comments_of(session, submission)
        if one.critique_part is None and one.fate.outcome not in {Outcome.WITHDRAWN, Outcome.SPLIT}
    ]


def _point(one: SentComment) -> Point:
    version = one.version
    anchor = anchors.written(one.document, one.revision, one.path, one.page) if one.document else ""
    topic = one.topic.value if one.topic else ""
    stance = version.stance.value if version.stance else ""
    return Point(anchor, stance, version.text, version.proposed, version.reason, topic, key=str(one.number))


def _points(typed: DraftContent, standing: Mapping[str, Point], out: frozenset[int], errors: dict[str, str]) -> Points:
    """What becomes of the points, as typed; what is wrong with them goes into `errors`."""
    changed: dict[int, CommentInput] = {}
    added = []
    for index, point in enumerate(typed.comments):
        known = standing.get(point.key)
        stays = known is not None and (int(point.key) in out or same_point(point, replace(known, anchor=point.anchor)))
        if stays or (known is None and point.empty):
            continue
        made = submission_input.comment_of(index, point, errors)
        if made is not None and known is not None:
            changed[int(point.key)] = made
        elif made is not None:
            added.append(made)
    return Points(changed, out, tuple(added))


def _as_typed(typed: DraftContent, standing: Collection[str], errors: Mapping[str, str]) -> dict[str, str]:
    """Errors of the receiving service, with the places that the form gives its points."""
    places = {f"changed.{point.key}": place for place, point in enumerate(typed.comments)}
    new = [place for place, point in enumerate(typed.comments) if point.key not in standing and not point.empty]
    places |= {f"added.{position}": place for position, place in enumerate(new)}
    found = {}
    for name, code in errors.items():
        start, _, part = name.rpartition(".")
        found[f"comments.{places[start]}.{part}" if start in places else name] = code
    return found


def from_letter(said: Mapping[str, object]) -> DraftContent:
    """A version of a letter, as its form holds it."""
    texts: dict[str, Any] = {name: str(said[name]) for name in DATA}
    critique = said.get("critique")
    if not isinstance(critique, dict):
        return DraftContent(**texts)
    criteria = {name: text for name, text in critique["criteria"].items() if name != "impact"}
    more: dict[str, Any] = {name: critique[name] for name in (
        "form", "held_on", "conclusion", "participants", "agreement_number", "agreement_on")}  # fmt: skip
    more |= critique.get("proceedings", {})
    return DraftContent(**texts, **more, criteria=criteria, impact=critique["criteria"].get("impact", {}))
