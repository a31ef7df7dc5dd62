"""How the site is found and named elsewhere: by search engines, browsers, other portals, and who reports a fault."""

from datetime import timedelta

from flask import Response, current_app, render_template, request

from consult import clock
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.policy import Action
from consult.reading import service
from consult.reading.views_frame import blueprint
from consult.web import context
from consult.web.guard import public
from consult.web.headers import PRIVATE

STANDING = (
    "/", "/lay-y-kien/", "/ket-qua/", "/gioi-thieu/", "/cach-gop-y/", "/cau-hoi/", "/du-lieu-ca-nhan/", "/lien-he/",
    "/du-lieu/", "/nhat-ky/", "/tiep-can/", "/to-cao-khieu-nai/",
)  # fmt: skip
"""Pages that are always there."""

SECURITY_FILE_LASTS = timedelta(days=180)


@blueprint.get("/robots.txt")
@public()
def robots() -> Response:
    """What robots leave alone, pages about one person and pages for work, and where the list of all others is."""
    lines = ["User-agent: *", *(f"Disallow: {start}{path}" for path in PRIVATE for start in ("", "/en"))]
    lines.append(f"Sitemap: {current_app.config['SITE_URL']}/sitemap.xml")
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@blueprint.get("/sitemap.xml")
@public()
def sitemap() -> Response:
    """The pages that search engines may show: those that always stand, and of each public matter its page, newest draft
    and comments."""
    session, now = context.session(), context.arrived_at()
    items = service.listed(session, service.MatterFilters(), now)
    page = render_template(
        "about/sitemap.xml",
        site=current_app.config["SITE_URL"],
        standing=STANDING,
        matters=[item.matter for item in items],
        drafts=service.newest_drafts(session),
    )
    return Response(page, mimetype="application/xml")


@blueprint.get("/manifest.webmanifest")
@public()
def manifest() -> Response:
    """What a telephone calls the site that was put on its first screen, and how it looks there."""
    return Response(render_template("about/manifest.txt"), mimetype="application/manifest+json")


@blueprint.get("/favicon.ico")
@public()
def favicon() -> Response:
    """The mark, for browsers that ask for it by this name."""
    return current_app.send_static_file("img/favicon.ico")


@blueprint.get("/.well-known/security.txt")
@public()
def security() -> Response:
    """Where faults of security are reported (RFC 9116); raises NotFound where nobody is named."""
    contact = current_app.config["OWNER"]["security_contact"]
    if not contact:
        raise NotFound
    until = clock.local_day(context.arrived_at()) + SECURITY_FILE_LASTS
    lines = [
        f"Contact: {contact}",
        f"Expires: {until.isoformat()}T00:00:00Z",
        "Preferred-Languages: vi, en",
        f"Canonical: {current_app.config['SITE_URL']}{request.path}",
    ]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@blueprint.get("/lay-y-kien/<slug>/manh-tin.html")
@public(Action.READ_MATTER, of=queries.by_slug)
def fragment(consultation: Consultation) -> Response:
    """What a portal may put into a page of its own: the matter in a few lines, with whole addresses, no script and no
    style."""
    site = current_app.config["SITE_URL"] + request.script_root
    page = render_template("about/fragment.txt", consultation=consultation, site=site, now=context.arrived_at())
    return Response(page, mimetype="text/html", headers={"Access-Control-Allow-Origin": "*"})
