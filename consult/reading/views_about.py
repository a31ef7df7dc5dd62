"""Pages about the site itself, and what search engines may read of it."""

from flask import Response, current_app, render_template

from consult.reading.views_frame import blueprint
from consult.web.guard import public

NOT_FOR_ROBOTS = ("/tra-cuu/", "/xu-ly/", "/to-chuc/", "/quan-tri/", "/dang-nhap/")


@blueprint.get("/tiep-can/")
@public()
def accessibility() -> str:
    """Who can use the site, and how."""
    return render_template("about/accessibility.html")


@blueprint.get("/to-cao-khieu-nai/")
@public()
def denunciations() -> str:
    """Where denunciations and complaints go, since not here."""
    return render_template("about/denunciations.html", office=current_app.config["COMPLAINTS_ADDRESS"])


@blueprint.get("/robots.txt")
@public()
def robots() -> Response:
    """What robots leave alone: pages about one person, and pages for work."""
    lines = ["User-agent: *", *(f"Disallow: {start}{path}" for path in NOT_FOR_ROBOTS for start in ("", "/en"))]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
