"""Matters and their documents as programs get them."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult.consultations.document_models import Document, Revision
from consult.consultations.matter import calendar
from consult.consultations.models import Consultation
from consult.consultations.preparation import ledger_facts
from consult.consultations.preparation import service as preparation
from consult.ledger.entries import moment
from consult.people.models import Organisation
from consult.stages import stage_of

PAGE_SIZE = 50


def page(session: Session, after: int, now: datetime) -> tuple[list[dict[str, Any]], bool]:
    """The published matters after the first `after` of them, oldest first, and whether there are more.

    What was published stays published, so that a matter keeps its place in this order.
    """
    rows = session.scalars(
        select(Consultation)
        .where(Consultation.published_at.is_not(None))
        .options(joinedload(Consultation.lead), joinedload(Consultation.answering), joinedload(Consultation.issuing))
        .order_by(Consultation.published_at, Consultation.id)
        .offset(after)
        .limit(PAGE_SIZE + 1)
    ).all()
    return [value(one, now) for one in rows[:PAGE_SIZE]], len(rows) > PAGE_SIZE


def value(consultation: Consultation, now: datetime) -> dict[str, Any]:
    """What a list shows of a matter."""
    same = ("slug", "title", "summary", "field", "withdrawn_reason")
    return {
        **{name: getattr(consultation, name) for name in same},
        "kind": consultation.kind.value,
        "procedure": consultation.procedure.value,
        "disclosure": consultation.disclosure.value,
        "stage": stage_of(consultation, now).value,
        "lead": _body(consultation.lead),
        "answering": _body(consultation.answering),
        "issuing": _body(consultation.issuing),
        "published_at": _moment(consultation.published_at),
        "opens": _moment(consultation.opens_at),
        **_end(consultation.closes_at),
        "concluded_at": _moment(consultation.concluded_at),
    }


def in_full(session: Session, consultation: Consultation, now: datetime) -> dict[str, Any]:
    """A matter with its periods, its rules and the names of its public revisions."""
    rules = consultation.profile_rules
    return {
        **value(consultation, now),
        "periods": [
            {"audience": one.audience.value, "opens": _moment(one.opens_at), **_end(one.closes_at)}
            for one in preparation.periods_of(session, consultation.id)
        ],
        "documents": [revision_name(*pair) for pair in ledger_facts.public_revisions(session, consultation)],
        "rules": {name: rules[name] for name in ("code", "name", "valid_from")} if rules else None,
    }


def _end(closes_at: datetime | None) -> dict[str, str | None]:
    """The end of a period: the first moment after it, and the last day on which it still lasts, to its midnight."""
    last = calendar.last_day_of(closes_at).isoformat() if closes_at is not None else None
    return {"closes": _moment(closes_at), "last_day": last}


def revision_name(document: Document, revision: Revision) -> dict[str, Any]:
    """Which revision of which document it is, and which file."""
    return {
        "document": document.number,
        "role": document.role.value,
        "document_title": document.title,
        "revision": revision.number,
        "published_at": _moment(revision.published_at),
        "sha256": revision.file_hash,
    }


def _body(organisation: Organisation) -> dict[str, str]:
    return {"id": str(organisation.id), "name": organisation.name}


def _moment(instant: datetime | None) -> str | None:
    return moment(instant) if instant is not None else None
