"""A matter that is open."""

import pytest
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.stages import Stage
from tests.builders import make_consultation


@pytest.fixture
def matter(app_session: Session) -> Consultation:
    """A matter that is open now."""
    made = make_consultation(app_session, Stage.OPEN, now=clock.now())
    app_session.commit()
    return made
