"""Words that mean the same: listed, added, changed and taken out by an administrator who saw what that does."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.administration.models import AdministrativeAct
from consult.administration.reference import synonyms
from consult.data import synonyms as data
from consult.data.synonyms import Synonyms, passed_over, seed_synonyms
from consult.errors import Invalid, NotFound, Refused
from consult.people.words import Role
from consult.policy import ANYBODY
from consult.search.engines.tokens import terms
from consult.search.thesaurus import LONGEST
from tests.application import sign_in
from tests.builders import NOW, make_consultation, make_organisation, make_user
from tests.pages import Browser


@pytest.fixture
def office(app: Flask, app_session: Session) -> Browser:
    """A browser with an administrator, on a site with a matter and the words of the release."""
    seed_synonyms(app_session)
    make_consultation(app_session, title="Quyết định về chất thải rắn", now=NOW)
    while app.extensions["consult.worker"].work_once(NOW):
        pass
    browser = Browser(app)
    sign_in(browser, make_user(app_session, make_organisation(app_session), [Role.ADMINISTRATOR]))
    return browser


def test_the_words_of_the_release_are_about_two_hundred_groups_that_can_be_kept() -> None:
    groups = Synonyms().released()
    assert len(groups) >= 200
    for key, content in groups.items():
        assert synonyms.words_in("\n".join(content["words"])) == content["words"], key
        assert all(0 < len(terms(word).terms) <= LONGEST for word in content["words"]), key
    assert all(word == word.lower() and " " not in word for word in passed_over())


def test_seeding_twice_changes_nothing(session: Session) -> None:
    assert seed_synonyms(session) == len(Synonyms().released()) and seed_synonyms(session) == 0


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", "two_words"), ("rác", "two_words"), ("rác\nRÁC\n\n…", "two_words"),
        ("\n".join(f"từ{number}" for number in range(13)), "too_many_words"),
        (f"rác\n{'x' * 81}", "too_long_word"), (f"rác\n{'a ' * 13}", "too_long_word"),
    ],
)  # fmt: skip
def test_what_makes_no_group_is_refused(typed: str, error: str) -> None:
    with pytest.raises(Invalid) as refused:
        synonyms.words_in(typed)
    assert refused.value.errors == {"words": error}


def test_there_is_an_end_to_groups_and_a_gone_one_is_gone(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(synonyms, "MOST_GROUPS", 1)
    row = synonyms.put(session, "", ["rác", "xà bần"], ANYBODY, NOW)
    with pytest.raises(Refused, match="too_many_groups"):
        synonyms.put(session, "", ["heo", "lợn"], ANYBODY, NOW)
    stamp = row.stamp
    assert synonyms.put(session, row.key, ["heo", "lợn"], ANYBODY, NOW).stamp != stamp
    synonyms.remove(session, row.key, ANYBODY, NOW)
    with pytest.raises(Refused, match="no_synonyms"):
        synonyms.remove(session, row.key, ANYBODY, NOW)
    with pytest.raises(NotFound):
        synonyms.put(session, row.key, ["heo", "lợn"], ANYBODY, NOW)
    told = session.scalars(select(AdministrativeAct).order_by(AdministrativeAct.id)).all()
    assert [act.act for act in told] == ["synonyms_put", "synonyms_put", "synonyms_removed"]
    assert told[1].details["before"] == ["rác", "xà bần"] and told[1].subject == "heo, lợn"


def test_a_group_is_added_changed_and_taken_out_once_its_effect_was_seen(office: Browser) -> None:
    page = office.get("/quan-tri/").click("Từ cùng nghĩa").click("Thêm nhóm từ")
    page = page.submit({"words": "đồ thừa"}, button="Xem trước khi lưu", form="words")
    assert page.errors() == ["Các từ cùng nghĩa, mỗi từ một dòng: Xin ghi ít nhất hai từ, mỗi từ một dòng"]
    page = page.submit({"words": "đồ thừa\nchất thải rắn"}, button="Xem trước khi lưu", form="words")
    assert "Tìm “đồ thừa”: hiện có 0 kết quả, sau khi lưu có" in page.text
    page = page.submit(button="Lưu nhóm từ")
    assert "Đã lưu nhóm từ cùng nghĩa." in page.text
    page = office.get("/quan-tri/tu-cung-nghia/?q=do+thua")
    assert page.words("//tbody//tr/*[1]") == ["đồ thừa, chất thải rắn"]
    page = page.click("Sửa").submit({"words": "đồ thừa\nđồ bỏ"}, button="Xem trước khi lưu", form="words")
    assert "Đã lưu" in page.submit(button="Lưu nhóm từ").text
    assert "Trước đó: đồ thừa, chất thải rắn" in office.get("/quan-tri/nhat-ky/").text
    page = office.get("/quan-tri/tu-cung-nghia/?q=do+thua").click("Sửa").click("Bỏ nhóm từ này")
    assert page.heading == "Bỏ nhóm từ cùng nghĩa với “đồ thừa”?"
    assert "Đã bỏ nhóm từ" in page.submit(button="Bỏ nhóm từ này").text
    assert not office.get("/quan-tri/tu-cung-nghia/?q=do+thua").words("//tbody//tr/*[2]")


def test_what_a_release_gives_anew_is_taken_and_what_was_changed_here_stays(session: Session) -> None:
    seed_synonyms(session)
    assert data.seed_synonyms(session) == 0
    synonyms.put(session, "rac", ["rác", "rác rưởi"], ANYBODY, NOW)
    synonyms.remove(session, "den-bu", ANYBODY, NOW)
    assert seed_synonyms(session) == 0
    assert list(synonyms.group(session, "rac").words) == ["rác", "rác rưởi"]
    with pytest.raises(NotFound):
        synonyms.group(session, "den-bu")
