"""Matters, their facts and their documents."""

import re

from flask import Response, jsonify
from sqlalchemy.orm import Session

from consult.api import matches as matched
from consult.api import matters, query_parameters, schemas
from consult.api.routes import get
from consult.api.schema_parts import TEXT, listed, named, or_null, record
from consult.consultations.document_models import Document, Revision
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.preparation import ledger_facts
from consult.consultations.preparation import service as preparation
from consult.errors import NotFound
from consult.policy import Action
from consult.web import context
from consult.web.guard import public

_SLUG = re.compile(schemas.SLUG["pattern"], re.ASCII)


def matter(session: Session, slug: str) -> Consultation:
    """The matter at an address of the API; NotFound also for what can be no slug."""
    require_slug(slug)
    return queries.by_slug(session, slug)


def require_slug(slug: str) -> None:
    """Raises NotFound for what can be no slug."""
    if len(slug) > schemas.SLUG["maxLength"] or not _SLUG.fullmatch(slug):
        raise NotFound


MATTERS = record(consultations=listed(named("Matter")), next=or_null(TEXT))


@get("/consultations", "Published consultations, the oldest first", MATTERS, (query_parameters.CURSOR,))
@public()
def consultations() -> Response:
    """A page of all published matters."""
    after = query_parameters.after()
    found, more = matters.page(context.session(), after, context.arrived_at())
    return jsonify(consultations=found, next=query_parameters.cursor(after + len(found)) if more else None)


@get("/consultations/<slug>", "One consultation: bodies, periods, public revisions", schemas.MATTER_IN_FULL)
@public(Action.READ_MATTER, of=matter)
def consultation(consultation: Consultation) -> Response:
    """One matter."""
    return jsonify(matters.in_full(context.session(), consultation, context.arrived_at()))


FACTS = record(facts={"type": "object", "additionalProperties": TEXT})


@get("/consultations/<slug>/facts", "The facts whose hash the ledger's `published` entries bear", FACTS)
@public(Action.READ_MATTER, of=matter)
def facts(consultation: Consultation) -> Response:
    """What was said of the matter when it was published and never changes."""
    periods = preparation.periods_of(context.session(), consultation.id)
    return jsonify(facts=ledger_facts.facts_value(consultation, periods))


@get(
    "/consultations/<slug>/revisions/<document>/<number>",
    "A public revision of a document with its tree, as `outline --json` prints it",
    schemas.REVISION,
)
@public(Action.READ_MATTER, of=matter)
def revision(consultation: Consultation, document: int, number: int) -> Response:
    """One revision in full."""
    session = context.session()
    found = _public_revision(session, consultation, document, number)
    return jsonify({**matters.revision_name(*found), **ledger_facts.outline_value(session, found[1])})


@get("/consultations/<slug>/revisions/<document>/<number>/pages", "The pages of a PDF revision", record(
    pages=listed(named("Page")), next=or_null(TEXT)
), (query_parameters.CURSOR,))  # fmt: skip
@public(Action.READ_MATTER, of=matter)
def pages(consultation: Consultation, document: int, number: int) -> Response:
    """The pages of a revision, fifty at a time."""
    session, after = context.session(), query_parameters.after()
    found = _public_revision(session, consultation, document, number)[1]
    all_pages = ledger_facts.pages_of(session, consultation.id, found.id)
    chosen = all_pages[after : after + matters.PAGE_SIZE]
    following = query_parameters.cursor(after + len(chosen)) if after + len(chosen) < len(all_pages) else None
    return jsonify(pages=[ledger_facts.page_value(page) for page in chosen], next=following)


@get("/consultations/<slug>/revisions/<document>/<number>/matches",
     "What became of each provision of the revision before", schemas.MATCHES, (query_parameters.CURSOR,))  # fmt: skip
@public(Action.READ_MATTER, of=matter)
def matches(consultation: Consultation, document: int, number: int) -> Response:
    """The matches of a revision with the one before it, two hundred at a time."""
    session, after = context.session(), query_parameters.after()
    found = _public_revision(session, consultation, document, number)[1]
    shown, more = matched.page(session, found, after)
    following = query_parameters.cursor(after + len(shown)) if more else None
    return jsonify(earlier=number - 1 or None, matches=shown, next=following)


def _public_revision(
    session: Session, consultation: Consultation, document: int, number: int
) -> tuple[Document, Revision]:
    found = queries.document_of(session, consultation.id, document)
    wanted = queries.revision_of(session, found, number)
    if wanted.published_at is None:
        raise NotFound
    return found, wanted
