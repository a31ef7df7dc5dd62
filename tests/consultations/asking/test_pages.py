"""The pages of who is asked, as an officer walks them: a letter, many bodies, their delivery, the network's files."""

from sqlalchemy import select

from consult import clock
from consult.consultations.invitation_models import Delivery, Invitation, OfficialLetter
from consult.consultations.invitations import service as invitations
from consult.consultations.invitations.service import NewInvitation
from consult.consultations.models import Consultation
from consult.consultations.words import DeliveryKind, Kind, Procedure, SentBy
from consult.edxml.words import Dialect
from consult.people.models import Organisation
from consult.people.words import Level, OrganisationKind, Role
from consult.stages import Stage
from tests.application import sign_in
from tests.builders import make_actor, make_area, make_consultation, make_organisation, make_user, paged
from tests.consultations.conftest import Desk
from tests.edxml.made import status
from tests.edxml.test_files import texts
from tests.files.made import pdf
from tests.pages import Browser

PDF = pdf()
ASK = "Hỏi các cơ quan, tổ chức đã chọn"
SIGNED = {"subject": "V/v lấy ý kiến", "signer_name": "Hà Văn A", "signer_office": "Giám đốc"}


def matter(desk: Desk, stage: Stage = Stage.OPEN, **given: object) -> Consultation:
    """A matter of the department."""
    actor = make_actor(desk.session, desk.department, Role.OFFICER, Role.PUBLISHER, user=desk.publisher)
    return make_consultation(desk.session, stage, lead=desk.department, actor=actor, now=clock.now(), **given)


def today() -> str:
    """The local day, as a form has it."""
    return clock.local_day(clock.now()).isoformat()


def record_letter(desk: Desk, made: Consultation, number: str = "12/SNNMT-MT") -> OfficialLetter:
    """A letter with its file, typed in at the desk."""
    form = desk.browser.get(f"/xu-ly/{made.slug}/cong-van/")
    given = {"number": number, "letter_on": today(), **SIGNED, "file": (PDF, "Công văn 12.pdf")}
    assert form.submit(given, button="Ghi công văn").status == 200
    desk.session.rollback()
    return desk.session.scalars(select(OfficialLetter).where(OfficialLetter.number == number)).one()


def download(browser: Browser, address: str) -> tuple[bytes, str]:
    """A file, and the name under which it is saved."""
    with browser.client.get(address) as answer:
        return answer.data, answer.headers["Content-Disposition"]


def invited(desk: Desk) -> list[Invitation]:
    """All that was asked by now."""
    desk.session.rollback()
    desk.session.expire_all()
    return list(desk.session.scalars(select(Invitation)))


def test_many_bodies_are_chosen_looked_at_and_asked_by_one_letter(desk: Desk) -> None:
    made, area = matter(desk), make_area(desk.session, "Xã Phong Quang")
    unions = [make_organisation(desk.session, OrganisationKind.SOCIO_POLITICAL, Level.COMMUNE, f"Hội {n}", area)
              for n in "ABC"]  # fmt: skip
    make_organisation(desk.session, OrganisationKind.RELIGIOUS, Level.COMMUNE, "Giáo xứ", area)
    actor = make_actor(desk.session, desk.department, Role.OFFICER)
    invitations.invite(desk.session, made, NewInvitation(unions[2].id), actor, clock.now())
    letter = record_letter(desk, made)
    page = desk.browser.get(f"/xu-ly/{made.slug}/co-quan/chon/?loai=socio_political&dia-ban=phong+quang")
    assert "Hội A" in page.text and "đã được hỏi" in page.text and "Giáo xứ" not in page.text
    chosen = {"letter": str(letter.id), "how": "post", "reply_by": "31/12/2035"}
    done = page.submit({"bodies": [str(one.id) for one in unions[:2]], **chosen}, button=ASK)
    assert "Đã ghi 2 cơ quan, tổ chức được hỏi." in done.text and "12/SNNMT-MT" in done.text
    asked = {one.organisation_id: one for one in invited(desk)}
    assert {one.id for one in unions} == set(asked)
    assert asked[unions[0].id].how is SentBy.POST and asked[unions[0].id].letter_id == letter.id
    again = page.submit({"bodies": [str(one.id) for one in unions[:2]], **chosen}, button=ASK)
    assert "Đã ghi 0 cơ quan" in again.text and "2 nơi đã được hỏi trước đó" in again.text
    nobody = page.submit({"bodies": [], **chosen}, button=ASK)
    assert nobody.status == 422 and len(invited(desk)) == 3


def test_a_letter_is_a_pdf_or_word_file_with_number_and_day(desk: Desk) -> None:
    made = matter(desk, Stage.DRAFTING)
    form = desk.browser.get(f"/xu-ly/{made.slug}/cong-van/")
    wrong = form.submit({"file": (b"\x89PNG\r\n\x1a\n", "a.png")}, button="Ghi công văn")
    assert wrong.status == 422 and "PDF hoặc Word" in wrong.text
    wrong = form.submit({"number": "", "letter_on": ""}, button="Ghi công văn")
    assert wrong.status == 422 and len(wrong.find("//*[@class='error']")) >= 2
    first, second = record_letter(desk, made), record_letter(desk, made)
    assert first.id == second.id and first.file_name == "Công văn 12.pdf"
    data, named = download(desk.browser, f"/xu-ly/{made.slug}/cong-van/{first.id}/tep/")
    assert data == PDF and named.startswith("attachment")


def test_the_letter_goes_out_and_its_states_come_back(desk: Desk) -> None:
    given = {"kind": Kind.EIA_REPORT, "procedure": Procedure.EIA_STATUTORY, "upload": paged()}
    made = matter(desk, answering=make_organisation(desk.session, OrganisationKind.INVESTOR), **given)
    letter = record_letter(desk, made)
    commune = make_organisation(desk.session, OrganisationKind.PEOPLES_COMMITTEE, Level.COMMUNE, "Ủy ban xã")
    actor = make_actor(desk.session, desk.department, Role.OFFICER)
    new = NewInvitation(commune.id, letter.number, letter.on, how=SentBy.NETWORK, silence_is_consent=True)
    invitations.invite(desk.session, made, new, actor, clock.now())
    out = f"/xu-ly/{made.slug}/cong-van/{letter.id}/edxml/?to={commune.id}"
    lacks = desk.browser.get(out, status=422)
    assert "Ủy ban xã chưa có mã định danh" in lacks.text and "chủ dự án" in lacks.text
    made.answering.network_code, commune.network_code = "H00.90", "H00.20.1"
    desk.session.commit()
    for dialect, root in ((Dialect.NATIONAL, b"<edXML "), (Dialect.PROVINCIAL, b"<edXMLEnvelope ")):
        desk.app.config["EDXML_DIALECT"] = dialect.value
        data, named = download(desk.browser, out)
        assert root in data and texts(data, "FullName") == ["Hà Văn A"] and "12_SNNMT-MT.edxml" in named
    upload = desk.browser.get(f"/xu-ly/{made.slug}/co-quan/trang-thai/")
    at = clock.now().astimezone(clock.LOCAL_ZONE).strftime("%Y/%m/%d %H:%M:%S")
    on = clock.local_day(clock.now()).strftime("%Y/%m/%d")
    good = status("03", on=on, at=at, sender="H00.90")
    files = [(good, "tt03.edxml"), (b"<html/>", "la.xml"), (good, "lai.edxml")]
    told = upload.submit({"file": files}, button="Nạp tệp")
    for words in ("Đã ghi nhận", "Không phải tệp edXML", "Đã có từ trước", "Ủy ban xã"):
        assert words in told.text
    assert upload.submit({}, button="Nạp tệp").status == 422
    row = desk.browser.get(f"/xu-ly/{made.slug}/co-quan/{commune.id}/")
    assert "Trục báo: nơi nhận đã tiếp nhận" in row.text and "Văn thư – Lý Thị B" in row.text


def test_a_receipt_is_recorded_with_its_scan_and_taken_back(desk: Desk) -> None:
    made, body = matter(desk), make_organisation(desk.session)
    actor = make_actor(desk.session, desk.department, Role.OFFICER)
    invitations.invite(desk.session, made, NewInvitation(body.id), actor, clock.now())
    address = f"/xu-ly/{made.slug}/co-quan/{body.id}/"
    given = {"kind": "receipt", "on": today(), "whom": "Bà Văn Thư", "scan": (PDF, "bien-nhan.pdf")}
    page = desk.browser.get(address).submit(given, button="Ghi nhận")
    assert "Bà Văn Thư" in page.text and "bien-nhan.pdf" in page.text
    desk.session.rollback()
    (row,) = desk.session.scalars(select(Delivery)).all()
    assert download(desk.browser, f"{address}{row.id}/tep/")[0] == PDF
    assert desk.browser.get(address).submit({"reason": ""}, button="Rút lại").status == 422
    page = desk.browser.get(address).submit({"reason": "Ghi nhầm nơi"}, button="Rút lại")
    assert "Rút lại nội dung ghi nhầm" in page.text
    desk.session.rollback()
    assert [one.kind for one in desk.session.scalars(select(Delivery).order_by(Delivery.id))] == [
        DeliveryKind.RECEIPT, DeliveryKind.VOID,
    ]  # fmt: skip
    wrong = desk.browser.get(address).submit({"kind": "handed_over", "on": today()}, button="Ghi nhận")
    assert wrong.status == 422


def test_the_asked_body_gets_the_file_and_nobody_else(desk: Desk) -> None:
    made = matter(desk)
    letter = record_letter(desk, made)
    asked, other = (make_organisation(desk.session, OrganisationKind.SOCIO_POLITICAL) for _each in range(2))
    actor = make_actor(desk.session, desk.department, Role.OFFICER)
    new = NewInvitation(asked.id, letter.number, letter.on)
    invitations.invite(desk.session, made, new, actor, clock.now())
    address = f"/to-chuc/{made.slug}/cong-van/{letter.id}/"
    of_asked, of_other = (_browser(desk, body) for body in (asked, other))
    assert address in of_asked.get("/to-chuc/").html
    assert download(of_asked, address)[0] == PDF
    of_other.get(address, status=404)
    public = Browser(desk.app).get(f"/lay-y-kien/{made.slug}/van-ban/")
    assert "số 12/SNNMT-MT" in public.text and "V/v lấy ý kiến" in public.text
    assert str(letter.id) not in public.html


def _browser(desk: Desk, body: Organisation) -> Browser:
    browser = Browser(desk.app)
    sign_in(browser, make_user(desk.session, body, [Role.DRAFTER]))
    return browser
