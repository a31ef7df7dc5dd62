"""A coordination programme against its log: what both parties agreed to, promises with all that was said, and steps."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from consult.command_line.words import say
from consult.consultations.models import Counter
from consult.files.store import DamagedFile, FileStore
from consult.ledger.programme_entries import hash_of
from consult.ledger.service import Signer
from consult.programme import facts
from consult.programme.head_models import AgreedByBoth, Programme
from consult.programme.promise_models import Promise
from consult.programme.rounds import recommendations, steps
from consult.programme.rounds.models import Recommendation, Round
from consult.programme.words import Ending, PromiseActKind
from consult.programme.year import task_list
from consult.programme.year.models import Task, TaskChange, YearPlan
from consult.transparency.replay import Entry, Log
from consult.transparency.row_reading import Tampered, Told, check_readable, require, rows_of
from consult.transparency.verification import epochs
from consult.transparency.verification import log as verifying_log

_COUNTED: dict[str, Any] = {"promise": Promise, "round": Round}


def verify_programme(session: Session, programme: Programme, files: FileStore, signer: Signer) -> Iterator[str]:
    """A sentence for each thing that was checked and holds. Raises Tampered at the first that does not."""
    own_id = programme.consultation_id
    entries = verifying_log.entries(session, own_id)
    nodes = verifying_log.check_nodes(session, own_id)
    yield say("verified.entries", entries=len(entries), nodes=len(nodes))
    origins = epochs.origins_of(session, own_id, entries, signer)
    given = verifying_log.check_checkpoints(session, own_id, nodes, len(entries), signer, origins)
    yield say("verified.checkpoints", checkpoints=len(given), last=max(given, default=0))
    rows, log = check_readable(session, own_id), Log(entries)
    _check_counters(session, own_id)
    _check_agreed(session, programme, log)
    _check_file(files, programme.file_hash)
    yield say("verified.promises", promises=check_promises(session, own_id, log, _details(session, programme)))
    yield say("verified.round_steps", steps=_check_steps(session, programme, log, files), rows=rows)


def _check_counters(session: Session, own_id: UUID) -> None:
    """No number is given twice; what nobody agreed to may be gone again."""
    rows = {row.name: row.value for row in rows_of(session, Counter, own_id)}
    for name, table in _COUNTED.items():
        last = max((row.number for row in rows_of(session, table, own_id)), default=0)
        told = Told("tampered.counter_it_is_not_the_last_number_that_was_given", name=name)
        require(rows.pop(name, 0) >= last, told)
    require(not rows, Told("tampered.counter_nothing_is_counted_by_it", value=next(iter(rows), "")))


def _check_agreed(session: Session, programme: Programme, log: Log) -> None:
    told = [(one["title"], one["hash"], one["file"]) for one in log.all("programme_agreed")]
    stored = (programme.matter.title, hash_of(facts.of_programme(programme)), programme.file_hash or None)
    by_two = programme.public_at is not None and _by_two(programme)
    require(by_two and told == [stored], Told("tampered.programme_is_not_that_of_the_log"))
    plans = rows_of(session, YearPlan, programme.consultation_id, YearPlan.year)
    public = [plan for plan in plans if plan.public_at is not None]
    holds = sorted(plan.year for plan in public) == sorted(one["year"] for one in log.all("plan_agreed"))
    require(holds and all(map(_by_two, public)), Told("tampered.plans_are_not_those_of_the_log"))


def _by_two(thing: AgreedByBoth) -> bool:
    """Whether two persons agreed, one for each party."""
    persons = {thing.first_agreed_by_id, thing.second_agreed_by_id}
    return None not in persons and len(persons) == 2


Days = Mapping[UUID, Sequence[tuple[str, str]]]
"""By the id of a promise, for each time it was opened again: the end that was none, and the day it was due then."""
NEVER: Days = MappingProxyType({})


def check_promises(
    session: Session, own_id: UUID, log: Log, told: Mapping[Any, dict[str, str]], again: Days = NEVER
) -> int:
    """Each public promise as it was made and changed, with the details `told` of each, its days and its end; gives how
    many. Raises Tampered."""
    rows = [one for one in rows_of(session, Promise, own_id, Promise.number) if one.public_at is not None]
    logged = _logged(log)
    require({one.number for one in rows} == set(logged), Told("tampered.promises_are_not_those_of_the_log"))
    reasons = {row.task_id: row.reason for row in rows_of(session, TaskChange, own_id, TaskChange.at, TaskChange.id)}
    for promise in rows:
        wrong = Told("tampered.promise_is_not_that_of_the_log", number=promise.number)
        opened = list(again.get(promise.id, ()))
        require(_stored(promise, told[promise.id], opened) == logged[promise.number]["made"], wrong)
        said = _said(promise, reasons.get(promise.id, ""), len(opened))
        require(said == sorted(logged[promise.number]["said"]), wrong)
    return len(rows)


def _details(session: Session, programme: Programme) -> dict[Any, dict[str, str]]:
    own_id = programme.consultation_id
    rounds = {one.id: one for one in rows_of(session, Round, own_id)}
    found = {one.id: task_list.details(one) for one in rows_of(session, Task, own_id)}
    return found | {
        one.id: recommendations.details(rounds[one.round_id]) for one in rows_of(session, Recommendation, own_id)
    }


def _logged(log: Log) -> dict[int, dict[str, Any]]:
    """By the number of a promise: first day, day now, each move, the end and the newest hash; and every entry of what
    was said since."""
    found: dict[int, dict[str, Any]] = {}
    for entry in log.entries:
        if entry["kind"] == "promise_made":
            made = {
                "first": entry["due"], "due": entry["due"], "hash": entry["hash"], "kind": entry["promise_kind"],
                "moves": [], "end": ("", ""), "again": [],
            }  # fmt: skip
            found[entry["promise"]] = {"made": made, "said": []}
        elif entry["kind"] in SAID:
            own = found[entry["promise"]]
            _take(own, entry)
    return found


SAID = frozenset({"promise_changed", "promise_said", "promise_moved", "promise_ended", "case_reopened"})


def _take(own: dict[str, Any], entry: Entry) -> None:
    if entry["kind"] == "promise_changed":
        own["made"]["hash"] = entry["hash"]
        return
    if entry["kind"] == "case_reopened":
        own["made"] |= {"due": entry["due"], "end": ("", "")}
        own["made"]["again"].append((entry["was"], entry["due"]))
        return
    if entry["kind"] == "promise_moved":
        own["made"]["due"] = entry["due"]
        own["made"]["moves"].append((entry["was"], entry["due"]))
    if entry["kind"] == "promise_ended":
        own["made"]["end"] = (entry["ending"], entry["day"])
    own["said"].append(entry["hash"])


def _stored(promise: Promise, details: dict[str, str], again: list[tuple[str, str]]) -> dict[str, Any]:
    moves = [act for act in promise.acts if act.kind is PromiseActKind.MOVE and act.released_at is not None]
    return {
        "first": facts.day(promise.first_due_on), "due": facts.day(promise.due_on), "kind": promise.kind.value,
        "hash": hash_of(facts.of_promise(promise, details)),
        "moves": [(facts.day(act.was), facts.day(act.day)) for act in moves],
        "end": (promise.ending.value if promise.ending else "", facts.day(promise.ended_on)), "again": again,
    }  # fmt: skip


def _said(promise: Promise, reason: str, again: int) -> list[str]:
    """The hashes of what was released and of what ended it, in no order; nothing where the end is not as was said."""
    released = [act for act in promise.acts if act.released_at is not None]
    said = [hash_of(facts.of_act(promise, act)) for act in released]
    done = [act for act in released if act.kind is PromiseActKind.DONE]
    if promise.ending is Ending.WITHDRAWN:
        said.append(hash_of(facts.of_withdrawal(promise, reason)))
    ends = (promise.ending is Ending.DONE) == (len(done) > again)
    ended = ends and (promise.ending is not Ending.DONE or promise.ended_on == done[-1].day)
    return sorted(said) if ended else []


def _check_steps(session: Session, programme: Programme, log: Log, files: FileStore) -> int:
    """Every public step with its file and pictures; gives how many."""
    stored = {}
    for one in rows_of(session, Round, programme.consultation_id, Round.number):
        for step in (step for step in one.steps if step.released_at is not None):
            stored[one.number, step.number] = hash_of(steps.told_step(one, step))
            for kept in (step.file_hash, *(picture.file_hash for picture in step.pictures)):
                _check_file(files, kept)
    told = {(entry["round"], entry["step"]): entry["hash"] for entry in log.all("round_step")}
    require(stored == told, Told("tampered.round_steps_are_not_those_of_the_log"))
    return len(told)


def _check_file(files: FileStore, file_hash: str) -> None:
    try:
        if file_hash:
            files.opened(file_hash).close()
    except DamagedFile as damaged:
        raise Tampered(Told("tampered.file_of_programme_is_not_kept", hash=file_hash)) from damaged
