"""Legal profiles as they stand. None is changed where it stands: a release brings another one, or the province proposes
a copy with a first day of its own (`profile_proposals`)."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import LegalProfile
from consult.errors import NotFound


def profiles(session: Session) -> Sequence[LegalProfile]:
    """All profiles, by code and the day they are in force from."""
    return session.scalars(select(LegalProfile).order_by(LegalProfile.code, LegalProfile.valid_from)).all()


def profile(session: Session, profile_id: UUID) -> LegalProfile:
    """One profile. Raises NotFound."""
    found = session.get(LegalProfile, profile_id)
    if found is None:
        raise NotFound
    return found
