"""Of the scene in which everything that an act may touch is there once: what is decided and signed at the end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.db import new_id
from consult.people.models import Organisation
from consult.responses.ending.models import SignedCopy
from consult.responses.ending.words import SignedPaper
from consult.responses.majority import tally
from consult.stages import Stage
from tests.builders import make_consultation, make_user
from tests.responses.desk_builder import Desk
from tests.responses.majority.scene import people_say, under_the_law

Add = Callable[..., None]


def of_the_majority(add: Add, desk: Desk) -> None:
    """A matter of the same desk in which most people are against a clause."""
    given = {"lead": desk.body, "now": desk.now, "opened_before": 70}
    other = replace(desk, matter=make_consultation(desk.session, Stage.RESPONDING, **given))
    under_the_law(other)
    people_say(other, in_favour=0, against=5)
    [one] = tally.tallies(desk.session, other.matter)
    form = {"way": "differs", "text": "Khác."}
    add("desk.majority.decide", form, slug=other.matter.slug, key=tally.key_of(one))


def of_signed_copies(add: Add, session: Session, body: Organisation, ended: Consultation) -> None:
    """A signed copy of a concluded matter, and the form for a further one."""
    session.add(signed(ended, make_user(session, body).id, clock.now()))
    session.commit()
    form = {"paper": "table", "number": "1/BTH", "signed_on": "23/11/2026"}
    add("results_package.keep", form, slug=ended.slug)
    add("results_package.set_aside", {"reason": "Nhầm."}, slug=ended.slug, number=1)


def signed(matter: Consultation, by_id: object, now: datetime) -> SignedCopy:
    """The row of a signed table."""
    file = {"file_hash": "0" * 64, "file_name": "a.pdf", "file_size": 1}
    told = {"letter_number": "1/BTH", "signed_on": clock.local_day(now), "set_aside_reason": ""}
    return SignedCopy(
        id=new_id(), consultation_id=matter.id, number=1, paper=SignedPaper.TABLE, at=now, by_id=by_id, **file, **told
    )
