"""The page of what a matter leaves: table, report, notice, the package with how far its making is, signed copies."""

from collections.abc import Iterator
from contextlib import suppress
from io import BufferedReader
from os import SEEK_END
from typing import IO

from flask import Blueprint, Response, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.exports.package.beside import CasePackageHandlers
from consult.exports.package.contents import ARCHIVE
from consult.policy import Action
from consult.responses.ending import signed_copies
from consult.responses.ending.models import SignedCopy
from consult.responses.ending.shown import SIGNED
from consult.responses.ending.words import SignedPaper
from consult.responses.recordings.answered import answered_areas
from consult.responses.views_frame import page, status_of, told
from consult.text import day_of
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import access, public

blueprint = Blueprint("results_package", __name__)
BASE = "/xu-ly/<slug>/ho-so/"
CHUNK = 64 * 1024
ZIP, PDF = "application/zip", "application/pdf"


@blueprint.get(BASE)
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def show(consultation: Consultation) -> ResponseReturnValue:
    """Everything that can be taken away, and how far the package is."""
    return _page(consultation)


@blueprint.post(f"{BASE}lap/")
@access(Action.TAKE_NAMES, of=queries.by_slug, alone="has the worker make what stands, and changes nothing of it")
def make(consultation: Consultation) -> ResponseReturnValue:
    """Has the package made as it stands; the page tells how far that is."""
    making, session, now = making_of(), context.session(), context.arrived_at()
    if not making.current(session, consultation, now):
        making.ask_for(session, consultation.id, now, making.fresh(consultation.id))
    return _back(consultation)


@blueprint.get(f"{BASE}ho-so.zip")
@access(Action.TAKE_NAMES, of=queries.by_slug)
def archive(consultation: Consultation) -> ResponseReturnValue:
    """The package that was made last; without any, the page on which it is asked for."""
    made = opened(consultation, ARCHIVE)
    if made is None:
        return _back(consultation)
    return given(made, ZIP, f"ho-so-{consultation.slug}.zip")


@blueprint.post(f"{BASE}ban-da-ky/")
@access(Action.KEEP_SIGNED, of=queries.by_slug, acts_on=SIGNED)
def keep(consultation: Consultation) -> ResponseReturnValue:
    """Makes a signed paper public."""
    form = request.form
    try:
        paper = _paper(form.get("paper", ""))
        file = _file()
        signed_copies.keep(
            context.session(), consultation, paper, form.get("number", ""), day_of(form.get("signed_on", "")), file,
            context.actor(), context.arrived_at(),
        )  # fmt: skip
    except (Invalid, Refused) as wrong:
        return _page(consultation, wrong)
    flash("desk.done_keep_signed")
    return _back(consultation)


@blueprint.get(f"{BASE}ban-da-ky/<int:number>/")
@access(Action.KEEP_SIGNED, of=queries.by_slug)
def ask(consultation: Consultation, number: int) -> ResponseReturnValue:
    """One signed copy, and the form for giving it out no more."""
    return _copy(consultation, number)


@blueprint.post(f"{BASE}ban-da-ky/<int:number>/")
@access(Action.KEEP_SIGNED, of=queries.by_slug, acts_on=SIGNED)
def set_aside(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Gives a signed copy out no more."""
    reason, session = request.form.get("reason", ""), context.session()
    try:
        signed_copies.set_aside(session, consultation, number, reason, context.actor(), context.arrived_at())
    except (Invalid, Refused) as wrong:
        return _copy(consultation, number, wrong)
    flash("desk.done_set_aside_signed")
    return _back(consultation)


@blueprint.get("/lay-y-kien/<slug>/ban-da-ky/<int:number>/")
@public(Action.READ_MATTER, of=queries.by_slug)
def signed(consultation: Consultation, number: int) -> Response:
    """A signed copy, for anybody; one that was set aside or is held back is not found."""
    found = next((one for one in _given_out(consultation) if one.number == number), None)
    if found is None:
        raise NotFound
    return downloads.kept(found.file_hash, PDF, f"{found.paper.value}-da-ky-{number}-{consultation.slug}.pdf")


def making_of() -> CasePackageHandlers:
    """Who makes packages on this site."""
    making: CasePackageHandlers = current_app.extensions["consult.case_packages"]
    return making


def opened(consultation: Consultation, name: str) -> BufferedReader | None:
    """What was made last under a name, open; None when there is none, or none that may be given."""
    making = making_of()
    for _ in range(2):
        newest = making.given(context.session(), consultation)
        if newest is None:
            return None
        # A newer one may take its place just now.
        with suppress(FileNotFoundError):
            return making.packages.open(consultation.id, newest, name)
    return None


def given(made: IO[bytes], media_type: str, name: str) -> Response:
    """An open file, sent piece by piece and kept nowhere on the way."""
    headers = {"Cache-Control": "no-store", "Content-Length": str(size_of(made))}
    answer = Response(_sent(made), mimetype=media_type, headers=headers)
    answer.call_on_close(made.close)
    return downloads.attached(answer, name)


def size_of(made: IO[bytes]) -> int:
    """How many bytes an open file has; it stands at its beginning then."""
    size = made.seek(0, SEEK_END)
    made.seek(0)
    return size


def _sent(made: IO[bytes]) -> Iterator[bytes]:
    while chunk := made.read(CHUNK):
        yield chunk


def _given_out(consultation: Consultation) -> list[SignedCopy]:
    return signed_copies.given_out(context.session(), consultation.id)


def _paper(code: str) -> SignedPaper:
    if code not in set(SignedPaper):
        raise Invalid({"paper": "choose_one"})
    return SignedPaper(code)


def _file() -> signed_copies.KeptFile:
    sent = request.files.get("scan")
    if sent is None or not sent.filename:
        raise Invalid({"scan": "no_file"})
    return signed_copies.checked(sent.stream.read(), sent.filename, context.files())


def _back(consultation: Consultation) -> ResponseReturnValue:
    return redirect(url_for("results_package.show", slug=consultation.slug), 303)


def _copy(consultation: Consultation, number: int, wrong: Invalid | Refused | None = None) -> ResponseReturnValue:
    found = signed_copies.copy_of(context.session(), consultation.id, number)
    return page("ending/signed_copy", consultation, status_of(wrong), copy=found, form=request.form, **told(wrong))


def _page(consultation: Consultation, wrong: Invalid | Refused | None = None) -> ResponseReturnValue:
    session, now, making = context.session(), context.arrived_at(), making_of()
    if wrong is not None:
        session.rollback()
    return page(
        "ending/results", consultation, status_of(wrong),
        made=making.given(session, consultation), current=making.current(session, consultation, now),
        waiting=making.waiting(session, consultation.id), done=making.packages.done(consultation.id),
        areas=answered_areas(session, consultation, now), copies=signed_copies.copies_of(session, consultation.id),
        given_out=_given_out(consultation), held_back=signed_copies.held_back(session, consultation.id),
        papers=[(one.value, one.value) for one in SignedPaper], form=request.form, **told(wrong),
    )  # fmt: skip
