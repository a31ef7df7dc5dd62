"""Nothing typed is lost by a sign-in that ended: every address that needs one keeps whatever is sent to it, asks who it
is, and says the same of what exists and what does not. A route registered later is covered by itself."""

import io
import re
import secrets
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import Any
from urllib.parse import quote_plus

import pytest
from flask import Flask, Response, request
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from consult import size_limits
from consult.people.words import Role
from consult.sign_in import views as sign_in_views
from tests.application import end, make_app
from tests.builders import make_organisation, make_user
from tests.database import SqliteDatabases
from tests.house.routes.test_access import UNSAFE, VALUES
from tests.house.routes.test_shown import ORIGIN, clients
from tests.house.scene.shown_scene import Scene, make_scene
from tests.signing_in import PASSWORD, with_password

LINE = "Đề nghị sửa khoản này: thu gom hằng ngày, “kể cả ngày lễ” & <b>chủ nhật</b>.\r\n"
# Mostly of letters that are written as they are: to spell all of it with per cent signs, and to read it again, at each
# address took longer than all the rest. How much of that a request may hold is judged before its address is looked at.
LONG = f"{LINE}{'thu gom hang ngay ' * 60}\r\n"
MADE_ANEW = re.compile(rb'value="[^"]*"|/static/[^"]*')


@pytest.fixture(scope="module")
def scene(sqlite_databases: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """One site for all addresses, with a person who may do nothing on it but sign in."""
    app = make_app(sqlite_databases.fresh(), tmp_path_factory.mktemp("kept"), FILES_OF_ADDRESS="100000 per hour")
    app.config["SUBMISSIONS_PER_MINUTE"] = 0
    with app.extensions["consult.database"].session() as session:
        built = make_scene(app, session)
        person = make_user(session, make_organisation(session), [Role.DRAFTER], name="Người không có việc gì ở đây")
        session.commit()
        built.people["nobody"] = with_password(app, person)
        session.commit()
        yield built
    end(app)


@pytest.fixture
def arrived(scene: Scene) -> Iterator[list[tuple[list[Any], list[Any]]]]:
    """What each request held when it was answered: its fields, and its files by field, name, kind and content."""
    held: list[tuple[list[Any], list[Any]]] = []

    def look(answer: Response) -> Response:
        if request.method == "POST":
            files = [(name, one.filename, one.mimetype, one.read()) for name, one in request.files.items(multi=True)]
            held.append((list(request.form.items(multi=True)), [one for one in files if one[1]]))
        return answer

    functions = scene.app.after_request_funcs.setdefault(None, [])
    functions.append(look)
    yield held
    functions.remove(look)


def needing_a_sign_in(app: Flask) -> list[Rule]:
    """Every address that takes something from who is signed in, and from nobody else."""
    views = app.view_functions
    return [
        rule
        for rule in app.url_map.iter_rules()
        if UNSAFE & (rule.methods or set()) and getattr(views[rule.endpoint], "access", ("",))[0] == "signed_in"
    ]


def address(scene: Scene, rule: Rule, slug: str) -> str:
    """Where it is, for a matter."""
    values = {name: VALUES[type(of).__name__] for name, of in rule._converters.items()}
    values |= {"slug": slug} if "slug" in rule.arguments else {}
    with scene.app.test_request_context():
        built = rule.build(values, append_unknown=False)
    assert built is not None
    return str(built[1])


def typed() -> list[tuple[str, str]]:
    """Fields of random names and words, one of them twice, one as long as letters are."""
    one, two, three = (f"f{secrets.token_hex(4)}" for _ in range(3))
    return [
        (one, secrets.token_hex(8)),
        (two, "Một"),
        (two, "Hai"),
        (three, LONG * (400_000 // len(LONG.encode()))),
        ("x.1", ""),
    ]


def sent(fields: list[tuple[str, str]]) -> MultiDict[str, Any]:
    """The same with two files in one field, as a browser sends it."""
    data: MultiDict[str, Any] = MultiDict(fields)
    data.add("scan", (io.BytesIO(b"%PDF-1.7 \x00\xff"), "bản chụp “1”.pdf", "application/pdf"))
    data.add("scan", (io.BytesIO(b"\x89PNG"), "ảnh.png", "image/png"))
    return data


FILES = [
    ("scan", "bản chụp “1”.pdf", "application/pdf", b"%PDF-1.7 \x00\xff"),
    ("scan", "ảnh.png", "image/png", b"\x89PNG"),
]


def test_every_address_keeps_what_was_typed_through_the_sign_in(
    scene: Scene, arrived: list[tuple[list[Any], list[Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PER_ACCOUNT_AND_ADDRESS", "PER_ACCOUNT", "PER_ADDRESS"):
        monkeypatch.setattr(sign_in_views, name, "100000 per hour")
    rules = needing_a_sign_in(scene.app)
    assert len(rules) > 60
    for rule in rules:
        client, fields = scene.app.test_client(), typed()
        first = client.post(address(scene, rule, "dang-chuan-bi"), data=sent(fields), headers=ORIGIN)
        assert first.status_code == 401, rule
        again = signed_in(scene, client, first.text)
        assert again.status_code == 200 and "Gửi lại nội dung đã nhập" in again.text, rule
        assert sends_again(client, again.text).status_code < 500, rule
        assert whole(arrived[-1][0]) == whole(fields) and arrived[-1][1] == FILES, rule


def hidden(page: str) -> list[tuple[str, str]]:
    """The hidden fields of a page."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return [(unescape(name), unescape(value)) for name, value in found]


def whole(fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What was typed, without what our pages put beside it, its lines as a browser ends them when it sends them."""
    ours = {"csrf_token", "arrived", "kept_uploads", "shown"}
    return [(name, "\r\n".join(value.splitlines())) for name, value in fields if name not in ours]


def signed_in(scene: Scene, client: FlaskClient, page: str) -> TestResponse:
    """The answer to the password."""
    typed = {**dict(hidden(page)), "mail": scene.people["nobody"].mail, "password": PASSWORD}
    return client.post("/dang-nhap/", data=typed, headers=ORIGIN)


def sends_again(client: FlaskClient, page: str) -> TestResponse:
    """The answer to the button of the page that gives everything back."""
    [to] = re.findall(r'<form method="post" action="([^"]*)">', page)
    fields = "&".join(f"{spelled(name)}={spelled(value)}" for name, value in hidden(page))
    kind = "application/x-www-form-urlencoded"
    return client.post(unescape(to), data=fields, content_type=kind, headers=ORIGIN)


@lru_cache(maxsize=100)
def spelled(word: str) -> str:
    """As a browser writes it into such a form; what is long is the same at each address."""
    return quote_plus(word)


def test_a_stranger_learns_nothing_of_what_exists(scene: Scene) -> None:
    told, slugs = [], ("dang-chuan-bi", "dang-lay-y-kien", "khong-co-dot-nay")
    for rule in needing_a_sign_in(scene.app):
        client = scene.app.test_client()
        answers = [client.post(address(scene, rule, slug), data={"a": "b"}, headers=ORIGIN) for slug in slugs]
        if {one.status_code for one in answers} != {401}:
            told.append(f"{rule}: {[one.status_code for one in answers]}")
        pages = zip(answers, slugs, strict=True)
        if len({MADE_ANEW.sub(b"", one.get_data()).replace(slug.encode(), b"") for one, slug in pages}) != 1:
            told.append(f"{rule}: other pages")
    assert not told, "\n".join(told)


def test_a_token_of_another_day_gives_everything_back(scene: Scene, arrived: list[tuple[list[Any], list[Any]]]) -> None:
    people, kept = clients(scene), 0
    for endpoint in scene.forms:
        if scene.app.view_functions[endpoint].access[0] != "signed_in":  # type: ignore[attr-defined]
            continue
        client, fields = people[scene.who(endpoint)], typed()
        first = client.post(scene.address(endpoint), data=sent(fields), headers=ORIGIN)
        assert first.status_code == 400, f"{endpoint}: {first.status_code}"
        assert sends_again(client, first.text).status_code < 500, endpoint
        assert whole(arrived[-1][0]) == whole(fields) and arrived[-1][1] == FILES, endpoint
        kept += 1
    assert kept > 40


def test_as_much_as_a_form_may_hold_is_carried_and_sent_again(
    scene: Scene, arrived: list[tuple[list[Any], list[Any]]]
) -> None:
    """As urlencoded text, the longest way to write it."""
    text = "".join(secrets.choice("ếộữặẫỷ𠮷đ ") for _ in range(size_limits.ALL_TEXT))
    client = scene.app.test_client()
    first = client.post("/xu-ly/dang-chuan-bi/tiep-nhan/", data={"comments.0.text": text}, headers=ORIGIN)
    again = signed_in(scene, client, first.text).text
    assert dict(hidden(again))["comments.0.text"] == text
    assert sends_again(client, again).status_code < 500
    assert whole(arrived[-1][0]) == [("comments.0.text", text)]
