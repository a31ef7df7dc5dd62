"""What the acts on programmes, rounds of supervision, inspections and promises touch, for the scene of all acts."""

from datetime import timedelta
from typing import Any

from consult import clock
from consult.people.words import Role
from consult.programme import promises
from consult.programme.exchanges import decisions, preparing
from consult.programme.exchanges.preparing import NewMinutes
from consult.programme.promise_models import Promise
from consult.programme.reporting import reports
from consult.programme.surveys.publishing import results
from consult.programme.surveys.villages import links
from consult.programme.words import StepKind
from tests.builders import make_user
from tests.programme.indicators.scene import LIST, Measured
from tests.programme.inspections.scene import recorded
from tests.programme.scene import make_parties
from tests.programme.surveys.scene import Surveyed, all_say, make_surveyed


def add_programmes(scene: Any) -> None:
    """A programme that is not public, and one with a plan, a round that did not report, and one that did."""
    session, now = scene.session, clock.now()
    parties = make_parties(session, now)
    later = parties.today + timedelta(days=30)
    scene.people["party"] = make_user(session, parties.front, [Role.DRAFTER, Role.SENDER])
    scene.people["inspecting"] = make_user(session, parties.department, [Role.OFFICER, Role.LEADER])
    year = parties.today.year
    hidden = parties.programme(public=False, title="Chương trình đang soạn")
    for endpoint, form in (("programmes.change", {"title": "Tên khác"}), ("programmes.agree", {})):
        scene.add(endpoint, form, slug=hidden.matter.slug)
    one = parties.programme(title="Chương trình đã ký")
    slug = one.matter.slug
    task = parties.task(one, public=False)
    scene.add("programmes.plans.change", {"text": "Khác"}, slug=slug, year=year, number=task.promise.number)
    scene.add("programmes.plans.agree", {}, slug=slug, year=year)
    scene.add("programmes.plans.take_over", {}, slug=slug, year=year)
    _add_surveys(scene, make_surveyed(session, scene.app.extensions["consult.files"], parties, one))
    open_ = parties.round(one)
    step, asked = parties.step(open_, StepKind.PLAN, released=False), parties.recommended(open_, public=False)
    where = {"slug": slug, "number": open_.number}
    scene.add("rounds.change", {"subject": "Việc khác"}, **where)
    scene.add("rounds.steps.decide", {"do": "release"}, step=step, **where)
    scene.add("rounds.steps.take_back", {}, promise=asked.number, **where)
    result = recorded(parties, one, public=False)
    where = {"slug": slug, "number": result.number}
    scene.add("inspections.record", {"subject": "Việc khác"}, **where)
    scene.add("inspections.decide", {"do": "discard"}, **where)
    owed = parties.recommended(parties.round(one))
    said = promises.say(session, owed, "done", "Đã làm.", parties.today, parties.of_commune, now)
    where = {"slug": slug, "number": owed.number}
    met = preparing.prepare(session, one, year, 1, parties.writer, now)
    decided = decisions.decide(session, met, "Cấp xe", parties.department.id, later, None, parties.writer, now)
    number = session.get_one(Promise, (decided.consultation_id, decided.id)).number
    scene.add("exchanges.write", {"minutes": "Khác"}, slug=slug, number=met.number)
    scene.add("exchanges.take_back", {}, promise=number, slug=slug, number=met.number)
    preparing.write(session, met, NewMinutes(parties.today, "", "A", "B", "", "Kết luận"), parties.writer, now)
    scene.add("exchanges.agree", {}, slug=slug, number=met.number)
    report = reports.begin(session, one, "year", year, parties.writer, now)
    numbers = reports.frozen(session, scene.app.extensions["consult.files"], report, parties.writer, now)
    reports.write(session, report, {}, parties.writer, now, numbers)
    scene.add("reports.write", {"text-rounds": "Khác"}, slug=slug, number=report.number)
    scene.add("reports.agree", {}, slug=slug, number=report.number)
    _add_results(scene, Measured(parties, scene.app.extensions["consult.files"], one))
    scene.add("promised.say", {"kind": "follow", "text": "Đã kiểm tra."}, **where)
    scene.add("promised.decide", {"do": "release"}, act=said.number, **where)


def _add_results(scene: Any, measured: Measured) -> None:
    """A list that waits beside the one in force, and a value that waits."""
    where = {"slug": measured.programme.matter.slug, "year": measured.year}
    measured.measures()
    measured.measures(typed=f"{LIST}\nnuoc | Hộ có nước sạch | % | Theo sổ", public=False)
    (waits,) = measured.entered(public=False)
    scene.people["entering"] = make_user(measured.session, measured.body, [Role.OFFICER, Role.LEADER])
    scene.add("indicators.change", {"indicators": LIST}, **where)
    for endpoint in ("indicators.decide", "indicators.entry.decide"):
        scene.add(endpoint, {"chosen": str(waits.number), "do": "confirm"}, **where)


def _add_surveys(scene: Any, surveyed: Surveyed) -> None:
    """A survey that is being written, one to be frozen, and one to be published."""
    parties, slug = surveyed.parties, surveyed.programme.matter.slug
    written = surveyed.survey([900], opened=False)
    for endpoint, form in (("surveys.change", {"title": "Tên khác"}), ("surveys.draw", {}), ("surveys.open_", {})):
        scene.add(endpoint, form, slug=slug, number=written.number)
    typed = surveyed.survey([900])
    area_id = surveyed.areas[0].id
    links.add(
        surveyed.session,
        typed,
        area_id,
        "Thôn Một",
        scene.app.extensions["consult.codes"],
        parties.officer,
        parties.now,
    )
    where = {"slug": slug, "number": typed.number, "area_id": area_id, "village": 1}
    scene.add("surveys.villages.change", {"name": "Thôn Hai"}, **where)
    for endpoint in ("surveys.freeze", "surveys.release"):
        one = surveyed.survey([900])
        surveyed.enter(one, surveyed.areas[0], all_say(4, 6))
        if endpoint == "surveys.release":
            results.freeze(surveyed.session, one, surveyed.files, parties.officer, parties.now)
        scene.add(endpoint, {}, slug=slug, number=one.number)
