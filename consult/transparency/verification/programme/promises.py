"""The promises of a programme against its log: as each was made and changed, with all that was said, and its end."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from consult.ledger.programme_entries import hash_of
from consult.programme import facts
from consult.programme.exchanges import found as exchanges
from consult.programme.exchanges.models import Decision, Exchange
from consult.programme.inspections import remedies
from consult.programme.inspections.models import Inspection
from consult.programme.promise_models import Promise
from consult.programme.rounds import recommendations
from consult.programme.rounds.models import Recommendation, Round
from consult.programme.words import Ending, PromiseActKind
from consult.programme.year import taking_over, task_list
from consult.programme.year.models import Task, TaskChange
from consult.transparency.replay import Entry, Log
from consult.transparency.row_reading import Told, require, rows_of

Days = Mapping[UUID, Sequence[tuple[str, str]]]
"""By the id of a promise, for each time it was opened again: the end that was none, and the day it was due then."""
NEVER: Days = MappingProxyType({})


def check_promises(
    session: Session, own_id: UUID, log: Log, told: Mapping[Any, dict[str, str]], again: Days = NEVER,
    hidden: Collection[UUID] = (),
) -> int:  # fmt: skip
    """Each public promise as it was made and changed, with the details `told` of each, its days and its end, those too
    that are `hidden` by now; gives how many. Raises Tampered."""
    rows = [one for one in rows_of(session, Promise, own_id, Promise.number) if one.public_at or one.id in hidden]
    logged = _logged(log)
    require({one.number for one in rows} == set(logged), Told("tampered.promises_are_not_those_of_the_log"))
    reasons = {row.task_id: row.reason for row in rows_of(session, TaskChange, own_id, TaskChange.at, TaskChange.id)}
    reasons |= {one.promise_id: remedies.withdrawn_for(one) for one in rows_of(session, Inspection, own_id)}
    gone = [one.number for one in rows if one.ending is Ending.TAKEN_OVER]
    onward = taking_over.told_of(session, own_id, gone) if gone else {}
    for promise in rows:
        wrong = Told("tampered.promise_is_not_that_of_the_log", number=promise.number)
        opened, own = list(again.get(promise.id, ())), logged[promise.number]
        require(promise.id in told and _stored(promise, told[promise.id], opened) == own["made"], wrong)
        said = _said(promise, onward.get(promise.number) or reasons.get(promise.id, ""), len(opened))
        require(said == sorted(own["said"]), wrong)
    return len(rows)


def details_of(session: Session, own_id: UUID) -> dict[Any, dict[str, str]]:
    """By the id of each promise of a programme what its kind adds to its facts."""
    rounds = {one.id: one for one in rows_of(session, Round, own_id)}
    met = {one.id: one for one in rows_of(session, Exchange, own_id)}
    found = {one.id: task_list.details(one) for one in rows_of(session, Task, own_id)}
    found |= {one.promise_id: remedies.details(one) for one in rows_of(session, Inspection, own_id) if one.promise_id}
    found |= {one.id: exchanges.details(met[one.exchange_id]) for one in rows_of(session, Decision, own_id)}
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


def _said(promise: Promise, onward: str, again: int) -> list[str]:
    """The hashes of what was released and of what ended it, in no order; nothing where the end is not as was said.
    `onward` is why it was taken back, or the hash of where it goes on."""
    released = [act for act in promise.acts if act.released_at is not None]
    said = [hash_of(facts.of_act(promise, act)) for act in released]
    done = [act for act in released if act.kind is PromiseActKind.DONE]
    if promise.ending is Ending.WITHDRAWN:
        said.append(hash_of(facts.of_withdrawal(promise, onward)))
    if promise.ending is Ending.TAKEN_OVER:
        said.append(onward)
    ends = (promise.ending is Ending.DONE) == (len(done) > again)
    ended = ends and (promise.ending is not Ending.DONE or promise.ended_on == done[-1].day)
    return sorted(said) if ended else []
