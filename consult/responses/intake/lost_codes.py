"""New codes at the desk for who lost theirs: the submission is found by its number, commune and day; who asks for it is
checked against what was left with it; the old codes end. Who, when, how it was checked and why stands in a row, that it
was done in the log, and the sender is told where they left an address: nobody takes over what somebody else sent
unnoticed, and of what was sent without name or address nobody can be known to be the sender."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.ledger import entries
from consult.ledger import service as ledger
from consult.outbox.service import emit
from consult.people.areas import without_kind
from consult.policy import Action, Actor, require
from consult.shown import About, Kind, Shown, digest
from consult.submissions.inputs import Codes
from consult.submissions.models import Comment, Submission
from consult.submissions.receiving import lookup_codes
from consult.submissions.receiving.models import CodesIssued
from consult.submissions.sender import mail_links
from consult.text import blank, one_line, searched, stored

REASON_LIMIT = 500


class Checked(StrEnum):
    """How it was made sure that who asks is who sent: a paper with the name that was left, or an answer from the
    telephone number or mail address that was left."""

    NAME = "name"
    CONTACT = "contact"


def find(session: Session, consultation: Consultation, number: int, commune: str, day: date | None) -> Submission:
    """The submission of this number, or with a comment of this number, whose sender gave this commune (none, when they
    gave none), received on this local day. Raises NotFound when any of the three does not fit."""
    mine = Submission.consultation_id == consultation.id
    by_number = select(Submission).where(mine, Submission.number == number)
    by_comment = select(Submission).join(Submission.comments).where(mine, Comment.number == number)
    every: list[Submission] = [*session.scalars(by_number), *session.scalars(by_comment)]
    for found in every:
        given = [found.place_said, found.area.name if found.area else ""]
        fits = _same_commune(commune, [one for one in given if one])
        if fits and clock.local_day(found.received_at) == day:
            return found
    raise NotFound


def ways(submission: Submission) -> tuple[Checked, ...]:
    """How its sender can be known; none where nothing was left."""
    named = bool(submission.sender_name or submission.organisation_id or submission.signatory_name)
    return tuple(way for way, there in ((Checked.NAME, named), (Checked.CONTACT, bool(submission.contact))) if there)


def issue(
    session: Session,
    consultation: Consultation,
    submission_id: UUID,
    checked: str,
    reason: str,
    fresh: str,
    actor: Actor,
    now: datetime,
    keys: Codes,
) -> tuple[str, str]:
    """New codes for a submission, made from `fresh` (128 random bits); those before end.

    Raises NotFound; Invalid ({"checked" | "reason": code}); Refused `nobody_to_check` or with the policy's reason.
    """
    why = stored(reason)
    with writing(session, consultation.id):
        require(actor, Action.RECORD_PAPER, consultation, now)
        submission = session.get(Submission, (consultation.id, submission_id))
        if submission is None or actor.user_id is None:
            raise NotFound
        if not ways(submission):
            raise Refused("nobody_to_check")
        _require_said(submission, checked, why)
        code, secret = lookup_codes.make(consultation.short_key, consultation.id, fresh, keys)
        submission.code_hash = lookup_codes.code_hash(code, keys)
        submission.secret_hash = lookup_codes.secret_hash(code, secret, keys)
        if submission.mail_code:
            submission.mail_code = mail_links.sealed(code, keys, now)
        session.add(
            CodesIssued(
                consultation_id=consultation.id, id=new_id(), submission_id=submission.id, at=now,
                by_id=actor.user_id, checked=checked, reason=why,
            )
        )  # fmt: skip
        ledger.append(session, consultation.id, [entries.codes_issued(submission.number)], now)
        emit(session, "codes_issued", now, consultation.id, submission=str(submission.id))
    return lookup_codes.shown(code), secret


def issued(session: Session, submission: Submission) -> list[CodesIssued]:
    """What was issued for it before, the first first."""
    own = (CodesIssued.consultation_id == submission.consultation_id, CodesIssued.submission_id == submission.id)
    return list(session.scalars(select(CodesIssued).where(*own).order_by(CodesIssued.at, CodesIssued.id)))


def _require_said(submission: Submission, checked: str, why: str) -> None:
    errors = {} if checked in ways(submission) else {"checked": "choose_one"}
    if blank(why) or len(why) > REASON_LIMIT:
        errors["reason"] = "required" if blank(why) else "too_long"
    if errors:
        raise Invalid(errors)


def _same_commune(typed: str, given: list[str]) -> bool:
    name = without_kind(searched(one_line(typed)))
    if not name or not given:
        return not name and not given
    return any(name == without_kind(part) for one in given for part in (searched(one), *_parts(one)))


def _parts(place: str) -> list[str]:
    return [searched(one_line(part)) for part in place.split(",")]


def _codes_of(about: About) -> list[Shown]:
    submission = about.session.get(Submission, (about.matter.id, about.values["submission_id"]))
    if submission is None:
        raise NotFound
    return [Shown(str(submission.number), {"codes": digest(submission.code_hash)}, {"number": str(submission.number)})]


CODES = Kind("codes", _codes_of)
