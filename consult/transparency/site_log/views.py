"""The log of the whole site: its page, and what programs that read any log are answered."""

from flask import Blueprint, Response, current_app, render_template

from consult.errors import NotFound
from consult.ledger.site_entries import SITE_LOG
from consult.transparency import logs, views_answers
from consult.transparency.site_log.reading import told
from consult.transparency.site_log.service import matter
from consult.transparency.views_frame import PAGE_SIZE, page_number, signed, witnessed
from consult.web import context
from consult.web.guard import public

blueprint = Blueprint("site_log", __name__, url_prefix="/nhat-ky/toan-trang")


@blueprint.get("/")
@public(asks=("trang",))
def show() -> str:
    """Where it stands, who witnesses it, and the checkpoints of the other logs from the newest on; NotFound before any
    was noted."""
    session, number = context.session(), page_number()
    _require_begun()
    log, unsigned = signed(SITE_LOG)
    newest = log.size - 1 - (number - 1) * PAGE_SIZE
    start = max(0, newest - PAGE_SIZE + 1)
    found = logs.entries_of(session, SITE_LOG, start, newest - start + 1) if newest >= 0 else ()
    signer = context.signer()
    return render_template(
        "transparency/site_log/log.html", log=log, unsigned=unsigned, number=number,
        keys=signer.published(log.origin), further_keys=signer.further_keys(log.origin),
        epoch=signer.epoch_of(log.origin, SITE_LOG), entries=told(session, found, signer),
        witnesses=witnessed(SITE_LOG),
        pages=max(1, -(-log.size // PAGE_SIZE)), site=current_app.config["SITE_URL"],
    )  # fmt: skip


@blueprint.get("/tlog/<int(max=9999999):epoch>/checkpoint")
@public()
def checkpoint(epoch: int) -> Response:
    """The newest checkpoint of the present epoch."""
    _require_begun()
    return views_answers.checkpoint(SITE_LOG, epoch)


@blueprint.get("/tlog/<int(max=9999999):epoch>/tile/<path:tile>")
@public()
def tile(epoch: int, tile: str) -> Response:
    """A tile of hashes or a bundle of entries."""
    _require_begun()
    return views_answers.tile(SITE_LOG, epoch, tile)


@blueprint.get("/<int(max=9999999):index>/bang-chung/")
@public()
def proof(index: int) -> Response:
    """That an entry is in the log, as a file."""
    _require_begun()
    return views_answers.proof(SITE_LOG, index, "toan-trang")


def _require_begun() -> None:
    if matter(context.session()) is None:
        raise NotFound
