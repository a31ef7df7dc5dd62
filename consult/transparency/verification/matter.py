"""The matter itself against its log: facts, periods, documents, provisions, pages, files, and its public acts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, IssuedText, Page, Provision, Revision, Summary
from consult.consultations.matter import calendar
from consult.consultations.models import AnswerExtension, Consultation, Counter, Period, PeriodExtension
from consult.consultations.preparation import ledger_facts
from consult.files.store import FileStore
from consult.ledger.entries import moment
from consult.responses.models import Response
from consult.transparency.replay import Entry, Log
from consult.transparency.row_reading import Tampered, Told, require, rows_of
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
    _check_shown(session, consultation, files)
    return _check_documents(session, consultation, published, files)


def same_moment(stored: datetime | None, written: str | None) -> bool:
    """Whether a stored instant is the one that an entry writes, to the second."""
    return (moment(stored) if stored is not None else None) == written


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


def _check_counters(session: Session, consultation: Consultation, log: Log) -> None:
    rows = {row.name: row.value for row in rows_of(session, Counter, consultation.id)}
    submissions = max((told.received["submission"] for told in log.comments.values()), default=0)
    responses = max((row.number for row in rows_of(session, Response, consultation.id)), default=0)
    given = {"comment": len(log.comments), "submission": submissions, "response": responses}
    for name, last in {**given, "joiner": len(log.all("joined"))}.items():
        require(rows.pop(name, 0) == last, Told("tampered.counter_it_is_not_the_last_number_that_was_given", name=name))
    require(not rows, Told("tampered.counter_nothing_is_counted_by_it", value=next(iter(rows), "")))


def _check_documents(session: Session, consultation: Consultation, published: Sequence[Entry], files: FileStore) -> int:
    fixed: dict[tuple[int, int], tuple[Entry, dict[str, Any]]] = {}
    for entry in published:
        for told in entry["documents"]:
            fixed.setdefault((told["document"], told["revision"]), (entry, told))
    documents = {row.id: row for row in rows_of(session, Document, consultation.id)}
    for revision in rows_of(session, Revision, consultation.id, Revision.created_at):
        document = documents.get(revision.document_id)
        if document is None:
            raise Tampered(Told("tampered.revision_its_document_does_not_exist", key=revision.id))
        logged_as = fixed.pop((document.number, revision.number), None)
        published_at = logged_as[0]["at"] if logged_as else None
        require(
            same_moment(revision.published_at, published_at),
            Told("tampered.revision_published_at_is_wrong", key=revision.id),
        )
        if logged_as is not None:
            _check_revision(session, document, revision, logged_as[1], logged_as[0]["index"])
            _check_file(revision, files)
    require(not fixed, Told("tampered.revision_of_the_log_does_not_exist", value=min(fixed, default="")))
    return len({(told["document"], told["revision"]) for entry in published for told in entry["documents"]})


def _check_revision(session: Session, document: Document, revision: Revision, told: Any, index: int) -> None:
    name = Told("tampered.revision_of_document", number=revision.number, number_2=document.number)
    _check_shape(rows_of(session, Provision, revision.consultation_id, Provision.position), revision)
    rows_of(session, Page, revision.consultation_id)
    found = ledger_facts.document_value(session, document, revision)
    for member in ("title", "role", "sha256"):
        require(
            found[member] == told[member],
            Told("tampered.its_is_not_as_entry_published_it", name=name, member=member, index=index),
        )
    require(
        found["outline"] == told["outline"],
        Told("tampered.a_provision_a_page_or_its_title_differs_from_entry", name=name, index=index),
    )


def _check_shape(provisions: Sequence[Provision], revision: Revision) -> None:
    """Rows stand under a parent of the same revision, one deeper than it: otherwise a tree made of them would differ
    from what pages show."""
    own = [row for row in provisions if row.revision_id == revision.id]
    depths = {row.id: row.depth for row in own}
    for place, row in enumerate(own):
        require(
            row.position == place, Told("tampered.provision_it_does_not_stand_where_its_position_says", path=row.path)
        )
        expected = depths.get(row.parent_id, -2) + 1 if row.parent_id else 0
        require(row.depth == expected, Told("tampered.provision_it_does_not_stand_where_its_depth_says", path=row.path))


def _check_file(revision: Revision, files: FileStore) -> None:
    name = Told("tampered.revision_its_file", key=revision.id, file_hash=revision.file_hash)
    require(len(_whole(name, revision.file_hash, files)) == revision.file_size,
            Told("tampered.does_not_have_the_size_that_the_row_says", name=name))  # fmt: skip
    for picture in revision.pictures:
        _whole(Told("tampered.revision_its_picture", key=revision.id, picture=picture), str(picture), files)


def _check_shown(session: Session, consultation: Consultation, files: FileStore) -> None:
    """The pictures that provisions show are among those that their revision keeps; the sound of a summary is there."""
    kept = {row.id: row.pictures for row in rows_of(session, Revision, consultation.id)}
    for row in rows_of(session, Provision, consultation.id, Provision.position):
        shown = (row.picture or {}).get("file") or None
        known = shown is None or shown in kept.get(row.revision_id, ())
        require(known, Told("tampered.provision_picture_not_kept", path=row.path, shown=shown))
    for summary in rows_of(session, Summary, consultation.id, Summary.at):
        if summary.audio_hash:
            _whole(
                Told("tampered.summary_its_sound", key=summary.id, audio_hash=summary.audio_hash),
                summary.audio_hash,
                files,
            )


def _whole(name: Told, kept: str, files: FileStore) -> bytes:
    """The bytes of a kept file, which have its hash. Raises Tampered."""
    try:
        return files.get(kept)
    except KeyError as missing:
        raise Tampered(Told("tampered.is_missing", name=name)) from missing
    except ValueError as changed:
        raise Tampered(Told("tampered.is_not_what_it_was", name=name)) from changed
