"""Who walks the whole spine: citizens, two organisations with a Front committee, and a desk, each at a browser."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter import queries
from consult.people.models import Organisation, User
from consult.people.words import Level, OrganisationKind, Role
from consult.sign_in import sessions
from consult.web.context import ARRIVED
from tests.application import arrival_of
from tests.builders import make_organisation, make_unit, make_user
from tests.pages import Browser, Page

DESK = {"officer": Role.OFFICER, "leader": Role.LEADER, "publisher": Role.PUBLISHER}
Wsgi = Callable[..., Iterable[bytes]]


class Later:
    """Requests arrive so much later: it stands right behind what notes the moment of arrival."""

    def __init__(self, application: Wsgi) -> None:
        self.application = application
        self.by = timedelta()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ[ARRIVED] += self.by
        return self.application(environ, start_response)


@dataclass
class Walk:
    """A site on which a matter is being walked through, and the people met on the way."""

    app: Flask
    session: Session
    slug: str = ""
    later: Later = field(init=False)
    people: dict[str, User] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        arrival = arrival_of(self.app)
        self.later = arrival.application = Later(arrival.application)

    @property
    def now(self) -> datetime:
        """The moment that the next request arrives at."""
        return clock.now() + self.later.by

    def wait_until(self, moment: datetime) -> None:
        """Lets the time pass, and the worker do what was due by then."""
        self.later.by = moment - clock.now()
        worker = self.app.extensions["consult.worker"]
        while worker.work_once(self.now):
            pass

    def engage_desk(self) -> None:
        """An officer, a leader and a publisher of the body that leads and answers."""
        lead = queries.by_slug(self.session, self.slug).lead
        unit = make_unit(self.session, lead)
        for word, role in DESK.items():
            self.people[word] = make_user(self.session, lead, [role], f"Người {word}", unit=unit)

    def engage(self, kind: OrganisationKind, name: str) -> None:
        """Two people of an organisation, the drafter `<kind>` and the sender `<kind> sends`."""
        body = self.session.scalar(
            select(Organisation).where(Organisation.kind == kind, Organisation.level == Level.PROVINCE)
        )
        body = body or make_organisation(self.session, kind, name=name)
        self.people[kind.value] = make_user(self.session, body, [Role.DRAFTER], f"Người soạn, {name}")
        self.people[f"{kind.value} sends"] = make_user(self.session, body, [Role.SENDER], f"Người gửi, {name}")

    def at(self, rest: str = "") -> str:
        """An address of the desk."""
        return f"/xu-ly/{self.slug}/{rest}"

    def as_one(self, who: str) -> Browser:
        """Somebody at a browser, signed in at the moment of the walk."""
        browser = Browser(self.app)
        with self.app.extensions["consult.database"].session() as session:
            token = sessions.begin(session, self.people[who].id, "tests", self.now)
        with browser.client.session_transaction() as kept:
            kept["_user_id"], kept["_fresh"] = token, True
        return browser

    def comment(self, browser: Browser, place: str, texts: Sequence[str], **fields: Any) -> Page:
        """Sends several comments on one place in one go, through every step of the form: the receipt."""
        page = browser.get(f"/lay-y-kien/{self.slug}/gop-y/" + (f"?tai={place}" if place else ""))
        for number, text in enumerate(texts):
            last = number == len(texts) - 1
            typed = {f"comments.{number}.text": text, **(fields if last else {})}
            page = page.walk(typed, "Xem lại trước khi gửi" if last else "Thêm ý kiến")
            assert not page.errors(), page.errors()
        self.texts += texts
        return page.submit(button="Gửi")

    def opinion(self, kind: OrganisationKind, what: str, fields: dict[str, Any], texts: Sequence[str]) -> Page:
        """An organisation's document, prepared by one of its people and sent by another: the receipt."""
        page = self.as_one(kind.value).get("/to-chuc/").click("Soạn văn bản").submit(button=what)
        for number, text in enumerate(texts):
            last = number == len(texts) - 1
            values = {**fields, f"comments.{number}.text": text}
            page = page.submit({**values} if last else {**values, "tai": ""}, "Trình để gửi" if last else "add")
            assert not page.errors(), page.errors()
        self.texts += texts
        return self.as_one(f"{kind.value} sends").get(page.address).submit(button="Gửi")
