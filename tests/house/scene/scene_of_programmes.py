"""What the acts on programmes, rounds of supervision and promises touch, for the scene of all acts."""

from typing import Any

from consult import clock
from consult.people.words import Role
from consult.programme import promises
from consult.programme.surveys.publishing import results
from consult.programme.words import StepKind
from tests.builders import make_user
from tests.programme.scene import make_parties
from tests.programme.surveys.scene import Surveyed, all_say, make_surveyed


def add_programmes(scene: Any) -> None:
    """A programme that is not public, and one with a plan, a round that did not report, and one that did."""
    session, now = scene.session, clock.now()
    parties = make_parties(session, now)
    scene.people["party"] = make_user(session, parties.front, [Role.DRAFTER, Role.SENDER])
    year = parties.today.year
    hidden = parties.programme(public=False, title="Chương trình đang soạn")
    for endpoint, form in (("programmes.change", {"title": "Tên khác"}), ("programmes.agree", {})):
        scene.add(endpoint, form, slug=hidden.matter.slug)
    one = parties.programme(title="Chương trình đã ký")
    slug = one.matter.slug
    task = parties.task(one, public=False)
    scene.add("programmes.plans.change", {"text": "Khác"}, slug=slug, year=year, number=task.promise.number)
    scene.add("programmes.plans.agree", {}, slug=slug, year=year)
    _add_surveys(scene, make_surveyed(session, scene.app.extensions["consult.files"], parties, one))
    open_ = parties.round(one)
    step, asked = parties.step(open_, StepKind.PLAN, released=False), parties.recommended(open_, public=False)
    where = {"slug": slug, "number": open_.number}
    scene.add("rounds.change", {"subject": "Việc khác"}, **where)
    scene.add("rounds.steps.decide", {"do": "release"}, step=step, **where)
    scene.add("rounds.steps.take_back", {}, promise=asked.number, **where)
    owed = parties.recommended(parties.round(one))
    said = promises.say(session, owed, "done", "Đã làm.", parties.today, parties.of_commune, now)
    where = {"slug": slug, "number": owed.number}
    scene.add("promised.say", {"kind": "follow", "text": "Đã kiểm tra."}, **where)
    scene.add("promised.decide", {"do": "release"}, act=said.number, **where)


def _add_surveys(scene: Any, surveyed: Surveyed) -> None:
    """A survey that is being written, one to be frozen, and one to be published."""
    parties, slug = surveyed.parties, surveyed.programme.matter.slug
    written = surveyed.survey([900], opened=False)
    for endpoint, form in (("surveys.change", {"title": "Tên khác"}), ("surveys.draw", {}), ("surveys.open_", {})):
        scene.add(endpoint, form, slug=slug, number=written.number)
    for endpoint in ("surveys.freeze", "surveys.release"):
        one = surveyed.survey([900])
        surveyed.enter(one, surveyed.areas[0], all_say(4, 6))
        if endpoint == "surveys.release":
            results.freeze(surveyed.session, one, surveyed.files, parties.officer, parties.now)
        scene.add(endpoint, {}, slug=slug, number=one.number)
