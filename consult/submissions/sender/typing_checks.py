"""What was typed of a paper, checked by who sent it: they see its picture and its words, and say whether they agree."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound
from consult.submissions.inputs import TEXT_LIMIT
from consult.submissions.models import Submission
from consult.submissions.receiving.models import Attachment
from consult.submissions.sender.models import TypingCheck
from consult.submissions.sender.own_submission import attachments_of, comments_of
from consult.text import blank, stored

SCAN = "scan"
FIELDS = ("text", "proposed", "reason")
Texts = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Answer:
    """What a sender says: "right" or "wrong", what is wrong in their own words, and the fields of comments (by number)
    as they should read."""

    answer: str
    said: str = ""
    texts: Mapping[int, Mapping[str, str]] = field(default_factory=dict)


def scans_of(session: Session, submission: Submission) -> list[Attachment]:
    """The scans of a paper that somebody typed; none of what its sender wrote on the site."""
    if submission.recorded_by_id is None:
        return []
    files = attachments_of(session, submission)
    return [one for one in files if one.role == SCAN and one.set_aside_at is None and one.lost_at is None]


def latest(session: Session, submission: Submission) -> TypingCheck | None:
    """What its sender said last; None when they said nothing."""
    return session.scalar(
        select(TypingCheck)
        .where(TypingCheck.consultation_id == submission.consultation_id, TypingCheck.submission_id == submission.id)
        .order_by(TypingCheck.at.desc(), TypingCheck.id.desc())
        .limit(1)
    )


def used(session: Session, submission: Submission, link: str) -> TypingCheck | None:
    """What was said by this link of a mail, which is good once; None as long as nothing was."""
    return session.scalar(
        select(TypingCheck)
        .where(
            TypingCheck.consultation_id == submission.consultation_id,
            TypingCheck.submission_id == submission.id,
            TypingCheck.link == link,
        )
        .limit(1)
    )


def say(
    session: Session, consultation: Consultation, submission: Submission, given: Answer, now: datetime, link: str = ""
) -> None:
    """Its sender says that the typing is right or what is wrong; at any time, and once more later on. By the `link` of
    a mail once: what was said by it already stays.

    Raises NotFound for what was typed from no scan; Invalid: `typing`, `typing_said`, `texts.3.text`."""
    said, key = stored(given.said), (submission.consultation_id, submission.id)
    with writing(session, consultation.id):
        held = session.get_one(Submission, key)
        if not scans_of(session, held):
            raise NotFound
        texts = _other_texts(session, held, given.texts)
        check(given.answer, said, texts)
        right = given.answer == "right"
        new = (right, "" if right else said, texts)
        before = latest(session, held)
        if (link and used(session, held, link)) or (before and _same(before, new)):
            return
        session.add(
            TypingCheck(
                consultation_id=key[0], id=new_id(), submission_id=key[1], at=now, right=right, said=new[1],
                texts=texts, link=link,
            )
        )  # fmt: skip


def _same(before: TypingCheck, new: tuple[bool, str, Texts]) -> bool:
    return before.settled_at is None and (before.right, before.said, before.texts) == new


def _other_texts(session: Session, paper: Submission, given: Mapping[int, Mapping[str, str]]) -> Texts:
    """Of the words that were given those that are not typed so, by the number of the comment and the field."""
    found: Texts = {}
    for one in comments_of(session, paper):
        said = {name: stored(text) for name, text in given.get(one.comment.number, {}).items() if name in FIELDS}
        if other := {name: text for name, text in said.items() if text != getattr(one.latest, name)}:
            found[str(one.comment.number)] = other
    return found


def check(answer: str, said: str, texts: Texts) -> None:
    """Raises Invalid for what no sender can mean: `texts` are those that differ from what is typed."""
    errors = {} if answer in ("right", "wrong") else {"typing": "choose_one"}
    if answer == "right" and texts:
        errors["typing"] = "right_but_changed"
    if answer == "wrong" and blank(said) and not texts:
        errors["typing_said"] = "required"
    if len(said) > TEXT_LIMIT:
        errors["typing_said"] = "too_long"
    long = ((number, name) for number, row in texts.items() for name, text in row.items() if len(text) > TEXT_LIMIT)
    errors |= {f"texts.{number}.{name}": "too_long" for number, name in long}
    if errors:
        raise Invalid(errors)


def waiting(session: Session, consultation: Consultation) -> Sequence[TypingCheck]:
    """What senders said is wrong and nobody settled yet, the first first; what they found right later is settled."""
    rows = session.scalars(
        select(TypingCheck)
        .where(TypingCheck.consultation_id == consultation.id)
        .order_by(TypingCheck.at, TypingCheck.id)
    ).all()
    last = {row.submission_id: row for row in rows}
    return [row for row in last.values() if not row.right and row.settled_at is None]


def how_many_wait(session: Session, consultation_ids: Collection[UUID]) -> Mapping[UUID, int]:
    """How many papers `waiting` has of each of these matters, in one statement."""
    columns = TypingCheck.consultation_id, TypingCheck.submission_id, TypingCheck.right, TypingCheck.settled_at
    rows = session.execute(
        select(*columns)
        .where(TypingCheck.consultation_id.in_(consultation_ids))
        .order_by(TypingCheck.at, TypingCheck.id)
    )
    last = {row.submission_id: row for row in rows}
    return Counter(row.consultation_id for row in last.values() if not row.right and row.settled_at is None)
