"""The public pages of what is not public yet, for who prepares it: the same templates, and links that stay inside."""

from typing import Any

from flask import Response, render_template, request, url_for

from consult.consultations.document_models import Document, Revision
from consult.consultations.files.page_images import Variant
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.policy import Action
from consult.reading import matter_page, ready_parts
from consult.reading.kept_pieces import none_kept
from consult.reading.preview import service as preview
from consult.reading.preview.links import kept_inside
from consult.reading.texts import service as texts
from consult.reading.texts.views_page import page_values, pages_values, picture_in, picture_of, text_values
from consult.reading.views_frame import blueprint
from consult.stages import Stage, stage_of
from consult.web import context
from consult.web.catalogue import endonym
from consult.web.files import downloads
from consult.web.guard import access

BASE = "/xu-ly/<slug>/xem-truoc/"
ONE = BASE + "tai-lieu/<int:document>/<int:number>/"
PAGE = ONE + "trang/<int:page>/"


@blueprint.get(BASE, endpoint="preview")
@access(Action.EDIT_MATTER, of=queries.by_slug)
def matter(consultation: Consultation) -> str:
    """The page of a matter in preparation."""
    values = preview.matter(context.session(), consultation, context.arrived_at())
    return _shown("matter", consultation, values | {"endonym": endonym})


@blueprint.get(BASE + "du-thao/<int:number>/", endpoint="preview_draft")
@access(Action.PREVIEW_MATTER, of=queries.by_slug)
def draft(consultation: Consultation, number: int) -> str:
    """A revision of the main draft."""
    return _text(consultation, 1, number)


@blueprint.get(ONE, endpoint="preview_document")
@access(Action.PREVIEW_MATTER, of=queries.by_slug)
def document(consultation: Consultation, document: int, number: int) -> str:
    """A revision of any other document."""
    return _text(consultation, document, number)


@blueprint.get(BASE + "tai-ve/<int:document>/<int:number>/", endpoint="preview_download")
@access(Action.PREVIEW_MATTER, of=queries.by_slug)
def download(consultation: Consultation, document: int, number: int) -> Response:
    """The file as it would be offered."""
    _, revision = _revision(consultation, document, number)
    return downloads.kept(revision.file_hash, revision.media_type, revision.file_name)


@blueprint.get(ONE + "hinh/<name>.webp", endpoint="preview_picture")
@access(Action.PREVIEW_MATTER, of=queries.by_slug)
def picture(consultation: Consultation, document: int, number: int, name: str) -> Response:
    """A picture that stands in a text."""
    return picture_in(_revision(consultation, document, number)[1], name)


@blueprint.get(PAGE, endpoint="preview_page")
@access(Action.PREVIEW_MATTER, of=queries.by_slug)
def page(consultation: Consultation, document: int, number: int, page: int) -> str:
    """One page of a PDF."""
    filed, revision = _revision(consultation, document, number)
    values = page_values(consultation, filed, revision, page)
    return _shown("texts/page", consultation, values | {"items": [], "total": 0, "newer_url": "", "open": True})


@blueprint.get(PAGE + "anh.webp", endpoint="preview_page_image")
@access(Action.PREVIEW_MATTER, of=queries.by_slug)
def page_image(consultation: Consultation, document: int, number: int, page: int) -> Response:
    """Its picture."""
    return picture_of(_revision(consultation, document, number)[1], page, Variant.FULL)


@blueprint.get(PAGE + "anh-nhe.webp", endpoint="preview_light_page_image")
@access(Action.PREVIEW_MATTER, of=queries.by_slug)
def light_page_image(consultation: Consultation, document: int, number: int, page: int) -> Response:
    """The same for a bad line."""
    return picture_of(_revision(consultation, document, number)[1], page, Variant.LIGHT)


def _revision(consultation: Consultation, number: int, revision_number: int) -> tuple[Document, Revision]:
    now = context.arrived_at()
    return preview.revision(context.session(), consultation, number, revision_number, now)


def _text(consultation: Consultation, number: int, revision_number: int) -> str:
    filed, revision = _revision(consultation, number, revision_number)
    if revision.grammar == "pages":
        values = pages_values(consultation, filed, revision, {}) | {"newer_url": "", "open": True}
        return _shown("texts/pages", consultation, values)
    # A text that may still be corrected is read anew each time, and not kept as the public ones are.
    text = texts.read(context.session(), revision)
    shown = matter_page.asked_sheet(text, request.args.get("trang", ""), request.args.get("tai", ""))
    values = text_values(consultation, filed, revision, text, shown, preview.NOTHING_SAID, revision.number, none_kept)
    return _shown("texts/text", consultation, values | preview.AS_OPEN)


def _shown(name: str, consultation: Consultation, values: dict[str, Any]) -> str:
    """A public page under a banner that says it is not public, with the way back to what is done about it."""
    slug = consultation.slug
    drafting = stage_of(consultation, context.arrived_at()) is Stage.DRAFTING
    back = url_for("preparing.publishing.preview" if drafting else "preparing.revisions.index", slug=slug)
    over = "" if drafting else url_for("preparing.publishing.manage", slug=slug)
    html = ready_parts.whole(render_template(f"reading/{name}.html", preview_back=back, preview_over=over, **values))
    return kept_inside(html, url_for("reading.matter", slug=slug), url_for("reading.preview", slug=slug))
