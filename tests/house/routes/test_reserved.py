"""No matter is hidden by a page of the site that has its address."""

import re

from flask import Flask, url_for

from consult.consultations.slugs import RESERVED, SLUG

OF_A_MATTER = re.compile(r"(/[^<]*/)<slug>/")


def test_what_stands_where_slugs_stand_is_no_slug(app: Flask) -> None:
    rules = [rule.rule for rule in app.url_map.iter_rules()]
    folders = {found[1] for rule in rules if (found := OF_A_MATTER.match(rule))}
    beside = {
        rule.removeprefix(folder).partition("/")[0] for folder in folders for rule in rules if rule.startswith(folder)
    }
    assert "/nhat-ky/" in folders and {one for one in beside if SLUG.fullmatch(one)} <= RESERVED


def test_a_slug_in_a_query_is_written_as_it_is(app: Flask) -> None:
    """Who reads a query finds no sign behind a slug, and where no slug is asked for the address names none."""
    with app.test_request_context():
        assert url_for("promised.index", slug="toan-trang") == "/phoi-hop/?slug=toan-trang"
        assert url_for("promised.index", slug=None) == "/phoi-hop/"
        assert url_for("transparency.show", slug="toan-trang") == "/nhat-ky/toan-trang_/"
