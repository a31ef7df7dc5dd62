"""Which accepted wordings the next draft has: for certain, perhaps, elsewhere, or not."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.document_models import Revision
from consult.consultations.matter import queries
from consult.consultations.revisions import changes, successors
from consult.errors import NotFound
from consult.policy import Actor
from consult.responses.changes import causes, confirmed, unapplied
from consult.responses.changes.kept_wording import Kept, judged
from consult.responses.redlines.carried import Carried, carried
from tests.application import sign_in
from tests.builders import NOW, make_actor
from tests.consultations import revised
from tests.pages import Browser
from tests.responses.desk_builder import Desk, comment, make_desk

OLD = "1. Hộ gia đình nộp phí thu gom rác hằng tháng cho đơn vị thu gom."
WANTED = OLD.replace("hằng tháng", "hằng năm")


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (WANTED, (Kept.KEPT, True)),
        (WANTED.replace("1.", "2."), (Kept.KEPT, True)),
        (OLD, (Kept.UNCHANGED, True)),
        (WANTED.replace("Hộ gia đình", "Mọi hộ gia đình"), (Kept.KEPT, True)),
        (OLD.replace("rác", "chất thải"), (Kept.OTHERWISE, False)),
        (OLD.replace("hằng tháng", "hằng quý"), (Kept.OTHERWISE, False)),
    ],
)
def test_one_change(after: str, found: tuple[Kept, bool]) -> None:
    assert judged(OLD, WANTED, after) == found


def test_several_changes() -> None:
    wanted = WANTED.replace("Hộ gia đình", "Hộ gia đình và cơ sở kinh doanh nhỏ lẻ")
    assert judged(OLD, wanted, WANTED) == (Kept.PARTLY, False)
    loosely = OLD.replace("nộp phí", "nộp tiền").replace("gia đình nộp", "gia đình, và cơ sở kinh doanh nhỏ lẻ nộp")
    assert judged(OLD, wanted.replace("hằng năm", "hằng tháng"), loosely)[1] is False


DRAFT = """# QUYẾT ĐỊNH

Quy định về rác

### Điều 1. Phí

1. Hộ gia đình nộp phí thu gom rác hằng tháng cho đơn vị thu gom.

2. Đơn vị thu gom công khai mức phí tại nhà văn hóa thôn.

### Điều 2. Hiệu lực

Quyết định này có hiệu lực từ ngày ký.
"""
MORE = "Hộ nghèo, hộ cận nghèo được miễn toàn bộ phí."
SECOND = DRAFT.replace("hằng tháng", "hằng năm").replace(
    "### Điều 2. Hiệu", f"### Điều 2. Miễn\n\n{MORE}\n\n### Điều 3. Hiệu"
)


@pytest.fixture
def desk(session: Session) -> Desk:
    """A desk whose draft has two clauses."""
    return make_desk(session, text=DRAFT)


def proposes(desk: Desk, proposed: str, path: str) -> int:
    """A comment whose wording was accepted."""
    (number,) = desk.receive(comment("Đề nghị sửa.", path, proposed=proposed))
    desk.release(number)
    desk.answer(number)
    return number


def of(desk: Desk, revision: Revision) -> list[tuple[int, Kept, bool, str]]:
    """Number, state, whether it is certain, and where."""
    return [
        (one.promise.number, one.state, one.certain, one.path) for one in carried(desk.session, desk.matter, revision)
    ]


def open_ones(desk: Desk, revision: Revision) -> list[Carried]:
    """Those that a person has to look at."""
    return [one for one in carried(desk.session, desk.matter, revision) if not one.is_settled]


def test_a_later_draft_is_read(desk: Desk) -> None:
    kept = proposes(desk, WANTED, "d1.k1")
    elsewhere = proposes(desk, f"2. Đơn vị thu gom công khai mức phí tại nhà văn hóa thôn. {MORE}", "d1.k2")
    unchanged = proposes(desk, "2. Đơn vị thu gom công khai mức phí trên loa.", "d1.k2")
    revision = revised.revise(desk.session, desk.matter, desk.publisher, SECOND)
    assert of(desk, revision) == [
        (kept, Kept.KEPT, True, "d1.k1"),
        (elsewhere, Kept.ELSEWHERE, False, "d2"),
        (unchanged, Kept.UNCHANGED, True, "d1.k2"),
    ]
    assert [one.promise.number for one in open_ones(desk, revision)] == [elsewhere]


def test_what_a_person_says_goes_before_what_is_read(desk: Desk) -> None:
    number = proposes(desk, f"2. Đơn vị thu gom công khai mức phí tại nhà văn hóa thôn. {MORE}", "d1.k2")
    revision = revised.revise(desk.session, desk.matter, desk.publisher, SECOND)
    line = successors.line_to(desk.session, revision)
    assert [one.number for one in unapplied.unseen(desk.session, desk.matter, line)] == [number]
    confirmed.confirm(desk.session, desk.matter, revision, {number: "d2"}, desk.publisher, NOW)
    assert open_ones(desk, revision) == [] and unapplied.unseen(desk.session, desk.matter, line) == []
    behind = causes.behind(desk.session, desk.matter, changes.changes(desk.session, line), line)
    assert [behind.of(one) for one in behind.changes.told if _path(behind, one.news) == "d2"] == [[number]]
    confirmed.confirm(desk.session, desk.matter, revision, {number: ""}, desk.publisher, clock.now())
    assert [one.number for one in unapplied.unseen(desk.session, desk.matter, line)] == [number]


def _path(behind: causes.ChangeCauses, ids: object) -> str:
    rows = behind.changes.new.provisions
    return rows[ids[0]].path if ids else ""  # type: ignore[index]


def test_a_place_that_is_not_there_is_refused(desk: Desk) -> None:
    number = proposes(desk, WANTED, "d1.k1")
    revision = revised.revise(desk.session, desk.matter, desk.publisher, SECOND)
    for places in ({number: "d9"}, {99: "d1"}):
        with pytest.raises(NotFound):
            confirmed.confirm(desk.session, desk.matter, revision, places, desk.publisher, NOW)


def test_the_first_draft_carries_nothing(desk: Desk) -> None:
    proposes(desk, WANTED, "d1.k1")
    assert carried(desk.session, desk.matter, queries.current_revision(desk.session, desk.matter.id)) == []


def test_the_page_asks_and_the_public_page_tells(app: Flask, app_session: Session) -> None:
    desk = make_desk(app_session, now=clock.now(), opened_before=70, text=DRAFT)
    kept = proposes(desk, WANTED, "d1.k1")
    elsewhere = proposes(desk, f"2. Đơn vị thu gom công khai mức phí tại nhà văn hóa thôn. {MORE}", "d1.k2")
    revised.revise(app_session, desk.matter, desk.publisher, SECOND, now=clock.now())
    public = Browser(app)
    base = f"/lay-y-kien/{desk.matter.slug}/y-kien"
    assert "Đã đưa vào bản dự thảo lần 2: khoản 1 Điều 1" in public.get(f"{base}/{kept}/").text
    assert "Đã đưa vào" not in public.get(f"{base}/{elsewhere}/").text
    browser = Browser(app)
    sign_in(browser, desk.people["publisher"])
    page = browser.get(f"/xu-ly/{desk.matter.slug}/ban-moi/").click("chỗ tiếp thu trong bản này")
    assert "Cần xác nhận: 1 lời văn" in page.text and "Chỗ máy tìm được: Điều 2." in page.text
    field = f"Điều khoản có lời văn của ý kiến {elsewhere}"
    wrong = page.submit({field: "Điều 30"}, button="Đã đưa vào điều khoản này")
    assert wrong.status == 422
    done = wrong.submit({field: "Điều 2"}, button="Đã đưa vào điều khoản này")
    assert "Đã ghi nhận chỗ tiếp thu." in done.text and "người xác nhận: Điều 2" in done.text
    assert "Đã đưa vào bản dự thảo lần 2: Điều 2" in public.get(f"{base}/{elsewhere}/").text


def test_who_may_not_revise_confirms_nothing(desk: Desk, session: Session) -> None:
    number = proposes(desk, WANTED, "d1.k1")
    revision = revised.revise(session, desk.matter, desk.publisher, SECOND)
    leader: Actor = make_actor(session, desk.body, *(seat.role for seat in desk.leader.seats))
    with pytest.raises(NotFound):
        confirmed.confirm(session, desk.matter, revision, {number: "d1.k1"}, leader, NOW)
