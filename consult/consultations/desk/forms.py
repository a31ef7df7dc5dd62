"""The forms of preparation, as plain values: the facts of a matter, its days, a correction."""

from datetime import date
from typing import Any
from uuid import UUID

from werkzeug.datastructures import FileStorage, MultiDict

from consult.consultations.desk.forms_fields import FormFields
from consult.consultations.matter.choices import Choice, Choices
from consult.consultations.matter.inputs import NewConsultation
from consult.consultations.models import Consultation
from consult.consultations.revisions.outline_corrections import FOR_MANY, Correction, ManyCorrections, Operation
from consult.consultations.words import (
    MEETING_DAY,
    PLAIN_LINES,
    PLAIN_WORDS,
    PROJECT,
    Audience,
    Disclosure,
    DocumentRole,
    Kind,
    Procedure,
)
from consult.errors import Invalid
from consult.text import day_of, one_line, stored

Form = MultiDict[str, str]


def facts(form: Form, choices: Choices, held: Consultation | None = None) -> NewConsultation:
    """The facts of a matter as typed; the body in charge must be one of the person's own. What is `held` already and
    offered no more (a body that ended, a commune that was merged) may stay, and nothing else of that kind. Raises
    Invalid."""
    fields = FormFields(form, facts_typed(held) if held is not None else {})
    kind, procedure = fields.word("kind", Kind), fields.word("procedure", Procedure)
    disclosure = fields.word("disclosure", Disclosure)
    lead = fields.key("lead", _keys(choices.own), required=True)
    answering, issuing = (fields.key(name, _keys(choices.bodies), required=True) for name in ("answering", "issuing"))
    given: dict[str, Any] = {
        "title": fields.line("title", required=True),
        "summary": fields.text("summary"),
        "field": fields.line("field", 100),
        "slug": fields.line("slug", 80),
        "area_id": fields.key("area", _keys(choices.areas)),
        "profile_id": fields.key("profile", _keys(choices.profiles)),
        "project": _project(fields),
        "sent_to_front_on": fields.day("sent_to_front_on"),
        "planned_submission_on": fields.day("planned_submission_on"),
        "joining": form.get("joining") != "0",
        "plain_words": _plain_words(fields),
    }
    fields.done()
    if kind is None or procedure is None or disclosure is None or lead is None or answering is None or issuing is None:
        raise Invalid(fields.errors)
    return NewConsultation(
        kind=kind,
        procedure=procedure,
        disclosure=disclosure,
        lead_id=lead,
        answering_id=answering,
        issuing_id=issuing,
        **given,
    )


def _plain_words(fields: FormFields) -> dict[str, str]:
    """What an officer says in plain words; what was left empty is not there."""
    read = {key: fields.line if key in PLAIN_LINES else fields.text for key in PLAIN_WORDS}
    return {key: said for key, of in read.items() if (said := of(key))}


def facts_typed(consultation: Consultation) -> dict[str, str]:
    """The facts of a matter as they stand in the form."""
    return {
        "title": consultation.title,
        "summary": consultation.summary,
        "field": consultation.field,
        "slug": consultation.slug,
        "kind": consultation.kind.value,
        "procedure": consultation.procedure.value,
        "disclosure": consultation.disclosure.value,
        "lead": str(consultation.lead_id),
        "answering": str(consultation.answering_id),
        "issuing": str(consultation.issuing_id),
        "area": str(consultation.area_id or ""),
        "profile": str(consultation.profile_id),
        "sent_to_front_on": _iso(consultation.sent_to_front_on),
        "planned_submission_on": _iso(consultation.planned_submission_on),
        "joining": "1" if consultation.joining else "0",
        **{key: consultation.plain_words.get(key, "") for key in PLAIN_WORDS},
        **{f"project_{key}": consultation.project.get(key, "") for key in PROJECT},
    }


def upload(file: FileStorage | None) -> tuple[bytes, str]:
    """The bytes and name of an uploaded file; raises Invalid when none was chosen."""
    if file is None or not file.filename:
        raise Invalid({"file": "file_needed"})
    return file.read(), file.filename


def document(form: Form) -> tuple[str, DocumentRole]:
    """The title and role of a document beside or as the main draft. Raises Invalid."""
    fields = FormFields(form)
    title, role = fields.line("title", required=True), fields.word("role", DocumentRole)
    fields.done()
    return title, role or DocumentRole.FURTHER


def days(form: Form) -> tuple[date, dict[Audience, date]]:
    """The first day, and the last day of each period that has one. Raises Invalid."""
    fields = FormFields(form)
    first_day = fields.day("first_day", required=True)
    last_days = {audience: fields.day(f"last_day_{audience}") for audience in Audience}
    fields.done()
    if first_day is None:
        raise Invalid({"first_day": "required"})
    return first_day, {audience: day for audience, day in last_days.items() if day is not None}


def reasons(form: Form) -> dict[Audience, str]:
    """Why a period is cut short, as it was typed."""
    return {audience: stored(form.get(f"reason_{audience}", "")) for audience in Audience}


def first_day(typed: str, otherwise: date) -> date:
    """The first day asked for in the address, or another when that is none."""
    return day_of(typed) or otherwise


def correction(form: Form) -> Correction:
    """A correction of one provision, as typed. Raises Invalid."""
    fields = FormFields(form)
    operation = fields.word("operation", Operation)
    path = fields.line("path", required=True)
    given = {name: fields.line(name, 300) for name in ("kind", "label", "parent", "words")}
    fields.done()
    if operation is None:
        raise Invalid({"operation": "required"})
    return Correction(operation, path, **given)


def many_corrections(form: Form) -> ManyCorrections:
    """One correction of the provisions that were ticked. Raises Invalid."""
    fields = FormFields(form)
    operation, kind = fields.word("operation", Operation), fields.line("kind", 40)
    paths = tuple(dict.fromkeys(one_line(path) for path in form.getlist("paths")))
    if not paths:
        fields.errors["paths"] = "nothing_chosen"
    if operation is not None and operation not in FOR_MANY:
        fields.errors["operation"] = "not_a_choice"
    if operation == Operation.KIND and not kind:
        fields.errors["kind"] = "required"
    fields.done()
    if operation is None:
        raise Invalid({"operation": "required"})
    return ManyCorrections(operation, paths, kind if operation == Operation.KIND else "", form.get("between") == "1")


def extension(form: Form) -> tuple[UUID, date, str]:
    """The period, its new last day and the public reason. Raises Invalid."""
    fields = FormFields(form)
    period, day = fields.line("period", 40, required=True), fields.day("last_day", required=True)
    reason = fields.text("reason", 2_000, required=True)
    fields.done()
    try:
        key = UUID(period)
    except ValueError:
        raise Invalid({"period": "not_a_choice"}) from None
    if day is None:
        raise Invalid({"last_day": "required"})
    return key, day, reason


def reason(form: Form) -> str:
    """A public reason. Raises Invalid."""
    fields = FormFields(form)
    typed = fields.text("reason", 2_000, required=True)
    fields.done()
    return typed


def issued(form: Form) -> tuple[str, date, date | None]:
    """The number and the day of what was issued, and from when it is in force. Raises Invalid."""
    fields = FormFields(form)
    number, day = fields.line("number", 100, required=True), fields.day("issued_on", required=True)
    in_force = fields.day("in_force_on")
    fields.done()
    if day is None:
        raise Invalid({"issued_on": "required"})
    return number, day, in_force


def submitted_on(form: Form) -> date:
    """The day of submission. Raises Invalid."""
    fields = FormFields(form)
    day = fields.day("submitted_on", required=True)
    fields.done()
    if day is None:
        raise Invalid({"submitted_on": "required"})
    return day


def _project(fields: FormFields) -> dict[str, str]:
    """What was said of the project, by the keys of `Consultation.project`."""
    told = {key: fields.line(f"project_{key}") for key in PROJECT if key != MEETING_DAY}
    told[MEETING_DAY] = _iso(fields.day(f"project_{MEETING_DAY}"))
    return {key: value for key, value in told.items() if value}


def _keys(choices: list[Choice]) -> set[str]:
    return {key for key, _name in choices}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
