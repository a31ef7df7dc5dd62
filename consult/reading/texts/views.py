"""The public pages of documents: a text by sheets, a PDF by pages, and the file itself."""

from typing import Any

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.policy import Action
from consult.reading import matter_page, ready_parts
from consult.reading.kept_pieces import kept_pieces
from consult.reading.texts import views_fate
from consult.reading.texts.service import Texts
from consult.reading.texts.sheets import Sheet
from consult.reading.texts.views_page import picture_in, text_values
from consult.reading.texts.views_paged import pages_page
from consult.reading.views_frame import blueprint, published_revision
from consult.submissions.comments import earlier_comments
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import public

kept_texts = Texts()


@blueprint.get("/lay-y-kien/<slug>/du-thao/<int:number>/")
@public(Action.READ_MATTER, of=queries.by_slug, asks=("trang", "tai"))
def draft(consultation: Consultation, number: int) -> str | Response:
    """Revision `number` of the main draft."""
    return text_page(consultation, 1, number)


@blueprint.get("/lay-y-kien/<slug>/tai-lieu/<int:document>/<int:number>/")
@public(Action.READ_MATTER, of=queries.by_slug, asks=("trang", "tai"))
def document(consultation: Consultation, document: int, number: int) -> str | Answer:
    """Revision `number` of any other document; the main draft has its own address."""
    if document == 1:
        return redirect(url_for("reading.draft", slug=consultation.slug, number=number), 301)
    return text_page(consultation, document, number)


@blueprint.get("/lay-y-kien/<slug>/tai-ve/<int:document>/<int:number>/")
@public(Action.READ_MATTER, of=queries.by_slug)
def download(consultation: Consultation, document: int, number: int) -> Response:
    """The file as it was uploaded, offered as a download and never shown inside the site."""
    _, revision = published_revision(consultation, document, number)
    return downloads.kept(revision.file_hash, revision.media_type, revision.file_name)


@blueprint.get("/lay-y-kien/<slug>/tai-lieu/<int:document>/<int:number>/hinh/<name>.webp")
@public(Action.READ_MATTER, of=queries.by_slug)
def picture(consultation: Consultation, document: int, number: int, name: str) -> Response:
    """A picture that stands in a text."""
    return picture_in(published_revision(consultation, document, number)[1], name)


def text_page(consultation: Consultation, number: int, revision_number: int) -> str | Response:
    """The sheet of a revision that `?trang=` or `?tai=` (the path of a provision) asks for."""
    session = context.session()
    filed, revision, newest = matter_page.published(session, consultation, number, revision_number)
    if revision.grammar == "pages":
        return pages_page(consultation, filed, revision)
    text = kept_texts.of(session, revision)
    path = request.args.get("tai", "")
    if path and path not in text.sheet_of:
        return views_fate.instead(consultation, filed, revision, path)
    shown = matter_page.asked_sheet(text, request.args.get("trang", ""), path)
    counts = earlier_comments.counts(session, consultation, revision)
    fate = views_fate.of(consultation, filed, revision, path) if path and revision.number < newest else None
    values = text_values(consultation, filed, revision, text, shown, counts, newest, kept_pieces)
    return _answered(shown, {**values, "fate": fate})


def _answered(shown: Sheet, values: dict[str, Any]) -> Response:
    """The page, its law as it was last made if it is still so."""
    part = shown, values["sums"]
    values["ready"] = values["ready_parts"].of(part)
    html = render_template("reading/texts/text.html", **values)
    page, made = ready_parts.sent(html, values["ready"])
    if values["ready"] is None:
        values["ready_parts"].keep(part, made)
    return Response(page, mimetype="text/html")
