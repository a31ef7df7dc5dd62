"""The public pages of a PDF: its contents, each page as text with its comments, and pictures of pages."""

from flask import Response, render_template

from consult.consultations.document_models import Document, Revision
from consult.consultations.files.page_images import Variant
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.policy import Action
from consult.reading.comments import listing as comments
from consult.reading.comments.filters import CommentFilters
from consult.reading.texts.views_page import page_values, pages_values, picture_of
from consult.reading.views_frame import blueprint, published_revision
from consult.submissions.comments.listing import counts_by_page
from consult.submissions.inputs import AnchorInput
from consult.web import context
from consult.web.guard import public

PAGE = "/lay-y-kien/<slug>/tai-lieu/<int:document>/<int:number>/trang/<int:page>/"


@blueprint.get(PAGE)
@public(Action.READ_MATTER, of=queries.by_slug)
def page(consultation: Consultation, document: int, number: int, page: int) -> str:
    """One page of a PDF: its text first, its picture when wanted, and what was said about it."""
    filed, revision = published_revision(consultation, document, number)
    values = page_values(consultation, filed, revision, page)
    wanted = CommentFilters(anchor=AnchorInput(document, number, page=page))
    listed = comments.page_of(context.session(), consultation, wanted, 1)
    return render_template("reading/texts/page.html", items=listed.items, total=listed.total, **values)


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


def _picture(consultation: Consultation, document: int, number: int, page: int, variant: Variant) -> Response:
    _, revision = published_revision(consultation, document, number)
    return picture_of(revision, page, variant)
