"""Answers as they stand: their versions, whom they answer, what a leader said of them, what was published."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.errors import NotFound
from consult.ledger.canonical import canonical
from consult.people.models import User
from consult.responses.models import (
    Response,
    ResponseApproval,
    ResponsePublication,
    ResponseTarget,
    ResponseVersion,
)
from consult.responses.words import AnswerState
from consult.submissions.models import Comment


@dataclass(frozen=True)
class Answer:
    """One response with everything that was done to it, oldest first; `numbers` are those of its comments."""

    response: Response
    versions: list[ResponseVersion] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    approvals: list[ResponseApproval] = field(default_factory=list)
    publications: list[ResponsePublication] = field(default_factory=list)

    @property
    def latest(self) -> ResponseVersion:
        """Its present wording."""
        return self.versions[-1]

    @property
    def published(self) -> ResponseVersion | None:
        """The wording that is public now."""
        if not self.publications:
            return None
        return next(one for one in self.versions if one.id == self.publications[-1].version_id)

    @property
    def decision(self) -> ResponseApproval | None:
        """What a leader last said of the present wording; a word on an earlier wording does not count."""
        said = [one for one in self.approvals if one.version_hash == self.latest.hash]
        return said[-1] if said else None

    @property
    def state(self) -> AnswerState:
        """Where its present wording stands on the way to being public."""
        if self.published is self.latest:
            return AnswerState.PUBLISHED
        if self.decision is None:
            return AnswerState.DRAFTED
        return AnswerState.APPROVED if self.decision.approved else AnswerState.SENT_BACK

    @property
    def writers(self) -> set[UUID]:
        """Everyone who wrote any of its versions."""
        return {version.written_by_id for version in self.versions}

    def after(self, now: datetime) -> datetime:
        """`now`, or the next instant after everything said of it: words keep their order on any clock."""
        before = [*(word.at for word in self.approvals), *(made.at for made in self.publications)]
        return max([now, *(moment + timedelta(microseconds=1) for moment in before)])


def version_hash(
    response: int, version: int, comments: Iterable[int], disposition: str, text: str, change: str, change_path: str
) -> str:
    """What an approval names: hex SHA-256 over what a version says and whom it answers.

    The numbers of the answer and of the version are in it, so that going back to an earlier wording is a new one.
    """
    said = {
        "response": response,
        "version": version,
        "comments": sorted(comments),
        "disposition": str(disposition),
        "text": text,
        "change": change,
        "change_path": change_path,
    }
    return sha256(canonical(said)).hexdigest()


def read(session: Session, consultation_id: UUID, response_ids: Iterable[UUID] | None = None) -> list[Answer]:
    """The answers of a matter (or those with these ids) by number, in five statements whatever their number.

    Raises NotFound unless all that were asked for exist.
    """
    wanted = None if response_ids is None else list(dict.fromkeys(response_ids))
    statement = select(Response).where(Response.consultation_id == consultation_id).order_by(Response.number)
    if wanted is not None:
        statement = statement.where(Response.id.in_(wanted))
    found = session.scalars(statement).all()
    if wanted is not None and len(found) != len(wanted):
        raise NotFound
    versions = _by_response(_rows(session, ResponseVersion, consultation_id, wanted, ResponseVersion.version))
    approvals = _by_response(_rows(session, ResponseApproval, consultation_id, wanted, ResponseApproval.at))
    publications = _by_response(_rows(session, ResponsePublication, consultation_id, wanted, ResponsePublication.at))
    numbers = _numbers(session, consultation_id, wanted)
    return [
        Answer(
            response,
            versions[response.id],
            numbers.get(response.id, []),
            approvals.get(response.id, []),
            publications.get(response.id, []),
        )
        for response in found
    ]


def of_comments(session: Session, consultation_id: UUID, comment_ids: Collection[UUID]) -> dict[UUID, Answer]:
    """The answers of these comments, by the id of the comment; in six statements at most."""
    rows = session.execute(
        select(ResponseTarget.comment_id, ResponseTarget.response_id).where(
            ResponseTarget.consultation_id == consultation_id, ResponseTarget.comment_id.in_(comment_ids)
        )
    ).all()
    if not rows:
        return {}
    by_id = {one.response.id: one for one in read(session, consultation_id, {row.response_id for row in rows})}
    return {row.comment_id: by_id[row.response_id] for row in rows}


def one(session: Session, consultation_id: UUID, response_id: UUID) -> Answer:
    """One answer; raises NotFound."""
    return read(session, consultation_id, [response_id])[0]


def _rows(session: Session, model: Any, consultation_id: UUID, wanted: list[UUID] | None, order: Any) -> Sequence[Any]:
    statement = select(model).where(model.consultation_id == consultation_id).order_by(order, model.id)
    if wanted is not None:
        statement = statement.where(model.response_id.in_(wanted))
    return session.scalars(statement).all()


def _by_response(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.response_id, []).append(row)
    return found


def _numbers(session: Session, consultation_id: UUID, wanted: list[UUID] | None) -> dict[UUID, list[int]]:
    statement = (
        select(ResponseTarget.response_id, Comment.number)
        .join(ResponseTarget.comment)
        .where(ResponseTarget.consultation_id == consultation_id)
        .order_by(Comment.number)
    )
    if wanted is not None:
        statement = statement.where(ResponseTarget.response_id.in_(wanted))
    found: dict[UUID, list[int]] = {}
    for response_id, number in session.execute(statement):
        found.setdefault(response_id, []).append(number)
    return found


def names(session: Session, found: Iterable[Answer]) -> dict[UUID, str]:
    """The names of everybody who wrote, approved or sent back one of these answers, in one statement."""
    said = [who for answer in found for who in (*answer.writers, *(word.by_id for word in answer.approvals))]
    rows = session.execute(select(User.id, User.name).where(User.id.in_(set(said))))
    return {key: name for key, name in rows}
