"""The public pages: home, the list of matters, one matter, and its texts."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as Answer

from consult.consultations import finding
from consult.consultations.documents import Document, Revision
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.policy import ANYBODY, Action, decide
from consult.reading import pages, service, sheets, texts
from consult.stages import Stage, stage_of
from consult.submissions.listing import counts_by_page, counts_by_path
from consult.web import context
from consult.web.guard import public

blueprint = Blueprint("reading", __name__)


@blueprint.get("/")
@public()
def home() -> str:
    """What is open now, look-up by code, and search."""
    now = context.arrived_at()
    items = service.listed(context.session(), service.Filters(), now)
    return render_template("reading/home.html", items=cards(items), now=now)


@blueprint.get("/lay-y-kien/")
@public()
def index() -> str:
    """Every published matter, with filters."""
    now = context.arrived_at()
    filters = service.Filters(*(request.args.get(name, "")[:100] for name in ("giai-doan", "loai", "tu-khoa")))
    items = service.listed(context.session(), filters, now)
    return render_template("reading/index.html", items=cards(items), filters=filters, now=now)


def cards(items: list[service.Listed]) -> list[dict[str, Any]]:
    """The list as the card component takes it."""
    return [
        {
            "title": item.matter.title,
            "url": url_for("reading.matter", slug=item.matter.slug),
            "summary": item.matter.summary,
            "stage": item.stage,
            "lead": item.matter.lead.name,
            "kind": item.matter.kind,
            "sector": item.matter.field,
            "opens": item.matter.opens_at,
            "closes": item.matter.closes_at,
            "received": item.received,
            "answered": item.answered,
        }
        for item in items
    ]


@blueprint.get("/lay-y-kien/<slug>/")
@public(Action.READ_MATTER, of=finding.by_slug)
def matter(consultation: Consultation) -> str:
    """One matter: what, why, until when, its documents and progress."""
    return render_template("reading/matter.html", **pages.matter(context.session(), consultation, context.arrived_at()))


@blueprint.get("/lay-y-kien/<slug>/du-thao/<int:number>/")
@public(Action.READ_MATTER, of=finding.by_slug)
def draft(consultation: Consultation, number: int) -> str:
    """Revision `number` of the main draft."""
    return text_page(consultation, 1, number)


@blueprint.get("/lay-y-kien/<slug>/tai-lieu/<int:document>/<int:number>/")
@public(Action.READ_MATTER, of=finding.by_slug)
def document(consultation: Consultation, document: int, number: int) -> str | Answer:
    """Revision `number` of any other document; the main draft has its own address."""
    if document == 1:
        return redirect(url_for("reading.draft", slug=consultation.slug, number=number), 301)
    return text_page(consultation, document, number)


@blueprint.get("/lay-y-kien/<slug>/tai-lieu/<int:document>/<int:number>/trang/<int:page>/")
@public(Action.READ_MATTER, of=finding.by_slug)
def page(consultation: Consultation, document: int, number: int, page: int) -> str:
    """One page of a PDF, as text."""
    filed, revision = published_revision(consultation, document, number)
    session = context.session()
    found = pages.page_of(session, revision, page)
    counts = counts_by_page(session, consultation, revision)
    return render_template(
        "reading/page.html",
        consultation=consultation,
        document=filed,
        revision=revision,
        page=found,
        count=counts.get(page, 0),
        last=pages.last_page(session, revision),
        open=takes_comments(consultation),
    )


@blueprint.get("/lay-y-kien/<slug>/tai-ve/<int:document>/<int:number>/")
@public(Action.READ_MATTER, of=finding.by_slug)
def download(consultation: Consultation, document: int, number: int) -> Response:
    """The file as it was uploaded, offered as a download and never shown inside the site."""
    _, revision = published_revision(consultation, document, number)
    path = context.files().path(revision.file_hash)
    return send_file(path, mimetype=revision.media_type, as_attachment=True, download_name=revision.file_name)


def text_page(consultation: Consultation, number: int, revision_number: int) -> str:
    """The sheet of a revision that `?trang=` or `?tai=` (the path of a provision) asks for."""
    filed, revision = published_revision(consultation, number, revision_number)
    session = context.session()
    if revision.grammar == "pages":
        return render_template(
            "reading/pages.html",
            consultation=consultation,
            document=filed,
            revision=revision,
            last=pages.last_page(session, revision),
            open=takes_comments(consultation),
            counts=counts_by_page(session, consultation, revision),
        )
    nodes = texts.tree(session, revision, counts_by_path(session, consultation, revision))
    cut = sheets.cut(nodes)
    shown = pages.asked_sheet(cut, request.args.get("trang", ""), request.args.get("tai", ""))
    return render_template(
        "reading/text.html",
        consultation=consultation,
        document=filed,
        revision=revision,
        sheet=shown,
        sheets=cut,
        contents=pages.contents(nodes, cut, shown),
        page_of=pages.addresses(cut, shown),
        open=takes_comments(consultation),
        address=request.path,
    )


def published_revision(consultation: Consultation, number: int, revision_number: int) -> tuple[Document, Revision]:
    """A document of the matter and one of its public revisions; raises NotFound."""
    session = context.session()
    filed = finding.document_of(session, consultation.id, number)
    revision = finding.revision_of(session, filed, revision_number)
    if revision.published_at is None:
        raise NotFound
    return filed, revision


def takes_comments(consultation: Consultation) -> bool:
    """Whether anybody may comment at this moment: what decides if a page invites to."""
    now = context.arrived_at()
    allowed = decide(ANYBODY, Action.SEND_COMMENT, consultation, now) is None
    return allowed and stage_of(consultation, now) is Stage.OPEN
