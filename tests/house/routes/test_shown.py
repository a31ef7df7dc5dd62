"""Every act names what was on the screen: an address that acts on something others may change declares it, and refuses
a form without a version or with another one, changing nothing. A route registered later is covered by itself."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from consult.catalogues import sentence
from consult.db import AROUND, new_id, writing
from consult.models import metadata
from consult.policy import ANYBODY
from consult.shown import About, Changed, Kind, Shown, token
from consult.web.shown import Held
from tests.application import end, make_app, sign_in
from tests.database import SqliteDatabases
from tests.house.scene.shown_scene import Scene, make_scene
from tests.pages import Browser

CHANGED = "Đã có người thay đổi nội dung".encode()
# What every request leaves of itself.
TRACES = {"sign_in", "rate_limit"}
ORIGIN = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def scene(sqlite_databases: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """One site for all acts: none of them is allowed to change anything."""
    folder = tmp_path_factory.mktemp("shown")
    app = make_app(sqlite_databases.fresh(), folder, WTF_CSRF_METHODS=())
    with app.extensions["consult.database"].session() as session:
        yield make_scene(app, session)
    end(app)


def acting(app: Flask) -> dict[str, Any]:
    """What every address declares that takes a form, by its endpoint."""
    return {
        rule.endpoint: getattr(app.view_functions[rule.endpoint], "acting", None)
        for rule in app.url_map.iter_rules()
        if {"POST", "PUT", "PATCH", "DELETE"} & (rule.methods or set())
    }


def fingerprint(session: Session) -> str:
    """Everything in the database, as it lies there: it is asked for after each act, and nobody reads the values."""
    session.rollback()
    raw = session.connection().connection.dbapi_connection
    assert raw is not None
    cursor, digest = raw.cursor(), hashlib.sha256()
    for name in sorted(metadata.tables.keys() - TRACES):
        rows = sorted(map(repr, cursor.execute(f'SELECT * FROM "{name}"')))
        digest.update(repr((name, rows)).encode())
    session.rollback()
    return digest.hexdigest()


def clients(scene: Scene) -> dict[str, FlaskClient]:
    """Everybody who acts, signed in."""
    found = {"": Browser(scene.app)}
    for who, user in scene.people.items():
        found[who] = Browser(scene.app)
        sign_in(found[who], user)
    for who, link in scene.links.items():
        found[who] = Browser(scene.app)
        found[who].get(link)
    return {who: browser.client for who, browser in found.items()}


def test_every_act_declares_what_it_acts_on_or_why_it_is_alone(app: Flask) -> None:
    silent = [name for name, one in acting(app).items() if one is None or bool(one.kinds) is bool(one.alone)]
    assert not silent, f"say acts_on=… or alone=… beside the access: {silent}"


def test_every_kind_has_a_heading_for_the_page_with_both_sides(app: Flask) -> None:
    kinds = {kind.name for one in acting(app).values() if one is not None for kind in one.kinds}
    codes = [(spoken, f"shown.{name}") for name in kinds for spoken in ("vi", "en")]
    nameless = [(spoken, code) for spoken, code in codes if sentence(spoken, code, {}) == code]
    assert not nameless, nameless


def test_the_scene_has_every_act(scene: Scene) -> None:
    declared = {name for name, one in acting(scene.app).items() if one.kinds}
    assert declared == set(scene.values), "tests/house/scene/shown_scene.py says what an act touches"


@pytest.mark.parametrize("version", ["missing", "of another day"])
def test_what_was_not_shown_is_not_done(scene: Scene, version: str) -> None:
    people, wrong = clients(scene), []
    before = fingerprint(scene.session)
    for endpoint, form in scene.forms.items():
        stale = [f"{name}=of another day" for name in _parts(scene, endpoint)]
        sent = [*form.items(), *(("shown", one) for one in stale if version != "missing")]
        data = {name: [value for key, value in sent if key == name] for name, _value in sent}
        answer = people[scene.who(endpoint)].post(
            scene.address(endpoint), data=data, headers=ORIGIN, follow_redirects=True
        )
        if answer.status_code != 409 or CHANGED not in answer.get_data():
            wrong.append(f"{endpoint}: {answer.status_code}")
        if fingerprint(scene.session) != before:
            wrong.append(f"{endpoint} changed something")
            before = fingerprint(scene.session)
        answer.close()
    assert len(scene.forms) > 40 and not wrong, "\n".join(wrong)


def _parts(scene: Scene, endpoint: str) -> list[str]:
    """The beginnings of what such a form would send: whatever its things are called."""
    kinds = scene.app.view_functions[endpoint].acting.kinds
    keys = {str(value) for value in (*scene.values[endpoint].values(), *scene.forms[endpoint].values())}
    return [f"{kind.name}/{key.partition(':')[0]}:{part}" for kind in kinds for key in keys for part in ("text", "all")]


def test_inside_the_transaction_it_is_looked_at_again(app: Flask, session: Session) -> None:
    """What changes between the look before and the lock is refused, whatever a view makes of it."""
    version = ["1"]
    kind = Kind("thing", lambda _about: [Shown("1", {"version": version[0]})])
    with app.test_request_context(method="POST"):
        from consult import clock

        held = Held([kind], About(session, ANYBODY, clock.now()), {"thing/1": {"version": "1"}})
        session.info[AROUND] = held.around
        with writing(session, new_id()):
            version[0] = "2"
        with writing(session, new_id()):
            pass
        version[0] = "3"
        with pytest.raises(Changed), writing(session, new_id()):
            raise AssertionError("this is not reached")
        assert held.changed is not None
    del session.info[AROUND]
    assert token(kind, Shown("1", {"version": "1"})) == "thing/1:version=1"
