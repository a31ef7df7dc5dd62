"""The public log of a matter: its checkpoint, its entries, and proofs, as docs/ledger.md gives them to verifiers."""

from uuid import UUID

from flask import Response, jsonify

from consult.api import query_parameters, schemas
from consult.api.routes import get
from consult.api.schema_parts import LARGEST
from consult.api.views_matters import matter, require_slug
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound
from consult.ledger import cosignatures, service
from consult.ledger.cosignature import with_lines
from consult.ledger.log import Log
from consult.ledger.site_entries import SITE_LOG
from consult.policy import Action
from consult.programme import heads
from consult.transparency import logs
from consult.transparency.site_log.reading import Noted
from consult.transparency.site_log.service import matter as site_matter
from consult.transparency.views_frame import cosigned, noted
from consult.web import context
from consult.web.guard import public

BATCH = 500
MOST = LARGEST // 16

START = query_parameters.number("start", "index of the first entry; 0 when left out", 0, MOST, required=False)
COUNT = query_parameters.number("count", "how many; 500 when left out", 1, BATCH, required=False)
INDEX = query_parameters.number("index", "index of the entry", 0, MOST)
SIZE = query_parameters.number("size", "size of the tree, greater than `index`", 1, MOST)
FIRST = query_parameters.number("first", "the smaller size", 1, MOST)
SECOND = query_parameters.number("second", "the greater size", 1, MOST)


@get("/consultations/<slug>/ledger", "Origin, keys, size, and the signed checkpoint of that size", schemas.LEDGER)
@public(Action.READ_MATTER, of=matter)
def ledger(consultation: Consultation) -> Response:
    """The log as it stands; 503 while the site may not sign it."""
    return _ledger(consultation.id)


@get(
    "/consultations/<slug>/ledger/entries", "Entries in order, each as its exact text", schemas.ENTRIES, (START, COUNT)
)
@public(Action.READ_MATTER, of=matter)
def entries(consultation: Consultation) -> Response:
    """Up to 500 entries."""
    return _entries(consultation.id)


@get("/consultations/<slug>/ledger/proof", "The inclusion proof of an entry", schemas.HASHES, (INDEX, SIZE))
@public(Action.READ_MATTER, of=matter)
def proof(consultation: Consultation) -> Response:
    """RFC 9162, 2.1.3.1."""
    return _proof(consultation.id)


@get(
    "/consultations/<slug>/ledger/consistency",
    "The proof that one tree begins another",
    schemas.HASHES,
    (FIRST, SECOND),
)
@public(Action.READ_MATTER, of=matter)
def consistency(consultation: Consultation) -> Response:
    """RFC 9162, 2.1.4.1."""
    return _consistency(consultation.id)


@get("/programmes/<slug>/ledger", "The same of a coordination programme", schemas.LEDGER)
@public()
def programme_ledger(slug: str) -> Response:
    """Its log as it stands; 503 while the site may not sign it."""
    return _ledger(_programme(slug))


@get("/programmes/<slug>/ledger/entries", "Entries in order, each as its exact text", schemas.ENTRIES, (START, COUNT))
@public()
def programme_entries(slug: str) -> Response:
    """Up to 500 entries."""
    return _entries(_programme(slug))


@get("/programmes/<slug>/ledger/proof", "The inclusion proof of an entry", schemas.HASHES, (INDEX, SIZE))
@public()
def programme_proof(slug: str) -> Response:
    """RFC 9162, 2.1.3.1."""
    return _proof(_programme(slug))


@get("/programmes/<slug>/ledger/consistency", "The proof that one tree begins another", schemas.HASHES, (FIRST, SECOND))
@public()
def programme_consistency(slug: str) -> Response:
    """RFC 9162, 2.1.4.1."""
    return _consistency(_programme(slug))


@get(
    "/site-log/ledger", "The same of the log of the whole site, which has the checkpoints of all others", schemas.LEDGER
)
@public()
def site_ledger() -> Response:
    """Its log as it stands; 503 while the site may not sign it."""
    return _ledger(_site_log())


@get("/site-log/ledger/entries", "Entries in order, each as its exact text", schemas.ENTRIES, (START, COUNT))
@public()
def site_entries() -> Response:
    """Up to 500 entries."""
    return _entries(_site_log())


@get("/site-log/ledger/proof", "The inclusion proof of an entry", schemas.HASHES, (INDEX, SIZE))
@public()
def site_proof() -> Response:
    """RFC 9162, 2.1.3.1."""
    return _proof(_site_log())


@get("/site-log/ledger/consistency", "The proof that one tree begins another", schemas.HASHES, (FIRST, SECOND))
@public()
def site_consistency() -> Response:
    """RFC 9162, 2.1.4.1."""
    return _consistency(_site_log())


def _site_log() -> UUID:
    """NotFound before any checkpoint was noted."""
    if site_matter(context.session()) is None:
        raise NotFound
    return SITE_LOG


def _noted(found: Noted | None) -> dict[str, object] | None:
    if found is None:
        return None
    said = {"origin": found.checkpoint.partition("\n")[0], "index": found.index, "entry": found.body}
    return {**said, "proof": found.proof, "checkpoint": found.checkpoint}


def _programme(slug: str) -> UUID:
    """The matter of a public programme; NotFound also for what can be no slug."""
    require_slug(slug)
    return heads.public(context.session(), slug).consultation_id


def _ledger(consultation_id: UUID) -> Response:
    signer = context.signer()
    log = service.signed(context.session(), consultation_id, context.arrived_at(), signer)
    epoch = signer.epoch_of(log.origin, consultation_id) or 1
    witnessed = cosignatures.covering(context.session(), consultation_id, epoch)
    whole = noted(consultation_id) if consultation_id != SITE_LOG else None
    each = cosignatures.newest(context.session(), consultation_id).values()
    return jsonify(
        origin=log.origin, keys=signer.published(log.origin), size=log.size,
        checkpoint=cosigned(log, consultation_id).note, witnessed=witnessed[1] if witnessed else None,
        witnesses=[with_lines(row.note, [row.line]) for row in each if row.epoch == epoch],
        further_keys=signer.further_keys(log.origin), site_log=_noted(whole),
    )  # fmt: skip


def _entries(consultation_id: UUID) -> Response:
    start, count = query_parameters.asked(START, 0), query_parameters.asked(COUNT, BATCH)
    found = logs.entries_of(context.session(), consultation_id, start, count)
    return jsonify(entries=[{"index": entry.index, "entry": entry.body} for entry in found])


def _proof(consultation_id: UUID) -> Response:
    index, size, session = query_parameters.asked(INDEX), query_parameters.asked(SIZE), context.session()
    log = Log(session, consultation_id)
    if not index < size <= log.size:
        raise Invalid({"index" if index >= size else "size": "out_of_range"})
    return jsonify(hashes=log.inclusion(index, size))


def _consistency(consultation_id: UUID) -> Response:
    first, second, session = query_parameters.asked(FIRST), query_parameters.asked(SECOND), context.session()
    log = Log(session, consultation_id)
    if not first <= second <= log.size:
        raise Invalid({"first" if first > second else "second": "out_of_range"})
    return jsonify(hashes=log.consistency(first, second))
