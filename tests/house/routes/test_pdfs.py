"""Every PDF that the site makes can be listened to: tagged, with its language and title, its pictures told in words."""

import ast
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.people.words import OrganisationKind, Role
from consult.submissions.inputs import Sender
from consult.submissions.models import Submission
from consult.submissions.words import SubmissionKind
from tests.application import sign_in
from tests.builders import make_area, make_organisation, make_user
from tests.collections.printed import printed
from tests.house.rooms import CHECKOUT, modules, nodes_of
from tests.pages import Browser
from tests.programme.printed import printed as printed_of_programmes
from tests.reading.scene import Scene
from tests.responses.desk_builder import comment
from tests.responses.letters.test_letters import send
from tests.responses.paper.filled import sheets_of
from tests.tagged_pdfs import problems_of

SETS = {"consult/web/files/typesetting.py", "consult/demo/drawn/typesetting.py", "consult/demo/drawn/word_file.py"}
"""Who has typst set anything: one module for the site, and the demonstration, which makes what bodies hand in."""

FORM = "gop-y/"


@pytest.fixture
def made(app: Flask, app_session: Session, browser: Browser) -> dict[str, bytes]:
    """Every PDF of the site, with names and words that no font has, by the route that gives it."""
    scene = Scene(app_session)
    scene.matter.lead.telephone = "0209 😀"
    area = make_area(app_session, "Xã Phủ Thông", code="02014")
    numbers = [scene.send("Nước 漢字 ﷺ", sender=Sender("Ai", False, one)) for one in (area.id, None) for _ in range(6)]
    scene.release(*numbers)
    scene.answer(*numbers, text="Tiếp thu 😀.")
    board = f"{scene.url}niem-yet/"
    typed = {"comments.0.text": "Giữ rừng", "area": "thôn 😀 Nà Hái", "contact": "a@b.vn"}
    receipt = browser.get(scene.url + FORM).walk(typed, "Xem lại trước khi gửi").submit(button="Gửi")
    code, secret = receipt.words("//strong[@class='code']")
    own = browser.get(f"/tra-cuu/{code}/").submit({"ma_bi_mat": secret}, button="Mở")
    found = {
        "reading.board_notice": browser.get(f"{board}thong-bao.pdf"),
        "reading.board_form": browser.get(f"{board}phieu-gop-y.pdf"),
        "reading.board_answers": browser.get(f"{board}tra-loi.pdf"),
        "exports.download": browser.get(f"{scene.url}tong-hop.pdf"),
        "reading.board_answers_of_area": browser.get(f"{board}tra-loi/{area.code}/{area.valid_from}.pdf"),
        "status.sheet": browser.get(f"{receipt.address}phieu.pdf"),
        "status.own_sheet": own.click("Tải phiếu (PDF)"),
        **printed(app, app_session),
    }
    asked = {"data_kind": "correction", "said": "Sửa tên 😀.", "ma_bi_mat": secret}
    own.submit(asked, button="Gửi yêu cầu")
    made = {endpoint: page.body for endpoint, page in found.items()} | _papers(app, app_session, scene)
    made |= printed_of_programmes(app, app_session)
    return made | _of_the_end(app, app_session, scene, f"{area.code}/{area.valid_from}")


def _of_the_end(app: Flask, session: Session, scene: Scene, area: str) -> dict[str, bytes]:
    """What a concluded matter leaves."""
    session.rollback()
    scene.matter.concluded_at = clock.now()
    session.commit()
    officer = Browser(app)
    sign_in(officer, make_user(session, scene.matter.lead, [Role.OFFICER]))
    board, slug = f"{scene.url}niem-yet/ket-qua", scene.matter.slug
    return {
        "report.report": officer.get(f"/xu-ly/{slug}/ho-so/bao-cao-tong-hop.pdf").body,
        "report.notice": officer.get(f"{board}.pdf").body,
        "report.notice_of_area": officer.get(f"{board}/{area}.pdf").body,
    }


def _papers(app: Flask, session: Session, scene: Scene) -> dict[str, bytes]:
    """The official papers: of a draft, of the desk, of a plan."""
    # What was printed before was noted down by the site itself.
    session.rollback()
    front = make_organisation(session, OrganisationKind.FRONT_COMMITTEE, name="Mặt trận 😀 漢字")
    send(scene.desk, Sender(organisation_id=front.id), comment("Nước 漢字 😀"), at=scene.sent_at)
    letter = session.query(Submission.number).filter_by(kind=SubmissionKind.CRITIQUE).scalar()
    session.commit()
    signer, officer = Browser(app), Browser(app)
    sign_in(signer, make_user(session, front, [Role.DRAFTER, Role.SENDER]))
    sign_in(officer, make_user(session, scene.matter.lead, [Role.OFFICER]))
    plan = f"/to-chuc/ke-hoach-phan-bien/{front.id}/2027/"
    typed = {"subject": "Nước 😀 ﷺ", "form": "written", "ground": "member"}
    signer.get(plan).submit(typed, button="Lưu").submit(button="Công khai kế hoạch")
    slug = scene.url.strip("/").split("/")[-1]
    inside = f"/xu-ly/{slug}/noi-bo/"
    begun = signer.get(f"/to-chuc/{slug}/soan/").submit(button="Soạn văn bản phản biện xã hội")
    draft = begun.submit({"conclusion": "Đề nghị 😀"}, button="Lưu").address.split("?")[0].split("#")[0]
    return {
        "desk.sheets.paper": officer.get(f"/xu-ly/{slug}/phieu-trinh/1/phieu-trinh.pdf").body,
        "desk.paper.printed": officer.get(sheets_of(officer, f"/xu-ly/{slug}/phieu/")).body,
        "workspace.papers.paper": signer.get(f"{draft}van-ban/phan-bien.pdf").body,
        "plans.taken_away": signer.get(f"{plan}ke-hoach.pdf").body,
        "public_plans.taken_away": signer.get(f"/ke-hoach-phan-bien/2027/{front.id}/ke-hoach.pdf").body,
        "desk_papers.replies.paper": officer.get(f"/xu-ly/{slug}/van-ban/{letter}/bao-cao.pdf").body,
        "internal_tables.with_names": officer.get(f"{inside}co-ten-nguoi-gui.pdf").body,
        "internal_tables.with_drafts": officer.get(f"{inside}ban-lam-viec.pdf").body,
        "desk.data_requests.copy": officer.get(f"/xu-ly/{slug}/du-lieu-ca-nhan/1/ban-sao.pdf").body,
        "desk_papers.paper": officer.get(f"/xu-ly/{slug}/van-ban-di/xac-nhan-dang-tai.pdf").body,
    }


def test_every_pdf_is_tagged(made: dict[str, bytes]) -> None:
    assert {endpoint: problems_of(pdf) for endpoint, pdf in made.items()} == {endpoint: [] for endpoint in made}


def test_every_route_that_gives_a_pdf_is_tried(app: Flask, made: dict[str, bytes]) -> None:
    there = {rule.endpoint for rule in app.url_map.iter_rules() if "pdf" in rule.rule.lower()}
    assert there == set(made)


def test_one_module_sets_all_that_is_printed() -> None:
    """So that nothing printed is without tags, and what no font shows never fails."""
    found = {
        str(Path(path).relative_to(CHECKOUT))
        for path in modules()
        for node in nodes_of(path)
        if isinstance(node, ast.Import) and any(name.name == "typst" for name in node.names)
    }
    assert found == SETS
