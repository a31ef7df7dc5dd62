"""Every kind of signed-in page of the demonstration, as each role, in both themes, narrow and wide."""

import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import ViewportSize
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from consult.consultations.models import Consultation
from consult.people.models import Membership, User
from consult.people.words import Role
from tests.application import sign_in
from tests.live import DESK, Visitor, served
from tests.pages import SITE, Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NARROW: ViewportSize = {"width": 320, "height": 700}
STARTS = ("/xu-ly/phan-loai-rac/", "/xu-ly/", "/to-chuc/", "/to-chuc/nghe/", "/phoi-hop/", "/quan-tri/", "/tai-khoan/")
AREAS = ("/xu-ly/", "/to-chuc/", "/phoi-hop/", "/quan-tri/", "/tai-khoan/")


@dataclass
class Way:
    """What one person finds by following links, one page of each kind; `shown` is shared by all people."""

    app: Flask
    browser: Browser
    shown: set[str]
    titles: dict[str, str] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)

    def follow(self, *start: str) -> None:
        """Two of each kind of page behind `start`, told apart by their titles; of the kinds that nobody has shown yet
        the first is to be looked at."""
        waiting, known, kinds = list(start), set(start), Counter[str]()
        while waiting:
            address = waiting.pop(0)
            kind = self._kind(address)
            if not kind or kinds[kind] == 2:
                continue
            page = self.browser.get(address, None)
            if not page.is_html or page.status != 200:
                continue
            kinds[kind] += 1
            path = urlsplit(page.address).path
            title = str(page.find("//title/text()")[0])
            assert self.titles.setdefault(title, path) == path, f"{path} and {self.titles[title]} are both “{title}”"
            if kind not in self.shown:
                self.shown.add(kind)
                self.pages.append(address)
            found = [urljoin(f"{SITE}{address}", str(link)) for link in page.find("//a/@href")]
            new = [urlsplit(one)._replace(scheme="", netloc="", fragment="").geturl() for one in found]
            waiting += [one for one in new if one.startswith(AREAS) and one not in known]
            known.update(new)

    def _kind(self, address: str) -> str:
        """The route behind an address and the names of its query."""
        query = urlsplit(address).query
        try:
            rule, _ = self.app.url_map.bind("localhost").match(urlsplit(address).path, return_rule=True)
        except HTTPException:
            return ""
        return f"{rule.rule}?{'&'.join(sorted(set(re.findall(r'([^&=]+)=', query))))}"


def people(session: Session) -> dict[Role, User]:
    """Somebody with each role, of the office that leads the busiest matter wherever it has that role."""
    lead = session.scalars(select(Consultation.lead_id).where(Consultation.slug == "phan-loai-rac")).one()
    rows = session.execute(
        select(Membership.role, User)
        .join(User, User.id == Membership.user_id)
        .order_by(Membership.organisation_id != lead, User.created_at, User.id)
    )
    found: dict[Role, User] = {}
    for role, user in rows:
        found.setdefault(role, user)
    return found


def test_each_role_can_read_and_use_every_page_of_theirs(
    site: Flask, shown: Session, chromium_program: Chromium
) -> None:
    looked: set[str] = set()
    with served(site) as address:
        for role, user in people(shown).items():
            browser = Browser(site)
            sign_in(browser, user)
            way = Way(site, browser, looked)
            way.follow(*STARTS)
            assert way.titles, role
            visitor = Visitor(chromium_program, address, True, NARROW)
            cookie = browser.client.get_cookie("consult")
            assert cookie is not None
            visitor.context.add_cookies([{"name": "consult", "value": cookie.value, "url": address}])
            for path in way.pages:
                visitor.page.set_viewport_size(NARROW)
                visitor.page.emulate_media(color_scheme="light")
                visitor.open(path)
                visitor.check(contrast_by_axe=True)
                visitor.page.set_viewport_size(DESK)
                visitor.page.emulate_media(color_scheme="dark")
                visitor.check()
            visitor.leave()
    assert len(looked) >= 40, sorted(looked)
