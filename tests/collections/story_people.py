"""Who takes part in the story: the Front of a province with four people, forty bodies below it, the Department that has
the draft, and communes that were merged. Bodies, accounts and areas are made by builders; all else goes over pages."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.people.models import Area, AreaSuccession, Organisation, User
from consult.people.words import Level, OrganisationKind, Role
from consult.stages import Stage
from tests.application import sign_in
from tests.builders import make_area, make_organisation, make_user
from tests.notices.mailbox import body_of, in_folder
from tests.pages import Browser, Page
from tests.responses.desk_builder import Desk, make_desk
from tests.responses.paper.filled import work

MERGED = date(2025, 7, 1)
FRONT = {"mai": "Lò Thị Mai", "binh": "Vi Văn Bình", "lan": "Bế Thị Lan", "en": "Hoàng Văn Én"}
"""Two who write, who reviews, who signs."""
COMMUNES = ("Xã Phong Quang", "Xã Ba Bể", "Xã Chợ Mới")
PARISH = "Giáo xứ Tân Cương"


@dataclass
class Story:
    """The site of the story. `browsers` are those of its people by name; branches come in by the link in their mail."""

    app: Flask
    desk: Desk
    bodies: list[Organisation]
    front: Organisation
    people: dict[str, User]
    browsers: dict[str, Browser] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)

    def work(self, rest: str = "") -> str:
        """The address of a page of the collection."""
        return f"/to-chuc/dot-thu-thap/1/{rest}"

    def at_desk(self, rest: str = "") -> str:
        """The address of a page of the Department's desk."""
        return f"/xu-ly/{self.desk.matter.slug}/{rest}"

    def opened(self, who: str, rest: str) -> Page:
        """A page as somebody of the Front sees it."""
        return self.browsers[who].get(self.work(rest))

    def mails(self) -> list[tuple[str, str]]:
        """To whom a mail went, and its words, once the worker has done all that waits."""
        work(self.app)
        folder = Path(self.app.config["MAIL_FOLDER"])
        return [(str(one["To"]), body_of(one)) for one in in_folder(folder)]

    def comes_in(self, branch: str, link: str) -> Page:
        """A branch opens its link: the page that it comes to."""
        self.browsers[branch] = Browser(self.app)
        home = self.browsers[branch].get(urlsplit(link).path)
        self.homes[branch] = home.address
        return home


def link_in(words: str) -> str:
    """The link of a branch in its mail."""
    found = re.search(r"http\S+/thu-thap/vao/\S+", words)
    assert found is not None, words
    return found[0]


def begun(app: Flask, session: Session) -> Story:
    """A matter of the Department that is open, the Front, and those whom it will invite."""
    desk = make_desk(session, Stage.OPEN, now=clock.now())
    province = make_area(session, "Tỉnh Thái Nguyên", Level.PROVINCE)
    communes = [make_area(session, name, parent=province) for name in COMMUNES]
    for old in ("Xã Đồng Tâm", "Xã Yên Lãng"):
        _merged(session, old, communes[0])
    front = make_organisation(session, OrganisationKind.FRONT_COMMITTEE, name="Ủy ban MTTQ Việt Nam tỉnh Thái Nguyên")
    people = {
        who: make_user(session, front, [Role.SENDER if who == "en" else Role.DRAFTER], name)
        for who, name in FRONT.items()
    }
    front.reviewer_id, front.signatory_id = people["lan"].id, people["en"].id
    session.commit()
    story = Story(app, desk, _bodies(session, communes), front, people | desk.people)
    for who, user in story.people.items():
        story.browsers[who] = Browser(app)
        sign_in(story.browsers[who], user)
    return story


def _bodies(session: Session, communes: list[Area]) -> list[Organisation]:
    """Three Fronts of communes, a parish, and 36 unions; each has a mailbox."""
    found = [
        make_organisation(session, OrganisationKind.FRONT_COMMITTEE, Level.COMMUNE, f"Mặt trận {area.name}", area)
        for area in communes
    ]
    found.append(make_organisation(session, OrganisationKind.RELIGIOUS, Level.COMMUNE, PARISH))
    for number in range(36):
        kind = OrganisationKind.SOCIO_POLITICAL
        found.append(make_organisation(session, kind, Level.COMMUNE, f"Hội Nông dân xã số {number + 1}"))
    for place, one in enumerate(found):
        one.mail = f"to-chuc{place}@example.invalid"
    session.commit()
    return found


def _merged(session: Session, old: str, new: Area) -> None:
    area = make_area(session, old, parent=new.parent, valid_from=date(2004, 1, 1), valid_to=MERGED)
    session.add(AreaSuccession(predecessor_id=area.id, successor_id=new.id, on=MERGED))
    session.commit()
