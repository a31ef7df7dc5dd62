"""Who asks that their words be erased takes the point of their telephone with them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.responses.data_requests import blanking, copies
from consult.submissions.models import Comment, Submission
from consult.submissions.sighting_models import SightingPlace
from tests.programme.sightings.scene import make_seen


def test_the_point_goes_with_the_words(session: Session) -> None:
    make_seen(session).see()
    submission = session.scalars(select(Submission)).one()
    blanking.words(session, submission, list(session.scalars(select(Comment))))
    session.flush()
    session.expire_all()
    place = session.scalars(select(SightingPlace)).one()
    assert (place.latitude, place.longitude) == (None, None)


def test_a_copy_of_what_is_held_has_the_point(session: Session) -> None:
    seen = make_seen(session)
    seen.see()
    submission = session.scalars(select(Submission)).one()
    [one] = copies.copy_of(session, seen.desk.matter, submission, seen.desk.now)["comments"]
    assert (one["seen"]["kind"], one["seen"]["point"]) == ("waste", "22.82345, 104.98412")
