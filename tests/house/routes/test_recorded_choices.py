"""What is stored stays as it is when somebody saves something else, though it may be chosen no more: a commune that was
merged, a body that ended, somebody who left. Every form that is reached is tried so; one that is made later by itself.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.people.models import Area, Membership, Organisation
from consult.programme.inspections.models import InspectionVersion
from consult.programme.models import PlannedCritique
from consult.programme.promise_models import Promise
from consult.programme.rounds.models import Round
from tests.application import end, make_app, sign_in
from tests.database import SqliteDatabases
from tests.house.scene.shown_scene import Scene, make_scene
from tests.page_forms import Form
from tests.pages import Browser, Page

RECORDED = "ay không còn trong danh sách"
KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SAID = ("text", "subject", "summary", "about", "merits", "title", "reason", "why")
FIELDS = {
    *(f"body_letters.change {name}" for name in ("reviewer", "signatory")),
    *(f"campaigns.change {name}" for name in ("areas", "bodies")),
    "commendations.change area",
    *(f"inspections.record {name}" for name in ("area", "inspected")),
    *(f"practices.correct {name}" for name in ("area", "lead")),
    *(f"preparing.edit {name}" for name in ("answering", "area", "issuing", "lead")),
    *(f"programmes.plans.change {name}" for name in ("area", "by")),
    *(f"rounds.change {name}" for name in ("addressee", "area", "lead", "supervised")),
    "training.change invited",
}
"""What is chosen in the scene and offered no more; other forms may come, these do not go."""


@pytest.fixture(scope="module")
def scene(sqlite_databases: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """One site for all forms."""
    app = make_app(sqlite_databases.fresh(), tmp_path_factory.mktemp("recorded"), WTF_CSRF_METHODS=())
    with app.extensions["consult.database"].session() as session:
        made = make_scene(app, session)
        choose_everywhere(session)
        yield made
    end(app)


def choose_everywhere(session: Session) -> None:
    """Whatever may be chosen beside what is needed is chosen: a commune, a body, a matter, who reviews and signs."""
    area, matter = session.scalars(select(Area).limit(1)).one(), session.scalars(select(Consultation).limit(1)).one()
    for table in (Consultation, InspectionVersion, Promise, Round, Organisation):
        session.execute(update(table).where(table.area_id.is_(None)).values(area_id=area.id))
    session.execute(update(InspectionVersion).values(inspected_id=matter.lead_id, inspected_name=""))
    session.execute(update(PlannedCritique).values(drafting_body_id=matter.lead_id, consultation_id=matter.id))
    for body in session.scalars(select(Organisation)):
        held = session.scalars(select(Membership).where(Membership.organisation_id == body.id).limit(1)).first()
        body.reviewer_id = body.signatory_id = held.user_id if held else None
    session.commit()


def offer_nothing(session: Session) -> None:
    """From today nothing of it may be chosen: communes were merged, bodies ended, a matter is public no more."""
    session.rollback()
    for table in (Area, Organisation):
        session.execute(update(table).values(valid_to=clock.local_day(clock.now())))
    session.commit()


def opened(scene: Scene, endpoint: str) -> Page:
    """The page at the address of an act, for who may act."""
    browser, who = Browser(scene.app), scene.who(endpoint)
    if who in scene.links:
        browser.get(scene.links[who])
    elif who:
        sign_in(browser, scene.people[who])
    return browser.get(scene.address(endpoint), None)


def form_of(page: Page) -> Form | None:
    """The form of the page that is sent to its own address and has most to choose from."""
    own = [one for one in page.forms() if one.method == "post" and urlsplit(one.action).path in ("", page.address)]
    return max(own, key=lambda one: len(chosen(one)), default=None)


def chosen(form: Form) -> dict[str, list[str]]:
    """The ids that are chosen in lists, radio buttons and boxes, by the name of the field."""
    found: dict[str, list[str]] = {}
    for control, held in form.fields.items():
        if control.tag == "select" or control.get("type") in ("radio", "checkbox"):
            for value in held:
                if KEY.fullmatch(value):
                    found.setdefault(control.get("name"), []).append(value)
    return {name: sorted(values) for name, values in found.items()}


def something_else(form: Form) -> dict[str, str]:
    """Another text, and why."""
    typed = form.values()
    texts = [control.get("name") for control in form.controls() if control.tag == "textarea"]
    return {name: f"{typed.get(name, '')} Sửa lỗi chính tả." for name in texts if name in SAID}


def offered_no_more(page: Page) -> set[str]:
    """The fields of a page that hold what is chosen and offered no more."""
    lists = page.find(f"//option[@selected][contains(., '{RECORDED}')]/../@name")
    boxes = page.find(f"//label[contains(., '{RECORDED}')]/preceding-sibling::input[1]/@name")
    return {str(name) for name in lists + boxes}


def test_what_is_chosen_no_more_stays_when_something_else_is_saved(scene: Scene) -> None:
    before: dict[str, dict[str, list[str]]] = {}
    for endpoint in scene.values:
        page = opened(scene, endpoint)
        form = form_of(page) if page.status == 200 and page.is_html else None
        if form is not None and chosen(form):
            before[endpoint] = chosen(form)
    offer_nothing(scene.session)
    tried = set()
    for endpoint, held in before.items():
        page = opened(scene, endpoint)
        form = form_of(page)
        assert form is not None and chosen(form) == held, endpoint
        tried |= {f"{endpoint} {name}" for name in offered_no_more(page)}
        answer = page.browser.send(page, form.fill(something_else(form)))
        wrong = set(answer.find("//p[@class = 'error']/@id")) if answer.status == 422 else set()
        after = form_of(answer if wrong else opened(scene, endpoint))
        assert after is not None and chosen(after) == held, (endpoint, wrong)
        assert not wrong & {f"error-{name}" for name in held}, (endpoint, wrong)
    assert tried >= FIELDS, FIELDS - tried
