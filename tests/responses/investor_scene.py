"""A statutory consultation on an ĐTM report with everybody who takes part, and comments with secrets planted in them;
and a walk over every page and file that one of them can open."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from urllib.parse import urlsplit
from zipfile import ZipFile, is_zipfile

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.words import Kind, Procedure
from consult.people.models import Organisation, User
from consult.people.words import DESK_ROLES, ORGANISATION_ROLES, OrganisationKind, Role
from consult.policy import Actor
from consult.responses.models import Response
from consult.responses.questions import service as questions
from consult.submissions.acts import service as acts
from consult.submissions.inputs import AttachmentInput, Letter, Sender
from consult.submissions.receiving.models import Attachment
from consult.submissions.words import Channel, CommentActKind, ContactKind, SubmissionKind
from tests.application import sign_in
from tests.builders import DRAFT, make_actor, make_area, make_organisation, make_user
from tests.guards import Guards, Remembering
from tests.pages import Browser
from tests.responses.desk_builder import Desk, comment, make_desk

PLANTED = (
    "Hoàng Văn Kín", "0912 345 678", "kin@thu-rieng.example", "Trưởng ban Kín", "88/KIN", "kin-ky.pdf",
    "nộp tại nhà ông Kín", "số máy 0987", "Tày Văn Rút", "địa chỉ ngõ Kín",
    "quán bà Kín",
)  # fmt: skip
"""What tells who said something: given beside the words, or blacked out of them."""
SAID = ("Đề nghị lùi trạm trộn ra xa trường.", "xã Kín Đáo", "Bụi quá nhiều […]", "Chỗ gần cầu, cạnh […].")
FILE = b"%PDF-1.7 "
SCAN = AttachmentInput(sha256(FILE).hexdigest(), "kin-ky.pdf", "application/pdf", len(FILE))
BY_TELEPHONE = Sender("Hoàng Văn Kín", contact_kind=ContactKind.TELEPHONE, contact="0912 345 678")
BY_MAIL = Sender("Tày Văn Rút", contact_kind=ContactKind.MAIL, contact="kin@thu-rieng.example")


@dataclass
class Project:
    """A matter that the Department posts and an investor answers, with what people sent: by number, what was written
    plainly, on paper, blacked out in part, withheld, and proposed to be withheld."""

    desk: Desk
    investor: dict[str, User]
    issuing: Organisation
    enter: Callable[[str], Browser]
    plain: int
    paper: int
    redacted: int
    withheld: int
    proposed: int

    @property
    def base(self) -> str:
        """Where its desk stands."""
        return f"/xu-ly/{self.desk.matter.slug}/"


def make_project(app: Flask, app_session: Session) -> Project:
    """Everybody's pages read the real clock."""
    investor = make_organisation(app_session, OrganisationKind.INVESTOR, name="Công ty Đường Mới")
    desk = make_desk(
        app_session, now=clock.now(), opened_before=40, kind=Kind.EIA_REPORT, procedure=Procedure.EIA_STATUTORY,
        answering=investor,
    )  # fmt: skip
    people = {role.value: make_user(app_session, investor, [role], f"Người {role.value}") for role in DESK_ROLES}
    people["second"] = make_user(app_session, investor, [Role.OFFICER, Role.LEADER], "Người thứ hai")
    area = make_area(app_session, "Xã Kín Đáo")
    parish = make_organisation(app_session, OrganisationKind.RELIGIOUS, name="Giáo xứ Kín")
    given = {"sender": Sender(**{**vars(BY_TELEPHONE), "area_id": area.id}), "attachments": (SCAN,)}
    (plain,) = desk.receive(comment(SAID[0]), **given)
    (paper,) = desk.receive(
        "Văn bản của giáo xứ.",
        kind=SubmissionKind.FORMAL,
        channel=Channel.POST,
        sender=Sender(organisation_id=parish.id),
        letter=Letter("88/KIN", clock.local_day(clock.now()), "Hoàng Văn Kín", "Trưởng ban Kín"),
        received_at=desk.matter.opens_at,
        received_reason="nộp tại nhà ông Kín",
    )
    numbers = [
        desk.receive(said, sender=BY_MAIL)[0]
        for said in ("Bụi quá nhiều, gọi tôi số máy 0987.", "Nhà tôi ở địa chỉ ngõ Kín.", "Tôi phản đối.")
    ]
    decide(desk, numbers[0], CommentActKind.REDACTED, {"text": SAID[2]})
    decide(desk, numbers[1], CommentActKind.WITHHELD, {})
    note = {"note": "Hoàng Văn Kín đã gọi điện"}
    acts.propose(
        app_session, desk.matter, numbers[2], CommentActKind.WITHHELD, "insult", desk.officer, clock.now(), note
    )

    for data in (DRAFT.encode(), FILE):
        app.extensions["consult.files"].put(data)
    _asked_back(desk, numbers[0], make_actor(app_session, investor, Role.OFFICER, user=people["officer"]))
    issuing = app_session.get_one(Organisation, desk.matter.issuing_id)
    others = _others(app_session, issuing)

    def enter(who: str) -> Browser:
        browser = Browser(app)
        everybody = {**desk.people, **others, **{f"investor {role}": user for role, user in people.items()}}
        sign_in(browser, everybody[who])
        return browser

    return Project(desk, people, issuing, enter, plain, paper, *numbers)


def _asked_back(desk: Desk, number: int, investor: Actor) -> None:
    """The investor asks who wrote of the dust where that is, who says more than is handed on."""
    now = clock.now()
    questions.ask(desk.session, desk.matter, number, "Đoạn nào bụi?", 10, investor, now)
    questions.reply(desk.session, desk.matter, number, "Chỗ gần cầu, cạnh quán bà Kín.", None, now)
    questions.share_reply(desk.session, desk.matter, number, SAID[3], desk.officer, now)


def _others(session: Session, issuing: Organisation) -> dict[str, User]:
    """People of the appraising body, of another Department and of the Front, and an administrator."""
    others = make_organisation(session, OrganisationKind.DEPARTMENT, name="Sở khác")
    front = make_organisation(session, OrganisationKind.FRONT_COMMITTEE, name="Mặt trận tỉnh")
    return {
        "appraising officer": make_user(session, issuing, [Role.OFFICER], "Người thẩm định"),
        "appraising leader": make_user(session, issuing, [Role.LEADER, Role.PUBLISHER], "Lãnh đạo thẩm định"),
        "another Department": make_user(session, others, list(DESK_ROLES), "Người sở khác"),
        "Front": make_user(session, front, list(ORGANISATION_ROLES), "Người Mặt trận"),
        "administrator": make_user(session, others, [Role.ADMINISTRATOR], "Người quản trị"),
    }


def decide(desk: Desk, number: int, kind: CommentActKind, details: dict[str, str]) -> None:
    made = acts.propose(
        desk.session, desk.matter, number, kind, "personal_data", desk.officer, clock.now(), dict(details)
    )
    acts.confirm(desk.session, desk.matter, made.id, desk.second_officer, clock.now())


def addresses(app: Flask, project: Project) -> Iterator[str]:
    """Every page and file of the site that can be asked for, with everything that its address may name."""
    session = project.desk.session
    files = session.scalars(select(Attachment.id)).all()
    answers = session.scalars(select(Response.id)).all()
    named = {
        "slug": [project.desk.matter.slug], "attachment_id": files, "response_id": answers, "day": ["2026-11-20"],
        "suffix": ["csv"], "format": ["csv", "json", "docx", "xlsx"], "path": ["d1", "d2.k1"], "language": ["vi"],
        "number": range(1, 6),
    }  # fmt: skip
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        filled: list[dict[str, object]] = [{}]
        for name in rule.arguments:
            taken = getattr(rule._converters[name], "items", None) or named.get(name, [1])
            filled = [{**one, name: value} for one in filled for value in taken]
        for one in filled:
            built = rule.build(one, append_unknown=False)
            if built is not None:
                yield str(built[1])


def read(body: bytes) -> str:
    """What stands in an answer, also inside of a Word file or a table."""
    if not is_zipfile(BytesIO(body)):
        return body.decode("utf-8", "replace")
    with ZipFile(BytesIO(body)) as parts:
        return " ".join(re.sub("<[^>]+>", "", parts.read(name).decode("utf-8", "replace")) for name in parts.namelist())


def everything(app: Flask, project: Project, who: str) -> dict[str, str]:
    """Whatever `who` can open, by address, following every link of the desk's own pages too."""
    session = Remembering(app.extensions["consult.database"].engine)
    guards, seen, waiting = Guards(app, session, project.enter(who).client), set(), list(addresses(app, project))
    found: dict[str, str] = {}
    waiting += [f"{project.base}?q=Kín", f"{project.base}?kind=organisation", "/tim-kiem/?q=Hoàng+Văn+Kín"]
    while waiting:
        address = waiting.pop()
        if address in seen or "/dang-xuat" in address:
            continue
        seen.add(address)
        answer = guards.open(address)
        if answer is None:
            continue
        body = answer.get_data()
        answer.close()
        if answer.status_code == 200:
            found[address] = read(body)
            links = re.findall(r'href="(/[^"#]*)"', found[address])
            waiting += [link for link in links if urlsplit(link).path.startswith("/xu-ly/")]
    session.close()
    return found
