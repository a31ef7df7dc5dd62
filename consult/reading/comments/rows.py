"""Comments with all that a public page says of them, in one statement: what was said and by whom, the acts that decide
who may read it, how far it has come, and the answer in the wording published last."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select

from consult.reading.comments.outcomes import assigned_expression
from consult.reading.comments.progress import CommentWay, way_of
from consult.relationships import along, under_name
from consult.responses.answers.published import for_senders_alone_expression
from consult.responses.models import ResponsePublication, ResponseTarget, ResponseVersion
from consult.responses.words import Disposition
from consult.submissions.comments import listing, public_view, visible
from consult.submissions.comments.outcome import outcome_expression
from consult.submissions.comments.public_view import PublicComment
from consult.submissions.models import Comment, CommentAct


@dataclass(frozen=True)
class PublicAnswerRow:
    """The answer to a comment in the wording that is public now, published at `at`; `first_at` is when the first one
    was. Text and change are None when it went to senders alone (responses/answers/published.py)."""

    disposition: Disposition
    text: str | None
    change: str | None
    change_path: str
    at: datetime
    first_at: datetime
    written_at: datetime


@dataclass(frozen=True)
class PublicCommentRow:
    """A comment as a public page tells it; `row` has whatever else was selected."""

    comment: PublicComment
    way: CommentWay
    answer: PublicAnswerRow | None
    acts: Sequence[CommentAct]
    row: Any


# The expressions of other rooms ask these tables themselves, so that the statement joins them under names of its own.
act = under_name(CommentAct, "act")
target = under_name(ResponseTarget, "target")
publication = under_name(ResponsePublication, "publication")
wording = under_name(ResponseVersion, "wording")


def rows(*more: Any, window: listing.Window | None = None) -> Select[Any]:
    """The statement on Comment (those in `window`, if one is given), with `more` columns; each comment comes once for
    every act on it."""
    first = _published(func.min(ResponsePublication.at)).scalar_subquery()
    last = _published(ResponsePublication.id).order_by(ResponsePublication.at.desc(), ResponsePublication.id.desc())
    published = along(target.publications.of_type(publication))
    return (
        listing.public_rows(window)
        .add_columns(
            act,
            wording,
            target.at.label("target_at"),
            publication.at.label("published_at"),
            first.label("first_at"),
            outcome_expression().label("outcome"),
            assigned_expression().label("assigned"),
            visible.sent_with_passed_on_expression().label("nameless"),
            for_senders_alone_expression(target).label("for_senders_alone"),
            *more,
        )
        .outerjoin(Comment.acts.of_type(act))
        .outerjoin(target, along(target.comment))
        .outerjoin(publication, published & (publication.id == last.limit(1).scalar_subquery()))
        .outerjoin(publication.version.of_type(wording))
    )


def told(found: Sequence[Row[Any]]) -> list[PublicCommentRow]:
    """The comments of the statement's rows on one matter, each where its first row comes: a database may bring those of
    several together in any order, and every act decides who may read its comment."""
    same: dict[int, list[Row[Any]]] = {}
    for row in found:
        same.setdefault(row.Comment.number, []).append(row)
    return list(map(_told, same.values()))


def public_told(same: Sequence[Row[Any]]) -> PublicCommentRow:
    """One comment, of all its rows, without them and its acts: what of it may be kept."""
    return replace(_told(same), acts=(), row=None)


def _told(same: Sequence[Row[Any]]) -> PublicCommentRow:
    row = same[0]
    acts = [one.act for one in same if one.act is not None]
    comment = public_view.as_public(row, acts, row.nameless)
    return PublicCommentRow(comment, way_of(row.outcome, row.assigned), _answer(row), acts, row)


def _answer(row: Row[Any]) -> PublicAnswerRow | None:
    version: ResponseVersion | None = row.wording
    if version is None:
        return None
    told = not row.for_senders_alone
    return PublicAnswerRow(
        disposition=version.disposition,
        text=version.text if told else None,
        change=version.change if told else None,
        change_path=version.change_path if told else "",
        at=row.published_at,
        first_at=row.first_at,
        written_at=version.written_at,
    )


def _published(column: Any) -> Select[Any]:
    """Of the publications of the answer that `target` names."""
    return select(column).where(along(target.publications)).correlate(target)
