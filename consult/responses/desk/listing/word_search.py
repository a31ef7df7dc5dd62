"""The desk's list narrowed by words as they are looked for everywhere (`text.searched`): as they were typed first."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.people.models import Organisation
from consult.policy import investor_answers
from consult.responses.desk.listing import investor_view
from consult.responses.desk.listing.case_filters import Handler
from consult.responses.desk.listing.joins import latest_version
from consult.submissions.comments import transcripts, visible
from consult.submissions.comments.outcome import author_left_expression, visibility_expression
from consult.submissions.models import Comment, CommentVersion, Submission
from consult.text import accented_words, searched


def saying(
    session: Session, consultation: Consultation, chosen: Select[Any], words: str, handler: Handler
) -> list[int]:
    """The numbers of those of `chosen` whose text or sender has all the words, whatever their accents: with most of the
    accents that were typed first, otherwise in the order of `chosen`. One statement, two where an investor looks.

    What somebody may not read they cannot find by what it says either, nor by the name of a sender who left or is not
    for them to know.
    """
    statement = (
        chosen.join(Comment.versions)
        .outerjoin(Organisation, Organisation.id == Submission.organisation_id)
        .where(CommentVersion.version == latest_version())
        .add_columns(Comment.id, visibility_expression().label("visibility"), author_left_expression().label("left"))
        .add_columns(transcripts.words_expression().label("text"), CommentVersion.proposed.label("wording"))
        .add_columns(Submission.sender_name, Organisation.name.label("organisation"))
    )
    # Nobody finds what is set apart by what it says: whoever reads it opens it, which is recorded.
    statement = statement.where(~visible.set_apart_expression())
    rows = session.execute(statement).all()
    if investor_answers(consultation) and not handler.senders:
        said = _to_investor(session, consultation, rows)
    else:
        said = [(row.number, _joined(row.text, row.wording, *_sender(row))) for row in rows]
    return _holding(said, words)


def _to_investor(session: Session, consultation: Consultation, rows: Sequence[Any]) -> list[tuple[int, str]]:
    """What an investor reads of each."""
    instead = investor_view.words(session, consultation.id, {row.id: row.visibility for row in rows})
    read = ((row, instead.get(row.id, {"text": row.text, "proposed_wording": row.wording})) for row in rows)
    return [(row.number, _joined(words["text"], words["proposed_wording"])) for row, words in read]


def _sender(row: Any) -> tuple[str | None, ...]:
    """The names by which the list shows a sender: none of one who left."""
    return () if row.left else (row.sender_name, row.organisation)


def _joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def _holding(said: Sequence[tuple[int, str]], words: str) -> list[int]:
    wanted, as_typed = searched(words).split(), accented_words(words)
    found = [(number, text) for number, text in said if _has(searched(text), wanted)]
    if as_typed:
        found.sort(key=lambda one: -len(as_typed & accented_words(one[1])))
    return [number for number, _text in found]


def _has(said: str, words: Sequence[str]) -> bool:
    return all(word in said for word in words)
