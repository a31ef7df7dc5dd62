"""What was written wrong of a body, a unit or a person is put right: with what stood there, seen, and told."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.administration import audit_log, corrections
from consult.administration.accounts import role_proposals
from consult.administration.accounts import service as accounts
from consult.administration.models import Settlement
from consult.errors import Invalid, Refused
from consult.ledger.models import LedgerEntry
from consult.outbox.models import OutboxMessage
from consult.people.corrections import corrections_of, of_organisation, of_unit, of_user
from consult.people.models import Organisation
from consult.people.organisations import lineage, organisations
from consult.people.words import OrganisationKind, Role
from consult.policy import ANYBODY
from consult.session_secret import Secrets
from consult.sign_in import invitations, sessions
from consult.stages import Stage
from tests.application import sign_in
from tests.builders import NOW, make_actor, make_consultation, make_organisation, make_unit, make_user
from tests.pages import Browser

WRONG, RIGHT = "Ủy ban nhân dân phường Đức Xuan", "Ủy ban nhân dân phường Đức Xuân"


def corrected(session: Session, body: Organisation, **new: str) -> None:
    """Corrects a body as somebody who sees what there is."""
    present = of_organisation(body)
    corrections.organisation_corrected(session, body.id, present, {**present, **new}, "Ghi sai dấu", ANYBODY, NOW)


def test_a_name_is_put_right_and_what_stood_there_is_kept(session: Session) -> None:
    body = make_organisation(session, OrganisationKind.PEOPLES_COMMITTEE, name=WRONG)
    corrected(session, body, name=RIGHT, kind="agency")
    assert (body.name, body.kind) == (RIGHT, OrganisationKind.AGENCY)
    assert organisations(session, "duc xuan") == [body] and lineage(session, body.id) == ([], [])
    rows = corrections_of(session, body.id)
    assert {(row.field, row.old, row.new) for row in rows} == {
        ("name", WRONG, RIGHT), ("kind", "peoples_committee", "agency")
    }  # fmt: skip
    ((act, _who),) = audit_log.newest(session)
    assert act.act == "organisation_corrected" and act.details["reason"] == "Ghi sai dấu"
    assert {"field": "name", "old": WRONG, "new": RIGHT} in act.details["corrected"]


def test_the_public_log_and_what_was_signed_stay(session: Session) -> None:
    body = make_organisation(session, name=WRONG)
    matter = make_consultation(session, lead=body)
    before = [row.body for row in session.scalars(select(LedgerEntry))]
    version = matter.content_version
    corrected(session, body, name=RIGHT)
    assert [row.body for row in session.scalars(select(LedgerEntry))] == before
    assert matter.content_version == version + 1, "no kept page names it wrongly"


def test_of_two_who_correct_the_same_the_second_is_asked(session: Session) -> None:
    body = make_organisation(session, name=WRONG)
    seen = of_organisation(body)
    corrected(session, body, name=RIGHT)
    other = {**seen, "name": "UBND phường Đức Xuân"}
    with pytest.raises(Refused, match="corrected_meanwhile") as refused:
        corrections.organisation_corrected(session, body.id, seen, other, "Viết tắt", ANYBODY, NOW)
    assert (refused.value.details["theirs"], refused.value.details["mine"]) == (RIGHT, "UBND phường Đức Xuân")
    only_mine = {**seen, "short_name": "UBND Đức Xuân"}
    corrections.organisation_corrected(session, body.id, seen, only_mine, "Viết tắt", ANYBODY, NOW)
    assert (body.name, body.short_name) == (RIGHT, "UBND Đức Xuân"), "what only one changed is merged"


@pytest.mark.parametrize(
    ("new", "reason", "errors"),
    [
        ({}, "Lý do", {"name": "nothing_corrected"}),
        ({"name": " "}, "Lý do", {"name": "required"}),
        ({"name": "X" * 301}, "Lý do", {"name": "too_long"}),
        ({"name": RIGHT}, " ", {"reason": "required"}),
        ({"name": RIGHT}, "X" * 501, {"reason": "too_long"}),
        ({"name": "sở tài chính"}, "Lý do", {"name": "name_in_use"}),
        ({"kind": "ministry"}, "Lý do", {"kind": "not_a_choice"}),
    ],
)
def test_what_cannot_be_put_right_leaves_everything(
    session: Session, new: dict[str, str], reason: str, errors: dict[str, str]
) -> None:
    make_organisation(session, name="Sở Tài chính")
    body = make_organisation(session, name=WRONG)
    present = of_organisation(body)
    with pytest.raises(Invalid) as refused:
        corrections.organisation_corrected(session, body.id, present, {**present, **new}, reason, ANYBODY, NOW)
    assert refused.value.errors == errors
    assert body.name == WRONG and not corrections_of(session, body.id) and not audit_log.newest(session)


def test_a_unit_has_its_name_among_its_own(session: Session) -> None:
    body = make_organisation(session)
    first, second = make_unit(session, body, name="Phòng Môi trừơng"), make_unit(session, body, name="Phòng Pháp chế")
    corrections.unit_corrected(session, first.id, of_unit(first), {"name": "Phòng Môi trường"}, "Sai dấu", ANYBODY, NOW)
    assert first.name == "Phòng Môi trường"
    with pytest.raises(Invalid, match="name_in_use"):
        corrections.unit_corrected(session, second.id, of_unit(second), {"name": "phòng môi trường"}, "X", ANYBODY, NOW)


def test_another_mail_ends_sign_ins_and_is_told_to_both(session: Session) -> None:
    body = make_organisation(session)
    user, other = make_user(session, body, [Role.OFFICER]), make_user(session, body, [Role.OFFICER])
    sessions.begin(session, user.id, "Chrome", NOW)
    token = invitations.token_of(user, Secrets("k" * 32), NOW)
    old, seen = user.mail, of_user(user)
    with pytest.raises(Invalid, match="mail_in_use"):
        corrections.account_corrected(session, user.id, seen, {**seen, "mail": other.mail}, "X", ANYBODY, NOW)
    with pytest.raises(Invalid, match="not_a_mail"):
        corrections.account_corrected(session, user.id, seen, {**seen, "mail": "không"}, "X", ANYBODY, NOW)
    new = {**seen, "mail": "Dung@Example.vn", "name": "Nông Thị Hằng"}
    corrections.account_corrected(session, user.id, seen, new, "Gõ nhầm", ANYBODY, NOW)
    assert (user.mail, user.name) == ("dung@example.vn", "Nông Thị Hằng")
    assert not sessions.lasting(session, user.id, NOW)
    with pytest.raises(Refused, match="invitation_over"):
        invitations.read(session, token, Secrets("k" * 32), NOW)
    events = {message.event for message in session.scalars(select(OutboxMessage))}
    assert "account_mail_changed" in events
    assert {act.act for act in audit_log.acts_on(session, corrections.names_of(session, user))} == {"account_corrected"}
    assert old in [row.old for row in corrections_of(session, user.id)]


def test_both_addresses_get_a_mail_and_who_has_no_password_a_new_link(app: Flask, app_session: Session) -> None:
    body = make_organisation(app_session)
    actor = make_actor(app_session, body, Role.ADMINISTRATOR)
    user = accounts.create(app_session, "hagn@example.vn", "Nông Thị Hằng", "", actor, clock.now())
    seen = of_user(user)
    new = {**seen, "mail": "hang@example.vn"}
    corrections.account_corrected(app_session, user.id, seen, new, "Gõ nhầm", actor, clock.now())
    worker = app.extensions["consult.worker"]
    while worker.work_once(clock.now()):
        pass
    mails = [path.read_text(errors="replace") for path in sorted(app.config["MAIL_FOLDER"].iterdir())]
    to = [next(line for line in mail.splitlines() if line.startswith("To:")) for mail in mails]
    assert sum("hagn@example.vn" in line for line in to) == 1
    assert sum("hang@example.vn" in line for line in to) >= 2, "told of the change, and invited"


def test_by_hand_from_the_page_of_a_body(app: Flask, app_session: Session) -> None:
    body = make_organisation(app_session, OrganisationKind.DEPARTMENT, name="Sở Nông nghiêp và Môi trường")
    unit = make_unit(app_session, body, name="Phòng Môi trừơng")
    user = make_user(app_session, body, [Role.ADMINISTRATOR, Role.PUBLISHER])
    actor = make_actor(app_session, body, Role.PUBLISHER, user=user)
    matter = make_consultation(app_session, Stage.OPEN, lead=body, actor=actor, now=clock.now())
    browser, reader = Browser(app), Browser(app)
    sign_in(browser, user)
    public = f"/lay-y-kien/{matter.slug}/"
    assert "nghiêp" in reader.get(public).text
    page = browser.get(f"/quan-tri/to-chuc/{body.id}/").click("Sửa lỗi ghi sai")
    assert page.link("Đổi tên, sáp nhập").endswith(f"/quan-tri/to-chuc/{body.id}/#doi-ten")
    wrong = page.submit({"name": "Sở Nông nghiệp và Môi trường"}, button="Sửa")
    assert wrong.status == 422 and wrong.form("reason").values()["name"] == "Sở Nông nghiệp và Môi trường"
    done = wrong.submit({"reason": "Thiếu dấu"}, button="Sửa")
    assert done.heading == "Sở Nông nghiệp và Môi trường" and "Thiếu dấu" in done.text
    again = page.submit({"name": "Sở NN&MT", "reason": "Viết tắt"}, button="Sửa")
    assert again.status == 409 and "Sở Nông nghiêp và Môi trường" in again.text
    assert "Sở Nông nghiệp và Môi trường" in again.text and "Sở NN&MT" in again.text
    seen = reader.get(public).text
    assert "Sở Nông nghiệp và Môi trường" in seen and "trước đó ghi là “Sở Nông nghiêp và Môi trường”" in seen
    app_session.rollback()
    later = make_consultation(app_session, Stage.OPEN, lead=body, actor=actor, now=clock.now(), opened_before=0)
    assert "trước đó ghi là" not in reader.get(f"/lay-y-kien/{later.slug}/").text, "this one never named it wrongly"
    page = browser.get(f"/quan-tri/don-vi/{unit.id}/sua-loi/")
    assert "Phòng Môi trường" in page.submit({"name": "Phòng Môi trường", "reason": "Sai dấu"}, button="Sửa").text
    page = browser.get(f"/quan-tri/nguoi-dung/{user.id}/").click("Sửa họ tên, chức vụ, thư điện tử")
    done = page.submit({"office": "Giám đốc", "reason": "Bổ nhiệm"}, button="Sửa")
    assert "Giám đốc" in done.text and "sửa thông tin người dùng" in done.text
    log = browser.get("/quan-tri/nhat-ky/").text
    for words in ("sửa lỗi ghi sai của tổ chức", "sửa lỗi ghi sai của đơn vị", "nghiêp", "Bổ nhiệm"):
        assert words in log
    for rest in (f"to-chuc/{body.id}", f"don-vi/{unit.id}", f"nguoi-dung/{user.id}"):
        browser.get(f"/en/quan-tri/{rest}/sua-loi/")


def test_another_mail_gives_one_administrator_no_officers_place(session: Session) -> None:
    office = make_organisation(session, name="Sở Nông nghiệp và Môi trường")
    officer = make_user(session, office, [Role.OFFICER, Role.DRAFTER], name="Nông Thị Hằng")
    first, second = (make_actor(session, office, Role.ADMINISTRATOR) for _ in range(2))
    present = of_user(officer)
    seen, now = {**present}, clock.now()
    corrections.account_corrected(session, officer.id, seen, {**present, "name": "Nông Thị Hằn"}, "Dấu", first, now)
    assert officer in {one.user for one in officer.memberships if one.in_force(now) and one.role is Role.OFFICER}
    present = of_user(officer)
    new = {**present, "mail": "toi@example.vn"}
    corrections.account_corrected(session, officer.id, present, new, "Đổi hộp thư", first, now)
    assert {one.role for one in officer.memberships if one.in_force(now)} == {Role.DRAFTER}
    (waiting,) = role_proposals.waiting(session, officer.id)
    with pytest.raises(Refused, match="own_proposal"):
        role_proposals.settle(session, [waiting.id], Settlement.CONFIRMED, first, now)
    role_proposals.settle(session, [waiting.id], Settlement.CONFIRMED, second, now)
    session.refresh(officer)
    assert {one.role for one in officer.memberships if one.in_force(now)} == {Role.DRAFTER, Role.OFFICER}
