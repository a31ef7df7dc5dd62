"""The public pages of a PDF: its contents, each page as text with its comments, and pictures of pages."""

from collections.abc import Mapping
from typing import Any

from flask import Response, current_app, render_template, url_for

from consult.consultations.document_models import Document, Revision
from consult.consultations.files import page_images
from consult.consultations.files.page_images import PageImages, Variant
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.policy import Action
from consult.reading import matter_page
from consult.reading.comments import listing as comments
from consult.reading.comments.filters import Wanted
from consult.reading.texts import pdf_contents
from consult.reading.views_frame import blueprint, published_revision, takes_comments
from consult.submissions import anchors
from consult.submissions.comments.listing import counts_by_page
from consult.submissions.inputs import AnchorInput
from consult.web import context, pictures
from consult.web.guard import public

PAGE = "/lay-y-kien/<slug>/tai-lieu/<int:document>/<int:number>/trang/<int:page>/"


@blueprint.get(PAGE)
@public(Action.READ_MATTER, of=queries.by_slug)
def page(consultation: Consultation, document: int, number: int, page: int) -> str:
    """One page of a PDF: its text first, its picture when wanted, and what was said about it."""
    filed, revision = published_revision(consultation, document, number)
    values = page_values(consultation, filed, revision, page)
    wanted = Wanted(anchor=AnchorInput(document, number, page=page))
    listed = comments.page_of(context.session(), consultation, wanted, 1)
    return render_template("reading/texts/page.html", items=listed.items, total=listed.total, **values)


def page_values(consultation: Consultation, filed: Document, revision: Revision, page: int) -> dict[str, Any]:
    """Everything one page of a PDF shows beside what was said about it. Raises NotFound."""
    found = queries.page_of(context.session(), revision, page)
    place: dict[str, Any] = {"slug": consultation.slug, "document": filed.number, "number": revision.number}
    return {
        "page": found,
        "height": page_images.height_of(found.width, found.height),
        "heading": pdf_contents.heading_at(revision.contents, page),
        "address": url_for("reading.page", page=page, **place),
        "first_url": _first(consultation, filed, revision.number),
        "quarters": anchors.QUARTERS,
        **_shared(consultation, filed, revision),
    }


@blueprint.get(PAGE + "anh.webp")
@public(Action.READ_MATTER, of=queries.by_slug)
def page_image(consultation: Consultation, document: int, number: int, page: int) -> Response:
    """A page as a picture to be read."""
    return _picture(consultation, document, number, page, Variant.FULL)


@blueprint.get(PAGE + "anh-nhe.webp")
@public(Action.READ_MATTER, of=queries.by_slug)
def light_page_image(consultation: Consultation, document: int, number: int, page: int) -> Response:
    """The same for a bad line."""
    return _picture(consultation, document, number, page, Variant.LIGHT)


def pages_page(consultation: Consultation, filed: Document, revision: Revision) -> str:
    """A document of pages: contents with where comments gather, and every page."""
    counts = counts_by_page(context.session(), consultation, revision)
    return render_template("reading/texts/pages.html", **pages_values(consultation, filed, revision, counts))


def pages_values(
    consultation: Consultation, filed: Document, revision: Revision, counts: Mapping[int, int]
) -> dict[str, Any]:
    """Everything a document of pages shows, with `counts` of the comments on each."""
    values = _shared(consultation, filed, revision)
    contents = pdf_contents.tree(revision.contents, counts, values["last"])
    return values | {
        "counts": counts,
        "gathered": pdf_contents.gathered(counts),
        "contents": contents,
        "most": max((entry.count for entry in contents), default=0),
    }


def picture_of(revision: Revision, page: int, variant: Variant) -> Response:
    """A page of a revision as a picture. Raises NotFound when it has no such page."""
    if not 1 <= page <= matter_page.last_page(context.session(), revision):
        raise NotFound
    images: PageImages = current_app.extensions["consult.page_images"]
    return pictures.picture(images.of(revision.file_hash, page, variant))


def _shared(consultation: Consultation, filed: Document, revision: Revision) -> dict[str, Any]:
    newest = pdf_contents.newest_number(context.session(), filed)
    return {
        "consultation": consultation,
        "document": filed,
        "revision": revision,
        "last": matter_page.last_page(context.session(), revision),
        "newer_url": "" if revision.number == newest else _first(consultation, filed, newest),
        "open": takes_comments(consultation),
    }


def _first(consultation: Consultation, filed: Document, revision: int) -> str:
    if filed.number == anchors.MAIN:
        return url_for("reading.draft", slug=consultation.slug, number=revision)
    return url_for("reading.document", slug=consultation.slug, document=filed.number, number=revision)


def _picture(consultation: Consultation, document: int, number: int, page: int, variant: Variant) -> Response:
    _, revision = published_revision(consultation, document, number)
    return picture_of(revision, page, variant)
