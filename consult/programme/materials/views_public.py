"""The library for anybody: the list, as a file too, each publication with its versions, and taking one away."""

import csv
from io import StringIO

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.errors import NotFound
from consult.exports.plain.table_csv import neutral
from consult.programme import heads
from consult.programme.materials import library, orders
from consult.programme.materials.library import MaterialFilters
from consult.programme.materials.models import Material, MaterialVersion
from consult.programme.views_frame import fresh, now, page_number
from consult.programme.words import MaterialForm, MaterialLanguage, MaterialTopic
from consult.text import one_line
from consult.web import context, flood_control, tickets
from consult.web.files import downloads
from consult.web.guard import public

blueprint = Blueprint("public_materials", __name__)
BASE, ONE = "/thu-vien/", "/chuong-trinh/<slug>/thu-vien/<int:number>/"
FILTERS = ("chu-de", "hinh-thuc", "tieng")
COLUMNS = (
    "number", "programme", "title", "topic", "form", "language", "made_by", "licence", "version", "taken", "address",
)  # fmt: skip


@blueprint.get(BASE)
@public(asks=(*FILTERS, "trang"))
def index() -> Response:
    """The public publications."""
    session, asked, number = context.session(), _asked(), page_number()
    found = library.listed(session, asked, library.PAGE_SIZE + 1, (number - 1) * library.PAGE_SIZE)
    page = render_template(
        "programme/materials/index.html", asked=asked, materials=found[: library.PAGE_SIZE], number=number,
        more=len(found) > library.PAGE_SIZE, taken=library.taken(session, found), topics=_values(MaterialTopic),
        forms=_values(MaterialForm), languages=_values(MaterialLanguage),
        query={name: request.args[name] for name in FILTERS if request.args.get(name)},
    )  # fmt: skip
    return fresh(page)


@blueprint.get(f"{BASE}thu-vien.csv")
@public(asks=FILTERS)
def table() -> Response:
    """The same list as a table for programs; docs/open-data.md names its columns."""
    session = context.session()
    found = library.listed(session, _asked(), library.MOST_LINES)
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_line(one) for one in found)
    return downloads.attached(fresh("\ufeff" + text.getvalue(), "text/csv"), "thu-vien.csv")


@blueprint.get(ONE)
@public()
def show(slug: str, number: int) -> Response:
    """One publication with its public versions."""
    found = _found(slug, number)
    page = render_template(
        "programme/materials/public.html", programme=found.programme, material=found,
        versions=[one for one in reversed(found.versions) if one.released_at is not None],
        delivered=orders.delivered_copies(context.session(), found), ticket=tickets.issue(_scope(found), now()),
    )  # fmt: skip
    return fresh(page)


@blueprint.post(f"{ONE}<int:version>/tai-ve/")
@public(alone="one more is counted")
def take(slug: str, number: int, version: int) -> ResponseReturnValue:
    """Counts that the file is taken away, and leads to it; whose form is too old, or who comes too often, gets the file
    all the same."""
    tickets.check_origin()
    found = _found(slug, number)
    kept = _public(found, version)
    try:
        tickets.read(request.form.get("ticket", ""), _scope(found), now())
        if not flood_control.too_many():
            library.take(context.session(), kept)
    except tickets.TicketExpired:
        pass
    return redirect(url_for("public_materials.file", slug=slug, number=number, version=version), 303)


@blueprint.get(f"{ONE}<int:version>/tep/")
@public()
def file(slug: str, number: int, version: int) -> Response:
    """The file of a public version, to be saved."""
    kept = _public(_found(slug, number), version)
    return downloads.kept(kept.file_hash, kept.media_type, kept.file_name)


def _found(slug: str, number: int) -> Material:
    session = context.session()
    return library.public_material(session, heads.public(session, slug), number)


def _public(found: Material, version: int) -> MaterialVersion:
    kept = library.version_of(found, version)
    if kept.released_at is None:
        raise NotFound
    return kept


def _scope(found: Material) -> str:
    return f"material:{found.id}"


def _values(words: type[MaterialTopic] | type[MaterialForm] | type[MaterialLanguage]) -> list[str]:
    return [word.value for word in words]


def _line(one: Material) -> list[str]:
    newest = one.newest
    address = f"{current_app.config['SITE_URL']}/chuong-trinh/{one.programme.matter.slug}/thu-vien/{one.number}/"
    told = [
        str(one.number), one.programme.matter.title, one.title, one.topic.value, one.form.value, one.language.value,
        one.made_by, one.licence.value, str(newest.number if newest else ""),
        str(sum(version.taken for version in one.versions)), address,
    ]  # fmt: skip
    return [neutral(one_line(value)) for value in told]


def _asked() -> MaterialFilters:
    """What the query narrows by; what is no choice of ours counts as not chosen."""
    topic, form, language = (request.args.get(name, "") for name in FILTERS)
    return MaterialFilters(
        MaterialTopic(topic) if topic in set(MaterialTopic) else None,
        MaterialForm(form) if form in set(MaterialForm) else None,
        MaterialLanguage(language) if language in set(MaterialLanguage) else None,
    )
