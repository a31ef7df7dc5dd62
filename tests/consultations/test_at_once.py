"""Two people at one matter, or at two that want the same address, at the same moment."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.invitation_models import Invitation
from consult.consultations.invitations import service as invitations
from consult.consultations.invitations.service import NewInvitation
from consult.consultations.matter.inputs import NewConsultation
from consult.consultations.matter.queries import by_slug
from consult.consultations.preparation import publication
from consult.consultations.preparation import service as preparation
from consult.db import Database
from consult.ledger.models import LedgerEntry
from consult.policy import Actor
from consult.stages import Stage
from tests.builders import NOW, TODAY, make_consultation, make_organisation, make_publisher, new_matter, period_of
from tests.races import at_once


def matter(database: Database, stage: Stage) -> tuple[Actor, str]:
    """A publisher with a matter, by its address."""
    with database.session() as session:
        slug = make_consultation(session, stage).slug
        return make_publisher(session), slug


def entries(database: Database, kind: str) -> int:
    """How many entries of a kind stand in the log."""
    with database.session() as session:
        rows = select(func.count()).select_from(LedgerEntry).where(LedgerEntry.kind == kind)
        return session.scalar(rows) or 0


def test_two_matters_want_one_address(database: Database) -> None:
    with database.session() as session:
        new = replace(new_matter(session), slug="rac-thai")
        actor = make_publisher(session)

    def create(own: Session) -> None:
        preparation.create(own, new, actor, NOW)

    assert at_once(database, create, create) == ["done", "slug_taken"]


def test_two_matters_without_an_address_get_two(database: Database) -> None:
    with database.session() as session:
        new, actor = new_matter(session), make_publisher(session)

    def create(own: Session) -> None:
        preparation.create(own, new, actor, NOW)

    assert at_once(database, create, create) == ["done", "done"]


def test_two_matters_change_to_one_address(database: Database) -> None:
    with database.session() as session:
        new, actor = new_matter(session), make_publisher(session)
        slugs = [preparation.create(session, new, actor, NOW).slug for _ in range(2)]
    wanted: NewConsultation = replace(new, slug="rac-thai")

    def edit(slug: str):
        return lambda own: preparation.edit(own, by_slug(own, slug), wanted, actor, NOW)

    assert at_once(database, *map(edit, slugs)) == ["done", "slug_taken"]


def test_a_matter_is_published_once(database: Database) -> None:
    actor, slug = matter(database, Stage.DRAFTING)

    def publish(own: Session) -> None:
        publication.publish(own, by_slug(own, slug), actor, NOW - timedelta(days=5))

    assert at_once(database, publish, publish) == ["already_published", "done"] and entries(database, "published") == 1


def test_a_period_is_extended_twice_one_after_the_other(database: Database) -> None:
    actor, slug = matter(database, Stage.OPEN)

    def extend(own: Session) -> None:
        consultation = by_slug(own, slug)
        period = period_of(own, consultation)
        publication.extend(own, consultation, period.id, TODAY + timedelta(days=60), "Còn nhiều ý kiến.", actor, NOW)

    happened = at_once(database, extend, extend)
    assert happened == ["done", "not_later_than_now"] and entries(database, "extended") == 1


def test_a_matter_is_withdrawn_once(database: Database) -> None:
    actor, slug = matter(database, Stage.OPEN)

    def withdraw(own: Session) -> None:
        publication.withdraw(own, by_slug(own, slug), "Soạn lại.", actor, NOW)

    assert at_once(database, withdraw, withdraw) == ["done", "withdrawn"]


def test_a_body_is_asked_once(database: Database) -> None:
    with database.session() as session:
        body = make_organisation(session)
        slug, actor = make_consultation(session, Stage.DRAFTING).slug, make_publisher(session)

    def invite(own: Session) -> None:
        invitations.invite(own, by_slug(own, slug), NewInvitation(body.id, "1/CV", TODAY), actor, NOW)

    assert at_once(database, invite, invite) == ["done", "done"]
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(Invitation)) == 1
