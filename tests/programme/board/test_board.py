"""The board of promises: late first, narrowed, the same as feed and file, and its statements do not grow."""

import csv
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.people.models import AreaSuccession, OrganisationSuccession
from consult.programme.board import listing
from consult.programme.board.listing import BoardFilters
from consult.programme.promise_models import Promise
from consult.programme.words import PromiseKind, StepKind
from tests.builders import make_area, make_organisation
from tests.pages import Browser
from tests.programme.scene import TODAY, Parties, make_parties
from tests.statements import statements_of


@pytest.fixture
def parties(session: Session) -> Parties:
    """Both parties and a commune."""
    return make_parties(session)


def many(parties: Parties, days: list[int]) -> list[Promise]:
    """A recommendation due so many days from today for each of `days`, all public."""
    one = parties.round(parties.programme(), ends_on=parties.today - timedelta(days=9))
    made = [parties.recommended(one, public=False, days=day, text=f"Việc {day}") for day in days]
    parties.step(one, StepKind.REPORT, day=parties.today)
    return made


def shown(session: Session, **asked: object) -> list[str]:
    """What the board lists."""
    filters = BoardFilters(**asked)  # type: ignore[arg-type]
    return [one.text for one in listing.listed(session, filters, TODAY, 50)]


def test_late_first_and_only_what_is_public(session: Session, parties: Parties) -> None:
    many(parties, [5, -3, 0, -8])
    parties.task(parties.programme(title="Khác"), public=False)
    assert shown(session) == ["Việc -8", "Việc -3", "Việc 0", "Việc 5"]
    assert shown(session, state="late") == ["Việc -8", "Việc -3"]
    assert listing.sums(session, TODAY) == (4, 2, 0)
    assert [(line.name, line.open, line.late) for line in listing.by_body(session, TODAY)] == [
        (parties.commune.name, 4, 2)
    ]
    assert [one.text for one in listing.newly_late(session, TODAY, 5)] == ["Việc -3", "Việc -8"]


def test_narrowed_by_body_kind_and_a_commune_under_all_its_names(session: Session, parties: Parties) -> None:
    before, after = make_area(session, "Xã Cũ"), make_area(session, "Xã Mới")
    session.add(AreaSuccession(predecessor_id=before.id, successor_id=after.id, on=TODAY))
    session.commit()
    first = many(parties, [1])[0]
    first.area_id = before.id
    session.commit()
    task = parties.task(parties.programme(title="Khác"), by_id=parties.department.id)
    assert shown(session, by_id=parties.department.id) == [task.promise.text]
    assert shown(session, kind=PromiseKind.RECOMMENDATION) == ["Việc 1"]
    assert shown(session, area_id=after.id) == shown(session, area_id=before.id) == ["Việc 1"]


def test_what_a_body_owed_counts_at_the_one_that_took_over(session: Session, parties: Parties) -> None:
    many(parties, [-3, 4])
    heir = make_organisation(session, name="Ủy ban nhân dân xã Mới")
    session.add(OrganisationSuccession(predecessor_id=parties.commune.id, successor_id=heir.id, on=TODAY))
    session.commit()
    assert [(line.name, line.open, line.late) for line in listing.by_body(session, TODAY)] == [(heir.name, 2, 1)]
    assert shown(session, by_id=heir.id) == ["Việc -3", "Việc 4"]


def test_page_feed_and_file_tell_the_same(app: Flask, app_session: Session, browser: Browser) -> None:
    parties = make_parties(app_session, clock.now())
    many(parties, [-3, 4])
    page = browser.get("/cam-ket/?tinh-trang=late")
    assert "Việc -3" in page.text and "Việc 4" not in page.text
    rows = list(csv.DictReader(browser.get("/cam-ket/cam-ket.csv").body.decode("utf-8-sig").splitlines()))
    assert [row["text"] for row in rows] == ["Việc -3", "Việc 4"]
    assert {row["by"] for row in rows} == {parties.commune.name}
    feed = browser.get("/cam-ket/tin.atom").body.decode()
    assert "Việc -3" in feed and "Việc 4" not in feed


def test_a_name_that_reckons_is_neutral_in_the_file(app: Flask, app_session: Session, browser: Browser) -> None:
    parties = make_parties(app_session, clock.now())
    parties.recommended(parties.round(parties.programme()), text="=1+1")
    assert "'=1+1" in browser.get("/cam-ket/cam-ket.csv").body.decode()


def test_the_statements_of_the_board_do_not_grow(app: Flask, app_session: Session, browser: Browser) -> None:
    parties = make_parties(app_session, clock.now())
    many(parties, [1])
    counts = []
    for more in ([], [2, 3, 4, 5, 6, 7]):
        if more:
            many(parties, more)
        with statements_of(app_session) as statements:
            browser.get("/cam-ket/")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_nothing_else_is_found(app: Flask, app_session: Session, browser: Browser) -> None:
    parties = make_parties(app_session, clock.now())
    one = parties.programme()
    hidden = parties.recommended(parties.round(one), public=False)
    browser.get(f"/chuong-trinh/{one.matter.slug}/cam-ket/{hidden.number}/", status=404)
    browser.get(f"/chuong-trinh/{one.matter.slug}/giam-sat/1/", status=404)
    browser.get(f"/lay-y-kien/{one.matter.slug}/", status=404)
    browser.get("/cam-ket/?trang=0", status=404)
