"""The matter itself against its log: facts, periods and its public acts."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from consult.consultations.document_models import IssuedText, Revision
from consult.consultations.matter import calendar
from consult.consultations.models import AnswerExtension, Consultation, Counter, Period, PeriodExtension
from consult.consultations.preparation import ledger_facts
from consult.files.store import FileStore
from consult.ledger.entries import moment
from consult.programme.promise_models import Promise
from consult.responses.data_requests.models import DataRequest
from consult.responses.models import Response
from consult.responses.triage_models import Tag, TriageRule
from consult.similar.models import SimilarGroup
from consult.similar.theme_models import Theme
from consult.transparency.replay import Entry, Log
from consult.transparency.row_reading import Tampered, Told, require, rows_of, same_moment
from consult.transparency.verification.documents import check_documents, check_shown
from consult.transparency.verification.sealed import check_sealed


def check_matter(session: Session, consultation: Consultation, log: Log, files: FileStore) -> int:
    """Everything of the matter that its entries fix; gives the number of public revisions. Raises Tampered."""
    published = log.all("published")
    if not published:
        raise Tampered(Told("tampered.consultation_it_is_public_but_no_entry_publishes_it"))
    first, last = published[0], published[-1]
    periods = rows_of(session, Period, consultation.id, Period.opens_at)
    _check_head(consultation, first, last)
    require(
        ledger_facts.digest(ledger_facts.facts_value(consultation, periods)) == last["facts"],
        Told("tampered.consultation_or_the_rules_of_a_period_a_fact_is_not_as_entry", index=last["index"]),
    )
    _check_periods(session, consultation, log, periods)
    _check_answer_extensions(session, consultation, log)
    _check_issued(session, consultation, log)
    _check_ends(consultation, log)
    check_sealed(log.entries)
    _check_counters(session, consultation, log)
    check_shown(session, consultation, files)
    return check_documents(session, consultation, published, files)


def _check_head(consultation: Consultation, first: Entry, last: Entry) -> None:
    columns = {
        "title": consultation.title,
        "matter": consultation.kind.value,
        "procedure": consultation.procedure.value,
        "disclosure": consultation.disclosure.value,
    }
    for name, value in columns.items():
        require(
            last[name] == value,
            Told("tampered.consultation_its_is_not_as_entry_published_it", name=name, index=last["index"]),
        )
    require(
        same_moment(consultation.published_at, first["at"]),
        Told("tampered.consultation_published_at_is_not_the_moment_of_entry", index=first["index"]),
    )


def _check_periods(session: Session, consultation: Consultation, log: Log, periods: Sequence[Period]) -> None:
    expected: dict[str, dict[str, Any]] = {}
    previous: list[str | None] = []
    for entry in log.entries:
        if entry["kind"] == "published":
            expected = {one["audience"]: dict(one) for one in entry["periods"]}
        elif entry["kind"] == "extended":
            previous.append(expected[entry["audience"]]["closes"])
            expected[entry["audience"]]["closes"] = entry["closes"]
    for period in periods:
        told = expected.pop(period.audience.value, None)
        holds = told and same_moment(period.opens_at, told["opens"]) and same_moment(period.closes_at, told["closes"])
        require(bool(holds), Told("tampered.period_its_days_are_not_those_that_the_log_says", key=period.id))
    require(not expected, Told("tampered.period_the_one_for_is_missing", value=next(iter(expected), "")))
    _check_extensions(session, consultation, log, {period.id: period.audience.value for period in periods}, previous)


def _check_extensions(
    session: Session, consultation: Consultation, log: Log, audiences: dict[Any, str], previous: list[str | None]
) -> None:
    rows = list(rows_of(session, PeriodExtension, consultation.id, PeriodExtension.at, PeriodExtension.id))
    entries = log.all("extended")
    for entry, before in zip(entries, previous, strict=True):
        told = (entry["audience"], entry["closes"], entry["reason"], entry["at"], before)
        found = next((row for row in rows if _extension(row, audiences) == told), None)
        if found is None:
            raise Tampered(Told("tampered.period_extension_none_is_as_entry_says", index=entry["index"]))
        rows.remove(found)
    require(not rows, Told("tampered.period_extension_no_entry_speaks_of_it", value=rows[0].id if rows else ""))


def _check_answer_extensions(session: Session, consultation: Consultation, log: Log) -> None:
    rows = rows_of(session, AnswerExtension, consultation.id, AnswerExtension.at, AnswerExtension.id)
    stored = sorted((moment(row.at), moment(calendar.end_of(row.last_day)), row.reason) for row in rows)
    told = sorted((one["at"], one["closes"], one["reason"]) for one in log.all("answers_extended"))
    require(stored == told, Told("tampered.answer_extensions_are_not_those_of_the_log"))


def _check_issued(session: Session, consultation: Consultation, log: Log) -> None:
    rows = rows_of(session, IssuedText, consultation.id)
    numbers = {row.id: row.number for row in rows_of(session, Revision, consultation.id)}
    stored = [
        (numbers[row.revision_id], row.number, row.issued_on.isoformat(), moment(row.recorded_at)) for row in rows
    ]
    told = [(one["revision"], one["number"], one["day"], one["at"]) for one in log.all("issued")[-1:]]
    require(stored == told, Told("tampered.issued_text_is_not_as_the_log_says"))
    days = [row.in_force_on.isoformat() if row.in_force_on else None for row in rows]
    said = [one["day"] for one in log.all("in_force")[-1:]] or [None for _row in rows]
    require(days == said, Told("tampered.issued_text_is_not_as_the_log_says"))


def _extension(row: PeriodExtension, audiences: dict[Any, str]) -> tuple[Any, ...]:
    ends = moment(row.closes_at), row.reason, moment(row.at), moment(row.previous_closes_at)
    return (audiences.get(row.period_id), *ends)


def _check_ends(consultation: Consultation, log: Log) -> None:
    withdrawn, concluded = log.all("withdrawn_matter")[-1:], log.all("concluded")[-1:]
    for name, stored, entries in (
        ("withdrawn_at", consultation.withdrawn_at, withdrawn),
        ("concluded_at", consultation.concluded_at, concluded),
    ):
        told = entries[0]["at"] if entries else None
        require(same_moment(stored, told), Told("tampered.consultation_is_not_as_the_log_says", name=name))
    reason = withdrawn[0]["reason"] if withdrawn else None
    require(
        consultation.withdrawn_reason == reason, Told("tampered.consultation_withdrawn_reason_is_not_as_the_log_says")
    )
    extended = max((one["index"] for one in log.all("extended") if one["audience"] == "public"), default=-1)
    sealed = [one["at"] for one in log.all("sealed") if one["index"] > extended]
    told = sealed[-1] if sealed else None
    require(same_moment(consultation.sealed_at, told), Told("tampered.consultation_sealed_at_is_not_as_the_log_says"))


_WITHIN: dict[str, Any] = {
    "similar_group": SimilarGroup, "data_request": DataRequest, "tag": Tag, "triage_rule": TriageRule,
    "theme": Theme, "promise": Promise,
}  # fmt: skip
"""What the desk counts for itself. Numbers are not given twice, and the row of the last may be gone: groups are made
anew from what people said, tags are merged, a case that was wrong is taken out."""


def _check_counters(session: Session, consultation: Consultation, log: Log) -> None:
    rows = {row.name: row.value for row in rows_of(session, Counter, consultation.id)}
    submissions = max((told.received["submission"] for told in log.comments.values()), default=0)
    responses = max((row.number for row in rows_of(session, Response, consultation.id)), default=0)
    given = {"comment": len(log.comments), "submission": submissions, "response": responses}
    given |= {"joiner": len(log.all("joined")), "dialogue": len(log.all("dialogue_called"))}
    given |= {"second_word_paper": len(log.all("second_word_paper")), "referral": len(log.all("referred"))}
    for name, last in given.items():
        require(rows.pop(name, 0) == last, Told("tampered.counter_it_is_not_the_last_number_that_was_given", name=name))
    for name, table in _WITHIN.items():
        numbers = max((row.number for row in rows_of(session, table, consultation.id)), default=0)
        told = Told("tampered.counter_it_is_not_the_last_number_that_was_given", name=name)
        require(rows.pop(name, 0) >= numbers, told)
    require(not rows, Told("tampered.counter_nothing_is_counted_by_it", value=next(iter(rows), "")))
