"""After an outage on the last day: the periods of a matter end later, as the rule says that was announced with it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from consult.consultations.matter import calendar, outages
from consult.consultations.matter.outages import OwedExtension
from consult.consultations.matter.preconditions import person, written
from consult.consultations.models import Consultation, PeriodExtension
from consult.consultations.preparation import publication
from consult.db import writing
from consult.errors import Refused
from consult.policy import Action, Actor, require
from consult.shown import digest


def version_of(found: Sequence[OwedExtension]) -> str:
    """A text that changes with anything that is proposed."""
    return digest([[str(one.period.id), one.last_day.isoformat(), outages.facts_of(one)] for one in found])


def extend_after_outage(
    session: Session, consultation: Consultation, reason: str, shown: str, actor: Actor, now: datetime
) -> list[PeriodExtension]:
    """Lets every period end later to which the rule gives that, in one act, for a public reason, provided that it is
    still what was `shown` (`version_of`). Each period leaves its entry in the log and is told as any extension is.

    Raises Invalid({"reason": code}), Refused("no_outage_extension" | "changed_since_shown" | the policy's reason).
    """
    by_id = person(actor)
    publication.check_reason(reason)
    with writing(session, consultation.id):
        require(actor, Action.EXTEND_MATTER, consultation, now)
        found = outages.owed(session, consultation, now)
        if not found:
            raise Refused("no_outage_extension")
        if shown != version_of(found):
            raise Refused("changed_since_shown")
        made = [
            publication.put_end(
                session, consultation, one.period, calendar.end_of(one.last_day), reason, by_id, now,
                outages.facts_of(one),
            )
            for one in found
        ]  # fmt: skip
        consultation.touch()
        written(session, consultation)
    return made
