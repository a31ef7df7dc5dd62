"""Pages about the site itself."""

from flask import current_app, render_template

from consult.consultations.matter import queries
from consult.reading.views_frame import blueprint
from consult.web import context
from consult.web.guard import public


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


@blueprint.get("/gioi-thieu/")
@public()
def what() -> str:
    """What the site is for, and who does what."""
    return render_template("about/what.html")


@blueprint.get("/cach-gop-y/")
@public()
def taking_part() -> str:
    """How to say something, and what happens then."""
    return render_template("about/taking_part.html")


@blueprint.get("/cau-hoi/")
@public()
def questions() -> str:
    """What people ask."""
    return render_template("about/questions.html")


@blueprint.get("/du-lieu-ca-nhan/")
@public()
def personal_data() -> str:
    """What is kept about a person, and what they may ask for."""
    return render_template("about/personal_data.html")


@blueprint.get("/lien-he/")
@public()
def contact() -> str:
    """Whom to turn to with what."""
    security = current_app.config["OWNER"]["security_contact"].removeprefix("mailto:")
    bodies = queries.posting_bodies(context.session(), context.arrived_at())
    return render_template("about/contact.html", security=security, bodies=bodies)
