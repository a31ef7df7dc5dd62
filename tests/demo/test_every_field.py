"""All that the suite has to break pages, typed into every field that anybody finds on the demonstration and sent by
every button: nothing of it runs, what comes back to be mended comes back as typed, and a real Chromium reads it calmly.

One test for each part of the site, on a copy of its own; together they reach every route that takes a form.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from sqlalchemy import select, update

from consult import clock
from consult.consultations.models import Consultation
from consult.consultations.words import Disclosure
from consult.people.models import Membership, Organisation, User
from consult.people.words import Role
from consult.submissions.models import Comment
from tests.application import sign_in
from tests.demo.every_form import DEEP, TRIED, Sent, Walk
from tests.demo.fields_elsewhere import ELSEWHERE, LATE, NO_FIELD
from tests.demo.looking import Reader
from tests.demo.suite import Suite
from tests.live import served
from tests.pages import Browser

pytestmark = [pytest.mark.real, pytest.mark.browser, pytest.mark.slow]

ROUNDS = 3
BARE = frozenset(route for route, reason in ELSEWHERE.items() if reason == NO_FIELD)
# Pressing these ends the walk, or takes away what is to be read.
NEVER = ("account.revoke", "account.revoke_all", "demo_sign_in.enter_as", "sign_in.sign_out", "status.withdraw")


@dataclass(frozen=True)
class Part:
    """A part of the site: where who of which bodies begins, and looks `afterwards`, what belongs to it, and how
    many of the strings with markup stand on its pages at least. Where `little` is typed not all strings are needed."""

    starts: tuple[str, ...]
    within: tuple[str, ...]
    shown: int
    roles: tuple[Role, ...] = ()
    bodies: tuple[str, ...] = ("",)
    afterwards: tuple[str, ...] = ()
    deep: int = DEEP
    tries: int = TRIED
    little: bool = False


PLAN = "/xu-ly/ke-hoach-5-nam/"
RUBBISH = "/xu-ly/phan-loai-rac/"
FRONT = "Ủy ban Mặt trận Tổ quốc Việt Nam"
MAILS = ("/thu-da-gui/", "/dang-nhap/loi-moi/")
PARTS = {
    "desk": Part(
        (
            "/xu-ly/",
            f"{PLAN}doi-chieu/1/2/",
            f"{PLAN}nguon-sua-doi/2/",
            f"{RUBBISH}y-kien/114/nghe/",
            f"{PLAN}trinh/",
            f"{RUBBISH}?visibility=in_check",
            f"{RUBBISH}co-quan/chon/?loai=department",
        ),
        ("/xu-ly/",),
        60,
        (Role.OFFICER, Role.LEADER, Role.PUBLISHER),
        ("Sở Nông nghiệp", f"{FRONT} tỉnh"),
        (f"{PLAN}nguon-sua-doi/3/", "/xu-ly/nuoc-sach-nong-thon/nguon-sua-doi/2/"),
    ),
    "organisations": Part(
        (
            "/to-chuc/",
            "/to-chuc/nghe/",
            "/to-chuc/dot-thu-thap/1/dau-moi/1/",
            "/to-chuc/dot-thu-thap/1/buoi/1/",
            "/to-chuc/dot-thu-thap/1/tong-hop/1/",
        ),
        ("/to-chuc/",),
        60,
        (Role.DRAFTER, Role.SENDER),
        (f"{FRONT} tỉnh", f"{FRONT} xã Phủ Thông", "Liên đoàn Lao động", "Giáo xứ"),
    ),
    "programmes": Part(
        ("/phoi-hop/", "/phoi-hop/chuong-trinh/"),
        ("/phoi-hop/",),
        10,
        (Role.DRAFTER, Role.SENDER, Role.LEADER),
        (f"{FRONT} tỉnh", "Sở Nông nghiệp"),
        little=True,
    ),
    "administration": Part(
        ("/quan-tri/", "/tai-khoan/"), ("/quan-tri/", "/tai-khoan/", *MAILS), 10, (Role.ADMINISTRATOR,), little=True
    ),
    # The way from the first words to the receipt and one's own page has many steps.
    "citizens": Part(("/lay-y-kien/phan-loai-rac/gop-y/", "/", "/tra-cuu/", "/tim-kiem/"), ("/",), 20, deep=6, tries=6),
}


@pytest.fixture
def suite(samples: Path) -> Suite:
    """The strings."""
    return Suite(samples)


def people(app: Flask, part: Part) -> list[tuple[Role | None, User | None]]:
    """Somebody for each role in each of the bodies; nobody in particular where there are no roles."""
    found: dict[tuple[str, Role | None], User | None] = {} if part.roles else {("", None): None}
    with app.extensions["consult.database"].session() as session:
        rows = session.execute(
            select(Organisation.name, Membership.role, User)
            .join(User, User.id == Membership.user_id)
            .join(Organisation, Organisation.id == Membership.organisation_id)
            .where(Membership.role.in_(part.roles))
            .order_by(User.mail)
        )
        for name, role, user in rows:
            for body in part.bodies:
                if name.startswith(body):
                    found.setdefault((body, role), user)
        session.expunge_all()
    order = [(body, role) for body in part.bodies for role in part.roles or (None,)]
    return [(role, found[body, role]) for body, role in order if (body, role) in found]


def routes_of(app: Flask, name: str) -> set[str]:
    """The routes of a part of the site that take a form; what belongs to no other part is the citizens'."""
    posts = {rule.endpoint: rule.rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    if name == "citizens":
        others = tuple(prefix for other, part in PARTS.items() if other != name for prefix in part.within)
        return {endpoint for endpoint, rule in posts.items() if not rule.startswith(others)}
    return {endpoint for endpoint, rule in posts.items() if rule.startswith(PARTS[name].within)}


def work(app: Flask) -> None:
    """Does what the worker has to do: mails, the index, the pages of PDFs."""
    while app.extensions["consult.worker"].work_once(clock.now()):
        pass


def walk_through(app: Flask, suite: Suite, part: Part, sent: Sent) -> list[tuple[Role | None, Walk]]:
    """Everybody types all they can; what ends something comes when all else is done, by all. A stranger comes last,
    who follows the links of the mails that were sent."""
    late = {**LATE, **dict.fromkeys(NEVER, ROUNDS + 1)}
    walks = []
    for role, user in people(app, part):
        walk = Walk(app, Browser(app), suite, sent, part.within, late, BARE, part.deep, part.tries)
        walks.append((role, walk))
        if user is not None:
            sign_in(walk.browser, user)
        walk.through(*part.starts)
        work(app)
    for number in range(1, ROUNDS + 1):
        for _role, walk in walks:
            walk.end(number, *part.afterwards)
        work(app)
    if part.roles:
        stranger = Walk(app, Browser(app), suite, sent, MAILS, late, BARE)
        stranger.through(MAILS[0])
        walks.append((None, stranger))
    return walks


def newest(app: Flask) -> list[str]:
    """Where the comments stand that came last, and the lists that they stand in."""
    with app.extensions["consult.database"].session() as session:
        rows = session.execute(
            select(Consultation.slug, Comment.number)
            .join(Comment, Comment.consultation_id == Consultation.id)
            .order_by(Comment.id.desc())
            .limit(1)
        )
        return [f"/lay-y-kien/{slug}/y-kien/{more}" for slug, number in rows for more in (f"{number}/", "")]


def read(app: Flask, chromium: Chromium, suite: Suite, walks: list[tuple[Role | None, Walk]]) -> set[str]:
    """Opens one page of each kind as each role, what was written first of all, and then the public pages of the same
    matters as a stranger; gives the strings with markup that stood there as text."""
    shown: set[str] = set()
    kinds: dict[Role | None, set[str]] = {}
    landed = [address for _role, walk in walks for address in reversed(walk.landed)]
    public = newest(app) + [one.replace("/xu-ly/", "/lay-y-kien/") for one in landed if "/xu-ly/" in one]
    matters = [
        one for one, _times in Counter("/".join(address.split("/")[:3]) + "/" for address in public).most_common()
    ]
    with served(app) as address:
        for role, walk in walks:
            with Reader(chromium, address, walk.kind, suite, kinds.setdefault(role, set())) as reader:
                if role is not None:
                    reader.is_signed_in(walk.browser)
                if role is None:
                    reader.read([*public, *matters, "/"], ("/lay-y-kien/", "/nhat-ky/", "/tim-kiem/", "/tra-cuu/"))
                reader.read([*reversed(walk.landed), *walk.opened])
                shown |= reader.shown
    return shown


@pytest.mark.parametrize("name", PARTS)
def test_nothing_typed_runs_anywhere(name: str, own_site: Flask, suite: Suite, chromium_program: Chromium) -> None:
    sent = Sent()
    with own_site.extensions["consult.database"].session() as session:
        # What citizens type is read at once, and not only when somebody has looked at it.
        session.execute(update(Consultation).values(disclosure=Disclosure.AT_ONCE))
        session.commit()
    walks = walk_through(own_site, suite, PARTS[name], sent)
    unreached = routes_of(own_site, name) - {kind[0] for kind in sent.tried} - set(ELSEWHERE)
    assert not unreached, (unreached, sent.refused)
    assert PARTS[name].little or suite.dealt == set(suite.all)
    shown = read(own_site, chromium_program, suite, walks)
    assert len(shown) >= PARTS[name].shown, len(shown)


def test_what_is_left_out_is_there(own_site: Flask) -> None:
    taken = {rule.endpoint for rule in own_site.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert set(ELSEWHERE) <= taken
    assert {route.split(" ")[0] for route in LATE} <= taken
