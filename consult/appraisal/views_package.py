"""The package for appraisal: having it made, what is in it, the archive itself, and handing it over."""

from collections.abc import Iterator
from contextlib import suppress
from io import BufferedReader
from os import SEEK_END
from typing import IO

from flask import Blueprint, Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consult.appraisal.package.beside import PackageHandlers
from consult.appraisal.package.generation import file_of
from consult.appraisal.posting_facts import posting_facts
from consult.appraisal.readable import Taker
from consult.consultations.desk.shown_facts import STATE
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.words import Procedure
from consult.errors import NotFound, Refused
from consult.people.words import DESK_ROLES
from consult.policy import Action
from consult.responses.appraisal import service as appraisal
from consult.stages import Stage, stage_of
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import access, may, public

blueprint = Blueprint("package", __name__)
BASE = "/xu-ly/<slug>/ho-so-tham-dinh/"
CHUNK = 64 * 1024
ZIP = "application/zip"
CONFLICT = 409
COME_AGAIN = "60"
"""Seconds until somebody may ask again for what is being made."""


@blueprint.get(BASE)
@access(Action.TAKE_PACKAGE, of=queries.by_slug)
def show(consultation: Consultation) -> ResponseReturnValue:
    """What is in the package, how far its making is, and what was handed over."""
    return _page(consultation)


@blueprint.post(f"{BASE}lap/")
@access(Action.TAKE_PACKAGE, of=queries.by_slug, alone="has the worker make what stands, and changes nothing of it")
def make(consultation: Consultation) -> ResponseReturnValue:
    """Has it made as it stands; the page tells how far that is."""
    making, session, now = _making(), context.session(), context.arrived_at()
    if not making.current(session, consultation, now):
        making.ask_for(session, consultation.id, now, making.fresh(consultation.id))
    return redirect(url_for("appraisal.package.show", slug=consultation.slug), 303)


@blueprint.get(f"{BASE}ho-so.zip")
@access(Action.TAKE_PACKAGE, of=queries.by_slug)
def archive(consultation: Consultation) -> ResponseReturnValue:
    """The package that was made last, as who asks may have it; without any, the page on which it is asked for."""
    made = _opened(consultation, _taker(consultation))
    if made is None:
        return redirect(url_for("appraisal.package.show", slug=consultation.slug), 303)
    return _given(made, f"ho-so-tham-dinh-{consultation.slug}.zip", "no-store")


@blueprint.get("/lay-y-kien/<slug>/ho-so-tham-van.zip")
@public(Action.READ_MATTER, of=queries.by_slug)
def for_everybody(consultation: Consultation) -> ResponseReturnValue:
    """What anybody may have of it, once the matter is concluded."""
    eia = consultation.procedure is Procedure.EIA_STATUTORY
    if not eia or stage_of(consultation, context.arrived_at()) is not Stage.CONCLUDED:
        raise NotFound
    made = _opened(consultation, Taker.PUBLIC)
    if made is None:
        page = render_template("appraisal/being_made.html", consultation=consultation)
        return Response(page, 503, {"Retry-After": COME_AGAIN, "Cache-Control": "no-store"})
    return _given(made, f"ho-so-tham-van-{consultation.slug}.zip", "no-cache")


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
    """Keeps the package that was made of what stands, and records that it was handed over."""
    making, session, now = _making(), context.session(), context.arrived_at()
    try:
        made = _opened(consultation, Taker.APPRAISING)
        if made is None:
            raise Refused("package_outdated")
        with made:
            size, kept = made.seek(0, SEEK_END), context.files().put_file(made)
        appraisal.hand_over(
            session, consultation, kept, size, lambda: making.current(session, consultation, now), context.actor(), now
        )
    except Refused as refusal:
        session.rollback()
        return _page(consultation, refusal)
    flash("desk.done_hand_over")
    return redirect(url_for("appraisal.package.show", slug=consultation.slug), 303)


def _making() -> PackageHandlers:
    making: PackageHandlers = current_app.extensions["consult.following_packages"]
    return making


def _opened(consultation: Consultation, taker: Taker) -> BufferedReader | None:
    """What was made last for `taker`, open; None when there is none, or none that may be given."""
    making = _making()
    for _ in range(2):
        newest = making.given(context.session(), consultation)
        if newest is None:
            return None
        # A newer one may take its place just now.
        with suppress(FileNotFoundError):
            return making.packages.open(consultation.id, newest, file_of(taker))
    return None


def _taker(consultation: Consultation) -> Taker:
    """Which package is for who asks: whoever works for the investor gets the investor's, whatever else they are."""
    if context.actor().works_for(consultation.answering_id):
        return Taker.INVESTOR
    reads_all = may(Action.APPRAISE, consultation) or context.actor().posts(consultation, *DESK_ROLES)
    return Taker.APPRAISING if reads_all else Taker.INVESTOR


def _page(consultation: Consultation, refusal: Refused | None = None) -> ResponseReturnValue:
    session, now, making = context.session(), context.arrived_at(), _making()
    html = render_template(
        "appraisal/package.html", actor=context.actor(), now=now, consultation=consultation, refusal=refusal,
        stage=stage_of(consultation, now), facts=posting_facts(session, consultation, now),
        packages=appraisal.packages_of(session, consultation.id), taker=_taker(consultation).value,
        made=making.given(session, consultation), current=making.current(session, consultation, now),
        waiting=making.waiting(session, consultation.id), done=making.packages.done(consultation.id),
    )  # fmt: skip
    return html, CONFLICT if refusal else 200


def _given(made: IO[bytes], name: str, kept: str) -> Response:
    size = made.seek(0, SEEK_END)
    made.seek(0)
    answer = Response(_sent(made), mimetype=ZIP, headers={"Cache-Control": kept, "Content-Length": str(size)})
    answer.call_on_close(made.close)
    return downloads.attached(answer, name)


def _sent(made: IO[bytes]) -> Iterator[bytes]:
    while chunk := made.read(CHUNK):
        yield chunk
