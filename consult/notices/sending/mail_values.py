"""What the words of a mail need to know, read anew whenever it is written: ids wait in the outbox, and no word, name or
address of anybody."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.command_line.words import say_in
from consult.consultations.document_models import IssuedText, Revision
from consult.consultations.invitation_models import Invitation
from consult.consultations.matter.calendar import last_day_of
from consult.consultations.models import AnswerExtension, Consultation, PeriodExtension
from consult.notices import account_mails, addressees
from consult.notices.collected import values as values_of_collected
from consult.notices.coordination import mails as coordination_mails
from consult.notices.daily import calendar_mails
from consult.notices.daily import mails as daily_mails
from consult.notices.following import issued_text
from consult.notices.letters import values as letter_values
from consult.notices.letters import word_values
from consult.notices.mail_address import Recipient, Values, address_of, submission_of
from consult.notices.programme import body_mails, course_mails, order_mails, practice_mails, promise_mails, solved_mails
from consult.notices.programme import mails as plan_mails
from consult.notices.sending.mail_text import LANGUAGES
from consult.outbox.models import OutboxMessage
from consult.people.models import Unit
from consult.responses.asked.replies import replied
from consult.responses.models import ResponseTarget
from consult.responses.questions.service import open_question
from consult.submissions.anchors import NamedPlace, label_of
from consult.submissions.comments import visible
from consult.submissions.comments.places import steps_of
from consult.submissions.models import Comment, CommentAct, Submission
from consult.submissions.words import CommentActKind, SubmissionKind
from consult.text import one_line


def recipient_of(session: Session, message: OutboxMessage) -> Recipient | None:
    """The recipient of one mail; None when they, or what it would tell, are gone."""
    found = address_of(session, message)
    if found is None:
        return None
    values = {**_VALUES, **values_of_collected.VALUES}.get(message.payload["notice"], _of_matter)(session, message)
    return None if values is None else Recipient(found.to, found.language, {**found.values, **values})


def _nothing_more(_session: Session, _message: OutboxMessage) -> Values:
    return {}


def _of_matter(session: Session, message: OutboxMessage) -> Values | None:
    """The matter, and of a submission its own numbers: nothing of anybody else."""
    matter = session.get(Consultation, message.consultation_id) if message.consultation_id is not None else None
    if matter is None:
        return None
    values: Values = {
        "title": one_line(matter.full_name),
        "slug": matter.slug,
        "reason": matter.withdrawn_reason or "",
        "own": "",
    }
    submission = submission_of(session, message)
    if submission is not None:
        values["received_at"], values["letter"] = submission.received_at, submission.number
        values["critique"] = submission.kind is SubmissionKind.CRITIQUE
        values["sender"] = addressees.name_of(session, submission.organisation_id)
        values["numbers"], values["own"] = numbers_of(session, submission), submission.mail_code
    values |= {"number": message.payload.get("number"), "by_letter": bool(submission and submission.organisation_id)}
    return values | ({"numbers": message.payload["comments"]} if "comments" in message.payload else {})


def _of_change(session: Session, message: OutboxMessage) -> Values | None:
    """What was decided of comments, and the public reason."""
    values, change = _of_matter(session, message), message.payload["change"]
    if values is None or change == "question_asked":
        return _of_question(session, message, values) if values is not None else None
    acts = session.scalars(
        select(CommentAct)
        .join(CommentAct.comment)
        .where(
            Comment.consultation_id == message.consultation_id,
            Comment.number == values["numbers"][0],
            CommentAct.kind == change,
            CommentAct.effective_at.is_not(None),
        )
        .order_by(CommentAct.effective_at, CommentAct.id)
    ).all()
    if change == CommentActKind.MOVED:
        return values | _of_move(session, acts[-1]) if acts else None
    told = acts[-1] if acts and visible.is_reason_public(change) else None
    into = acts[-1].details.get("into", []) if acts else []
    return values | {"change": change, "reason": told.reason if told else "", "into": into}


def _of_move(session: Session, act: CommentAct) -> Values:
    """Where comments stand by an act, in the words of each language, and why."""
    steps = steps_of(session, act.consultation_id, [act.comment_id]).get(act.comment_id, ())
    place = steps[-1] if steps else NamedPlace()
    words = {language: label_of(place, partial(_in, language)) for language in LANGUAGES}
    return {"change": CommentActKind.MOVED.value, "places": words, "reason": act.reason, "into": []}


def _in(language: str, code: str, **details: object) -> str:
    return say_in(language, code, details)


def _of_question(session: Session, message: OutboxMessage, values: Values) -> Values | None:
    """What a sender is asked, as long as a reply is waited for."""
    question = open_question(session, message.consultation_id, message.payload["comments"][0])
    if question is None:
        return None
    return values | {"change": "question_asked", "until": question.waits_until, "by_investor": question.by_investor}


def _of_extension(session: Session, message: OutboxMessage) -> Values | None:
    """A later end of a period, or a later day for the answers."""
    values, key = _of_matter(session, message), (message.consultation_id, UUID(message.payload["extension"]))
    if values is None:
        return None
    if (answers := session.get(AnswerExtension, key)) is not None:
        return values | {"last_day": answers.last_day, "reason": answers.reason, "answers": True}
    made = session.get(PeriodExtension, key)
    if made is None:
        return None
    return values | {"last_day": last_day_of(made.closes_at), "reason": made.reason, "answers": False}


def _of_calendar(session: Session, message: OutboxMessage) -> Values | None:
    values, days = _of_matter(session, message), calendar_mails.values_of(session, message)
    return values | dict(days) if values is not None and days is not None else None


def _of_end(session: Session, message: OutboxMessage) -> Values | None:
    """What came of a matter, and once it is there the text that was issued."""
    values = _of_matter(session, message)
    if values is None:
        return None
    text = session.get(IssuedText, message.consultation_id)
    told = issued_text.values_of(text, message.payload)
    if told is None or (told["asks"] and message.event == "message_requested"):
        # What is asked a year later is a link, and no message has one.
        return None
    return values | told


def _of_revision(session: Session, message: OutboxMessage) -> Values | None:
    """A new draft of one of the documents."""
    values, key = _of_matter(session, message), (message.consultation_id, UUID(message.payload["revision"]))
    draft = session.get(Revision, key)
    return values | {"draft": draft.number} if values is not None and draft is not None else None


def _of_invitation(session: Session, message: OutboxMessage) -> Values | None:
    """How a body was asked; of a reminder, as long as nothing came from it."""
    values, reminder = _of_matter(session, message), "reminder" in message.payload
    letter = session.get(Invitation, (message.consultation_id, UUID(message.payload["invitation"])))
    if values is None or letter is None or (reminder and replied(session, letter)):
        return None
    return values | {"body": letter.organisation.name, "letter": letter, "reminder": reminder}


def _of_letter(session: Session, message: OutboxMessage) -> Values | None:
    values, letter = _of_matter(session, message), letter_values.of_draft(session, message)
    return None if values is None or letter is None else values | letter


def _of_sent_back(session: Session, message: OutboxMessage) -> Values | None:
    values = _of_matter(session, message)
    if values is None or "replied" in message.payload:
        replied = {"replied": True, "to_share": bool(message.payload.get("to_share"))}
        return values | {"numbers": [message.payload["replied"]], **replied} if values is not None else None
    ids = [UUID(one) for one in message.payload["responses"]]
    aimed = (ResponseTarget.consultation_id == message.consultation_id, ResponseTarget.response_id.in_(ids))
    ordered = select(Comment.number).join(ResponseTarget.comment).where(*aimed).order_by(Comment.number)
    return values | {"numbers": session.scalars(ordered).all(), "response": ids[0], "replied": False, "to_share": False}


def _of_transfer(session: Session, message: OutboxMessage) -> Values | None:
    values, unit = _of_matter(session, message), message.payload["unit_given"]
    named = session.get(Unit, UUID(unit)) if unit else None
    if values is None:
        return None
    return values | {"numbers": message.payload["numbers"], "unit": named.name if named else ""}


def _of_received(session: Session, message: OutboxMessage) -> Values | None:
    """A letter that came, or what its sender says of the answers to it."""
    values = _of_matter(session, message)
    return None if values is None else values | word_values.of_said(session, message)


def _of_letter_answered(session: Session, message: OutboxMessage) -> Values | None:
    """The answers to a letter, and which are the final ones."""
    values = _of_matter(session, message)
    return None if values is None else values | word_values.of_answered(session, message, values["numbers"])


def _of_dialogue(session: Session, message: OutboxMessage) -> Values | None:
    values, dialogue = _of_matter(session, message), word_values.of_dialogue(session, message)
    return None if values is None or dialogue is None else values | dialogue


def numbers_of(session: Session, submission: Submission) -> list[int]:
    """The comments as they were sent: what the desk split off has numbers of its own and is not news to the sender."""
    own = (Comment.consultation_id == submission.consultation_id, Comment.submission_id == submission.id)
    sent = select(Comment.number).where(*own, Comment.split_from_id.is_(None)).order_by(Comment.number)
    return list(session.scalars(sent))


_VALUES: dict[str, Callable[[Session, OutboxMessage], Values | None]] = {
    **dict.fromkeys(("invited", "account_changed", "mail_changed"), _nothing_more),
    "deputy": account_mails.deputy_values,
    "comment_changed": _of_change,
    "critique_received": _of_received,
    "letter_answered": _of_letter_answered,
    **dict.fromkeys(("letters/dialogue", "letters/dialogue_desk"), _of_dialogue),
    **dict.fromkeys(("letters/second_word", "letters/word_taken"), _of_received),
    "extended": _of_extension,
    "concluded": _of_end,
    "revised": _of_revision,
    "asked": _of_invitation,
    **dict.fromkeys(("handed_over", "letters/cosigning"), _of_letter),
    "daily/work": daily_mails.values_of,
    "daily/calendar": _of_calendar,
    "sent_back": _of_sent_back,
    "triage/transferred": _of_transfer,
    "programme/plan_due": plan_mails.values_of,
    "programme/promises": promise_mails.values_of,
    "programme/course": course_mails.values_of,
    "programme/campaign": body_mails.campaign_values,
    "programme/commendation": body_mails.commendation_values,
    "programme/order": order_mails.values_of,
    "programme/practice_asked": practice_mails.values_of,
    solved_mails.NOTICE: solved_mails.values_of,
    "coordination/word": coordination_mails.values_of,
}
