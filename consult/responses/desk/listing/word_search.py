"""The desk's list narrowed by words as they are looked for everywhere (`text.searched`): as they were typed first.

In which comments a word stands is kept (`kept_words/`); only those are read that nothing certain is kept of.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.people.models import Correction, Organisation
from consult.policy import investor_answers
from consult.responses.desk.listing import investor_view
from consult.responses.desk.listing.case_filters import Handler
from consult.responses.desk.listing.joins import latest_version
from consult.responses.kept_words import bits
from consult.responses.kept_words.finding import Found, Wanted, holding, wanted
from consult.submissions.comments import transcripts, visible
from consult.submissions.comments.outcome import author_left_expression, visibility_expression
from consult.submissions.models import Comment, CommentAct, CommentVersion, Submission
from consult.submissions.words import CommentActKind

MOST_NAMED = 500
"""So many comments are named to the database one by one; of more it is asked for all that the filters leave."""
EVER_APART = (CommentActKind.QUARANTINED, CommentActKind.PASSED_ON)


def saying(
    session: Session, consultation: Consultation, chosen: Select[Any], words: str, handler: Handler,
    everything: bool = False,
) -> list[int]:  # fmt: skip
    """The numbers of those of `chosen` whose text or sender has all the words, whatever their accents: with most of the
    accents that were typed first, otherwise in the order of `chosen`, which holds `everything` by number or less.
    Nothing is found by signs alone. Seven statements at most.

    What somebody may not read they cannot find by what it says either, nor by the name of a sender who left or is not
    for them to know. Nobody finds what is set apart by what it says: whoever reads it opens it, which is recorded.
    """
    asked, nameless = wanted(words), investor_answers(consultation) and not handler.senders
    if not asked.words:
        return []
    found = holding(session, consultation.id, asked, not nameless)
    unread = found.unread | (_decided if nameless else _renamed)(session, consultation)
    scores = dict(_kept(found, unread | _set_apart(session, consultation)))
    scores.update(_read(session, consultation, chosen, asked, unread, nameless))
    left = sorted(scores) if everything else _among(session, chosen, scores)
    return sorted((one for one in left if one in scores), key=lambda one: -scores[one])


def _kept(found: Found, without: int) -> Iterator[tuple[int, int]]:
    """Each comment that has the words, with how many of the accents."""
    for score, layer in enumerate(found.layers):
        for number in bits.numbers(layer & ~without):
            yield number, score


def _among(session: Session, chosen: Select[Any], scores: dict[int, int]) -> Sequence[int]:
    if len(scores) <= MOST_NAMED:
        chosen = chosen.where(Comment.number.in_(scores))
    return session.scalars(chosen).all()


def _set_apart(session: Session, consultation: Consultation) -> int:
    numbers = select(Comment.number).where(
        Comment.consultation_id == consultation.id,
        Comment.id.in_(_acted_on(consultation, EVER_APART)),
        visible.set_apart_expression(),
    )
    return bits.of(session.scalars(numbers))


def _decided(session: Session, consultation: Consultation) -> int:
    """What an investor may read in other words, or not at all."""
    kinds = tuple(investor_view.DECIDED.values())
    own = (Comment.consultation_id == consultation.id, Comment.id.in_(_acted_on(consultation, kinds)))
    return bits.of(session.scalars(select(Comment.number).where(*own)))


def _renamed(session: Session, consultation: Consultation) -> int:
    """What came from bodies whose name was put right, of which the one that was wrong may still be kept."""
    bodies = select(Correction.subject_id).where(Correction.field == "name")
    own = (Comment.consultation_id == consultation.id, Submission.organisation_id.in_(bodies))
    return bits.of(session.scalars(select(Comment.number).join(Comment.submission).where(*own)))


def _acted_on(consultation: Consultation, kinds: Sequence[CommentActKind]) -> Select[Any]:
    own = (CommentAct.consultation_id == consultation.id, CommentAct.kind.in_(kinds))
    return select(CommentAct.comment_id).where(*own)


def _read(
    session: Session, consultation: Consultation, chosen: Select[Any], asked: Wanted, unread: int, nameless: bool
) -> Iterator[tuple[int, int]]:
    """Each of `chosen` among the `unread` whose text has the words, with how many of the accents."""
    numbers = set(bits.numbers(unread))
    if not numbers:
        return
    if len(numbers) <= MOST_NAMED:
        chosen = chosen.where(Comment.number.in_(numbers))
    rows = [row for row in session.execute(_with_texts(chosen)) if row.number in numbers]
    said = _to_investor(session, consultation, rows) if nameless else _to_desk(rows)
    for number, text in said:
        if (score := asked.score(text)) is not None:
            yield number, score


def _with_texts(chosen: Select[Any]) -> Select[Any]:
    return (
        chosen.join(Comment.versions)
        .outerjoin(Organisation, Organisation.id == Submission.organisation_id)
        .where(CommentVersion.version == latest_version(), ~visible.set_apart_expression())
        .add_columns(Comment.id, visibility_expression().label("visibility"), author_left_expression().label("left"))
        .add_columns(transcripts.words_expression().label("text"), CommentVersion.proposed.label("wording"))
        .add_columns(Submission.sender_name, Organisation.name.label("organisation"))
    )


def _to_desk(rows: Sequence[Any]) -> list[tuple[int, str]]:
    return [(row.number, _joined(row.text, row.wording, *_sender(row))) for row in rows]


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
