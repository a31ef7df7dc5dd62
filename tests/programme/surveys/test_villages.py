"""Papers that a village enters by a link of its own: each once, checked as at the commune, and public nowhere."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.errors import Invalid, NotFound, Refused
from consult.files.store import FileStore
from consult.people.words import Role
from consult.programme.surveys.entering import answers
from consult.programme.surveys.entering.paper import Paper
from consult.programme.surveys.models import Survey, SurveyAnswer, SurveyVillage
from consult.programme.surveys.villages import links, papers
from consult.programme.surveys.words import Way
from consult.submissions.receiving import link_keys
from consult.submissions.views_frame import site_codes
from tests.application import sign_in
from tests.builders import make_user
from tests.pages import Browser
from tests.programme.scene import make_parties
from tests.programme.surveys.scene import Surveyed, make_surveyed
from tests.submissions.rows import CODES


@pytest.fixture
def surveyed(session: Session, tmp_path: Path) -> Surveyed:
    """A programme with its parties."""
    return make_surveyed(session, FileStore(tmp_path))


def with_villages(surveyed: Surveyed, names: str = "Thôn Một\nThôn Hai") -> tuple[Survey, list[SurveyVillage]]:
    """An open survey, with the villages of its first commune."""
    one, parties = surveyed.survey([900]), surveyed.parties
    area_id = surveyed.areas[0].id
    return one, links.add(surveyed.session, one, area_id, names, CODES, parties.officer, parties.now)


def take(surveyed: Surveyed, village: SurveyVillage, sheet: str, key: str, point: str = "4") -> SurveyAnswer:
    """A paper by its number."""
    paper = Paper(sheet, {"khong_khi": point})
    return papers.take(surveyed.session, village, Way.DRAWN, paper, key, surveyed.parties.now)


def test_a_paper_comes_in_once_and_a_number_stands_once_in_its_village(surveyed: Surveyed) -> None:
    one, (first, second) = with_villages(surveyed)
    made = take(surveyed, first, "7", "a" * 32)
    assert take(surveyed, first, "7", "a" * 32) is made
    with pytest.raises(Refused, match="paper_came_before"):
        take(surveyed, first, "7", "a" * 32, point="2")
    with pytest.raises(Invalid) as wrong:
        take(surveyed, first, "007", "b" * 32)
    assert wrong.value.errors == {"sheet": "sheet_known_here"}
    take(surveyed, second, "7", "a" * 32)
    surveyed.enter(one, surveyed.areas[0], [{"khong_khi": "4"}])
    assert links.counts(surveyed.session, one, surveyed.areas[0].id) == {first.id: 1, second.id: 1}
    found = answers.numbered(surveyed.session, one, surveyed.areas[0].id, "7", [1, 2])
    assert [each.village_id for each in found] == [first.id, second.id]
    assert answers.counts(surveyed.session, one) == {(surveyed.areas[0].id, Way.DRAWN): 3}


@pytest.mark.parametrize(
    ("sheet", "said", "errors"),
    [
        ("", {"khong_khi": "4"}, {"sheet": "required"}),
        ("1", {"khong_khi": "9", "gioi": "khác"}, {"khong_khi": "not_a_choice", "gioi": "not_a_choice"}),
        ("1", {}, {"khong_khi": "required"}),
    ],
)
def test_every_answer_is_checked_and_nothing_is_kept(
    surveyed: Surveyed, sheet: str, said: dict[str, str], errors: dict[str, str]
) -> None:
    one, (village, _other) = with_villages(surveyed)
    with pytest.raises(Invalid) as wrong:
        papers.take(surveyed.session, village, Way.DRAWN, Paper(sheet, said), "a" * 32, surveyed.parties.now)
    assert wrong.value.errors == errors
    assert answers.counts(surveyed.session, one) == {}


def test_a_link_is_found_by_its_key_until_it_is_renewed_or_ended(surveyed: Surveyed) -> None:
    _one, (village, other) = with_villages(surveyed)
    session, parties = surveyed.session, surveyed.parties
    key = links.key_of(village, CODES)
    assert links.by_key(session, link_keys.shown(key).upper(), CODES) is village
    links.renew(session, village, CODES, parties.officer)
    links.end(session, other, parties.officer, parties.now)
    for gone in (key, "x" * 20, ""):
        with pytest.raises(NotFound):
            links.by_key(session, gone, CODES)
    assert links.by_key(session, links.key_of(village, CODES), CODES) is village
    assert links.key_of(other, CODES) == ""
    with pytest.raises(Refused, match="village_link_needed"):
        take(surveyed, other, "1", "a" * 32)


def test_villages_are_of_who_types_for_the_commune_and_bear_one_name_each(surveyed: Surveyed) -> None:
    one, (village, _other) = with_villages(surveyed)
    session, parties, area_id = surveyed.session, surveyed.parties, surveyed.areas[0].id
    _body, typist = surveyed.front_of(surveyed.areas[0])
    session.commit()
    assert len(links.add(session, one, area_id, "Thôn Ba", CODES, typist, parties.now)) == 1
    for act in (lambda: links.renew(session, village, CODES, parties.of_commune),
                lambda: links.add(session, one, area_id, "X", CODES, parties.of_commune, parties.now)):  # fmt: skip
        with pytest.raises(NotFound):
            act()
    for names, code in (("thôn một", "name_in_use"), ("A\nA", "name_in_use"), (" \n", "required")):
        with pytest.raises(Invalid) as wrong:
            links.add(session, one, area_id, names, CODES, typist, parties.now)
        assert wrong.value.errors == {"names": code}
    with pytest.raises(Invalid) as wrong:
        links.rename(session, village, "Thôn Hai", typist)
    assert wrong.value.errors == {"name": "name_in_use"}


def test_nothing_comes_in_before_the_first_day_and_once_the_answers_are_frozen(surveyed: Surveyed) -> None:
    one, (village, _other) = with_villages(surveyed)
    one.starts_on = surveyed.parties.today + timedelta(days=1)
    surveyed.session.commit()
    with pytest.raises(Refused, match="survey_closed"):
        take(surveyed, village, "1", "a" * 32)
    one.starts_on = surveyed.parties.today - timedelta(days=60)
    surveyed.session.commit()
    for number in range(6):
        take(surveyed, village, str(number), f"k{number}")
    told = json.dumps(surveyed.publish(one), default=str)
    assert "Thôn" not in told
    with pytest.raises(Refused, match="survey_closed"):
        take(surveyed, village, "9", "b" * 32)


@pytest.mark.parametrize(
    "sent",
    ["", "[", "[]", "{}", '{"id": 7}', '{"id": ""}', "[" * 100_000, '{"id": "a\\u0000"}', '{"id": "\\ud800"}'],
)
def test_what_is_no_draft_is_refused(sent: str) -> None:
    with pytest.raises(Invalid) as wrong:
        papers.drafted(sent, ())
    assert wrong.value.errors == {"draft": "not_a_draft"}


class Site:
    """A commune's Front at its pages, and a telephone of its village."""

    def __init__(self, app: Flask, session: Session) -> None:
        self.app, self.session = app, session
        parties = make_parties(session, clock.now())
        self.surveyed = make_surveyed(session, app.extensions["consult.files"], parties)
        self.survey = self.surveyed.survey([900])
        body, _actor = self.surveyed.front_of(self.surveyed.areas[0])
        self.front, self.village = Browser(app), Browser(app)
        sign_in(self.front, make_user(session, body, [Role.DRAFTER]))
        slug, area_id = self.survey.programme.matter.slug, self.surveyed.areas[0].id
        self.commune = f"/phoi-hop/nhap-phieu/{slug}/{self.survey.number}/{area_id}/"
        self.front.get(f"{self.commune}thon/").submit({"names": "Thôn Nà Pha"}, button="Thêm và tạo đường dẫn")

    def key(self) -> str:
        """That of the village, as it is now."""
        self.session.rollback()
        with self.app.app_context():
            return links.key_of(self.session.scalars(select(SurveyVillage)).one(), site_codes())

    def count(self) -> int:
        """Papers that came in."""
        self.session.rollback()
        return self.session.scalar(select(func.count()).select_from(SurveyAnswer)) or 0


@pytest.fixture
def site(app: Flask, app_session: Session) -> Site:
    return Site(app, app_session)


def test_a_village_enters_papers_without_a_script_and_the_commune_checks_them(site: Site) -> None:
    page = site.village.get(f"/thu-thap/phieu/{site.key()}/")
    wrong = page.submit({"sheet": "", "said.khong_khi": "4"}, button="Lưu phiếu này")
    assert (wrong.status, "Số của phiếu" in wrong.text) == (422, True)
    assert wrong.find("//input[@name = 'said.khong_khi' and @value = '4']/@checked")
    page = wrong.submit({"sheet": "12", "said.gop_y": "Rác <b>nhiều</b>"}, button="Lưu phiếu này")
    assert "Đã nhận phiếu số 12." in page.text
    assert page.find("//input[@name = 'sheet']/@value") == ["13"]
    again = wrong.submit({"sheet": "12", "said.gop_y": "Rác <b>nhiều</b>"}, button="Lưu phiếu này")
    assert ("Đã nhận phiếu số 12." in again.text, site.count()) == (True, 1)
    came = site.front.get(f"{site.commune}thon/").click("Thôn Nà Pha")
    assert "Rác <b>nhiều</b>" in came.text
    assert "Phiếu 12, Thôn Nà Pha" in site.front.get(site.commune).text
    back = came.submit({}, button="Bỏ phiếu 12")
    assert (back.address.endswith("/thon/1/"), site.count()) == (True, 0)


def test_an_empty_paper_is_told_where_to_begin(site: Site) -> None:
    page = site.village.get(f"/thu-thap/phieu/{site.key()}/").submit({"sheet": "1"}, button="Lưu phiếu này")
    assert page.status == 422 and page.find("//a[@href = '#field-said.khong_khi']")


def test_a_page_without_papers_is_told_where_to_begin(site: Site) -> None:
    assert site.front.get(site.commune).submit({}, button="Lưu các phiếu").status == 422


def test_a_device_sends_a_paper_once_and_is_told_what_is_wrong_in_words(site: Site) -> None:
    address = site.village.get(f"/thu-thap/phieu/{site.key()}/").address + "ngoai-tuyen/"
    draft: dict[str, Any] = {"v": 1, "id": "a" * 32, "sheet": "3", "way": "meeting", "said.khong_khi": "4", "later": 1}

    def sent(status: int, **more: Any) -> Any:
        return site.village.post(address, {"draft": json.dumps({**draft, **more})}, status=status).json

    assert [sent(201)["sheet"], sent(201)["sheet"]] == ["3", "3"]
    assert "trước khi sửa" in sent(409, **{"said.khong_khi": "2"})["message"]
    assert sent(422, id="b" * 32)["message"].startswith("Số phiếu: Phiếu số này của thôn")
    assert "Giới" in sent(422, id="c" * 32, sheet="4", **{"said.gioi": "khác"})["message"]
    assert site.count() == 1
    stranger = Browser(site.app)
    assert stranger.post(address, {"draft": json.dumps(draft)}, status=403).json["reason"] == "village_link_needed"  # type: ignore[index]


def test_a_worker_keeps_the_page_of_its_village_alone(site: Site) -> None:
    page = site.village.get(f"/thu-thap/phieu/{site.key()}/")
    address = f"{page.address}ngoai-tuyen/"
    kept = site.village.get(address)
    assert "phiếu bị tính hai lần" in kept.text
    assert "worker-src 'self'" in kept.headers["Content-Security-Policy"]
    assert "worker-src 'none'" in page.headers["Content-Security-Policy"]
    worker = site.village.get(f"{address}nen.js")
    assert worker.headers["Content-Type"].startswith("text/javascript")
    assert site.village.get(f"{address}nen.js").body == worker.body


def test_a_link_that_was_renewed_or_never_was_leads_nowhere(site: Site) -> None:
    old = site.key()
    home = site.village.get(f"/thu-thap/phieu/{old}/").address
    page = site.front.get(f"{site.commune}thon/1/").submit({}, button="Đổi đường dẫn")
    assert link_keys.shown(site.key()) in page.text
    for address in (home, f"{home}ngoai-tuyen/", f"{home}ngoai-tuyen/nen.js"):
        site.village.get(address, status=403)
        Browser(site.app).get(address, status=403)
    site.village.get(f"/thu-thap/phieu/{old}/", status=404)
    assert site.village.get(f"/thu-thap/phieu/{site.key()}/").address == home
    page.submit({}, button="Ngừng đường dẫn")
    site.village.get(home, status=403)
    assert site.front.get(f"{site.commune}thon/ma-qr.pdf").body.startswith(b"%PDF")


def test_another_commune_reads_nothing_of_a_village(site: Site) -> None:
    other = Browser(site.app)
    sign_in(other, make_user(site.session, site.surveyed.parties.commune, [Role.OFFICER]))
    for address in ("thon/", "thon/1/", "thon/ma-qr.pdf"):
        other.get(f"{site.commune}{address}", status=404)
