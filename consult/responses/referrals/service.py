"""Passing a comment on to the body that is responsible, and following it until that body's answer is public.

That somebody else is responsible says the answer (`referred`), which two people looked at; here it is written down how
it went there. What came back is written down by one person and released by another.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter.preconditions import person
from consult.consultations.matter.profiles import rules_of
from consult.consultations.matter.public_numbers import next_number
from consult.consultations.models import Consultation
from consult.consultations.reference import seeding
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.ledger import comment_entries
from consult.ledger import service as ledger
from consult.ledger.commitment import referral_hash
from consult.policy import Action, Actor, require
from consult.responses.referrals import found
from consult.responses.referrals.models import Referral
from consult.submissions.comments import act_recording
from consult.submissions.models import Comment
from consult.text import blank, one_line, stored

RULE = "referred_days"
USUAL_DAYS = 30
"""The province's rule for what no profile says: no law sets a day for the answer of a body that is not asked by it."""
LONGEST_DAYS = 366
LINE_LIMIT = 300
REPLY_LIMIT = 20_000


@dataclass(frozen=True)
class Passing:
    """To whom a comment went, by which letter, on which local day, and until which one an answer is asked for (by the
    rules of the matter where none is given)."""

    body_name: str
    letter_number: str
    sent_on: date | None
    due_on: date | None = None


@dataclass(frozen=True)
class Reply:
    """What that body answered, by which letter, on which local day."""

    text: str
    letter: str
    replied_on: date | None


def pass_on(
    session: Session, consultation: Consultation, number: int, new: Passing, actor: Actor, now: datetime
) -> Referral:
    """Writes down that the comment `number` went to another body; public at once, and told to its sender (`referred`).

    Raises NotFound; Invalid({"body_name" | "letter_number" | "sent_on" | "due_on": code}); Refused: the policy's
    reason, `not_referred` (no public answer says that another body is responsible), `referral_waits`.
    """
    by_id, today = person(actor), clock.local_day(now)
    with writing(session, consultation.id):
        require(actor, Action.PASS_ON, consultation, now)
        comment = comment_of(session, consultation, number)
        if not found.is_passed_on(session, comment):
            raise Refused("not_referred")
        if any(not one.told for one in of_comment(session, comment)):
            raise Refused("referral_waits")
        checked = _checked(consultation, new, comment, today)
        assert checked.sent_on is not None and checked.due_on is not None
        body = seeding.named(session, checked.body_name, today)
        made = Referral(
            id=new_id(), consultation_id=consultation.id, number=next_number(session, consultation.id, "referral"),
            comment_id=comment.id, organisation_id=body.id if body else None, body_name=checked.body_name,
            letter_number=checked.letter_number, sent_on=checked.sent_on, due_on=checked.due_on, at=now, by_id=by_id,
            reply="", reply_letter="",
        )  # fmt: skip
        session.add(made)
        entry = comment_entries.referred(number, made.number, made.body_name, made.sent_on, made.due_on)
        ledger.append(session, consultation.id, [entry], now)
        act_recording.tell(session, consultation, [number], "referred", now, was_shown=False)
    return made


def record_reply(
    session: Session, consultation: Consultation, referral: Referral, said: Reply, actor: Actor, now: datetime
) -> None:
    """Writes down what the body answered; what was written before it was released is replaced. Not public yet.

    Raises Invalid({"reply" | "reply_letter" | "replied_on": code}); Refused: the policy's reason, `reply_released`,
    `not_referred` (its comment was withdrawn since, or answered otherwise).
    """
    by_id, today = person(actor), clock.local_day(now)
    words, letter = stored(said.text).strip(), one_line(said.letter)
    with writing(session, consultation.id):
        require(actor, Action.DRAFT_ANSWER, consultation, now)
        session.refresh(referral)
        _require_standing(session, referral)
        errors = _of_reply(referral, words, letter, said.replied_on, today)
        if errors:
            raise Invalid(errors)
        referral.reply, referral.reply_letter, referral.replied_on = words, letter, said.replied_on
        referral.recorded_at, referral.recorded_by_id = now, by_id


def release_reply(
    session: Session, consultation: Consultation, referral: Referral, actor: Actor, now: datetime
) -> None:
    """Makes the answer of that body public, by somebody who did not write it down; told to the sender
    (`referral_answered`). Raises Refused: the policy's reason, `no_reply_yet`, `reply_released`, `not_referred`,
    `own_reply`."""
    by_id = person(actor)
    with writing(session, consultation.id):
        require(actor, Action.PUBLISH_ANSWERS, consultation, now)
        session.refresh(referral)
        _require_standing(session, referral)
        if referral.replied_on is None:
            raise Refused("no_reply_yet")
        if referral.recorded_by_id == by_id:
            raise Refused("own_reply")
        referral.released_at, referral.released_by_id = now, by_id
        hashed = referral_hash(referral.number, referral.reply_letter, referral.reply)
        number = referral.comment.number
        entry = comment_entries.referral_answered(number, referral.number, referral.replied_on, hashed)
        ledger.append(session, consultation.id, [entry], now)
        act_recording.tell(session, consultation, [number], "referral_answered", now, was_shown=False)


def comment_of(session: Session, consultation: Consultation, number: int) -> Comment:
    """A comment of a matter by its number; raises NotFound."""
    own = (Comment.consultation_id == consultation.id, Comment.number == number)
    comment = session.scalar(select(Comment).where(*own))
    if comment is None:
        raise NotFound
    return comment


def of_comment(session: Session, comment: Comment) -> list[Referral]:
    """All that is known of where a comment went, the first first."""
    own = (Referral.consultation_id == comment.consultation_id, Referral.comment_id == comment.id)
    return list(session.scalars(select(Referral).where(*own).order_by(Referral.number)))


def usual_due(consultation: Consultation, sent_on: date) -> date:
    """Until when that body is asked to answer by the rules of the matter, in calendar days."""
    rule = rules_of(consultation).get(RULE)
    return sent_on + timedelta(days=rule["days"] if rule else USUAL_DAYS)


def _require_standing(session: Session, referral: Referral) -> None:
    if referral.told:
        raise Refused("reply_released")
    if not found.is_passed_on(session, referral.comment):
        raise Refused("not_referred")


def _checked(consultation: Consultation, new: Passing, comment: Comment, today: date) -> Passing:
    errors: dict[str, str] = {}
    body, letter, sent_on = one_line(new.body_name), one_line(new.letter_number), new.sent_on
    if blank(body) or len(body) > LINE_LIMIT:
        errors["body_name"] = "required" if blank(body) else "too_long"
    if len(letter) > LINE_LIMIT:
        errors["letter_number"] = "too_long"
    if sent_on is None:
        raise Invalid({**errors, "sent_on": "required"})
    if sent_on > today:
        errors["sent_on"] = "day_to_come"
    elif sent_on < clock.local_day(comment.received_at):
        errors["sent_on"] = "before_receipt"
    due_on = new.due_on or usual_due(consultation, sent_on)
    if not 0 < (due_on - sent_on).days <= LONGEST_DAYS:
        errors["due_on"] = "not_after_sending"
    if errors:
        raise Invalid(errors)
    return Passing(body, letter, sent_on, due_on)


def _of_reply(referral: Referral, words: str, letter: str, replied_on: date | None, today: date) -> dict[str, str]:
    errors: dict[str, str] = {}
    if blank(words) or len(words) > REPLY_LIMIT:
        errors["reply"] = "required" if blank(words) else "too_long"
    if len(letter) > LINE_LIMIT:
        errors["reply_letter"] = "too_long"
    if replied_on is None:
        errors["replied_on"] = "required"
    elif replied_on > today:
        errors["replied_on"] = "day_to_come"
    elif replied_on < referral.sent_on:
        errors["replied_on"] = "before_sending"
    return errors
