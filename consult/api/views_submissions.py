"""Sending comments, and what one needs to know before."""

from typing import Any
from uuid import UUID

from flask import Response, jsonify, render_template, request
from werkzeug.exceptions import UnsupportedMediaType

from consult import clock
from consult.api import request_schemas, schemas, submissions
from consult.api.routes import Parameter, get, post
from consult.api.schema_parts import NUMBER, SOMETHING, TEXT, listed, named, record
from consult.api.views_matters import matter
from consult.consultations.models import Consultation
from consult.errors import Invalid, Refused
from consult.people.models import Area
from consult.people.service import FoundArea, area_by_key, find_areas
from consult.policy import Action
from consult.submissions.inputs import CONSENT_VERSION, NewSubmission, Sender
from consult.submissions.receiving.service import receive
from consult.submissions.sender import own_submission
from consult.submissions.views_frame import site_codes
from consult.submissions.words import Channel
from consult.web import context, flood_control
from consult.web.arrival import resubmission
from consult.web.guard import public

MOST_AREAS = 20

IDEMPOTENCY = Parameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 22, "maxLength": 200, "pattern": request_schemas.KEY_PATTERN},
    "128 random bits or more: 22 characters of base64url, or 32 of hex. The same key with the same body gives the same "
    "answer again, even after closing.",
    required=True,
    place="header",
)
AGAIN = Parameter(
    resubmission.HEADER,
    {"type": "string", "maxLength": 200},
    "As an answer 503 or 429 gave it: the same body with the same Idempotency-Key, sent again within ten minutes, "
    "counts from when it came the first time.",
    place="header",
)
TAKEN = record(
    code=TEXT,
    secret=TEXT,
    comments=listed(NUMBER),
    ledger={"type": "object", "description": "the receipt of docs/ledger.md; what was sent is in it: keep it"},
)
REASON, ERRORS = named("Reason"), named("Errors")


@post(
    "/consultations/<slug>/submissions",
    "Send comments. What arrives after the end is not taken (409).",
    request_schemas.SUBMISSION,
    (IDEMPOTENCY, AGAIN),
    {201: TAKEN, 404: REASON, 409: REASON, 413: REASON, 415: REASON, 422: ERRORS, 429: REASON},
)
@public(Action.READ_MATTER, of=matter, alone="a new submission")
def send(consultation: Consultation) -> tuple[Response, int]:
    """Receives one submission through the same service as every other channel."""
    flood_control.check()
    new = _new(submissions.idempotency_key(request.headers.get("Idempotency-Key")), submissions.read(_body()))
    codes, session = site_codes(), context.session()
    try:
        receipt = receive(session, consultation, new, context.arrived_at(), context.signer(), codes)
    except Refused as refused:
        if refused.reason != "same_key_other_content":
            raise
        raise Invalid({"idempotency_key": "same_key_other_content"}) from refused
    ledger = own_submission.receipt_of(session, consultation.id, receipt.submission_number, context.signer())
    answer = jsonify(code=receipt.code, secret=receipt.secret, comments=list(receipt.comment_numbers), ledger=ledger)
    answer.headers["Cache-Control"] = "no-store"
    return answer, 201


@get(
    "/areas",
    "Communes by their present or a former name, with or without accents",
    record(areas=listed(schemas.AREA, maxItems=MOST_AREAS)),
    (Parameter("q", {"type": "string", "maxLength": 80, "pattern": SOMETHING}, "the name", required=True),),
)
@public()
def areas() -> Response:
    """What a submission's `area` can be."""
    name = request.args.get("q", "")
    if not name.strip():
        raise Invalid({"q": "required"})
    if len(name) > 80:
        raise Invalid({"q": "too_long"})
    found = find_areas(context.session(), name, clock.local_day(context.arrived_at()), MOST_AREAS)
    return jsonify(areas=[_area(one) for one in found])


@get(
    "/consent",
    "The text on personal data that a submission consents to, and its version",
    record(version=TEXT, html=TEXT),
)
@public()
def consent() -> Response:
    """The version that `consent` names."""
    text = render_template(f"submissions/form/consent/{CONSENT_VERSION}.html")
    return jsonify(version=CONSENT_VERSION, html=text)


def _body() -> bytes:
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    return request.get_data()


def _new(key: str, sent: submissions.ParsedSubmission) -> NewSubmission:
    return NewSubmission(
        comments=sent.comments,
        arrived_at=context.arrived_at(),
        idempotency_key=key,
        channel=Channel.API,
        language=context.language(),
        sender=Sender(sent.name, sent.publish_name, _area_id(sent), contact=sent.contact),
        consent_version=sent.consent,
    )


def _area_id(sent: submissions.ParsedSubmission) -> UUID | None:
    if sent.area is None:
        return None
    area = area_by_key(context.session(), *sent.area)
    if area is None:
        raise Invalid({"area": "unknown_area"})
    return area.id


def _area(found: FoundArea) -> dict[str, Any]:
    area = found.area
    return {
        **_place(area),
        "valid_to": area.valid_to.isoformat() if area.valid_to else None,
        "kind": area.kind,
        "level": area.level.value,
        "within": area.parent.name if area.parent else None,
        "now": [_place(one) for one in found.now],
    }


def _place(area: Area) -> dict[str, str]:
    return {"code": area.code, "valid_from": area.valid_from.isoformat(), "name": area.name}
