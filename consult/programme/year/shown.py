"""What the pages of a programme and of its yearly plan show, for who changes it or agrees to it."""

from collections.abc import Sequence

from consult.programme import facts, heads
from consult.programme.year import task_list
from consult.shown import About, Kind, Shown, digest


def _programme(about: About) -> Sequence[Shown]:
    found = heads.found(about.session, about.values["slug"])
    heads.require_party(found, about.actor)
    told = {**facts.of_programme(found), "title": found.matter.title, "file": found.file_hash}
    texts = {name: str(told[name]) for name in ("title", "number", "valid_from", "valid_to")}
    return [Shown(str(found.consultation_id), {"facts": digest(told, found.agreed_state())}, texts)]


def _plan(about: About) -> Sequence[Shown]:
    found, year = heads.found(about.session, about.values["slug"]), about.values["year"]
    heads.require_party(found, about.actor)
    plan = task_list.plan_of(about.session, found, year)
    told = {one.promise.number: task_list.told(one) for one in task_list.tasks_of(about.session, plan)}
    ended = [[one.promise.number, one.promise.due_on, one.promise.ended_on] for one in
             task_list.tasks_of(about.session, plan)]  # fmt: skip
    texts = {f"task.{number}": said["text"] for number, said in told.items()}
    version = digest(told, ended, plan.agreed_state() if plan else [])
    return [Shown(f"{found.consultation_id}-{year}", {"plan": version}, texts)]


def _label(name: str) -> tuple[str, dict[str, object]]:
    return "plan.task", {"number": name.rpartition(".")[2]}


PROGRAMME = Kind("programme", _programme)
YEAR_PLAN = Kind("year_plan", _plan, label=_label)
