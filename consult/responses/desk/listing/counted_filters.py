"""What the numbers of the leader's page narrow the list by: each number is that of the list it leads to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.document_models import Document, Provision, Revision
from consult.consultations.matter import calendar
from consult.consultations.matter.answer_terms import AnswerTerm
from consult.consultations.models import Consultation
from consult.consultations.revisions import draft_paths
from consult.consultations.revisions.lineages import lineages
from consult.errors import NotFound
from consult.relationships import along
from consult.responses.desk.listing.joins import latest_version
from consult.responses.models import ResponseTarget
from consult.responses.second_words.waiting import comments_waiting
from consult.responses.statistics.bodies import sent_by
from consult.responses.statistics.dispositions import LateAnswers, disposition_expression, late_expression
from consult.similar.theme_models import Theme, ThemeMember
from consult.submissions import anchors
from consult.submissions.comments import visible
from consult.submissions.comments.outcome import Outcome
from consult.submissions.comments.standing import outcome_is
from consult.submissions.models import Comment, CommentVersion

NO_STANCE = "none"
STANDING = (Outcome.AWAITING, Outcome.ANSWERED)
"""What became of a comment whose stance counts."""


@dataclass(frozen=True)
class CountedFilters:
    """`day` is the local day of receipt, with `until` the first of several; `stance` and `disposition` codes; `body` a
    code of `statistics.bodies`; `at` a clause in all its drafts, as an address writes it, or the number of a document
    as a whole, 0 the matter itself; `late_answer` what was answered late; `theme` the number of a theme; `final` what
    waits for its final answer. `clause` and `answers` are what `at` and `late_answer` mean, found before."""

    day: date | None = None
    until: date | None = None
    stance: str = ""
    disposition: str = ""
    body: str = ""
    at: str = ""
    late_answer: bool = False
    theme: int = 0
    final: bool = False
    clause: Collection[UUID] = ()
    answers: LateAnswers = LateAnswers()


def clause_at(session: Session, consultation: Consultation, at: str) -> Collection[UUID]:
    """The provisions that are one clause through all drafts with the one that an address names; none for whatever is
    no provision. Five statements at most."""
    try:
        place = anchors.parse(at)
    except NotFound:
        return ()
    if place is None or not place.path or place.revision is None:
        return ()
    own = session.scalar(
        select(Provision.id)
        .join(Provision.revision)
        .join(Revision.document)
        .where(Provision.consultation_id == consultation.id, draft_paths.at(place.path))
        .where(Document.number == place.document, Revision.number == place.revision)
    )
    if own is None:
        return ()
    lines = lineages(session, consultation.id, [own])
    return {one for one in (*lines.places, own) if lines.key(one) == lines.key(own)}


def document_at(at: str) -> int | None:
    """The document that an address names as a whole, 0 for the matter itself; None where it names a clause."""
    return int(at) if at.isascii() and at.isdigit() and len(at) < 7 else None


def conditions(
    consultation: Consultation, filters: CountedFilters, senders: bool, term: AnswerTerm | None
) -> list[ColumnElement[bool]]:
    """What they leave, in a statement on Comment and Submission. Who sent what narrows nothing for who may not know
    it (`senders`)."""
    found: list[ColumnElement[bool]] = []
    if filters.day is not None:
        begin, end = clock.start_of_day(filters.day), calendar.end_of(filters.until or filters.day)
        found.append(and_(Comment.received_at >= begin, Comment.received_at < end))
    if filters.stance:
        found.append(and_(_takes(filters.stance), stance_counts_expression()))
    if filters.disposition:
        found.append(_answered_as(consultation, filters.disposition))
    if filters.body and senders:
        found += sent_by(filters.body)
    if filters.at:
        found.append(_exactly_at(filters))
    if filters.theme:
        found.append(_in_theme(consultation, filters.theme))
    if filters.final:
        found.append(Comment.id.in_(comments_waiting(consultation.id)))
    if filters.late_answer:
        found += [outcome_is(Outcome.ANSWERED), late_expression(term, filters.answers)]
    return found


def of_submission(filters: CountedFilters) -> bool:
    """Whether they ask for the Submission to be joined."""
    return bool(filters.body or filters.late_answer)


@cache
def stance_counts_expression() -> ColumnElement[bool]:
    """Whether the stance of a Comment counts: it stands, and its text is not set apart."""
    return and_(outcome_is(*STANDING), ~visible.set_apart_expression())


def _takes(stance: str) -> ColumnElement[bool]:
    said = CommentVersion.stance.is_(None) if stance == NO_STANCE else CommentVersion.stance == stance
    newest = (along(Comment.versions), CommentVersion.version == latest_version())
    return select(CommentVersion.id).where(*newest, said).correlate(Comment).exists()


def _answered_as(consultation: Consultation, disposition: str) -> ColumnElement[bool]:
    own: Any = select(ResponseTarget.comment_id).where(
        ResponseTarget.consultation_id == consultation.id, disposition_expression() == disposition
    )
    return and_(outcome_is(Outcome.ANSWERED), Comment.id.in_(own))


def _in_theme(consultation: Consultation, number: int) -> ColumnElement[bool]:
    own = select(ThemeMember.comment_id).join(ThemeMember.theme)
    return Comment.id.in_(own.where(ThemeMember.consultation_id == consultation.id, Theme.number == number))


def _exactly_at(filters: CountedFilters) -> ColumnElement[bool]:
    document = document_at(filters.at)
    if document is None:
        return Comment.provision_id.in_(filters.clause)
    if not document:
        return Comment.document_id.is_(None)
    whole = select(Document.id).where(along(Comment.document), Document.number == document)
    return and_(Comment.provision_id.is_(None), whole.correlate(Comment).exists())
