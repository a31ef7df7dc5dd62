"""The figures of a quarter over all public matters, as `/du-lieu/theo-quy/` and its files have them."""

from dataclasses import asdict, fields
from typing import Any

from flask import Response, jsonify

from consult.api import schemas
from consult.api.routes import get
from consult.api.schema_parts import DAY, TEXT, Schema, listed, record, said, whole
from consult.responses.figures import public_quarters, span
from consult.responses.figures.period import Figures, PeriodFigures, UnitTimes
from consult.responses.statistics import bodies
from consult.responses.words import Disposition
from consult.web import context
from consult.web.guard import public

COUNTS: Schema = {"type": "object", "additionalProperties": whole(1)}
FIGURES = record(
    consultations=record(published=whole(), closed=whole(), concluded=whole()),
    opinions=said(
        record(total=whole(), by_sender=COUNTS),
        "comments, never people; by `citizen`, `level.kind` of a body, `unlisted`, `undisclosed`, which add up",
    ),
    letters=whole(), critiques=whole(), joiners=whole(),
    answers=record(
        total=whole(), by_disposition=record(**{one.value: whole() for one in Disposition})
    ),
    terms=record(**{one.name: whole() for one in fields(UnitTimes)}),
)  # fmt: skip
QUARTERS = record(quarters=listed(schemas.QUARTER))
IN_FULL = record(
    quarter=schemas.QUARTER, since=DAY, until=DAY,
    as_of=said(DAY, "the last day that is counted: `until`, or today while the quarter lasts"),
    total=FIGURES,
    bodies=said(
        listed(record(body=schemas.BODY, figures=FIGURES)),
        "by the body of today that answers; they add up to `total`",
    ),
    consultations=said(
        listed(record(slug=schemas.SLUG, title=TEXT, figures=FIGURES)),
        "those of which there is anything to tell; they add up to `total`",
    ),
)  # fmt: skip


@get("/quarters", "The quarters for which there are figures, the latest first", QUARTERS)
@public()
def quarters() -> Response:
    """All of them."""
    found = public_quarters.known(context.session(), context.arrived_at())
    return jsonify(quarters=[span.code(*one) for one in found])


@get("/quarters/<quarter>", "The figures of a quarter: of everything, by body, by consultation", IN_FULL)
@public()
def quarter(quarter: str) -> Response:
    """One quarter."""
    session, now = context.session(), context.arrived_at()
    wanted = public_quarters.read(session, quarter, now)
    return jsonify(_in_full(span.code(*wanted), public_quarters.told(session, wanted, now)))


def _in_full(code: str, told: PeriodFigures) -> dict[str, Any]:
    return {
        "quarter": code,
        "since": told.span.since.isoformat(),
        "until": told.span.until.isoformat(),
        "as_of": told.as_of.isoformat(),
        "total": _figures(told.total),
        "bodies": [
            {"body": {"id": str(one.id), "name": one.name}, "figures": _figures(own)} for one, own in told.bodies
        ],
        "consultations": [
            {"slug": one.slug, "title": one.title, "figures": _figures(own)} for one, own in told.matters
        ],
    }


def _figures(own: Figures) -> dict[str, Any]:
    sent = {code: own.opinions[code] for code in [*bodies.codes(), bodies.UNDISCLOSED] if own.opinions[code]}
    return {
        "consultations": {code: getattr(own, code) for code in ("published", "closed", "concluded")},
        "opinions": {"total": own.opinions.total(), "by_sender": sent},
        **{code: getattr(own, code) for code in ("letters", "critiques", "joiners")},
        "answers": {
            "total": own.answered.total(),
            "by_disposition": {one.value: own.answered[one.value] for one in Disposition},
        },
        "terms": asdict(own.times),
    }
