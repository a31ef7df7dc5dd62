"""What is chosen in a list may be gone when the form arrives, or never have been: that is said, and breaks nothing."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.application import end, make_app
from tests.database import SqliteDatabases
from tests.house.routes.test_recorded_choices import KEY, opened
from tests.house.scene.shown_scene import Scene, make_scene
from tests.page_forms import Form
from tests.pages import Page

UNKNOWN = str(UUID(int=7))


@pytest.fixture(scope="module")
def scene(sqlite_databases: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """One site for all forms."""
    app = make_app(sqlite_databases.fresh(), tmp_path_factory.mktemp("unknown"), WTF_CSRF_METHODS=())
    with app.extensions["consult.database"].session() as session:
        yield make_scene(app, session)
    end(app)


def lists_of(form: Form) -> list[Any]:
    """The fields in which one of several things of the database is chosen."""
    return [one for one in form.controls() if any(KEY.fullmatch(value) for value in _offered(one))]


def _offered(control: Any) -> list[str]:
    if control.tag == "select":
        return [option.get("value", "") for option in control.iter("option")]
    return [control.get("value", "")] if control.get("type") in ("radio", "checkbox") else []


def sent_with(page: Page, place: int, control: Any) -> tuple[str, int]:
    """The form at that place of a page with something in one field that nobody has: the field, and the status."""
    form = page.forms()[place]
    (same,) = [one for one in form.controls() if one.getroottree().getpath(one) == control]
    form.fields[same] = [UNKNOWN]
    try:
        status = page.browser.send(page, form).status
    except DBAPIError:
        status = 500
    return f"{form.action or page.address} {same.get('name')}", status


def test_what_nobody_has_breaks_no_form(scene: Scene) -> None:
    tried: dict[str, int] = {}
    for endpoint in scene.values:
        page = opened(scene, endpoint)
        for place, form in enumerate(page.forms() if page.status == 200 and page.is_html else ()):
            for control in lists_of(form) if form.method == "post" else ():
                again = opened(scene, endpoint)
                if place < len(again.forms()):
                    what, status = sent_with(again, place, control.getroottree().getpath(control))
                    tried[f"{endpoint} {what}"] = status
    assert len(tried) > 30, tried
    assert not {what: status for what, status in tried.items() if status >= 500}
