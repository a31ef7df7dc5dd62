"""What can be found of comments and answers: what anybody may read, in the words that anybody may read it in."""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.responses.models import ResponseTarget
from consult.responses.published import PublishedAnswer, all_published, published_answers
from consult.search.seam import Document
from consult.search.words import Thing
from consult.submissions.listing import Filter, public_comments
from consult.submissions.models import Comment
from consult.submissions.showing import PublicComment
from consult.submissions.state import READABLE

BATCH = 500
MOST_TARGETS = 20

Some = TypeVar("Some")


def comment_group(consultation_id: UUID, number: int) -> str:
    """The group of one comment."""
    return f"comment:{consultation_id.hex}:{number}"


def answer_group(consultation_id: UUID, response_id: UUID) -> str:
    """The group of one answer."""
    return f"answer:{consultation_id.hex}:{response_id.hex}"


def comments(session: Session, consultation: Consultation, numbers: Iterable[int]) -> Iterator[Document]:
    """Of the comments with these numbers those that are public or redacted."""
    for some in in_batches(sorted(set(numbers))):
        wanted = Filter(numbers=tuple(some))
        yield from _readable(consultation, public_comments(session, consultation, wanted, limit=None))


def all_comments(session: Session, consultation: Consultation) -> Iterator[Document]:
    """Every public comment of the matter, never many of them in memory."""
    after = 0
    while some := public_comments(session, consultation, after=after, limit=BATCH):
        yield from _readable(consultation, some)
        after = some[-1].number


def answers(session: Session, consultation: Consultation, comment_ids: Collection[UUID]) -> Iterator[Document]:
    """The published answers to these comments that anybody may read."""
    yield from _answers(session, consultation, published_answers(session, consultation, comment_ids).values())


def all_answers(session: Session, consultation: Consultation) -> Iterator[Document]:
    """Every published answer of the matter that anybody may read."""
    yield from _answers(session, consultation, all_published(session, consultation).values())


def answered(session: Session, consultation_id: UUID, numbers: Iterable[int]) -> dict[UUID, UUID]:
    """The comments with these numbers that have an answer (drafted or published): comment id to response id."""
    found: dict[UUID, UUID] = {}
    for some in in_batches(sorted(set(numbers))):
        rows = session.execute(
            select(ResponseTarget.comment_id, ResponseTarget.response_id)
            .join(
                Comment,
                (Comment.consultation_id == ResponseTarget.consultation_id) & (Comment.id == ResponseTarget.comment_id),
            )
            .where(ResponseTarget.consultation_id == consultation_id, Comment.number.in_(some))
        )
        found.update({comment_id: response_id for comment_id, response_id in rows})
    return found


def in_batches(rows: Iterable[Some]) -> Iterator[list[Some]]:
    """`rows` in lists of at most BATCH, which is what one statement names."""
    rest = iter(rows)
    while some := list(islice(rest, BATCH)):
        yield some


def _readable(consultation: Consultation, found: Iterable[PublicComment]) -> Iterator[Document]:
    for one in found:
        if one.visibility in READABLE:
            text = "\n".join(part for part in (one.text, one.proposed, one.reason) if part)
            group = comment_group(consultation.id, one.number)
            # A person's name is not searchable even when it is public: nobody's opinions are collected by name.
            yield Document(group, Thing.COMMENT, consultation.id, text, one.organisation, {"number": one.number})


def _answers(session: Session, consultation: Consultation, found: Iterable[PublishedAnswer]) -> Iterator[Document]:
    for some in in_batches({answer.response_id: answer for answer in found}.values()):
        numbers = {number for answer in some for number in answer.numbers}
        shown = {document.place["number"] for document in comments(session, consultation, numbers)}
        for answer in some:
            aimed = [number for number in answer.numbers if number in shown][:MOST_TARGETS]
            if aimed and answer.text is not None:
                group = answer_group(consultation.id, answer.response_id)
                text = "\n".join(part for part in (answer.text, answer.change) if part)
                place = {"numbers": aimed, "response": answer.response_id.hex}
                yield Document(group, Thing.ANSWER, consultation.id, text, place=place)
