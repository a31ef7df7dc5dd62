"""The public log of a matter in plain words, and how to check it by oneself."""

from flask import Blueprint, Response, current_app, render_template

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.ledger.log import Log
from consult.policy import Action
from consult.resource_paths import DOCS
from consult.responses.statistics.cached_counts import kept_counts
from consult.transparency import logs
from consult.transparency.site_log.service import matter as site_matter
from consult.transparency.views_frame import PAGE_SIZE, noted, page_number, signed, witnessed
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import public

blueprint = Blueprint("transparency", __name__, url_prefix="/nhat-ky")

VERIFIER = DOCS / "verify_ledger.py"


@blueprint.get("/")
@public(asks=("trang",))
def index() -> str:
    """Every matter that has a log."""
    number = page_number()
    found, more = logs.logged_matters(context.session(), PAGE_SIZE, (number - 1) * PAGE_SIZE)
    return render_template("transparency/index.html", matters=found, number=number, more=more,
                           whole=site_matter(context.session()))  # fmt: skip


@blueprint.get("/verify_ledger.py")
@public()
def verifier() -> Response:
    """The program by which anybody checks a log."""
    answer = Response(VERIFIER.read_bytes(), mimetype="text/x-python")
    answer.headers["Cache-Control"] = "no-cache"
    return downloads.attached(answer, VERIFIER.name)


@blueprint.get("/kiem-tra-bien-nhan/")
@public()
def receipt() -> str:
    """Where the browser itself holds a receipt against the log."""
    return render_template("transparency/receipt.html", matters=logs.addresses(context.session(), context.arrived_at()))


@blueprint.get("/so-sanh/")
@public()
def compare() -> str:
    """Where the browser itself compares what two printed codes say of the log."""
    matters = logs.addresses(context.session(), context.arrived_at())
    return render_template("transparency/compare.html", matters=matters, site=current_app.config["SITE_URL"])


@blueprint.get("/<slug>/")
@public(Action.READ_MATTER, of=queries.by_slug, asks=("trang",))
def show(consultation: Consultation) -> str:
    """One log: what it is, where it stands, both sums, and its entries from the newest on."""
    session, number = context.session(), page_number()
    log, unsigned = signed(consultation.id)
    outcome, visibility = kept_counts.sums(session, consultation)
    newest = log.size - 1 - (number - 1) * PAGE_SIZE
    start = max(0, newest - PAGE_SIZE + 1)
    entries = logs.entries_of(session, consultation.id, start, newest - start + 1) if newest >= 0 else ()
    return render_template(
        "transparency/log.html",
        consultation=consultation,
        log=log,
        unsigned=unsigned,
        epoch=context.signer().epoch_of(log.origin, consultation.id),
        witnesses=witnessed(consultation.id),
        keys=context.signer().published(log.origin),
        further_keys=context.signer().further_keys(log.origin),
        noted=noted(consultation.id),
        outcome=outcome,
        visibility=visibility,
        entries=[logs.said(entry) for entry in reversed(entries)],
        number=number,
        pages=max(1, -(-log.size // PAGE_SIZE)),
        now=context.arrived_at(),
        site=current_app.config["SITE_URL"],
    )


@blueprint.get("/<slug>/<int(max=9999999):index>/")
@public(Action.READ_MATTER, of=queries.by_slug)
def entry(consultation: Consultation, index: int) -> str:
    """One entry: in words, as its exact bytes, and with its proof."""
    session = context.session()
    found = logs.entry_at(session, consultation.id, index)
    log = Log(session, consultation.id)
    size, proof = log.size, log.inclusion(index)
    return render_template(
        "transparency/entry.html",
        consultation=consultation,
        entry=logs.said(found),
        body=found.body,
        leaf=logs.leaf(found),
        proof=proof,
        size=size,
    )
