"""What a person or a program sees when something is refused, not found, or broken."""

import sqlite3
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, current_app, jsonify, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm.exc import ObjectDeletedError
from werkzeug.exceptions import HTTPException, InternalServerError

from consult.errors import Invalid, NotFound, Refused, Unavailable
from consult.files.store import DamagedFile
from consult.policy import ANYBODY, Action, Actor, decide
from consult.shown import Changed
from consult.storage_faults import unavailable
from consult.traces import request_marks
from consult.web import bounds, conflict, kept_form, tickets
from consult.web.arrival import resubmission
from consult.web.context import actor, arrived_at, by_program, close_database, damages, known_actor, session
from consult.web.files.kept_uploads import UploadsLost
from consult.web.form_recovery import A_MINUTE, storage_failed, told, typed_form
from consult.web.requests.marking import HEADER

STATUS = {"sign_in_needed": 401, "not_your_role": 403, "other_origin": 403, "too_many": 429,
          "branch_link_needed": 403, "branch_key_unknown": 404,
          "village_link_needed": 403, "village_key_unknown": 404, "sitting_key_unknown": 404}  # fmt: skip
"""Other refusals are 409: the rules or the moment do not allow it."""

TOO_LARGE = 413

WORK = {"xu-ly": Action.USE_DESK, "to-chuc": Action.USE_WORKSPACE, "phoi-hop": Action.USE_PROGRAMME,
        "quan-tri": Action.ADMINISTER}  # fmt: skip
"""The beginnings of the addresses of work, in the order of `sign_in/work_links.html`, and what opens each."""

Answer = Response | tuple[Any, ...] | Any


def refused(error: Refused) -> Answer:
    """A refusal with its reason in words; who is signed out is led to the sign-in page and back, and who is one of too
    many keeps what was typed."""
    status = STATUS.get(error.reason, 409)
    if isinstance(error, Changed):
        return conflict.told(error)
    if status == 429:
        return told(error.reason, status, error.retry_after)
    close_database()
    if by_program():
        return jsonify(reason=error.reason), status
    if error.reason == "sign_in_needed":
        return _sign_in_first()
    values = {"reason": error.reason, "details": error.details, "area": _area()}
    return render_template("errors/refused.html", form=typed_form(), **values), status


def _area(knowing: Callable[[], Actor] = known_actor) -> str:
    """The work that a page leads back to: that of its address; another where who is signed in is not let in there."""
    asked = request.path.split("/")[1]
    if asked not in WORK or (who := knowing()) is ANYBODY:
        return asked
    own = [area for area, action in WORK.items() if decide(who, action, None, arrived_at()) is None]
    return asked if asked in own else next(iter(own), "tai-khoan")


def _sign_in_first() -> Answer:
    """The sign-in page, which leads back; what was typed into a form of ours goes along and is not lost."""
    if request.method in {"GET", "HEAD"}:
        address = request.script_root + request.full_path.rstrip("?")
        return redirect(url_for("sign_in.sign_in", next=address))
    if not tickets.same_origin():
        return refused(Refused("other_origin"))
    carried, form = kept_form.seal(kept_form.in_its_sign_in(kept_form.with_files(), resubmission.statement() or ""))
    kept = {"carried": carried, "lost": form, "next": "", "mail": "", "errors": {}}
    people = current_app.extensions.get("consult.demo_people", tuple)
    kept |= {"passkeys": False, "providers": (), "people": people()}
    return render_template("sign_in/sign_in.html", ticket=tickets.issue("sign_in", arrived_at()), **kept), 401


def token_changed(_error: Exception) -> Answer:
    """A form whose token is no longer that of the session, or whose files were let go: given back with everything typed
    and a fresh token."""
    close_database()
    if not tickets.same_origin():
        return refused(Refused("other_origin"))
    form = kept_form.in_its_sign_in(kept_form.with_files(), resubmission.statement() or "")
    return render_template("sign_in/send_again.html", form=form, who=actor().name, typed_by=""), 400


def invalid(error: Invalid) -> Answer:
    """Input that no view gave back with its form."""
    close_database()
    if by_program():
        return jsonify(errors=error.errors), 422
    return render_template("errors/invalid.html", area=_area(), errors=error.errors, form=typed_form()), 422


def not_found(_error: Exception) -> Answer:
    """The same answer for what does not exist and what is not for the reader."""
    meant, area = (None, "") if by_program() else (_meant(), _area(actor))
    close_database()
    if meant:
        return redirect(request.script_root + meant)
    if by_program():
        return jsonify(reason="not_found"), 404
    return render_template("errors/not_found.html", area=area, form=typed_form()), 404


def _meant() -> str | None:
    """The page that somebody means who reads an address that has none: it is there for everybody, or it is not told."""
    if request.method != "GET":
        return None
    path: str | None = current_app.extensions["consult.meant"](session(), request.path, arrived_at())
    if path is None:
        return None
    try:
        endpoint, _values = current_app.url_map.bind_to_environ(request.environ).match(path, "GET")
    except HTTPException:
        return None
    declared = getattr(current_app.view_functions[endpoint], "access", ("",))
    return path if declared[0] == "public" else None


def http_error(error: HTTPException) -> Answer:
    """Whatever else HTTP refuses (method, size, media type), with its own status and headers (which methods are)."""
    close_database()
    if error.code is None or error.code < 400:
        return error
    told = {name: value for name, value in error.get_headers() if name != "Content-Type"}
    if error.code == TOO_LARGE:
        bounds.let_come_in()
    if by_program():
        return jsonify(reason=error.name.lower().replace(" ", "_")), error.code, told
    return render_template("errors/http.html", area=_area(), code=error.code), error.code, told


def damaged(error: DamagedFile) -> Answer:
    """A kept file that is not what it was, and is given to nobody: the log and whoever watches the site are told."""
    close_database()
    damages().report(error)
    if by_program():
        return jsonify(reason="damaged_file"), 503
    return render_template("errors/damaged_file.html"), 503, {"Cache-Control": "no-store"}


def broken(error: InternalServerError) -> Answer:
    """A fault of ours: logged by Flask, told without details. What it came of may be the disk all the same."""
    found = unavailable(error.original_exception)
    return told(found.reason, 503) if found else told("server_error", 500)


def after_a_while(response: Response) -> Response:
    """Whoever is told to come again is told when; the page of an error bears its own code, and is kept by nobody."""
    if response.status_code >= 400 and response.mimetype == "text/html":
        response.headers.setdefault("Cache-Control", "no-store")
    if response.status_code in {429, 503}:
        response.headers.setdefault("Retry-After", str(A_MINUTE))
    return response


def outside(app: Flask, status: int) -> Response:
    """The page for what never became a request of the site: its first lines could not be read, it asked for a host that
    is not ours, or the answer to it broke on its way out."""
    if not request_marks.current().id:
        request_marks.begin()
    with app.test_request_context():
        page = render_template("errors/http.html", area=_area(), code=status) if status < 500 else _broken_page()
        response = app.process_response(app.make_response((page, status)))
    response.headers[HEADER] = request_marks.current().id
    return response


def _broken_page() -> str:
    return render_template("errors/given_back.html", reason="server_error", form=None)


def register(app: Flask) -> None:
    """Answers for every error; each rolls back first, since answering would otherwise look like success."""
    for failure in (Unavailable, SQLAlchemyError, sqlite3.Error, OSError):
        app.register_error_handler(failure, storage_failed)
    app.register_error_handler(Refused, refused)
    app.register_error_handler(CSRFError, token_changed)
    app.register_error_handler(UploadsLost, token_changed)
    app.register_error_handler(Invalid, invalid)
    app.register_error_handler(NotFound, not_found)
    app.register_error_handler(DamagedFile, damaged)
    app.register_error_handler(404, not_found)
    # What was read a moment ago was deleted by somebody else before it could be changed.
    app.register_error_handler(ObjectDeletedError, not_found)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(500, broken)
    app.after_request(after_a_while)
