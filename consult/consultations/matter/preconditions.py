"""What every verb on a matter asks and does: is it still being prepared, who acts, forget what was read before."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import ObjectDeletedError

from consult.consultations.models import Consultation
from consult.errors import NotFound, Refused
from consult.policy import Actor
from consult.stages import Stage, stage_of


def person(actor: Actor) -> UUID:
    """The id of who acts; raises Refused for somebody who is not signed in."""
    if actor.user_id is None:
        raise Refused("sign_in_needed")
    return actor.user_id


def still_drafting(consultation: Consultation, now: datetime) -> None:
    """Raises Refused when the matter is published: from then on a correction is a new revision. Raises NotFound when
    somebody has discarded it meanwhile."""
    try:
        stage = stage_of(consultation, now)
    except ObjectDeletedError as gone:
        raise NotFound from gone
    if stage is not Stage.DRAFTING:
        raise Refused("already_published")


def written(session: Session, consultation: Consultation) -> None:
    """Sends what was changed to the database, and has derived facts (openings, ends) read again when asked for."""
    session.flush()
    session.expire(consultation)
