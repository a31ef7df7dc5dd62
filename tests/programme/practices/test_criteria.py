"""The criteria of a model residential area: set by the Front, replaced with a reason, and what is scored by them."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from consult.errors import Invalid, NotFound, Refused
from consult.people.models import AreaSuccession
from consult.programme.practices import criteria, scores
from tests.builders import NOW, make_area
from tests.programme.practices.scene import Models
from tests.programme.scene import TODAY, make_parties


@pytest.fixture
def models(session: Session) -> Models:
    """A public programme and a commune."""
    return Models(make_parties(session))


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ("", {"checklist": "required"}),
        ("Không có điểm", {"checklist": "items_wrong"}),
        ("Sạch | 20", {"needed": "not_a_number"}),
    ],
)
def test_what_a_checklist_needs(models: Models, typed: str, errors: dict) -> None:
    with pytest.raises(Invalid) as wrong:
        models.checklist(typed)
    assert wrong.value.errors == errors


def test_only_the_front_sets_it_and_another_person_of_it_makes_it_public(session: Session, models: Models) -> None:
    year, parties = TODAY.year, models.parties
    with pytest.raises(NotFound):
        criteria.set_criteria(session, models.programme, year, "Sạch | 90", "70", "", parties.officer, NOW)
    models.checklist(public=False)
    with pytest.raises(Refused, match="not_sender"):
        criteria.release_criteria(session, models.programme, year, parties.writer, NOW)
    assert criteria.in_force(session, models.programme, year) is None


def test_a_later_checklist_needs_a_reason_and_earlier_scores_stay_by_theirs(session: Session, models: Models) -> None:
    models.checklist()
    first = models.scored("50", "30")
    with pytest.raises(Invalid):
        models.checklist("Sạch | 100")
    models.checklist("Sạch | 100", reason="Gộp tiêu chí")
    second = models.scored("60", village="Thôn khác")
    assert [(one.sum, one.is_model, one.criteria.version) for one in (first, second)] == [(80, True, 1), (60, False, 2)]


def test_a_later_score_of_the_same_area_replaces_the_earlier(session: Session, models: Models) -> None:
    models.checklist()
    first = models.scored("50", "10")
    models.scored("60", "20", village="thôn nà pha")
    given = scores.scores(session, models.programme, TODAY.year, public=True)
    assert scores.replaced(session, given, TODAY) == {first.number}


def test_a_village_scored_before_and_after_a_merger_is_one(session: Session, models: Models) -> None:
    models.checklist()
    first, new = models.scored("50", "10"), make_area(session, "Xã Mới", valid_from=TODAY)
    models.area.valid_to, of_other = TODAY, make_area(session, "Xã Bên", valid_to=TODAY)
    for old in (models.area, of_other):
        session.add(AreaSuccession(predecessor_id=old.id, successor_id=new.id, on=TODAY))
    session.commit()
    models.area = of_other
    other = models.scored("50", "20")
    given = scores.scores(session, models.programme, TODAY.year, public=True)
    assert scores.replaced(session, given, TODAY) == frozenset(), "two villages of one name in two communes"
    models.area = new
    models.scored("60", "20")
    given = scores.scores(session, models.programme, TODAY.year, public=True)
    assert scores.replaced(session, given, TODAY) == {first.number, other.number}
    assert scores.replaced(session, given, TODAY - timedelta(days=1)) == frozenset(), (
        "before its day there is no merger"
    )


def test_points_lie_within_those_of_their_item(models: Models) -> None:
    with pytest.raises(Refused, match="no_criteria_yet"):
        models.scored("1", "1")
    models.checklist()
    with pytest.raises(Invalid) as wrong:
        models.scored("61", "")
    assert wrong.value.errors == {"points-0": "too_many_points", "points-1": "not_a_number"}


def test_a_score_is_decided_on_the_page_of_its_year(session: Session, models: Models) -> None:
    models.checklist()
    one = models.scored("50", "30", public=False)
    with pytest.raises(NotFound):
        scores.decide(session, models.programme, TODAY.year - 1, one.number, False, models.parties.signer, NOW)
    assert one.released_at is None
