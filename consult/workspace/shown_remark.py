"""What the page shows of a remark on an answer, for who writes or signs it."""

from collections.abc import Sequence

from consult.responses.remarks import service as remarks
from consult.responses.remarks.keeping import AnsweredPoint
from consult.responses.second_words.terms import SecondWordTerms
from consult.shown import About, Kind, Shown, digest
from consult.workspace import amending, fields, sent_letters
from consult.workspace.shown import label, told

ANY_TERM = SecondWordTerms(0, 0)
"""Until when something can be said is no matter of what was shown."""


def _remark(about: About) -> Sequence[Shown]:
    number = about.values["number"]
    letter = sent_letters.find(about.session, about.matter, about.values["letter"], about.actor)
    return [_shown(remarks.answered_point(about.session, about.matter, letter, number, ANY_TERM))]


def _remarks(about: About) -> Sequence[Shown]:
    """What is written on every answer to a letter, with the answers."""
    letter = sent_letters.find(about.session, about.matter, about.values["letter"], about.actor)
    found = remarks.answered_points(about.session, about.matter, letter, ANY_TERM)
    told = [sorted(_shown(one).parts.items()) for one in found]
    return [Shown(str(letter.number), {"remarks": digest(told)})]


def _shown(point: AnsweredPoint) -> Shown:
    found, answer = point.remark, point.answer
    written = digest(found.text, found.verdict, found.signed_at) if found else "0"
    parts = {"answer": digest(answer.number, answer.version), "remark": written}
    texts = {"text": found.text if found else "", "answer": answer.text or ""}
    return Shown(str(point.comment.number), parts, texts)


def _answers(about: About) -> Sequence[Shown]:
    """The answers to a letter that were on the page when somebody said that they had looked."""
    letter = sent_letters.find(about.session, about.matter, about.values["number"], about.actor)
    told = {str(one.number): one.fate.seen_as for one in sent_letters.comments_of(about.session, letter)}
    new = sent_letters.unseen_of(about.session, letter)
    return [Shown(str(letter.number), {"answers": digest(new, told)})] if new else []


def _letter(about: About) -> Sequence[Shown]:
    """A letter that was sent, as it stands."""
    letter = sent_letters.find(about.session, about.matter, about.values["number"], about.actor)
    content = amending.content_of(about.session, letter)
    read = {"letter": digest(fields.by_name(content))}
    return [Shown(str(letter.number), read, fields.by_place(content))]


REMARK = Kind("remark", _remark)
REMARKS = Kind("remarks", _remarks)
LETTER = Kind("sent_letter", _letter, told=told, label=label)
ANSWERS = Kind("letter_answers", _answers)
