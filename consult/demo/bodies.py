"""What became of bodies in the demonstration: one that was typed in and waits, and one that was merged lately."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from consult import clock
from consult.administration.bodies import changes
from consult.administration.bodies.deciding import DecidingDocument
from consult.db import Lock, writing
from consult.demo import content
from consult.demo.cast import Cast
from consult.people.organisations import NewOrganisation, create
from consult.people.words import Level, OrganisationKind, Role
from consult.responses.intake import typed_bodies
from consult.responses.intake.typed_bodies import TypedBody


def play(session: Session, people: Cast, now: datetime) -> None:
    """Types one body in at the desk, and merges another into one that exists."""
    said = content.changes()
    officer = next(one for one in people.actors.values() if one.holds(Role.OFFICER))
    administrator = next(one for one in people.actors.values() if one.holds(Role.ADMINISTRATOR))
    typed, merged = said["typed"], said["merged"]
    before = now - timedelta(hours=2)
    with writing(session, Lock.PEOPLE):
        body = TypedBody(typed["name"], OrganisationKind(typed["kind"]), Level(typed["level"]))
        typed_bodies.added(session, body, people.areas[tuple(typed["area"])], officer.user_id, before)
        new = NewOrganisation(merged["name"], OrganisationKind(merged["kind"]), Level(merged["level"]))
        old = create(session, new)
    day = clock.local_day(before)
    document = DecidingDocument(merged["document_number"], day - timedelta(days=9), merged["document_issuer"])
    changes.merge(
        session, old.id, people.organisations[merged["into"]].id, day, document, administrator, before
    )  # fmt: skip
