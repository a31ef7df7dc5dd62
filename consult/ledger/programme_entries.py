"""The public acts of a coordination programme and of its rounds of supervision, as its log writes them.

Nobody's private words are in them: all of them are public, so the hashes have no salt. A commendation alone has a
commitment with a salt, since who is named in it may take their consent back, and have it erased.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from consult.ledger.canonical import canonical
from consult.ledger.entries import Act, code

OF_PROGRAMMES = (
    "programme_agreed", "plan_agreed", "promise_made", "promise_changed", "promise_said", "promise_moved",
    "promise_ended", "round_step", "practice_act", "area_criteria", "area_scored", "material_version", "course_step",
    "inspection_published", "exchange_agreed", "report_agreed", "survey_opened", "survey_published",
    "indicators_set", "result_confirmed",
    "case_joined", "case_reopened", "campaign_version", "campaign_result", "commendation_published",
    "commendation_withdrawn",
)  # fmt: skip
"""The kinds of these entries."""


def hash_of(told: Mapping[str, Any]) -> str:
    """The hex SHA-256 of the canonical JSON of what is public of a thing."""
    return sha256(canonical(dict(told))).hexdigest()


def programme_agreed(title: str, hash_of_facts: str, hash_of_file: str) -> Act:
    """Both parties agreed: the programme is public. `hash_of_file` is that of the signed paper, None without one."""
    return Act("programme_agreed", {"title": title, "hash": hash_of_facts, "file": hash_of_file or None})


def plan_agreed(year: int, promises: Iterable[int]) -> Act:
    """Both parties agreed on the plan of a year, whose tasks are the promises of these numbers."""
    return Act("plan_agreed", {"year": year, "promises": sorted(promises)})


def promise_made(number: int, kind: str, due: date, hash_of_facts: str) -> Act:
    """A recommendation or a task is public from now on, due at the end of a day."""
    fields = {"promise": number, "promise_kind": code(kind), "due": due.isoformat(), "hash": hash_of_facts}
    return Act("promise_made", fields)


def promise_changed(number: int, hash_of_facts: str, reason: str) -> Act:
    """A task of a public plan was adjusted, for a public reason."""
    return Act("promise_changed", {"promise": number, "hash": hash_of_facts, "reason": reason})


def promise_said(number: int, act: int, said: str, hash_of_act: str) -> Act:
    """Who owes it answered, or who follows it noted how it goes."""
    return Act("promise_said", {"promise": number, "act": act, "said": code(said), "hash": hash_of_act})


def promise_moved(number: int, act: int, was: date, due: date, hash_of_act: str) -> Act:
    """It is due on another day, for a public reason; the day before stays to be read."""
    days = {"was": was.isoformat(), "due": due.isoformat()}
    return Act("promise_moved", {"promise": number, "act": act, **days, "hash": hash_of_act})


def promise_ended(number: int, ending: str, day: date, hash_of_words: str) -> Act:
    """It was carried out, or taken out of a public plan."""
    fields = {"promise": number, "ending": code(ending), "day": day.isoformat(), "hash": hash_of_words}
    return Act("promise_ended", fields)


def inspection_published(number: int, version: int, day: date, hash_of_version: str, reason: str) -> Act:
    """The result of an inspection, decided on a local day, is public; a version after the first corrects the one
    before, for a public reason."""
    fields = {"inspection": number, "version": version, "day": day.isoformat(), "hash": hash_of_version}
    return Act("inspection_published", {**fields, "reason": reason or None})


def round_step(number: int, step: int, kind: str, day: date, hash_of_step: str) -> Act:
    """A step of a round of supervision is public from now on."""
    fields = {"round": number, "step": step, "step_kind": code(kind), "day": day.isoformat(), "hash": hash_of_step}
    return Act("round_step", fields)


def exchange_agreed(
    number: int, quarter: tuple[int, int], day: date, promises: Iterable[int], hash_of_minutes: str
) -> Act:
    """Both parties agreed on the minutes of an exchange of a year and quarter, which decided these promises."""
    when = {"year": quarter[0], "quarter": quarter[1], "day": day.isoformat()}
    fields = {"exchange": number, **when, "promises": sorted(promises), "hash": hash_of_minutes}
    return Act("exchange_agreed", fields)


def report_agreed(
    number: int, kind: str, span: tuple[date, date], as_of: date, hash_of_file: str, hash_of_words: str
) -> Act:
    """Both parties agreed on a report over a span of days; its numbers and lists are the file of this hash."""
    days = {"since": span[0].isoformat(), "until": span[1].isoformat(), "as_of": as_of.isoformat()}
    fields = {"report": number, "report_kind": code(kind), **days, "file": hash_of_file, "hash": hash_of_words}
    return Act("report_agreed", fields)


def practice_act(number: int, act: int, said: str, hash_of_act: str) -> Act:
    """Something recorded of a model is public from now on; with its first facts the model is."""
    return Act("practice_act", {"practice": number, "act": act, "said": code(said), "hash": hash_of_act})


def area_criteria(year: int, version: int, hash_of_criteria: str) -> Act:
    """By these criteria the Front scores residential areas in a year from now on."""
    return Act("area_criteria", {"year": year, "version": version, "hash": hash_of_criteria})


def area_scored(number: int, hash_of_score: str) -> Act:
    """The score of a residential area is public from now on."""
    return Act("area_scored", {"score": number, "hash": hash_of_score})


def material_version(number: int, version: int, hash_of_version: str) -> Act:
    """A version of a publication is in the library from now on."""
    return Act("material_version", {"material": number, "version": version, "hash": hash_of_version})


def course_step(number: int, step: str, hash_of_step: str) -> Act:
    """The invitation to a course, or its results, are public from now on."""
    return Act("course_step", {"course": number, "step": step, "hash": hash_of_step})


def campaign_version(number: int, version: int, hash_of_version: str, reason: str) -> Act:
    """A campaign is public in this version; a later one corrects the one before, for a public reason."""
    return Act("campaign_version", {"campaign": number, "version": version, "hash": hash_of_version,
                                    "reason": reason or None})  # fmt: skip


def campaign_result(campaign: int, number: int, version: int, hash_of_version: str, reason: str) -> Act:
    """What a body counted in a campaign is public in this version; a later one corrects the one before, for a public
    reason."""
    fields = {"campaign": campaign, "result": number, "version": version, "hash": hash_of_version}
    return Act("campaign_result", {**fields, "reason": reason or None})


def commendation_published(number: int, version: int, committed: str) -> Act:
    """A commendation is public, for the first or a further time; `committed` is the commitment to it."""
    fields = {"commendation": number, "version": version, "commitment": committed}
    return Act("commendation_published", fields)


def commendation_withdrawn(number: int, version: int) -> Act:
    """A commendation is public no more: a consent was taken back, or it was wrong."""
    return Act("commendation_withdrawn", {"commendation": number, "version": version})


def indicators_set(year: int, version: int, hash_of_list: str) -> Act:
    """From now on these indicators are measured in a year."""
    return Act("indicators_set", {"year": year, "version": version, "hash": hash_of_list})


def result_confirmed(number: int, year: int, hash_of_value: str, hash_of_file: str, reason: str) -> Act:
    """The value of an indicator that a commune entered is public from now on; one that corrects another says why."""
    fields = {"result": number, "year": year, "hash": hash_of_value, "file": hash_of_file}
    return Act("result_confirmed", {**fields, "reason": reason or None})


def case_joined(number: int, comments: Iterable[int]) -> Act:
    """Which sightings belong to a public case (the promise of this number) from now on: all of them."""
    return Act("case_joined", {"promise": number, "comments": sorted(comments)})


def case_reopened(number: int, was: date, due: date) -> Act:
    """Somebody who reported it said that what was ended on the day `was` is not solved: it is due again."""
    return Act("case_reopened", {"promise": number, "was": was.isoformat(), "due": due.isoformat()})
