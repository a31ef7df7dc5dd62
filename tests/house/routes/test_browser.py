"""The real browser of the journeys sees what it is there to see."""

from collections.abc import Callable

import pytest
from flask import Blueprint, Flask

from consult.web.guard import public
from tests.live import PHONE, Visitor

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="vi"><head><title>Góp ý</title>
<link rel="icon" href="/static/img/mark.svg" type="image/svg+xml"></head>
<body><main><h1>Góp ý</h1>{inside}</main></body>"""


@pytest.fixture
def show(app: Flask) -> Callable[[str], None]:
    """Puts a page with the given words at /shown/."""

    def shows(inside: str) -> None:
        pages = Blueprint("shown", __name__)
        pages.add_url_rule("/shown/", "page", public()(lambda: PAGE.format(inside=inside)))
        app.register_blueprint(pages)

    return shows


def test_a_good_page_passes_with_and_without_javascript(
    visitor: Callable[..., Visitor], show: Callable[[str], None]
) -> None:
    show('<form><label for="a">Xã</label><input id="a" name="a"><button>Gửi</button></form>')
    person = visitor()
    assert person.open("/shown/").get_by_role("heading").inner_text() == "Góp ý"
    person.check()
    plain = visitor(javascript=False, screen=PHONE)
    plain.open("/shown/").get_by_role("button", name="Gửi").click()
    plain.check_width()


def test_a_barrier_and_a_wide_page_are_found(visitor: Callable[..., Visitor], show: Callable[[str], None]) -> None:
    show('<input name="a"><svg width="900" height="9" aria-hidden="true"></svg>')
    person = visitor(screen=PHONE)
    person.open("/shown/")
    with pytest.raises(AssertionError, match="label"):
        person.check()
    with pytest.raises(AssertionError, match="wider"):
        person.check_width()


def test_a_page_that_is_not_there_is_no_trouble_of_the_browser(visitor: Callable[..., Visitor]) -> None:
    person = visitor()
    person.open("/khong-co-trang-nay/")
    person.check()


def test_what_the_security_policy_blocks_is_a_trouble(
    visitor: Callable[..., Visitor], show: Callable[[str], None]
) -> None:
    show("<script>document.title = 'x'</script>")
    person = visitor()
    assert person.open("/shown/").title() == "Góp ý"
    with pytest.raises(AssertionError, match="Content Security Policy"):
        person.check()
