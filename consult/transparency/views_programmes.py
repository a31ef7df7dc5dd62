"""The public log of a coordination programme, as that of a matter: where it stands, its entries, and one of them."""

from flask import Blueprint, current_app, render_template

from consult.ledger.log import Log
from consult.programme import heads
from consult.transparency import logs
from consult.transparency.views_frame import PAGE_SIZE, noted, page_number, signed, witnessed
from consult.web import context
from consult.web.guard import public

blueprint = Blueprint("programme_logs", __name__)
BASE = "/chuong-trinh/<slug>/nhat-ky/"


@blueprint.get(BASE)
@public(asks=("trang",))
def show(slug: str) -> str:
    """The log of a public programme, the newest entries first."""
    session, number = context.session(), page_number()
    programme = heads.public(session, slug)
    log, unsigned = signed(programme.consultation_id)
    newest = log.size - 1 - (number - 1) * PAGE_SIZE
    start = max(0, newest - PAGE_SIZE + 1)
    found = logs.entries_of(session, programme.consultation_id, start, newest - start + 1) if newest >= 0 else ()
    return render_template(
        "transparency/programme_log.html", programme=programme, log=log, unsigned=unsigned, number=number,
        keys=context.signer().published(log.origin), further_keys=context.signer().further_keys(log.origin),
        epoch=context.signer().epoch_of(log.origin, programme.consultation_id), noted=noted(programme.consultation_id),
        entries=[logs.said(entry) for entry in reversed(found)],
        witnesses=witnessed(programme.consultation_id), pages=max(1, -(-log.size // PAGE_SIZE)),
        site=current_app.config["SITE_URL"],
    )  # fmt: skip


@blueprint.get(f"{BASE}<int(max=9999999):index>/")
@public()
def entry(slug: str, index: int) -> str:
    """One entry: in words, as its exact bytes, and with its proof."""
    session = context.session()
    programme = heads.public(session, slug)
    found, log = logs.entry_at(session, programme.consultation_id, index), Log(session, programme.consultation_id)
    return render_template(
        "transparency/programme_entry.html", programme=programme, entry=logs.said(found), body=found.body,
        leaf=logs.leaf(found), proof=log.inclusion(index), size=log.size,
    )  # fmt: skip
