"""Results of protection: what is measured, who enters, who confirms, what is corrected, and what is compared."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.errors import Invalid, NotFound, Refused
from consult.files.store import FileStore
from consult.ledger.models import LedgerEntry
from consult.people.models import AreaSuccession
from consult.people.words import Role
from consult.programme.indicators import definitions, entering, figures, listing, where
from tests.builders import NOW, make_actor, make_area
from tests.programme.indicators.scene import CHANGED, LIST, Measured
from tests.programme.scene import make_parties


@pytest.fixture
def measured(session: Session, tmp_path: Path) -> Measured:
    return Measured(make_parties(session), FileStore(tmp_path))


def kinds(measured: Measured) -> list[str]:
    """What the log says of results."""
    own = select(LedgerEntry).where(LedgerEntry.consultation_id == measured.programme.consultation_id)
    told = [one.kind for one in measured.session.scalars(own.order_by(LedgerEntry.index))]
    return [kind for kind in told if kind in {"indicators_set", "result_confirmed"}]


@pytest.mark.parametrize(
    ("typed", "value"),
    [("82,50", "82.5"), ("007", "7"), ("-0,0", "0"), ("-3", "-3"), ("1.234", None), ("12,34567", None), ("²", None)],
)
def test_only_a_comma_stands_before_decimals(typed: str, value: str | None) -> None:
    assert figures.read(typed) == value


def test_a_party_of_the_state_says_what_is_measured(measured: Measured) -> None:
    session, programme, parties = measured.session, measured.programme, measured.parties
    for actor in (parties.writer, measured.writer):
        with pytest.raises(NotFound):
            definitions.set_list(session, programme, measured.year, LIST, actor, NOW)
    measured.measures(public=False)
    with pytest.raises(Refused, match="not_sender"):
        definitions.release_list(session, programme, measured.year, parties.officer, NOW)
    assert definitions.in_force(session, programme, measured.year) is None
    definitions.release_list(session, programme, measured.year, parties.leader, NOW)
    assert kinds(measured) == ["indicators_set"]


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", "required"), ("rac | Tỷ lệ | %", "indicators_wrong"), ("Rác | Tỷ lệ | % | Theo sổ", "indicators_wrong"),
        ("rac | Tỷ lệ | % | Theo sổ | đẹp", "indicators_wrong"), (f"{LIST}\n{LIST}", "indicators_wrong"),
    ],
)  # fmt: skip
def test_a_list_that_nobody_could_fill_in_is_refused(measured: Measured, typed: str, error: str) -> None:
    with pytest.raises(Invalid) as wrong:
        measured.measures(typed=typed)
    assert wrong.value.errors == {"indicators": error}


def test_a_value_is_public_once_another_person_confirmed_it(measured: Measured) -> None:
    measured.measures()
    found = measured.entered(public=False)
    with pytest.raises(Refused, match="not_sender"):
        measured.confirm(found, measured.writer)
    assert listing.confirmed(measured.session, measured.programme) == []
    measured.confirm(found, measured.signer)
    assert [(one.value, one.body_id) for one in listing.confirmed(measured.session, measured.programme)] == [
        ("82.5", measured.body.id)
    ]
    assert kinds(measured)[-1] == "result_confirmed"


def test_who_entered_does_not_confirm_even_who_signs(measured: Measured) -> None:
    measured.measures()
    found = entering.enter(measured.session, measured.programme, measured.new(), measured.signer, NOW)
    with pytest.raises(Refused, match="own_words"):
        measured.confirm(found, measured.signer)
    measured.confirm(found, measured.parties.leader)
    with pytest.raises(Refused, match="nothing_waits"):
        measured.confirm(found, measured.parties.leader)


def test_nobody_of_another_body_confirms_or_enters(measured: Measured) -> None:
    measured.measures()
    found, parties = measured.entered(public=False), measured.parties
    for actor in (parties.signer, parties.head_of_commune):
        with pytest.raises(NotFound):
            measured.confirm(found, actor)
        with pytest.raises(NotFound):
            entering.enter(measured.session, measured.programme, measured.new(), actor, NOW)


def test_what_is_sent_back_is_entered_anew(measured: Measured) -> None:
    measured.measures()
    first = measured.entered(public=False)
    with pytest.raises(Invalid):
        measured.confirm(first, measured.parties.leader, reason=" ")
    measured.confirm(first, measured.parties.leader, reason="Không khớp biểu mẫu")
    again = measured.entered(values={"rac": "80"})
    assert [one.number for one in (*first, *again)] == [1, 2]
    assert [one.value for one in listing.confirmed(measured.session, measured.programme)] == ["80"]


def test_what_waits_is_replaced_and_needs_a_source(measured: Measured) -> None:
    measured.measures()
    first, again = measured.entered(public=False), measured.entered(public=False, values={"rac": "80"})
    assert [one.number for one in first] == [one.number for one in again] and again[0].value == "80"
    with pytest.raises(Invalid) as wrong:
        measured.entered(file=None, values={"rac": "tám mươi"})
    assert wrong.value.errors == {"value-rac": "number_wrong", "file": "required"}


def test_a_correction_says_why_and_both_stay(measured: Measured) -> None:
    measured.measures()
    measured.entered()
    for values, error in (({"rac": "81"}, "reason"), ({"rac": "82,5"}, "values")):
        with pytest.raises(Invalid) as wrong:
            measured.entered(values=values)
        assert wrong.value.errors == {error: "required"}
    measured.entered(values={"rac": "81"}, reason="Cộng nhầm một thôn")
    told = listing.confirmed(measured.session, measured.programme)
    assert [(one.value, one.reason) for one in told] == [("82.5", ""), ("81", "Cộng nhầm một thôn")]
    assert [one.value for one in listing.newest(told)] == ["81"]
    assert listing.corrections(told) == [(told[0], told[1])]


def test_what_was_entered_keeps_its_meaning_within_the_year(measured: Measured) -> None:
    measured.measures()
    measured.entered(public=False)
    with pytest.raises(Invalid) as wrong:
        measured.measures(typed=CHANGED)
    assert wrong.value.errors == {"indicators": "indicators_have_values"}
    measured.measures(typed=f"{LIST}\nnuoc | Hộ có nước sạch | % | Theo sổ")
    assert [one.version for one in definitions.versions(measured.session, measured.programme, measured.year)] == [2, 1]


def test_years_that_measure_otherwise_are_shown_with_a_break(measured: Measured) -> None:
    year = measured.year
    for each, typed in ((year - 2, LIST), (year - 1, LIST), (year, CHANGED)):
        measured.measures(each, typed)
    columns = {code: listing.columns(measured.session, measured.programme, code) for code in ("rac", "diem-do")}
    assert [one.breaks for one in columns["rac"]] == [False, False, True]
    assert [one.breaks for one in columns["diem-do"]] == [False, False, False]


def test_former_communes_stand_under_what_they_became(measured: Measured) -> None:
    old = [measured.former("Xã Bằng Lãng"), measured.former("Xã Yên Thượng")]
    for year in (2024, measured.year):
        measured.measures(year)
    for area, value in zip(old, ("70", "90"), strict=True):
        measured.entered(2024, area, values={"rac": value})
    measured.entered()
    today = measured.parties.today
    told = listing.confirmed(measured.session, measured.programme, "rac", [2024, measured.year])
    (row,) = listing.rows(measured.session, told, today)
    assert row.area.id == measured.area.id
    assert {one.area_id: one.value for one in row.cells[2024]} == {old[0].id: "70", old[1].id: "90"}
    assert [one.value for one in row.cells[measured.year]] == ["82.5"]


def test_a_commune_enters_for_those_of_its_year(measured: Measured) -> None:
    old, today = measured.former("Xã Bằng Lãng"), measured.parties.today
    own = {year: set(where.own_areas(measured.session, measured.writer, year, today)) for year in (2024, measured.year)}
    assert own == {2024: {old.id}, measured.year: {measured.area.id}}


def test_what_was_entered_before_a_merger_waits_for_the_new_commune(measured: Measured) -> None:
    year, session, today = measured.year, measured.session, measured.parties.today
    measured.measures()
    (waits,) = measured.entered(public=False)
    old, new = measured.area, make_area(session, "Xã Mới", valid_from=today)
    old.valid_to, measured.body.area_id = today, new.id
    session.add(AreaSuccession(predecessor_id=old.id, successor_id=new.id, on=today))
    session.commit()
    assert set(where.own_areas(session, measured.signer, year, today)) == {new.id}
    assert where.to_decide(session, measured.programme, year, measured.signer, today) == [waits]


def test_who_reads_a_source_enters_it_or_is_of_a_party(measured: Measured) -> None:
    measured.measures()
    (one,) = measured.entered()
    where.require_reads(one, measured.writer)
    where.require_reads(one, measured.parties.writer)
    with pytest.raises(NotFound):
        where.require_reads(one, make_actor(measured.session, measured.parties.commune, Role.LEADER))
