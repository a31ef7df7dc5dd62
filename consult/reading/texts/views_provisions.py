"""One provision with its citation and permanent address, and the QR code that leads from paper to a text."""

from flask import Response, current_app, render_template

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.policy import Action
from consult.reading import matter_page
from consult.reading.texts import views_fate
from consult.reading.texts.views import kept_texts
from consult.reading.texts.views_page import bases, text_url
from consult.reading.views_frame import blueprint, published_revision
from consult.responses.statistics.cached_counts import kept_counts
from consult.responses.statistics.stances import STANCES
from consult.submissions import anchors
from consult.submissions.receiving import receipts
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import public


@blueprint.get("/lay-y-kien/<slug>/du-thao/<int:number>/dieu-khoan/<path>/")
@public(Action.READ_MATTER, of=queries.by_slug)
def provision(consultation: Consultation, number: int, path: str) -> str:
    """A provision of the main draft."""
    return _provision(consultation, anchors.MAIN, number, path)


@blueprint.get("/lay-y-kien/<slug>/tai-lieu/<int:document>/<int:number>/dieu-khoan/<path>/")
@public(Action.READ_MATTER, of=queries.by_slug)
def provision_beside(consultation: Consultation, document: int, number: int, path: str) -> str:
    """A provision of any other document."""
    return _provision(consultation, document, number, path)


@blueprint.get("/lay-y-kien/<slug>/du-thao/<int:number>/ma-qr.svg")
@public(Action.READ_MATTER, of=queries.by_slug)
def draft_qr(consultation: Consultation, number: int) -> Response:
    """The address of a revision of the main draft, for its printed copies."""
    return _qr(consultation, anchors.MAIN, number)


@blueprint.get("/lay-y-kien/<slug>/tai-lieu/<int:document>/<int:number>/ma-qr.svg")
@public(Action.READ_MATTER, of=queries.by_slug)
def document_qr(consultation: Consultation, document: int, number: int) -> Response:
    """The same for any other document."""
    return _qr(consultation, document, number)


def _provision(consultation: Consultation, number: int, revision_number: int, path: str) -> str:
    session = context.session()
    filed, revision, newest = matter_page.published(session, consultation, number, revision_number)
    text = kept_texts.of(session, revision)
    if path not in text.at:
        return views_fate.instead(consultation, filed, revision, path)
    return render_template(
        "reading/texts/provision.html",
        consultation=consultation,
        document=filed,
        revision=revision,
        node=text.at[path],
        fate=views_fate.of(consultation, filed, revision, path) if revision.number < newest else None,
        place=anchors.label(path, say),
        said=kept_counts.stances(session, consultation).by_draft.get((number, revision_number), {}).get(path),
        stances=STANCES,
        follow_key=f"{consultation.slug}/{anchors.written(filed.number, revision.number, path)}",
        **bases(consultation, filed, revision, newest),
    )


def _qr(consultation: Consultation, number: int, revision_number: int) -> Response:
    published_revision(consultation, number, revision_number)
    address = current_app.config["SITE_URL"] + text_url(consultation, number, revision_number)
    return Response(receipts.qr(address), mimetype="image/svg+xml")
