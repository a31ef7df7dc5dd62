"""What a line of the table says of a comment, its letter, its answer, its way to another body and its second word."""

from dataclasses import replace
from typing import Any

from consult import clock
from consult.exports.lines import Met, WentTo
from consult.responses.answers.published import PublishedAnswer
from consult.responses.referrals.models import Referral
from consult.responses.second_words.told import SecondWord
from consult.submissions.comments import visible
from consult.submissions.comments.public_view import PublicComment
from consult.submissions.letters import place_of
from consult.submissions.models import Submission

_AS_THEY_ARE = (
    "number", "document", "document_title", "revision", "path", "page", "sender", "organisation", "area",
    "quote", "text", "proposed", "reason", "visibility_reason", "joiners", "left",
)  # fmt: skip


def received(one: PublicComment) -> dict[str, Any]:
    """What is public of a comment, its codes as plain text."""
    return {
        **{name: getattr(one, name) for name in _AS_THEY_ARE},
        "spoken": one.spoken.language if one.spoken else "",
        "kind": one.kind.value,
        "channel": one.channel.value,
        "received_on": clock.local_day(one.received_at),
        "visibility": visible.visibility_code(one.visibility),
        "stance": one.stance.value if one.stance else "",
        "critique_part": one.critique_part.value if one.critique_part else "",
    }


def letter(sent: Submission) -> dict[str, Any]:
    """The letter of a body as it was entered; nothing where none was."""
    place = place_of(sent)
    if sent.organisation is None and not sent.letter_place:
        return {}
    return {"letter_number": sent.letter_number, "letter_on": sent.letter_on, "letter_place": place}


def answered(answer: PublishedAnswer) -> dict[str, Any]:
    """What is public of an answer; the first day where it was worded anew since."""
    return {
        "response": answer.number,
        "disposition": answer.disposition.value,
        "answer": answer.text,
        "change": answer.change,
        "change_path": answer.change_path,
        "answered_on": clock.local_day(answer.at),
        "first_answered_on": clock.local_day(answer.first_at) if answer.first_at != answer.at else None,
    }


def way(one: Referral) -> WentTo:
    """Where a comment was passed on to and until when an answer is asked for, and what came back once that is
    public."""
    sent = WentTo(one.body_name, one.letter_number, one.sent_on, one.due_on)
    if not one.told:
        return sent
    return replace(sent, replied_on=one.replied_on, reply_letter=one.reply_letter, reply=one.reply)


def word(word: SecondWord) -> dict[str, Any]:
    """A remark without a verdict is told by its text alone."""
    said = word.remark
    return {
        "second_word": said.verdict.value if said.verdict else "",
        "second_word_on": clock.local_day(word.said_at) if word.said_at else None,
        "second_word_text": said.text,
        "dialogues": tuple(
            Met(clock.local_day(one.dialogue.starts_at), bool(one.point.agreed), one.point.outcome)
            for one in word.dialogues
            if one.held
        ),
        "final_answer": word.unsatisfied and word.answered,
    }
