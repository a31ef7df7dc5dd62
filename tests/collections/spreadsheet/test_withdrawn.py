"""A row whose opinion was withdrawn is not told to be there: a person says whether it is written once more."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.collections.models import Branch, CollectedOpinion, Gathering
from consult.collections.recording import corrections
from consult.collections.spreadsheet import service
from consult.errors import Refused
from tests.builders import NOW
from tests.collections.scene import CODES, collecting
from tests.collections.spreadsheet.filled import MEETING, clauses_of, filled
from tests.collections.spreadsheet.test_writing import kept, written


@pytest.fixture
def branch(session: Session) -> Branch:
    return collecting(session, "Xã A").branches["Xã A"]


def withdraw(session: Session) -> None:
    for one in session.scalars(select(Gathering).where(Gathering.withdrawn_at.is_(None))).all():
        corrections.withdraw_gathering(session, one, "Ghi nhầm nơi", NOW)


def standing(session: Session) -> list[int]:
    rows = select(CollectedOpinion.number).where(CollectedOpinion.withdrawn_at.is_(None))
    return list(session.scalars(rows.order_by(CollectedOpinion.number)))


def test_a_withdrawn_gathering_is_brought_again_by_the_same_file(session: Session, branch: Branch) -> None:
    data = filled(session, branch, [{"text": "Một", **MEETING}, {"text": "Hai", **MEETING}])
    written(session, branch, data)
    withdraw(session)
    for number in (3, 5):
        assert kept(session, branch, data)[1].counts == {"new": 0, "known": 0, "wrong": 0, "otherwise": 2}
        with pytest.raises(Refused, match="spreadsheet_otherwise"):
            written(session, branch, data)
        assert standing(session) == []
        written(session, branch, data, other=service.ADD)
        assert standing(session) == [number, number + 1]
        assert kept(session, branch, data)[1].counts["known"] == 2, "brought again it changes nothing"
        withdraw(session)


def test_what_one_person_withdrew_stays_so_when_another_brings_the_file_that_grew(
    session: Session, branch: Branch
) -> None:  # fmt: skip
    rows = [{"text": "Một", **MEETING}, {"text": "Hai", **MEETING}]
    data = filled(session, branch, rows)
    written(session, branch, data)
    two = session.scalars(select(CollectedOpinion).where(CollectedOpinion.text == "Hai")).one()
    corrections.withdraw_opinion(session, two, "Người nói rút lại", NOW)
    grown = filled(session, branch, [*rows, {"text": "Ba", **MEETING}], data)
    plan = kept(session, branch, grown)[1]
    assert plan.counts == {"new": 1, "known": 1, "wrong": 0, "otherwise": 1}
    written(session, branch, grown, other=service.LEAVE)
    assert standing(session) == [1, 3]


def test_who_looked_before_another_withdrew_is_asked_again(session: Session, branch: Branch) -> None:
    data = filled(session, branch, [{"text": "Một", **MEETING}, {"text": "Hai", **MEETING}])
    written(session, branch, data)
    grown = filled(session, branch, [{"text": text, **MEETING} for text in ("Một", "Hai", "Ba")], data)
    one, plan = kept(session, branch, grown)
    withdraw(session)
    with pytest.raises(Refused, match="spreadsheet_changed"):
        service.write(session, one, clauses_of(session, branch), plan.version, (service.ALL, ""), CODES, NOW)
