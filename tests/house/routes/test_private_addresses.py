"""What only one person may open is kept by no cache, told to no other site and listed by no robot."""

from flask import Flask

from consult.web.headers import about_one
from tests.pages import Browser

SECRETS = {"token", "code"}
AREAS = ("/dia-ban/", "/lay-y-kien/<slug>/niem-yet/")
"""Where `code` is that of an area, which everybody knows."""


def private(app: Flask) -> set[str]:
    """The addresses that need a sign-in, or hold a secret themselves."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    signed_in = {rule.rule for rule in rules if app.view_functions[rule.endpoint].access[0] == "signed_in"}
    secret = {rule.rule for rule in rules if rule.arguments & SECRETS and not rule.rule.startswith(AREAS)}
    return signed_in | secret


def test_every_private_address_is_known_as_one(app: Flask) -> None:
    found = private(app)
    assert len(found) > 300 and not [rule for rule in found if not about_one(rule)]


def test_its_pages_say_so(browser: Browser) -> None:
    for address in ("/phoi-hop/", "/lam-viec/", "/theo-doi/thu/khong-co/", "/api/v1/status/KHONG-CO"):
        headers = browser.client.get(address).headers
        assert headers["Cache-Control"] == "no-store" and headers["X-Robots-Tag"] == "noindex", address
        assert headers["Referrer-Policy"] == "no-referrer", address
