"""The index follows what is public: nothing before, nothing after, on both kinds of database."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.preparation import publication
from consult.consultations.revisions import next_revision
from consult.consultations.words import Disclosure
from consult.search.engines.seam import Search
from consult.search.handlers import IndexHandlers
from consult.search.words import Thing
from consult.stages import Stage
from consult.submissions.acts import decisions
from consult.submissions.acts import service as acts
from consult.submissions.inputs import Sender
from consult.submissions.models import Submission
from consult.submissions.sender import amendment
from consult.submissions.words import CommentActKind, ContactKind
from tests.builders import NOW, make_consultation, paged
from tests.consultations.revised import add
from tests.responses.desk_builder import Desk, comment, make_desk
from tests.search.conftest import EACH_ENGINE, MakeEngine
from tests.search.engine import follow, found, held


@pytest.fixture(params=EACH_ENGINE)
def index(request: pytest.FixtureRequest, make_engine: MakeEngine) -> Search:
    """No index yet: the first event builds it; of each engine in turn."""
    return make_engine(request.param)


@pytest.fixture
def desk(session: Session) -> Desk:
    """A matter that takes comments."""
    return make_desk(session, Stage.OPEN)


def decide(desk: Desk, number: int, kind: CommentActKind, reason: str, **details: str) -> None:
    """An act on a comment by two persons."""
    act = decisions.propose(desk.session, desk.matter, number, kind, reason, desk.officer, NOW, details)
    decisions.confirm(desk.session, desk.matter, act.id, desk.second_officer, NOW)


def test_a_published_matter_is_found_with_its_clauses(session: Session, index: Search, desk: Desk) -> None:
    follow(session, index)
    root = f"/lay-y-kien/{desk.matter.slug}/"
    assert f"matter {root}" in found(session, index, "phan loai chat thai ran sinh hoat")
    assert found(session, index, "công kềnh") == [f"provision {root}du-thao/1/?tai=d2.k1.pd#d2.k1.pd"]
    assert found(session, index, "nguy hai", thing=Thing.MATTER) == []


def test_a_page_of_a_pdf_is_found(session: Session, index: Search) -> None:
    matter = make_consultation(session, upload=paged(["Mở đầu", "Nước thải sinh hoạt"]))
    follow(session, index)
    expected = f"provision /lay-y-kien/{matter.slug}/tai-lieu/1/1/trang/2/"
    assert found(session, index, "nuoc thai") == [expected]


def test_a_matter_being_prepared_is_not_found(session: Session, index: Search) -> None:
    make_consultation(session, Stage.DRAFTING)
    make_consultation(session, title="Kế hoạch khác")
    follow(session, index)
    assert found(session, index, "phan loai chat thai", thing=Thing.MATTER) == []


def test_a_further_draft_is_found_once_it_is_public(session: Session, index: Search, desk: Desk) -> None:
    """Until then nobody reads from the index what it will say, and the clauses of the draft before it stay."""
    waiting = add(session, desk.matter, desk.publisher)
    follow(session, index)
    root = f"/lay-y-kien/{desk.matter.slug}/du-thao"
    assert found(session, index, "Chánh Văn phòng", thing=Thing.PROVISION) == []
    assert found(session, index, "công kềnh") == [f"provision {root}/1/?tai=d2.k1.pd#d2.k1.pd"]
    next_revision.publish_revision(session, desk.matter, waiting, desk.publisher, NOW)
    follow(session, index)
    [now] = found(session, index, "Chánh Văn phòng", thing=Thing.PROVISION)
    assert now.startswith(f"provision {root}/2/")


def test_a_stopped_matter_stays_readable_and_findable(session: Session, index: Search, desk: Desk) -> None:
    publication.withdraw(session, desk.matter, "Soạn lại.", desk.publisher, NOW)
    follow(session, index)
    assert len(found(session, index, "cong kenh")) == 1


def test_a_comment_is_found_from_its_release_until_it_is_withheld(session: Session, index: Search, desk: Desk) -> None:
    [number] = desk.receive("Xe thu gom không đến ngõ nhà tôi.")
    follow(session, index)
    assert found(session, index, "xe thu gom") == []
    acts.release(session, desk.matter, [number], desk.officer, NOW)
    follow(session, index)
    assert found(session, index, "xe thu gom") == [f"comment /lay-y-kien/{desk.matter.slug}/y-kien/{number}/"]
    decide(desk, number, CommentActKind.WITHHELD, "insult")
    # Before the index has followed, too: what is shown is read again.
    assert found(session, index, "xe thu gom") == []
    follow(session, index)
    assert found(session, index, "xe thu gom") == []


def test_a_redacted_comment_is_found_by_what_is_left(session: Session, index: Search, desk: Desk) -> None:
    [number] = desk.receive("Ông Bảy ở ngõ 4 đổ trộm xỉ than.")
    acts.release(session, desk.matter, [number], desk.officer, NOW)
    follow(session, index)
    decide(desk, number, CommentActKind.REDACTED, "personal_data", text="[…] đổ trộm xỉ than.")
    assert found(session, index, "ong bay") == []
    follow(session, index)
    assert found(session, index, "ong bay") == []
    assert len(found(session, index, "xi than")) == 1


def test_a_withdrawn_or_changed_comment_is_gone(session: Session, index: Search, desk: Desk) -> None:
    first, second = desk.receive("Trạm cân ở chợ.", "Bãi tập kết ở ven sông.")
    acts.release(session, desk.matter, [first, second], desk.officer, NOW)
    follow(session, index)
    submission = session.scalars(select(Submission)).one()
    amendment.amend(session, desk.matter, submission, first, comment("Trạm cân ở đình."), NOW, NOW)
    amendment.withdraw(session, desk.matter, submission, [second], NOW, NOW)
    follow(session, index)
    # A changed text is in check again.
    assert found(session, index, "tram can") == found(session, index, "ven song") == []


def test_disclosure_at_once_is_found_at_once(session: Session, index: Search) -> None:
    desk = make_desk(session, Stage.OPEN, disclosure=Disclosure.AT_ONCE)
    desk.receive("Xin thêm thùng rác ở bến xe.")
    follow(session, index)
    assert len(found(session, index, "ben xe")) == 1


def test_an_answer_being_drafted_is_not_found(session: Session, index: Search) -> None:
    desk = make_desk(session)
    first, second = desk.receive("Xe thu gom đến muộn.", "Xe thu gom đến sớm.")
    acts.release(session, desk.matter, [second], desk.officer, NOW)
    desk.draft(first, second, text="Tiếp thu, bổ sung giờ lấy rác.")
    follow(session, index)
    assert found(session, index, "gio lay rac") == []


def test_an_answer_goes_with_the_last_readable_comment(session: Session, index: Search) -> None:
    desk = make_desk(session)
    first, second = desk.receive("Xe thu gom đến muộn.", "Xe thu gom đến sớm.")
    acts.release(session, desk.matter, [second], desk.officer, NOW)
    desk.answer(first, second, text="Tiếp thu, quy định khung giờ.")
    follow(session, index)
    assert found(session, index, "khung gio") == [f"answer /lay-y-kien/{desk.matter.slug}/y-kien/{second}/"]
    decide(desk, second, CommentActKind.WITHHELD, "insult")
    assert found(session, index, "khung gio") == []
    follow(session, index)
    assert found(session, index, "khung gio") == []


def test_nothing_private_is_in_the_held_the_index(session: Session, index: Search, desk: Desk) -> None:
    sender = Sender("Nguyễn Văn Kínđáo", True, contact_kind=ContactKind.MAIL, contact="kindao@example.invalid")
    released, _waiting = desk.receive("Ý kiến một: cầu treo.", "Ý kiến hai: thuỷ điện.", sender=sender)
    acts.release(session, desk.matter, [released], desk.officer, NOW)
    desk.draft(released, text="Dự thảo trả lời: hồ chứa.")
    follow(session, index)
    assert found(session, index, "cau treo") != []
    for words in ("thuy dien", "ho chua", "kindao"):
        assert found(session, index, words) == []
    everything = held(index).casefold()
    assert "cầu treo" in everything
    for secret in ("thuỷ điện", "hồ chứa", "kínđáo", "kindao", "dien", "chua"):
        assert secret not in everything


def test_built_anew_it_holds_the_same(session: Session, index: Search) -> None:
    desk = make_desk(session)
    numbers = desk.receive("Xe thu gom đến muộn.", "Xe thu gom đến sớm.", "Xe thu gom hỏng.")
    acts.release(session, desk.matter, numbers[:2], desk.officer, NOW)
    desk.answer(numbers[0], text="Tiếp thu, thay xe thu gom.")
    follow(session, index)
    followed = {words: sorted(found(session, index, words)) for words in ("xe thu gom", "phan loai", "tiep thu")}
    index.forget()
    assert IndexHandlers(index).rebuild(session, NOW) > 10
    assert {words: sorted(found(session, index, words)) for words in followed} == followed


def test_a_filter_by_matter_and_an_unknown_one(session: Session, index: Search, desk: Desk) -> None:
    other = make_consultation(session)
    follow(session, index)
    assert len(found(session, index, "cong kenh")) == 2
    assert found(session, index, "cong kenh", matter=other.slug)[0].startswith(f"provision /lay-y-kien/{other.slug}/")
    assert len(found(session, index, "cong kenh", matter="khong-co")) == 2


def test_who_acts_is_not_found(session: Session, index: Search, desk: Desk) -> None:
    follow(session, index)
    assert found(session, index, desk.officer.name) == []
