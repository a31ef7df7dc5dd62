"""A matter found by its address is the same whether its session is the first to ask or knows it already."""

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.db import writing
from consult.stages import Stage
from tests.builders import make_consultation, make_organisation


def _anew(session: Session) -> tuple[str, Session]:
    """The address of an open matter, and a session on the same connection that has read nothing."""
    slug = make_consultation(session, Stage.OPEN).slug
    session.flush()
    session.expunge_all()
    return slug, session


def test_everything_of_it_is_there_as_a_session_reads_it(session: Session) -> None:
    slug, session = _anew(session)
    quick = queries.by_slug(session, slug)
    columns = [column.key for column in inspect(Consultation).column_attrs]
    told = {name: getattr(quick, name) for name in columns}
    bodies = [{**vars(body), "_sa_instance_state": None} for body in (quick.lead, quick.answering, quick.issuing)]
    periods = [period.id for period in quick.periods]
    session.expunge_all()
    whole = session.query(Consultation).filter_by(slug=slug).one()
    assert told == {name: getattr(whole, name) for name in columns}
    assert [body["name"] for body in bodies] == [body.name for body in (whole.lead, whole.answering, whole.issuing)]
    assert periods and periods == [period.id for period in whole.periods]


def test_what_is_changed_of_it_is_written(session: Session) -> None:
    slug, session = _anew(session)
    found = queries.by_slug(session, slug)
    assert not session.dirty and queries.by_slug(session, slug) is found
    before = found.content_version
    with writing(session, found.id):
        found.touch()
    session.expunge_all()
    assert queries.by_slug(session, slug).content_version == before + 1


def test_one_body_in_several_places_is_one(session: Session) -> None:
    """And it is read again once the session has forgotten what it read, as at the beginning of every act."""
    body = make_organisation(session, name="Ủy ban nhân dân tỉnh")
    slug = make_consultation(session, Stage.OPEN, lead=body, answering=body, issuing=body).slug
    session.commit()
    session.expunge_all()
    found = queries.by_slug(session, slug)
    assert found.lead is found.answering is found.issuing
    session.expire_all()
    assert found.lead is found.issuing and found.lead.name == "Ủy ban nhân dân tỉnh"
