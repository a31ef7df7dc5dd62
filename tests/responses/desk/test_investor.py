"""The investor whose project it is answers, and neither judges what people said nor learns who said it: by every page,
file and search that its people may open."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urlsplit
from zipfile import ZipFile, is_zipfile

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from consult import clock
from consult.consultations.words import Kind, Procedure
from consult.people.models import User
from consult.people.words import DESK_ROLES, OrganisationKind, Role
from consult.responses.models import Response
from consult.submissions.acts import service as acts
from consult.submissions.inputs import AttachmentInput, Letter, Sender
from consult.submissions.models import CommentAct
from consult.submissions.receiving.models import Attachment
from consult.submissions.words import Channel, CommentActKind, ContactKind, SubmissionKind
from tests.application import sign_in
from tests.builders import make_area, make_organisation, make_user
from tests.pages import Browser
from tests.responses.desk_builder import Desk, comment, make_desk

PLANTED = (
    "Hoàng Văn Kín", "0912 345 678", "kin@thu-rieng.example", "Trưởng ban Kín", "88/KIN", "kin-ky.pdf",
    "nộp tại nhà ông Kín", "số máy 0987", "Tày Văn Rút", "địa chỉ ngõ Kín",
)  # fmt: skip
"""What tells who said something: given beside the words, or blacked out of them."""
SAID = ("Đề nghị lùi trạm trộn ra xa trường.", "xã Kín Đáo", "Bụi quá nhiều […]")
SCAN = AttachmentInput("0" * 64, "kin-ky.pdf", "application/pdf", 9)
BY_TELEPHONE = Sender("Hoàng Văn Kín", contact_kind=ContactKind.TELEPHONE, contact="0912 345 678")
BY_MAIL = Sender("Tày Văn Rút", contact_kind=ContactKind.MAIL, contact="kin@thu-rieng.example")


@dataclass
class Project:
    """A matter that the Department posts and an investor answers, with what people sent: by number, what was written
    plainly, on paper, blacked out in part, withheld, and proposed to be withheld."""

    desk: Desk
    investor: dict[str, User]
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


@pytest.fixture
def project(app: Flask, app_session: Session) -> Project:
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
    _decide(desk, numbers[0], CommentActKind.REDACTED, {"text": SAID[2]})
    _decide(desk, numbers[1], CommentActKind.WITHHELD, {})
    note = {"note": "Hoàng Văn Kín đã gọi điện"}
    acts.propose(
        app_session, desk.matter, numbers[2], CommentActKind.WITHHELD, "insult", desk.officer, clock.now(), note
    )

    def enter(who: str) -> Browser:
        browser = Browser(app)
        sign_in(browser, {**desk.people, **{f"investor {role}": user for role, user in people.items()}}[who])
        return browser

    return Project(desk, people, enter, plain, paper, *numbers)


def _decide(desk: Desk, number: int, kind: CommentActKind, details: dict[str, str]) -> None:
    made = acts.propose(
        desk.session, desk.matter, number, kind, "personal_data", desk.officer, clock.now(), dict(details)
    )
    acts.confirm(desk.session, desk.matter, made.id, desk.second_officer, clock.now())


def answered(project: Project) -> Response:
    """An answer of the investor's own officer, saved through the form."""
    officer = project.enter("investor officer")
    form = officer.get(f"{project.base}tra-loi/?comment={project.plain}")
    form.submit(
        {"disposition": "accepted", "Nội dung tiếp thu, giải trình": "Chủ dự án lùi trạm trộn."},
        button="Lưu bản trả lời",
    )
    project.desk.session.rollback()
    return project.desk.session.scalars(select(Response)).one()


def test_the_investors_officer_cannot_declare_an_opposing_opinion_invalid(project: Project) -> None:
    own = f"{project.base}y-kien/{project.plain}/"
    for who in ("officer", "leader", "second"):
        browser = project.enter(f"investor {who}")
        page = browser.get(own)
        assert "không hợp lệ" not in page.text and "Cho công khai" not in page.text
        csrf = page.find("//input[@name='csrf_token']/@value")[0]
        for kind in ("invalid", "withheld", "redacted", "released"):
            browser.get(f"{own}de-xuat/?kind={kind}", status=404)
            sent = {"csrf_token": csrf, "kind": kind, "reason": "off_topic", "shown_text": "…"}
            browser.post(f"{own}de-xuat/", sent, status=404)
        for address, sent in (
            (f"{own}tam-giu/", {}), (f"{own}tach/", {"text.0": "Một.", "text.1": "Hai."}),
            (f"{project.base}de-xuat/", {"act": f"confirm:{_waiting(project)}"}),
            (f"{project.base}ket-thuc/", {}), (f"{project.base}nhap/", {}),
        ):  # fmt: skip
            browser.post(address, {"csrf_token": csrf, **sent}, status=404)
        form = browser.get(project.base).form("comment").fill({"comment": [str(project.plain)]})
        for act in ("release", "pass_on"):
            sent = [(name, value) for name, value in form.sent(None) if name != "act"]
            browser.post(project.base, MultiDict([*sent, ("act", act)]), status=404)
    kinds = set(project.desk.session.scalars(select(CommentAct.kind).where(CommentAct.effective_at.is_(None))))
    assert kinds == {CommentActKind.WITHHELD}


def _waiting(project: Project) -> str:
    made = select(CommentAct.id).where(CommentAct.effective_at.is_(None))
    return str(project.desk.session.scalars(made).one())


def test_the_investor_answers_and_approves_with_two_people_and_who_posts_publishes(project: Project) -> None:
    response = answered(project)
    sheet = f"{project.base}phe-duyet/"
    value = f"{response.id}:{response.versions[-1].hash}"
    for who in ("leader", "investor officer"):
        browser = project.enter(who)
        csrf = browser.get(project.base).find("//input[@name='csrf_token']/@value")[0]
        browser.post(sheet, {"csrf_token": csrf, "response": value, "act": "approve"}, status=404)
    page = project.enter("investor leader").get(sheet)
    assert page.submit({"response": [value]}, button="Phê duyệt các trả lời đã chọn").status == 200
    publish = f"{project.base}cong-bo/"
    project.enter("investor publisher").get(publish, status=404)
    page = project.enter("publisher").get(publish)
    assert "Chủ dự án lùi trạm trộn." in page.text
    assert "công bố" in page.submit(button="Công bố các trả lời đã chọn").text


def test_a_page_of_before_shows_the_investor_no_more_than_one_of_now(project: Project) -> None:
    """What somebody changed meanwhile is put side by side: not what was blacked out since."""
    desk, officer = project.desk, project.enter("investor officer")
    (number,) = desk.receive("Tôi là Hoàng Văn Kín, bụi quá.", sender=BY_MAIL)
    form = officer.get(f"{project.base}tra-loi/?comment={number}")
    _decide(desk, number, CommentActKind.REDACTED, {"text": "Tôi là […], bụi quá."})
    typed = {"disposition": "noted", "Nội dung tiếp thu, giải trình": "Ghi nhận."}
    assert "Hoàng Văn Kín" not in form.submit(typed, button="Lưu bản trả lời").text
    page = officer.get(f"{project.base}y-kien/{number}/")
    _decide(desk, number, CommentActKind.REDACTED, {"text": "[…]"})
    after = page.submit({"Người xử lý": "Người officer"}, button="Giao xử lý")
    assert after.status == 409 and "Hoàng Văn Kín" not in after.text


def test_who_wrote_an_answer_of_the_investor_does_not_approve_it(project: Project) -> None:
    second = project.enter("investor second")
    form = second.get(f"{project.base}tra-loi/?comment={project.plain}")
    form.submit({"disposition": "noted", "Nội dung tiếp thu, giải trình": "Ghi nhận."}, button="Lưu bản trả lời")
    page = second.get(f"{project.base}phe-duyet/")
    assert "người khác phê duyệt" in page.text and not page.find("//input[@name='response']")


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
            with app.test_request_context():
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
    browser, seen, waiting = project.enter(who), set(), list(addresses(app, project))
    found: dict[str, str] = {}
    waiting += [f"{project.base}?q=Kín", f"{project.base}?kind=organisation", "/tim-kiem/?q=Hoàng+Văn+Kín"]
    while waiting:
        address = waiting.pop()
        if address in seen or "/dang-xuat" in address:
            continue
        seen.add(address)
        answer = browser.client.get(address)
        body = answer.get_data()
        answer.close()
        if answer.status_code == 200:
            found[address] = read(body)
            links = re.findall(r'href="(/[^"#]*)"', found[address])
            waiting += [link for link in links if urlsplit(link).path.startswith("/xu-ly/")]
    return found


@pytest.mark.parametrize("role", ["officer", "leader", "publisher"])
def test_nothing_that_an_investor_opens_tells_who_said_it(app: Flask, project: Project, role: str) -> None:
    answered(project)
    told = everything(app, project, f"investor {role}")
    of_matter = [one for one in told if project.desk.matter.slug in one]
    assert [one for one in of_matter if "Giáo xứ Kín" in told[one]] == []
    words = "\n".join(told.values())
    assert [word for word in PLANTED if word in words] == []
    assert [word for word in SAID if word not in words] == []
    assert "Cơ quan, tổ chức" in words and "Công dân, xã Kín Đáo" in words


def test_who_posts_knows_all_that_is_kept_from_the_investor(app: Flask, project: Project) -> None:
    told = "\n".join(everything(app, project, "officer").values())
    assert [word for word in PLANTED if word not in told] == []


@pytest.mark.parametrize(("words", "found"), [("Kín", 0), ("máy 0987", 0), ("ngõ Kín", 0), ("bụi quá nhiều", 1)])
def test_an_investor_finds_nobody_by_name_or_by_what_was_blacked_out(project: Project, words: str, found: int) -> None:
    page = project.enter("investor officer").get(project.base, query_string={"q": words})
    assert f"{found} ý kiến" in page.text
    assert "tên người gửi" not in page.text


def test_the_investor_shares_out_among_its_own_people(project: Project) -> None:
    page = project.enter("investor leader").get(f"{project.base}y-kien/{project.plain}/")
    names = page.words("//select[@name='to_user']/option")
    assert "Người officer" in names and "Trần Văn Bình" not in names
    after = page.submit({"Người xử lý": "Người officer"}, button="Giao xử lý")
    assert "giao cho Người officer" in after.text
