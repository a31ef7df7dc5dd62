"""How much of a long list is looked at to find what is wanted: counted in steps of the database, not in time."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from bench import volume
from bench.matter import Bench
from consult.consultations.models import Consultation
from consult.exports import page_file, service
from consult.exports.official_language import official
from consult.people.words import Role
from consult.reading.comments.filters import RESULTS, CommentFilters
from consult.reading.comments.listing import page_of
from consult.responses.desk.listing.case_filters import CaseFilters, Handler
from consult.responses.desk.listing.case_list import listed
from consult.responses.models import ResponsePublication, ResponseTarget
from consult.responses.statistics.cached_counts import kept_counts
from consult.submissions.inputs import AnchorInput, CommentInput, NewSubmission
from consult.submissions.models import Comment, CommentAct
from consult.submissions.receiving.service import receive
from consult.submissions.words import CommentActKind, SubmissionKind, Topic
from tests.application import CODES
from tests.builders import NOW, TODAY
from tests.responses.desk_builder import SIGNER, make_desk

COMMENTS = 4_000
STEPS_OF_A_COMMENT = 40
"""Whatever is looked for, this is asked of every comment the first time, when a process begins."""
STEPS_OF_A_PAGE = 15_000
"""After that a page takes this, whatever is looked for, however many comments there are, and whether any is found."""
STEPS_AFTER_A_CHANGE = 8
"""The same of each comment for who looks first after the matter changed; at a place, all on it are found again."""
STEPS_OF_WHAT_IS_KEPT = 200
STEPS_OF_A_LINE = 8_000
"""Most of it looks up whether somebody may read an answer, of each of those whom it answers."""
EVERY = 50


@pytest.fixture
def matter(app: Flask, app_session: Session) -> Consultation:
    """Very many comments, of which a handful is answered, and nobody is sent away."""
    desk = make_desk(app_session)
    slug = desk.matter.slug
    app_session.commit()
    volume.fill(Bench(app, slug, {Role.OFFICER: desk.officer}, random.Random(1)), COMMENTS, NOW)
    first = select(ResponsePublication.id).order_by(ResponsePublication.id).limit(1)
    app_session.execute(delete(ResponsePublication).where(ResponsePublication.id.not_in(first)))
    of_it = select(ResponseTarget.comment_id).where(ResponseTarget.response_id == ResponsePublication.response_id)
    still = CommentAct.comment_id.in_(of_it.where(ResponsePublication.id.in_(first)))
    app_session.execute(delete(CommentAct).where(CommentAct.kind == CommentActKind.ANSWERED, ~still))
    app_session.commit()
    assert app_session.scalar(select(func.count(Comment.id))) == COMMENTS
    return desk.matter


@contextmanager
def steps(session: Session) -> Iterator[list[int]]:
    """How many steps SQLite's machine takes in the block, in units of EVERY."""
    raw: Any = session.connection().connection.dbapi_connection
    taken = [0]

    def step() -> int:
        taken[0] += EVERY
        return 0

    raw.set_progress_handler(step, EVERY)
    try:
        yield taken
    finally:
        raw.set_progress_handler(None, 0)


def taken(session: Session, matter: Consultation, wanted: CommentFilters) -> int:
    with steps(session) as count:
        page_of(session, matter, wanted, 1)
    return count[0]


def test_every_comment_is_asked_once_and_then_pages_are_bounded(app_session: Session, matter: Consultation) -> None:
    wanted = [CommentFilters(result=result) for result in RESULTS] + [
        CommentFilters(most_joined=True),
        CommentFilters(before=COMMENTS // 2),
    ]
    wanted += [CommentFilters(source=source) for source in SubmissionKind] + [
        CommentFilters(topic=topic) for topic in Topic
    ]
    wanted += [
        CommentFilters(anchor=anchor) for anchor in (AnchorInput(1, 1, page=7), AnchorInput(1), AnchorInput(1, 1, "d2"))
    ]
    wanted += [CommentFilters(result=result, source=SubmissionKind.FORMAL, before=COMMENTS - 7) for result in RESULTS]
    first = {str(one): taken(app_session, matter, one) / COMMENTS for one in wanted}
    assert {name: count for name, count in first.items() if count > STEPS_OF_A_COMMENT} == {}
    again = {str(one): taken(app_session, matter, one) for one in wanted}
    assert {name: count for name, count in again.items() if count > STEPS_OF_A_PAGE} == {}
    matter.touch()
    app_session.commit()
    after = {str(one): taken(app_session, matter, one) / COMMENTS for one in wanted if one.anchor is None}
    assert {name: count for name, count in after.items() if count > STEPS_AFTER_A_CHANGE} == {}


def test_a_number_before_which_nothing_or_everything_stands(app_session: Session, matter: Consultation) -> None:
    assert page_of(app_session, matter, CommentFilters(before=1), 1).items == []
    assert page_of(app_session, matter, CommentFilters(before=999_999_999), 1).items[0].comment.number == COMMENTS
    assert [one.comment.number for one in page_of(app_session, matter, CommentFilters(before=3), 1).items] == [2, 1]


def test_what_comes_in_is_looked_at_alone(app_session: Session, matter: Consultation) -> None:
    app_session.refresh(matter)
    taken(app_session, matter, CommentFilters(result="received"))
    sent = NewSubmission((CommentInput("Mới.", AnchorInput(path="d2")),), matter.opens_at or NOW, "n" * 32)
    receive(app_session, matter, sent, NOW, SIGNER, CODES)
    assert taken(app_session, matter, CommentFilters(result="received")) < 2 * STEPS_OF_A_PAGE
    newest = page_of(app_session, matter, CommentFilters(anchor=AnchorInput(1, 1, "d2"), result="received"), 1).items[0]
    assert newest.comment.number == COMMENTS + 1


@pytest.mark.parametrize(("filters", "most"), [(CaseFilters(), 30), (CaseFilters(by_joiners=True), 65)])
def test_the_desk_counts_comments_and_nothing_beside_them(
    app_session: Session, matter: Consultation, filters: CaseFilters, most: int
) -> None:
    with steps(app_session) as count:
        found = listed(app_session, matter, filters, Handler(None, senders=True), None, TODAY)
    assert found.total == COMMENTS and count[0] / COMMENTS < most


def test_what_everybody_asks_is_counted_once(app_session: Session, matter: Consultation) -> None:
    """The page of a matter, its live numbers, its log and who took part, whatever stands in the query behind them."""
    for asked in (kept_counts.sums, partial(kept_counts.participation, day=NOW.date())):
        asked(app_session, matter)
        with steps(app_session) as count:
            asked(app_session, matter)
        assert count[0] < STEPS_OF_WHAT_IS_KEPT


def test_a_page_of_the_table_reads_its_own_rows_only(app_session: Session, matter: Consultation) -> None:
    kept = BytesIO()
    page_file.write(kept, *service.pages(app_session, matter, NOW))
    with steps(app_session) as count:
        sheet = service.sheet(app_session, matter, page_file.read(kept, 7), official)
    assert sheet.count > 50
    assert count[0] / len(sheet.lines) < STEPS_OF_A_LINE
