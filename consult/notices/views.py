"""The page that shows the mails of a development site. It does not exist in production, nor beside a mail server."""

from functools import wraps
from ipaddress import ip_address
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, make_response, render_template, request

from consult.errors import NotFound
from consult.notices.sending import mail_folder
from consult.web.guard import View, public

blueprint = Blueprint("notices", __name__)

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")


def register(app: Flask) -> None:
    """Gives `app` the page when its mails go into a folder and it is no production site."""
    if app.config["ENVIRONMENT"] != "production" and not app.config["SMTP_HOST"]:
        app.register_blueprint(blueprint)


def only_here(view: View) -> View:
    """Lets in only who sits at this machine: mails carry addresses, and links that set passwords."""

    @wraps(view)
    def closed(*arguments: object, **values: object) -> object:
        try:
            near = ip_address(request.remote_addr or "").is_loopback
        except ValueError:
            near = False
        if not near or any(name in request.headers for name in FORWARDED):
            raise NotFound
        return view(*arguments, **values)

    return closed


@blueprint.get("/thu-da-gui/")
@public()
@only_here
def index() -> Response:
    """All mails, the newest first."""
    return _unstored(render_template("notices/index.html", mails=mail_folder.kept(_folder())))


@blueprint.get("/thu-da-gui/<name>/")
@public()
@only_here
def mail(name: str) -> Response:
    """One mail as its reader sees it."""
    return _unstored(render_template("notices/mail.html", mail=mail_folder.read(_folder(), name)))


def _folder() -> Path:
    folder: Path = current_app.config["MAIL_FOLDER"]
    return folder


def _unstored(page: str) -> Response:
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
