"""The body that collects is renamed, or merged into another, while its branches gather: who goes on for it finds all of
it, and carries it up under the new name."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.clock import local_day, now, start_of_day
from consult.consultations.invitations.service import NewInvitation, invite
from consult.errors import Refused
from consult.people.models import Organisation
from consult.people.organisations import NewOrganisation
from consult.people.successions import merge, succeed
from consult.people.words import Level, OrganisationKind, Role
from consult.submissions.receiving.in_time import check_in_time
from consult.submissions.words import SubmissionKind
from consult.workspace.models import OrganisationDraft
from tests.application import sign_in
from tests.builders import make_organisation, make_publisher, make_user
from tests.collections.conftest import Site
from tests.pages import Browser, Page

ABOUT = "du-thao/1/d3"


def recorded(site: Site, text: str) -> Page:
    form = site.branches["Xã A"].get(site.at("Xã A", "ghi/tham/"))
    return form.submit({"text": text, "anchor": ABOUT, "place": "Thôn 1"}, button="Ghi nhận")


def written(site: Site, number: int) -> None:
    page = site.secretary.get(site.work(f"tong-hop/viet/?y-kien={number}"))
    page.submit({"text": f"Đề nghị lùi {number}"}, button="Lưu")


def renamed(site: Site, session: Session, how: str) -> Organisation:
    session.rollback()
    front, today = site.scene.front, local_day(now())
    if how == "renamed":
        new = NewOrganisation("Ủy ban MTTQ tỉnh Mới", front.kind, front.level)
        other, _moved = succeed(session, front.id, new, today, "", now())
    else:
        other = make_organisation(session, OrganisationKind.FRONT_COMMITTEE, Level.PROVINCE, "Ủy ban MTTQ tỉnh Mới")
        merge(session, front.id, other.id, today, "", now())
    session.commit()
    return other


@pytest.mark.parametrize("how", ["renamed", "merged"])
def test_who_goes_on_for_the_body_finds_everything(site: Site, app_session: Session, how: str) -> None:
    recorded(site, "Nên lùi một năm")
    written(site, 1)
    heir = renamed(site, app_session, how)
    recorded(site, "Xin lùi hai năm")
    page = site.secretary.get("/to-chuc/").click("Thu thập ý kiến từ chi nhánh").click(site.scene.collection.title)
    assert "2 ý kiến" in page.text
    points = site.secretary.get(site.work("tong-hop/"))
    draft = points.submit({"point": ["1"]}, button="Đưa các ý kiến đã chọn vào bản soạn")
    assert "Đề nghị lùi 1" in draft.text
    app_session.rollback()
    assert app_session.scalars(select(OrganisationDraft.organisation_id)).one() == heir.id
    app_session.rollback()
    successor = Browser(site.app)
    sign_in(successor, make_user(app_session, heir, [Role.DRAFTER], "Vi Văn Bình"))
    assert site.scene.collection.title in successor.get("/to-chuc/").click("Thu thập ý kiến từ chi nhánh").text
    assert "Nên lùi một năm" in successor.get(site.work("y-kien/")).text


@pytest.mark.parametrize("how", ["renamed", "merged"])
def test_what_it_was_asked_and_began_stays_with_it(site: Site, app_session: Session, how: str) -> None:
    """The letter by which a body was asked, the time it has for its reply, and its drafts."""
    recorded(site, "Nên lùi một năm")
    written(site, 1)
    points = site.secretary.get(site.work("tong-hop/"))
    points.submit({"point": ["1"]}, button="Đưa các ý kiến đã chọn vào bản soạn")
    app_session.rollback()
    matter, officer = site.scene.matter, make_publisher(app_session)
    app_session.commit()
    assert matter is not None
    due = local_day(now()) + timedelta(days=30)
    invite(app_session, matter, NewInvitation(site.scene.front.id, "5/SNN", local_day(now()), due), officer, now())
    heir = renamed(site, app_session, how)
    home = site.secretary.get("/to-chuc/")
    assert "5/SNN" in home.text and "Không có bản soạn nào" not in home.text
    late = start_of_day(due)
    assert matter.closes_at is not None and matter.closes_at < late
    kind = SubmissionKind.FORMAL
    check_in_time(app_session, matter, kind, heir.id, late)
    with pytest.raises(Refused):
        check_in_time(app_session, matter, kind, heir.id, late + timedelta(days=1))
