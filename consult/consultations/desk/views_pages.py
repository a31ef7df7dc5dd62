"""The pages of a PDF that is not public yet: how far they are read, and each as text and picture.

The same pages stand in the preparation of a matter and beside a published one, as its outlines do (`views_outline`).
"""

from functools import partial

from flask import Blueprint, Response, current_app
from flask.typing import ResponseReturnValue

from consult.consultations.desk.views_frame import page as frame
from consult.consultations.desk.views_frame import waiting
from consult.consultations.desk.views_outline import BASE, PREPARED, REVISED, REVISED_BASE
from consult.consultations.document_models import Page, Revision
from consult.consultations.files import page_images
from consult.consultations.files.page_images import PageImages, Variant
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.policy import Action
from consult.web import context
from consult.web.files import pictures
from consult.web.guard import access

blueprint = Blueprint("pages", __name__)

LOOK_AGAIN = "4"
"""Seconds after which a browser asks again how far the reading has come."""


def progress(where: str, consultation: Consultation, number: int) -> ResponseReturnValue:
    """How many pages are read; the page comes again by itself until all are, or the file was given up."""
    document, revision = waiting(consultation, number)
    goes_on = revision.pages_read < revision.pages_total and not revision.pages_failed
    html = frame("pages_progress", consultation=consultation, document=document, revision=revision, where=where)
    return (*html, {"Refresh": LOOK_AGAIN}) if goes_on and isinstance(html, tuple) else html


def page(where: str, consultation: Consultation, number: int, page: int) -> ResponseReturnValue:
    """One page as it will be read."""
    document, revision = waiting(consultation, number)
    found = _page(revision, page)
    return frame(
        "page",
        consultation=consultation,
        document=document,
        revision=revision,
        where=where,
        shown=found,
        height=page_images.height_of(found.width, found.height),
    )


def image(variant: Variant, _where: str, consultation: Consultation, number: int, page: int) -> Response:
    """A page as a picture."""
    _, revision = waiting(consultation, number)
    found = _page(revision, page)
    images: PageImages = current_app.extensions["consult.page_images"]
    return pictures.picture(images.of(revision.file_hash, page, variant, found.turned))


def _page(revision: Revision, number: int) -> Page:
    return queries.page_of(context.session(), revision, number)


for where, base, action in (
    (PREPARED, BASE, Action.EDIT_MATTER),
    (REVISED, REVISED_BASE, Action.REVISE_MATTER),
):
    for rule, name, view in (
        ("doc-trang/", "progress", progress),
        ("trang/<int:page>/", "page", page),
        ("trang/<int:page>/anh.webp", "image", partial(image, Variant.FULL)),
        ("trang/<int:page>/anh-nhe.webp", "light_image", partial(image, Variant.LIGHT)),
    ):
        guarded = access(action, of=queries.by_slug)(partial(view, where))
        blueprint.add_url_rule(base + rule, f"{where}_{name}", guarded, methods=["GET"])
