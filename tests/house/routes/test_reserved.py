"""No matter is hidden by a page of the site that has its address."""

import re

from flask import Flask

from consult.consultations.slugs import RESERVED, SLUG

OF_A_MATTER = re.compile(r"(/[^<]*/)<slug>/")


def test_what_stands_where_slugs_stand_is_no_slug(app: Flask) -> None:
    rules = [rule.rule for rule in app.url_map.iter_rules()]
    folders = {found[1] for rule in rules if (found := OF_A_MATTER.match(rule))}
    beside = {
        rule.removeprefix(folder).partition("/")[0] for folder in folders for rule in rules if rule.startswith(folder)
    }
    assert "/nhat-ky/" in folders and {one for one in beside if SLUG.fullmatch(one)} <= RESERVED
