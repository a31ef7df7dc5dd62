"""What the acts on models, criteria and scores touch, for the scene of all acts."""

from typing import Any

from consult import clock
from consult.people.words import Role
from consult.programme.training import signing_in, sittings
from consult.programme.training.sittings import NewSitting
from tests.builders import make_user
from tests.house.scene.scene_of_campaigns import add_campaigns, add_commendations
from tests.programme.materials.scene import Library
from tests.programme.practices.scene import Models
from tests.programme.scene import make_parties
from tests.programme.training.scene import School


def add_practices(scene: Any) -> None:
    """A model that is public and one that waits, a checklist in force with one that waits, and a score."""
    session = scene.session
    models = Models(make_parties(session, clock.now()))
    parties, slug, year = models.parties, models.programme.matter.slug, models.parties.today.year
    scene.people["practices"] = make_user(session, parties.front, [Role.DRAFTER, Role.SENDER])
    known, waits = models.made(), models.made(public=False)
    scene.add("practices.correct", {"summary": "Khác", "reason": "Đúng hơn"}, slug=slug, number=known.number)
    scene.add("practices.decide", {"do": "release"}, slug=slug, number=waits.number, act=1)
    models.checklist()
    score = models.scored("50", "30", public=False)
    scene.add("practices.criteria.change", {"checklist": "Sạch | 90", "reason": "Gọn"}, slug=slug, year=year)
    scene.add("practices.criteria.decide", {"do": "release"}, slug=slug, year=year, number=score.number)


def add_library(scene: Any) -> None:
    """A publication that waits, and an order that nobody answered."""
    session = scene.session
    shelf = Library(make_parties(session, clock.now()))
    slug = shelf.programme.matter.slug
    scene.people["library"] = make_user(session, shelf.parties.department, [Role.OFFICER, Role.LEADER])
    waits = shelf.put_in(public=False)
    scene.add("materials.decide", {"do": "release"}, slug=slug, number=waits.number, version=1)
    scene.add("materials.orders.decide", {"do": "confirm"}, slug=slug, number=shelf.ordered().number)


def add_training(scene: Any) -> None:
    """A course that is planned, one that a body is invited to, and one that began; and under the same programme
    campaigns and commendations."""
    session = scene.session
    school = School(make_parties(session, clock.now()))
    slug = school.programme.matter.slug
    scene.people["training"] = make_user(session, school.parties.department, [Role.OFFICER, Role.LEADER])
    scene.add("training.change", {"title": "Tên khác"}, slug=slug, number=school.planned(public=False).number)
    body = str(school.parties.department.id)
    open_ = school.planned()
    scene.add("training.sign_up", {"names": "Hà Thị A", "body": body}, slug=slug, number=open_.number)
    began = school.began()
    scene.add("training.record", {"before": "1 2 3"}, slug=slug, number=began.number)
    now, officer = clock.now(), school.parties.officer
    new = NewSitting(school.parties.today, "0:00", "23:59")
    sitting = sittings.add(session, began, new, scene.app.extensions["consult.codes"], officer, now)
    where = {"slug": slug, "number": began.number}
    scene.add("training.sittings.add", {"day": school.parties.today.isoformat(), "begins": "8", "ends": "9"}, **where)
    scene.add("training.sittings.change", {"do": "renew"}, sitting=sitting.number, **where)
    signing_in.sign_in(session, sitting, "Ai đó", "", now)
    session.flush()
    [waits] = signing_in.waiting(session, began)
    scene.add("training.sittings.recognise", {"do": "confirm", "person": "1"}, signed_id=waits.id, **where)
    add_campaigns(scene, school.parties, school.programme)
    add_commendations(scene, school.parties, school.programme)
