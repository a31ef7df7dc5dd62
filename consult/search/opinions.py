"""What can be found of comments and answers: what anybody may read, in the words that anybody may read it in."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from consult import clock
from consult.consultations.models import Consultation
from consult.responses.answers.published import PublishedAnswer, all_published, published_answers
from consult.responses.models import ResponseTarget
from consult.search import index_stamp
from consult.search.engines.seam import Document
from consult.search.provision_queries import short_paths
from consult.search.words import UNANSWERED, Thing, clause_fact, result_fact, source_fact, year_fact
from consult.submissions.anchors import NamedPlace
from consult.submissions.comments.current_places import newest_paths
from consult.submissions.comments.listing import Filter, public_comments
from consult.submissions.comments.outcome import READABLE
from consult.submissions.comments.public_view import PublicComment
from consult.submissions.models import Comment

BATCH = 500
MOST_TARGETS = 5

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
        # Before the words are read: what changes meanwhile is then known to be out of date.
        stamps = index_stamp.stamps_of(session, consultation.id, some)
        found = public_comments(session, consultation, Filter(numbers=tuple(some)), limit=None)
        answers = published_answers(session, consultation, [one.id for one in found])
        clauses = newest_paths(session, consultation, found)
        for one in found:
            if one.visibility in READABLE and one.id in stamps:
                yield _comment(consultation, one, clauses[one.number], answers.get(one.id), stamps[one.id])


def all_comments(session: Session, consultation: Consultation) -> Iterator[Document]:
    """Every public comment of the matter, never many of them in memory."""
    yield from comments(session, consultation, all_numbers(session, consultation))


def all_numbers(session: Session, consultation: Consultation) -> list[int]:
    """The numbers of all comments of the matter."""
    wanted = select(Comment.number).where(Comment.consultation_id == consultation.id).order_by(Comment.number)
    return list(session.scalars(wanted))


def answers(session: Session, consultation: Consultation, comment_ids: Collection[UUID]) -> Iterator[Document]:
    """The published answers to these comments that anybody may read."""
    yield from _answers(session, consultation, published_answers(session, consultation, comment_ids).values())


def all_answers(session: Session, consultation: Consultation) -> Iterator[Document]:
    """Every published answer of the matter that anybody may read."""
    yield from _answers(session, consultation, all_published(session, consultation).values())


def sent_together(session: Session, consultation_id: UUID, numbers: Iterable[int]) -> set[int]:
    """The comments with these numbers and all that came with them: what is done to one may take the others' name."""
    found: set[int] = set()
    of_them = aliased(Comment)
    for some in in_batches(sorted(set(numbers))):
        wanted = select(Comment.number).join(Comment.sent_together.of_type(of_them))
        found.update(
            session.scalars(wanted.where(of_them.consultation_id == consultation_id, of_them.number.in_(some)))
        )
    return found


def answered(session: Session, consultation_id: UUID, numbers: Iterable[int]) -> dict[UUID, UUID]:
    """The comments with these numbers that have an answer (drafted or published): comment id to response id."""
    found: dict[UUID, UUID] = {}
    for some in in_batches(sorted(set(numbers))):
        rows = session.execute(
            select(ResponseTarget.comment_id, ResponseTarget.response_id)
            .join(ResponseTarget.comment)
            .where(ResponseTarget.consultation_id == consultation_id, Comment.number.in_(some))
        )
        found.update({comment_id: response_id for comment_id, response_id in rows})
    return found


def in_batches(rows: Iterable[Some]) -> Iterator[list[Some]]:
    """`rows` in lists of at most BATCH, which is what one statement names."""
    rest = iter(rows)
    while some := list(islice(rest, BATCH)):
        yield some


def _comment(
    consultation: Consultation,
    one: PublicComment,
    clauses: Sequence[str],
    answer: PublishedAnswer | None,
    stamp: str,
) -> Document:
    """A comment, found by what its clause is called in the newest draft: a number of an older one would lead to it from
    another clause."""
    facts = (
        source_fact(one.kind),
        result_fact(answer.disposition if answer else UNANSWERED),
        year_fact(clock.local_day(one.received_at).year),
        *sorted({clause_fact(short) for path in clauses for short in short_paths(path)}),
    )
    return Document(
        group=comment_group(consultation.id, one.number),
        thing=Thing.COMMENT,
        matter=consultation.id,
        text="\n".join(part for part in (one.text, one.proposed, one.reason) if part),
        # A person's name is not searchable even when it is public: nobody's opinions are collected by name.
        title=one.organisation,
        place={"number": one.number, "id": one.id.hex, "about": _about(one)},
        facts=facts,
        at=one.received_at,
        stamp=stamp,
    )


def _about(one: PublicComment) -> dict[str, Any] | None:
    """What a comment is about, for its label; None for the whole matter."""
    if not one.document and one.critique_part is None:
        return None
    place = NamedPlace(
        one.document, one.document_title, one.revision, one.drafts, one.path, one.page, one.critique_part
    )
    return asdict(place)


def _answers(session: Session, consultation: Consultation, found: Iterable[PublishedAnswer]) -> Iterator[Document]:
    for some in in_batches({answer.response_id: answer for answer in found}.values()):
        numbers = {number for answer in some for number in answer.numbers}
        shown = {document.place["number"]: document for document in comments(session, consultation, numbers)}
        for answer in some:
            aimed = [shown[number] for number in answer.numbers if number in shown]
            if aimed and answer.text is not None:
                yield _answer(consultation, answer, aimed)


def _answer(consultation: Consultation, answer: PublishedAnswer, aimed: Sequence[Document]) -> Document:
    """An answer, with what its comments are about; the first of them vouches for it."""
    text = "\n".join(part for part in (answer.text, answer.change) if part)
    taken = {fact for one in aimed for fact in one.facts if fact.startswith((clause_fact(""), source_fact("")))}
    facts = (result_fact(answer.disposition), year_fact(clock.local_day(answer.at).year), *sorted(taken))
    place = {
        "numbers": [one.place["number"] for one in aimed[:MOST_TARGETS]],
        "others": max(0, len(aimed) - MOST_TARGETS),
        "response": answer.response_id.hex,
        "id": aimed[0].place["id"],
    }
    group = answer_group(consultation.id, answer.response_id)
    return Document(group, Thing.ANSWER, consultation.id, text, "", place, facts, answer.at, aimed[0].stamp)
