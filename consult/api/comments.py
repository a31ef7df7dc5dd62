"""Comments as programs get them: the fields that docs/ledger.md names, from the rows, and nothing that is private."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from consult import clock
from consult.consultations.models import Consultation
from consult.ledger.entries import moment
from consult.responses.answers.published import PublishedAnswer, published_answers
from consult.responses.referrals import found as referrals
from consult.responses.referrals.models import Referral
from consult.responses.second_words.told import PointTold, SecondWord, second_words
from consult.submissions import anchors
from consult.submissions.anchors import Placed
from consult.submissions.comments import places, visible
from consult.submissions.comments.listing import Filter, public_comments
from consult.submissions.comments.outcome import READABLE, Outcome, Visibility, outcome_expression
from consult.submissions.comments.places import PlaceStep
from consult.submissions.comments.public_view import PublicComment
from consult.submissions.comments.transcripts import PublicTranscript
from consult.submissions.models import Comment

PAGE_SIZE = 200
Say = Callable[..., str]


def page(session: Session, consultation: Consultation, after: int, say: Say) -> list[dict[str, Any]]:
    """The comments after the number `after`, at most PAGE_SIZE, in a fixed number of statements."""
    return _listed(session, consultation, public_comments(session, consultation, after=after, limit=PAGE_SIZE), say)


def chosen(session: Session, consultation: Consultation, numbers: Sequence[int], say: Say) -> list[dict[str, Any]]:
    """The comments with these numbers, at most PAGE_SIZE, by number, in the same number of statements."""
    found = public_comments(session, consultation, Filter(numbers=tuple(numbers[:PAGE_SIZE])), limit=PAGE_SIZE)
    return _listed(session, consultation, found, say)


def _listed(
    session: Session, consultation: Consultation, found: Sequence[PublicComment], say: Say
) -> list[dict[str, Any]]:
    ids = [one.id for one in found]
    rows = _rows(session, consultation.id, ids)
    reasons = visible.reasons_of_invalid(session, consultation.id, ids)
    answers = published_answers(session, consultation, ids)
    went_to = referrals.public_ways(session, consultation.id, answers)
    stood = places.steps_of(session, consultation.id, ids)
    words = second_words(session, consultation.id, [one.id for one in found if one.visibility in READABLE])
    return [
        {
            **_value(one, rows[one.id], reasons.get(one.id), _told(one.id, answers, went_to), say),
            **_places(one, rows[one.id], stood.get(one.id, ()), say),
            "second_word": _second_word(words[one.id]) if one.id in words and not one.left else None,
        }
        for one in found
    ]


def _rows(session: Session, consultation_id: UUID, ids: Sequence[UUID]) -> dict[UUID, Any]:
    """Of each comment what the public may know though its text may not be read: whether words or a part of a page were
    marked, of which comment it was a part, and what became of it."""
    whole = aliased(Comment)
    rows = session.execute(
        select(
            Comment.id, Comment.quote, Comment.box, whole.number.label("part_of"), outcome_expression().label("outcome")
        )
        .outerjoin(Comment.whole.of_type(whole))
        .where(Comment.consultation_id == consultation_id, Comment.id.in_(ids))
    )
    return {row.id: row for row in rows}


def _value(
    one: PublicComment, row: Any, invalid: str | None, answer: dict[str, Any] | None, say: Say
) -> dict[str, Any]:
    outcome, readable = Outcome(row.outcome), one.visibility in READABLE
    return {
        "number": one.number,
        "submission_kind": one.kind.value,
        "channel": one.channel.value,
        "day": clock.local_day(one.received_at).isoformat(),
        "part_of": row.part_of,
        "critique_part": one.critique_part.value if one.critique_part else None,
        "version": one.version,
        "outcome": visible.outcome_code(outcome),
        "outcome_reason": invalid if outcome is Outcome.INVALID else None,
        "visibility": visible.visibility_code(one.visibility),
        "visibility_reason": one.visibility_reason if one.visibility is Visibility.WITHHELD else None,
        "sender": one.sender or None,
        "organisation": one.organisation or None,
        "area": one.area or None,
        "shown": one.shown,
        "joiners": one.joiners,
        "author_left": one.left,
        "text": _text(one) if readable else None,
        "transcript": _transcript(one.spoken) if one.spoken else None,
        "text_salt": one.text_salt if readable else None,
        "answer": answer,
    }


def _places(one: PublicComment, row: Any, stood: Sequence[PlaceStep], say: Say) -> dict[str, Any]:
    """The place that a comment was received with, as the log has it, and every one at which it stood since."""
    marked, first = bool(row.quote) or row.box is not None, stood[0] if stood else one
    return {
        "anchor": _anchor(first, marked),
        "label": anchors.label_of(first, say),
        "moves": [
            {
                "place": step.version,
                "anchor": _anchor(step, marked and step.where == stood[0].where),
                "label": anchors.label_of(step, say),
                "reason": step.reason or None if one.visibility in READABLE else None,
                "at": moment(step.at) if step.at else None,
            }
            for step in stood[1:]
        ],
    }


def _anchor(one: Placed, marked: bool) -> dict[str, Any] | None:
    if not one.document:
        return None
    return {
        "document": one.document,
        "revision": one.revision,
        "path": one.path or None,
        "page": one.page,
        "quote": marked,
    }


def _text(one: PublicComment) -> dict[str, Any]:
    where = {"topic": one.topic, "critique_part": one.critique_part}
    return {name: value.value for name, value in where.items() if value} | {
        "stance": one.stance.value if one.stance else None,
        "text": one.written,
        "proposed": one.proposed,
        "reason": one.reason,
        "quote": one.quote,
        "box": one.box,
    }


def _transcript(spoken: PublicTranscript) -> dict[str, Any]:
    """What was written down of a voice: `value` is what the log commits to, beside those who did it."""
    value = {"language": spoken.language, "transcript": spoken.transcript, "translation": spoken.translation}
    return {"value": value, "salt": spoken.salt, "written_by": spoken.written_by, "checked_by": spoken.checked_by}


def _told(
    comment_id: UUID, answers: Mapping[UUID, PublishedAnswer], went_to: Mapping[UUID, Sequence[Referral]]
) -> dict[str, Any] | None:
    answer = answers.get(comment_id)
    if answer is None:
        return None
    return {**_answer(answer), "referrals": [_referral(one) for one in went_to.get(comment_id, ())]}


def _referral(one: Referral) -> dict[str, Any]:
    """What the body answered is null and empty until it is public."""
    return {
        "body": one.body_name,
        "letter_number": one.letter_number,
        "sent_on": one.sent_on.isoformat(),
        "due_on": one.due_on.isoformat(),
        "replied_on": one.replied_on.isoformat() if one.told and one.replied_on else None,
        "reply_letter": one.reply_letter if one.told else "",
        "reply": one.reply if one.told else "",
    }


def _answer(answer: PublishedAnswer) -> dict[str, Any]:
    return {
        "response": answer.number,
        "version": answer.version,
        "disposition": answer.disposition.value,
        "comments": list(answer.numbers),
        "text": answer.text,
        "change": answer.change,
        "published_at": moment(answer.at),
    }


def _second_word(word: SecondWord) -> dict[str, Any]:
    said = word.remark
    return {
        "verdict": said.verdict.value if said.verdict else None,
        "remark": said.text,
        "response": said.response,
        "version": said.version,
        "until": said.answer_by.isoformat() if said.answer_by else None,
        "final_answer": word.unsatisfied and word.answered,
        "dialogues": [_dialogue(one) for one in word.dialogues],
    }


def _dialogue(told: PointTold) -> dict[str, Any]:
    return {
        "dialogue": told.dialogue.number,
        "starts_at": moment(told.dialogue.starts_at),
        "place": told.dialogue.place,
        "moved": told.moved,
        "agreed": told.point.agreed if told.held else None,
        "outcome": told.point.outcome if told.held else None,
    }
