"""Critiques received before their contents were comments: each is divided once, behind the log of then, or stays as it
was concluded."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from consult.consultations.words import Disclosure
from consult.files.store import FileStore
from consult.ledger.models import LedgerEntry
from consult.people.words import Level, OrganisationKind
from consult.responses.answers import public_sums
from consult.stages import Stage
from consult.submissions.acts import service as acts
from consult.submissions.acts.dividing import divide_all
from consult.submissions.comments.listing import public_comments
from consult.submissions.comments.outcome import Outcome, Visibility
from consult.submissions.inputs import CritiqueInput, Sender
from consult.submissions.models import Comment, Critique, Submission
from consult.submissions.receiving import service as receiving
from consult.submissions.sender import amendment
from consult.submissions.words import SubmissionKind
from consult.transparency.verification.service import verify
from tests.builders import DRAFT, NOW, make_organisation
from tests.responses.desk_builder import SIGNER, Desk, comment, make_desk

SAID = CritiqueInput("written", {"necessity": "Cần thiết.", "balance": "Không"}, "Đề nghị:\n1. Giảm phí.\n2. Lùi hạn.")
PARTS = ["necessity", "conclusion", "conclusion"]
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Receiving as it was before a critique was divided."""
    monkeypatch.setattr(receiving, "answerable_parts", lambda critique, points: [])


def sent_before(session: Session, desk: Desk) -> list[int]:
    """A critique as it was received then; gives the numbers of its comments by clause."""
    front = make_organisation(session, OrganisationKind.FRONT_COMMITTEE, Level.PROVINCE, "Ủy ban Mặt trận")
    numbers = desk.receive(
        comment(), kind=SubmissionKind.CRITIQUE, sender=Sender(organisation_id=front.id), critique=SAID
    )
    session.execute(text("UPDATE critique SET divided_at = NULL"))
    session.commit()
    return numbers


def leaves(session: Session) -> list[Any]:
    return list(session.scalars(select(LedgerEntry.body).order_by(LedgerEntry.index)))


def parts(session: Session) -> list[Any]:
    return list(session.scalars(select(Comment.critique_part).order_by(Comment.number)))


@pytest.mark.usefixtures("as_before")
def test_it_is_divided_once_behind_the_log_of_then(session: Session, tmp_path: Path) -> None:
    desk = make_desk(session)
    sent_before(session, desk)
    before = leaves(session)
    divide_all(session, LATER)
    after = leaves(session)
    assert after[: len(before)] == before and len(after) == len(before) + 3
    assert parts(session) == [None, *PARTS]
    divide_all(session, LATER)
    assert leaves(session) == after
    assert public_sums.outcome(session, desk.matter.id)["received"] == 4
    files = FileStore(tmp_path)
    files.put(DRAFT.encode())
    assert list(verify(session, desk.matter, files, SIGNER))


@pytest.mark.usefixtures("as_before")
@pytest.mark.parametrize(("released", "disclosure", "seen"), [
    (False, Disclosure.ON_RELEASE, Visibility.IN_CHECK), (True, Disclosure.ON_RELEASE, Visibility.PUBLIC),
    (False, Disclosure.AT_ONCE, Visibility.PUBLIC),
])  # fmt: skip
def test_what_could_be_read_beside_a_comment_can_still_be_read(
    session: Session, released: bool, disclosure: Disclosure, seen: Visibility
) -> None:
    desk = make_desk(session, Stage.OPEN, disclosure=disclosure)
    numbers = sent_before(session, desk)
    if released:
        acts.release(session, desk.matter, numbers, desk.officer, NOW)
    divide_all(session, LATER)
    assert {one.visibility for one in public_comments(session, desk.matter) if one.critique_part} == {seen}


@pytest.mark.usefixtures("as_before")
def test_what_was_concluded_stays_as_it_was(session: Session) -> None:
    desk = make_desk(session)
    sent_before(session, desk)
    desk.matter.concluded_at = LATER
    session.commit()
    before = leaves(session)
    divide_all(session, LATER)
    assert leaves(session) == before and parts(session) == [None]


@pytest.mark.usefixtures("as_before")
def test_what_its_sender_took_back_is_not_divided(session: Session) -> None:
    desk = make_desk(session)
    numbers = sent_before(session, desk)
    submission = session.scalars(select(Submission)).one()
    amendment.withdraw(session, desk.matter, submission, numbers, NOW, NOW)
    divide_all(session, LATER)
    assert parts(session) == [None]
    assert session.scalars(select(Critique.divided_at)).one() is not None
    assert public_sums.outcome(session, desk.matter.id)[Outcome.WITHDRAWN.value] == 1
