"""The package for appraisal: what is in it, the archive itself, and handing it over."""

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from os import SEEK_END
from tempfile import TemporaryFile
from typing import IO, Any

from flask import Blueprint, Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consult.appraisal.package import contents
from consult.appraisal.package.contents import Tools
from consult.appraisal.posting_facts import posting_facts
from consult.appraisal.readable import Taker
from consult.consultations.desk.shown_facts import STATE
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import NotFound, Refused
from consult.exports.official_language import printed_notice
from consult.official_papers import word_file
from consult.people.words import DESK_ROLES
from consult.policy import Action
from consult.responses.appraisal import service as appraisal
from consult.stages import stage_of
from consult.web import context
from consult.web.files import downloads, papers
from consult.web.guard import access, may

blueprint = Blueprint("package", __name__)
BASE = "/xu-ly/<slug>/ho-so-tham-dinh/"
CHUNK = 64 * 1024
ZIP = "application/zip"
CONFLICT = 409


@blueprint.get(BASE)
@access(Action.TAKE_PACKAGE, of=queries.by_slug)
def show(consultation: Consultation) -> ResponseReturnValue:
    """What is in the package, and what was handed over."""
    return _page(consultation)


@blueprint.get(f"{BASE}ho-so.zip")
@access(Action.TAKE_PACKAGE, of=queries.by_slug)
def archive(consultation: Consultation) -> Response:
    """The package as it stands, as who asks may have it."""
    with ExitStack() as held:
        made = held.enter_context(TemporaryFile())
        _write(made, consultation, _taker(consultation))
        size = made.seek(0, SEEK_END)
        made.seek(0)
        answer = Response(_sent(made), mimetype=ZIP, headers={"Cache-Control": "no-store", "Content-Length": str(size)})
        answer.call_on_close(held.pop_all().close)
    return downloads.attached(answer, f"ho-so-tham-dinh-{consultation.slug}.zip")


@blueprint.get(f"{BASE}lan-<int:number>.zip")
@access(Action.TAKE_PACKAGE, of=queries.by_slug)
def handed_over(consultation: Consultation, number: int) -> Response:
    """An archive as it was handed over: for the bodies that it passed between."""
    if _taker(consultation) is Taker.INVESTOR:
        raise NotFound
    found = appraisal.package_of(context.session(), consultation.id, number)
    return downloads.kept(found.file_hash, ZIP, f"ho-so-tham-dinh-{consultation.slug}-lan-{number}.zip")


@blueprint.post(f"{BASE}chuyen/")
@access(Action.HAND_TO_APPRAISAL, of=queries.by_slug, acts_on=STATE)
def hand_over(consultation: Consultation) -> ResponseReturnValue:
    """Keeps the package as it stands, and records that it was handed over."""
    session, now = context.session(), context.arrived_at()
    try:
        with TemporaryFile() as made:
            entries = _write(made, consultation, Taker.APPRAISING)
            size = made.seek(0, SEEK_END)
            kept = context.files().put_file(made)
        appraisal.hand_over(session, consultation, kept, size, entries, context.actor(), now)
    except Refused as refusal:
        session.rollback()
        return _page(consultation, refusal)
    flash("desk.done_hand_over")
    return redirect(url_for("appraisal.package.show", slug=consultation.slug), 303)


def _write(made: IO[bytes], consultation: Consultation, taker: Taker) -> int:
    notice = printed_notice(current_app.config["DEMO"])
    tools = Tools(context.files(), context.signer(), render_template, partial(_paper, notice), notice)
    return contents.write(made, context.session(), consultation, taker, tools, context.arrived_at())


def _paper(notice: str, template: str, **told: Any) -> bytes:
    return word_file.written(papers.described(template, **told), notice)


def _taker(consultation: Consultation) -> Taker:
    """Which package is for who asks: whoever works for the investor gets the investor's, whatever else they are."""
    if context.actor().works_for(consultation.answering_id):
        return Taker.INVESTOR
    reads_all = may(Action.APPRAISE, consultation) or context.actor().posts(consultation, *DESK_ROLES)
    return Taker.APPRAISING if reads_all else Taker.INVESTOR


def _page(consultation: Consultation, refusal: Refused | None = None) -> ResponseReturnValue:
    session, now = context.session(), context.arrived_at()
    html = render_template(
        "appraisal/package.html", actor=context.actor(), now=now, consultation=consultation, refusal=refusal,
        stage=stage_of(consultation, now), facts=posting_facts(session, consultation, now),
        packages=appraisal.packages_of(session, consultation.id), taker=_taker(consultation).value,
    )  # fmt: skip
    return html, CONFLICT if refusal else 200


def _sent(made: IO[bytes]) -> Iterator[bytes]:
    while chunk := made.read(CHUNK):
        yield chunk
