"""The public pages of documents: a text by sheets, a PDF by pages, and the file itself."""

from typing import Any

from flask import Response, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from consult.consultations.document_models import Document, Revision
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.policy import Action
from consult.reading import matter_page
from consult.reading.texts.contents import addresses, contents
from consult.reading.texts.service import Text, Texts, counted, earlier_sums, sums
from consult.reading.texts.sheets import Sheet
from consult.reading.texts.views_paged import pages_page
from consult.reading.views_frame import blueprint, published_revision, takes_comments
from consult.stages import stage_of
from consult.submissions import anchors
from consult.submissions.comments import earlier_comments
from consult.web import context, downloads
from consult.web.guard import public

kept_texts = Texts()

A_KILOBYTE_SENT = 7_000
"""Bytes of a page of law, before compression, that make a kilobyte on the wire."""


@blueprint.get("/lay-y-kien/<slug>/du-thao/<int:number>/")
@public(Action.READ_MATTER, of=queries.by_slug, asks=("trang", "tai"))
def draft(consultation: Consultation, number: int) -> str:
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


def text_page(consultation: Consultation, number: int, revision_number: int) -> str:
    """The sheet of a revision that `?trang=` or `?tai=` (the path of a provision) asks for."""
    session = context.session()
    filed, revision, newest = matter_page.published(session, consultation, number, revision_number)
    if revision.grammar == "pages":
        return pages_page(consultation, filed, revision)
    text = kept_texts.of(session, revision)
    shown = matter_page.asked_sheet(text, request.args.get("trang", ""), request.args.get("tai", ""))
    counts = earlier_comments.counts(session, consultation, revision)
    return render_template(
        "reading/texts/text.html", **text_values(consultation, filed, revision, text, shown, counts, newest)
    )


def text_values(
    consultation: Consultation,
    filed: Document,
    revision: Revision,
    text: Text,
    shown: Sheet,
    counts: earlier_comments.Counts,
    newest: int,
) -> dict[str, Any]:
    """Everything the sheet `shown` of a revision's text needs, with `counts` of the comments on it."""
    found = sums(text.nodes, counts.total, as_listed=True)
    return {
        "consultation": consultation,
        "document": filed,
        "revision": revision,
        "nodes": counted(shown.nodes, found, earlier_sums(text.nodes, counts.earlier)),
        "sheet": shown.number,
        "names": text.names,
        "size": max(1, text.weight // A_KILOBYTE_SENT),
        "received": sum(counts.total.values()),
        "contents": contents(text, shown, sums(text.nodes, counts.total)),
        "page_of": addresses(text, shown),
        "now": context.arrived_at(),
        "stage": stage_of(consultation, context.arrived_at()),
        **bases(consultation, filed, revision, newest),
    }


def bases(consultation: Consultation, filed: Document, revision: Revision, newest: int) -> dict[str, Any]:
    """Where the links of a text lead: to its form and comments, to its sheets, and to a newer revision if there is one.

    The form is told the path alone in the newest draft, as people cite it, elsewhere also the revision.
    """
    written = anchors.written(filed.number, revision.number)
    is_newest = revision.number == newest
    own = filed.number == anchors.MAIN and is_newest
    address = text_url(consultation, filed.number, revision.number)
    return {
        "address": address,
        "full_address": current_app.config["SITE_URL"] + address,
        "newer_url": "" if is_newest else text_url(consultation, filed.number, newest),
        "form_query": "?tai=" if own else f"?tai={written}/",
        "list_query": f"?tai={written}/",
        "live_url": url_for("reading.live", slug=consultation.slug, tai=written),
        "open": takes_comments(consultation),
    }


def text_url(consultation: Consultation, document: int, revision: int) -> str:
    """The address of a revision of a document."""
    if document == anchors.MAIN:
        return url_for("reading.draft", slug=consultation.slug, number=revision)
    return url_for("reading.document", slug=consultation.slug, document=document, number=revision)
