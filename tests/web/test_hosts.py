"""Production answers to its own name alone, and whoever counts addresses counts those of visitors."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request, session
from werkzeug.test import TestResponse

import config
from tests.application import SECRET, end, make_app
from tests.header_rules import problems_in

NAME = "gopy.tinh.gov.vn"
FOREIGN = [
    "evil.example",
    "evil.example:443",
    f"{NAME}.evil.example",
    f"x{NAME}",
    "127.0.0.1",
    "",
    "a b",
    "[::1",
    NAME[:-1],
]


def site(sqlite_url: str, folder: Path, **given: str) -> Flask:
    """The site as in production, with more in its environment."""
    environ = {
        "CONSULT_ENV": "production", "CONSULT_SECRET_KEY": SECRET, "CONSULT_LEDGER_ORIGIN": f"{NAME}/ledger",
        "CONSULT_SITE_URL": f"https://{NAME}", "CONSULT_INSTANCE": str(folder / "instance"),
        "CONSULT_DATABASE_URL": sqlite_url, **given,
    }  # fmt: skip
    app = make_app(sqlite_url, folder, **config.settings(environ))
    app.add_url_rule("/who/", "who", who)
    return app


def who() -> str:
    """Tells whom the site sees, and begins a session."""
    session["seen"] = True
    return request.remote_addr or ""


who.access = object()  # type: ignore[attr-defined]


@pytest.fixture
def production(sqlite_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The site as it is in production, without a proxy."""
    app = site(sqlite_url, tmp_path, CONSULT_PROXIES="0")
    yield app
    end(app)


def ask(app: Flask, path: str, host: str = NAME, **headers: str) -> TestResponse:
    """An answer to who asks for that host."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return app.test_client().get(path, base_url="https://localhost", headers={"Host": host, **told})


@pytest.mark.parametrize("host", FOREIGN)
@pytest.mark.parametrize("path", ["/", "/lay-y-kien", "/static/css/site.css", "/api/v1/consultations", "/xu-ly/"])
def test_no_other_name_is_answered_to_nor_led_to(production: Flask, host: str, path: str) -> None:
    answer = ask(production, path, host)
    assert answer.status_code == 400 and "Location" not in answer.headers
    # As a name of its own: one of them begins as the site's does.
    assert not re.search(rf"{re.escape(host or chr(0))}(?![\w.-])", answer.text) and problems_in(answer.headers) == []
    assert "Content-Security-Policy" in answer.headers and "<h1>" in answer.text


@pytest.mark.parametrize("host", [NAME, NAME.upper(), f"{NAME}:8443"])
def test_the_own_name_is_answered_to(production: Flask, host: str) -> None:
    assert ask(production, "/", host).status_code == 200
    moved = ask(production, "/lay-y-kien", host)
    assert moved.status_code == 308 and moved.headers["Location"].lower().endswith("/lay-y-kien/")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000"])
def test_who_watches_from_this_machine_needs_no_name(production: Flask, host: str) -> None:
    assert ask(production, "/healthz", host).status_code == 200
    assert ask(production, "/", host).status_code == 400


def test_elsewhere_than_in_production_any_name_will_do(app: Flask) -> None:
    assert ask(app, "/", "anything.invalid").status_code == 200


def test_the_cookie_is_tied_to_the_host_in_both_languages(production: Flask) -> None:
    for path in ("/who/", "/en/who/"):
        kept = ask(production, path).headers["Set-Cookie"]
        name, *rest = kept.split("; ")
        assert name.startswith("__Host-consult=") and {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(rest)
        assert not any(part.startswith("Domain") for part in rest)


ADDRESSES = {
    ("0", "203.0.113.7"): "127.0.0.1",
    ("1", "203.0.113.7"): "203.0.113.7",
    ("1", "198.51.100.1, 203.0.113.7"): "203.0.113.7",
    ("2", "203.0.113.7, 10.0.0.1"): "203.0.113.7",
    ("2", "198.51.100.1, 203.0.113.7, 10.0.0.1"): "203.0.113.7",
    ("3", "198.51.100.1, 203.0.113.7, 10.0.0.1, 10.0.0.2"): "203.0.113.7",
    # Too short: it did not come by all of our proxies, and what it says is not believed.
    ("2", "203.0.113.7"): "127.0.0.1",
    ("3", "203.0.113.7, 10.0.0.1"): "127.0.0.1",
    ("1", ""): "127.0.0.1",
}


@pytest.mark.parametrize(("proxies", "forwarded"), ADDRESSES)
def test_the_visitor_is_the_one_before_all_of_our_proxies(
    sqlite_url: str, tmp_path: Path, proxies: str, forwarded: str
) -> None:
    app = site(sqlite_url, tmp_path, CONSULT_PROXIES=proxies)
    told: dict[str, Any] = {"X_Forwarded_For": forwarded} if forwarded else {}
    # The proxy next to us tells the name, however many stand before it.
    name = {"X_Forwarded_Host": NAME} if proxies != "0" else {}
    asked = ask(app, "/who/", "consult" if name else NAME, **told, **name)
    assert asked.text == ADDRESSES[proxies, forwarded]
    end(app)


@pytest.mark.parametrize("given", ["-1", "one", "1.5", "१", "+1"])
def test_a_number_of_proxies_that_is_none_is_told_in_a_sentence(given: str) -> None:
    with pytest.raises(config.Misconfigured, match="CONSULT_PROXIES") as told:
        config.settings({"CONSULT_PROXIES": given})
    assert told.value.message.count("\n") == 0
