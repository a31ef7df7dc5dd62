"""What a person or a program sees when something is refused, not found, or broken."""

from typing import Any

from flask import Flask, Response, jsonify, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import ObjectDeletedError
from werkzeug.exceptions import HTTPException

from consult.errors import Invalid, NotFound, Refused
from consult.web import carried, tickets
from consult.web.context import arrived_at, close_database

STATUS = {"sign_in_needed": 401, "not_your_role": 403, "other_origin": 403, "too_many": 429}
"""Other refusals are 409: the rules or the moment do not allow it."""

Answer = Response | tuple[Any, ...] | Any


def wants_json() -> bool:
    """Whether a program asks: every address of the API does."""
    return request.path.startswith("/api/")


def refused(error: Refused) -> Answer:
    """A refusal with its reason in words; who is signed out is led to the sign-in page and back."""
    close_database()
    status = STATUS.get(error.reason, 409)
    if wants_json():
        return jsonify(reason=error.reason), status
    if error.reason == "sign_in_needed":
        return _sign_in_first()
    return render_template("errors/refused.html", reason=error.reason, details=error.details), status


def _sign_in_first() -> Answer:
    """The sign-in page, which leads back; what was typed into a form of ours goes along and is not lost."""
    if request.method in {"GET", "HEAD"}:
        address = request.script_root + request.full_path.rstrip("?")
        return redirect(url_for("sign_in.sign_in", next=address))
    if not tickets.same_origin():
        return refused(Refused("other_origin"))
    form = carried.of_request()
    kept = {"carried": carried.seal(form), "lost": form, "next": "", "mail": "", "errors": {}, "people": ()}
    return render_template("sign_in/sign_in.html", ticket=tickets.issue("sign_in", arrived_at()), **kept), 401


def token_changed(_error: CSRFError) -> Answer:
    """A form whose token is no longer that of the session: given back with everything typed and a fresh token."""
    close_database()
    if not tickets.same_origin():
        return refused(Refused("other_origin"))
    return render_template("sign_in/send_again.html", form=carried.of_request()), 400


def invalid(error: Invalid) -> Answer:
    """Input that no view gave back with its form."""
    close_database()
    if wants_json():
        return jsonify(errors=error.errors), 422
    return render_template("errors/invalid.html", errors=error.errors), 422


def not_found(_error: Exception) -> Answer:
    """The same answer for what does not exist and what is not for the reader."""
    close_database()
    if wants_json():
        return jsonify(reason="not_found"), 404
    return render_template("errors/not_found.html"), 404


def http_error(error: HTTPException) -> Answer:
    """Whatever else HTTP refuses (method, size, media type), with its own status and headers (which methods are)."""
    close_database()
    if error.code is None or error.code < 400:
        return error
    told = {name: value for name, value in error.get_headers() if name != "Content-Type"}
    if wants_json():
        return jsonify(reason=error.name.lower().replace(" ", "_")), error.code, told
    return render_template("errors/http.html", code=error.code), error.code, told


def broken(error: Exception) -> Answer:
    """A fault of ours: logged by Flask, told without details."""
    close_database()
    if wants_json():
        return jsonify(reason="server_error"), 500
    return render_template("errors/server_error.html"), 500


def register(app: Flask) -> None:
    """Answers for every error; each rolls back first, since answering would otherwise look like success."""
    app.register_error_handler(Refused, refused)
    app.register_error_handler(CSRFError, token_changed)
    app.register_error_handler(Invalid, invalid)
    app.register_error_handler(NotFound, not_found)
    app.register_error_handler(404, not_found)
    # What was read a moment ago was deleted by somebody else before it could be changed.
    app.register_error_handler(ObjectDeletedError, not_found)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(500, broken)
