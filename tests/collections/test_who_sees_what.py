"""Who sees what of a collection: a branch its own, the level above words without people, everybody else nothing but
what was sent."""

import pytest
from sqlalchemy.orm import Session

from consult.clock import now
from consult.collections.branches import keys
from consult.collections.branches import service as branches
from consult.collections.branches.service import NewBranch
from consult.collections.inputs import NewOpinion
from consult.collections.recording import service as recording
from consult.people.words import OrganisationKind, Role
from consult.submissions.views_frame import site_codes
from tests.application import sign_in
from tests.builders import make_organisation, make_user
from tests.collections.conftest import Site
from tests.collections.scene import key, paper
from tests.pages import Browser

SAID, NAME, NUMBER = "Suối đổi màu sau mưa", "Bà Lý Thị Kín", "0987 111 222"
OF_BRANCH = ("", "buoi/1/", "buoi/1/y-kien/1/", "buoi/1/sua/", "tra-loi/", "ben-duoi/")
OF_WORK = ("", "y-kien/", "tong-hop/", "tong-hop/viet/?y-kien=1", "buoi/1/", "dau-moi/1/", "dia-ban/", "chuyen-xuong/")


@pytest.fixture
def told(site: Site, app_session: Session) -> dict[str, Browser]:
    """Xã A recorded an opinion with a name and number. Browsers by who they are."""
    with site.app.app_context():
        codes = site_codes()
    own = site.scene.branches["Xã A"]
    opinion = NewOpinion(SAID, "d2.k1", person_name=NAME, contact=NUMBER)
    recording.record(app_session, own, paper(), [opinion], key(), None, codes, now())
    [below] = branches.add(app_session, site.scene.collection, own, [NewBranch("Thôn 1")], codes, now())
    found = {**site.branches, "secretary": site.secretary, "stranger": site.stranger, "Thôn 1": Browser(site.app)}
    found["Thôn 1"].get(f"/thu-thap/vao/{keys.of_branch(below, codes)}/")
    matter = site.scene.matter
    assert matter is not None
    for who, body, roles in (
        ("desk", matter.lead, [Role.OFFICER, Role.LEADER, Role.PUBLISHER]),
        ("investor", make_organisation(app_session, OrganisationKind.INVESTOR), [Role.OFFICER, Role.DRAFTER]),
        ("other front", make_organisation(app_session, OrganisationKind.FRONT_COMMITTEE), [Role.DRAFTER, Role.SENDER]),
        ("administrator", matter.lead, [Role.ADMINISTRATOR]),
    ):
        user = make_user(app_session, body, roles)
        app_session.commit()
        found[who] = Browser(site.app)
        sign_in(found[who], user)
    return found


def test_only_its_own_link_opens_what_a_branch_recorded(site: Site, told: dict[str, Browser]) -> None:
    for who, browser in told.items():
        for rest in OF_BRANCH:
            page = browser.get(site.at("Xã A", rest), status=None)
            assert (page.status == 200) is (who == "Xã A"), (who, rest, page.status)
            assert (SAID in page.html) <= (who == "Xã A"), (who, rest)


def test_the_level_above_reads_words_and_no_people(site: Site, told: dict[str, Browser]) -> None:
    for who, browser in told.items():
        for rest in OF_WORK:
            page = browser.get(site.work(rest), status=None)
            mine = who == "secretary"
            assert (page.status == 200 and page.address.startswith("/to-chuc/dot")) is mine, (who, rest, page.status)
            assert NAME not in page.html and NUMBER not in page.html, (who, rest)
            assert (SAID in page.html) <= mine, (who, rest)
    assert SAID in told["secretary"].get(site.work("y-kien/")).text


def test_the_matter_and_its_desk_show_nothing_of_it(site: Site, told: dict[str, Browser]) -> None:
    matter = site.scene.matter
    assert matter is not None
    for who in ("desk", "investor", "administrator", "stranger"):
        for address in (f"/lay-y-kien/{matter.slug}/", f"/xu-ly/{matter.slug}/", f"/nhat-ky/{matter.slug}/", "/"):
            page = told[who].get(address, status=None)
            assert SAID not in page.html and site.scene.collection.title not in page.html, (who, address)
