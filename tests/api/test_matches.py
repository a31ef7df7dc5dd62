"""What became of each provision, over the API."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter import queries
from consult.consultations.revisions import change_sources
from consult.consultations.words import ChangeOrigin
from tests.api.conftest import Ask
from tests.builders import make_consultation, make_publisher
from tests.consultations.revised import add, revise


def test_matches_come_in_pages(ask: Ask, app_session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consult.api.matches.PAGE_SIZE", 4)
    made, actor, now = make_consultation(app_session, now=clock.now()), make_publisher(app_session), clock.now()
    second = revise(app_session, made, actor, now=now)
    added = next(one.id for one in queries.provisions_of(app_session, second) if one.path == "d4")
    change_sources.give_sources(app_session, made, second, [added], ChangeOrigin.APPRAISAL, "Phiếu góp ý", actor, now)
    found, cursor = [], None
    while True:
        page = ask(f"/consultations/{made.slug}/revisions/1/2/matches", **({"cursor": cursor} if cursor else {}))
        assert page["earlier"] == 1 and len(page["matches"]) <= 4
        found += page["matches"]
        cursor = page["next"]
        if cursor is None:
            break
    assert len(found) == len({(one["old"], one["new"]) for one in found}) > 8
    by_kind = {one["kind"]: one for one in found if one["kind"] != "unchanged"}
    assert by_kind["added"]["new"] == "d4" and by_kind["added"]["old"] is None
    assert by_kind["added"]["source"] == {"origin": "appraisal", "note": "Phiếu góp ý"}
    assert by_kind["removed"]["old"] == "d2.k2" and by_kind["removed"]["new"] is None
    assert 0 < by_kind["changed"]["similarity"] < 1 and by_kind["changed"]["corrected"] is False
    assert found[-1]["kind"] == "removed"


def test_what_is_not_public_is_not_there(ask: Ask, app: Flask, app_session: Session) -> None:
    made, actor = make_consultation(app_session, now=clock.now()), make_publisher(app_session)
    add(app_session, made, actor, now=clock.now())
    ask(f"/consultations/{made.slug}/revisions/1/2/matches", 404)
    first = ask(f"/consultations/{made.slug}/revisions/1/1/matches")
    assert first == {"earlier": None, "matches": [], "next": None}
