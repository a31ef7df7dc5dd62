"""Good examples for anybody: the list, as a table too, and each of them while who is named agrees."""

import csv
from datetime import MAXYEAR
from io import StringIO
from uuid import UUID

from flask import Blueprint, Response, current_app, jsonify, render_template, request

from consult import clock
from consult.exports.plain.table_csv import neutral
from consult.ledger import commitment
from consult.programme import bodies, heads
from consult.programme.commendations import deciding, listing
from consult.programme.commendations.listing import CommendationFilters
from consult.programme.commendations.models import Commendation
from consult.programme.facts import day
from consult.programme.views_frame import fresh, page_number, today
from consult.programme.words import CommendedKind
from consult.text import one_line
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import public

blueprint = Blueprint("public_commendations", __name__)
BASE, ONE = "/guong-tot/", "/chuong-trinh/<slug>/guong-tot/<int:number>/"
FILTERS = ("loai", "dia-ban", "nam")
COLUMNS = (
    "number", "programme", "matter", "kind", "body", "area", "form", "decision_number", "decided_on", "deciding",
    "published_on", "address",
)  # fmt: skip


@blueprint.get(BASE)
@public(asks=(*FILTERS, "trang"))
def index() -> Response:
    """Those who agreed to be named."""
    session, asked, number = context.session(), _asked(), page_number()
    found = listing.listed(session, asked, today(), listing.PAGE_SIZE + 1, (number - 1) * listing.PAGE_SIZE)
    page = render_template(
        "programme/commendations/index.html", asked=asked, commendations=found[: listing.PAGE_SIZE], number=number,
        more=len(found) > listing.PAGE_SIZE, communes=bodies.communes(session, today(), asked.area_id),
        years_named=[(str(year), str(year)) for year in listing.years(session)],
        query={name: request.args[name] for name in FILTERS if request.args.get(name)},
    )  # fmt: skip
    return fresh(page)


@blueprint.get(f"{BASE}guong-tot.csv")
@public(asks=FILTERS)
def table() -> Response:
    """The same as a table for programs; docs/open-data.md names its columns. No person and no group is named in it:
    who takes a consent back cannot reach what was copied."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    found = listing.listed(context.session(), _asked(), today(), listing.MOST_LINES)
    writer.writerows(map(_line, found))
    return downloads.attached(fresh("\ufeff" + text.getvalue(), "text/csv"), "guong-tot.csv")


@blueprint.get(ONE)
@public()
def show(slug: str, number: int) -> Response:
    """One of them: for what, by which decision, and the model that goes with it."""
    found = _found(slug, number)
    page = render_template(
        "programme/commendations/public.html", programme=found.programme, commendation=found,
        practice=listing.practice_beside(context.session(), found),
    )  # fmt: skip
    return fresh(page)


@blueprint.get(f"{ONE}cam-ket.json")
@public()
def opening(slug: str, number: int) -> Response:
    """What opens the commitment in the log, while it is public (docs/ledger.md, "Programmes")."""
    found = _found(slug, number)
    assert found.salt is not None
    value = deciding.told(found)
    committed = commitment.commit(deciding.FIELD, value, found.salt)
    answer = jsonify(commitment=committed, field=deciding.FIELD, salt=found.salt.hex(), value=value)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _found(slug: str, number: int) -> Commendation:
    session = context.session()
    return listing.public_commendation(session, heads.public(session, slug), number)


def _line(one: Commendation) -> list[str]:
    matter = one.programme.matter
    address = f"{current_app.config['SITE_URL']}/chuong-trinh/{matter.slug}/guong-tot/{one.number}/"
    told = [
        str(one.number), matter.title, str(one.consultation_id), one.kind.value, one.body.name if one.body else "",
        one.area.name if one.area else "", one.form, one.decision_number, day(one.decided_on),
        one.deciding.name if one.deciding else "", day(clock.local_day(one.released_at)) if one.released_at else "",
        address,
    ]  # fmt: skip
    return [neutral(one_line(value)) for value in told]


def _asked() -> CommendationFilters:
    """What the query narrows by; what is no choice of ours counts as not chosen."""
    given = request.args.get
    kind, year = given("loai", ""), given("nam", "")
    known = year.isascii() and year.isdigit() and len(year) == 4 and 0 < int(year) < MAXYEAR
    return CommendationFilters(
        CommendedKind(kind) if kind in set(CommendedKind) else None, _key(given("dia-ban", "")),
        int(year) if known else None,
    )  # fmt: skip


def _key(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
