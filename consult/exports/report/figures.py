"""What the report of a matter says (báo cáo tổng hợp, tiếp thu, giải trình): every number of it is made from what the
site has, by the rules by which pages tell it; what nobody knows here is a line to be written on."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter.calendar import last_day_of
from consult.consultations.models import Consultation
from consult.exports import cell_texts
from consult.exports.heading import above, head
from consult.exports.official_language import official
from consult.exports.report.answered_places import answered_places
from consult.official_papers.paper import Letterhead
from consult.reading.letters.critiques import every
from consult.responses.asked.replies import asked_bodies
from consult.responses.questions.pauses import term_of
from consult.responses.statistics import answer_times, stances
from consult.responses.statistics.participation import participation
from consult.responses.words import Disposition
from consult.submissions.anchors import label_of, labels_of
from consult.submissions.words import Stance

MOST_PLACES = 10
CHANGED = (Disposition.ACCEPTED, Disposition.PARTLY_ACCEPTED)


def told(session: Session, consultation: Consultation, now: datetime) -> dict[str, Any]:
    """Everything that the template of the report says, as of the instant `now`."""
    body, table = consultation.lead, head(session, consultation, now)
    asked = asked_bodies(session, consultation, now)
    return {
        "paper": Letterhead(body.name, above(body, consultation.issuing), place=body.place),
        "matter": consultation,
        "table": table,
        "counted_at": cell_texts.counted_at(table, official),
        "opened_on": clock.local_day(consultation.opens_at) if consultation.opens_at else None,
        "last_day": last_day_of(consultation.closes_at) if consultation.closes_at else None,
        "concluded": consultation.concluded_at is not None,
        "asked": len(asked),
        "replied": sum(bool(one.sent) for one in asked),
        "answered": sum(table.dispositions.values()),
        "dispositions": [(official(f"disposition.{code}"), count) for code, count in table.dispositions.items()],
        "changed": answered_places(session, consultation, CHANGED, MOST_PLACES),
        "refused": answered_places(session, consultation, [Disposition.NOT_ACCEPTED], MOST_PLACES),
        "times": answer_times.times_of(session, consultation, term_of(session, consultation), clock.local_day(now)),
        "critiques": [one.line.name for one in every(session, consultation)],
        "majority": cell_texts.majority(table, official),
        **_taking_part(session, consultation, clock.local_day(now)),
    }


def _taking_part(session: Session, consultation: Consultation, day: date) -> dict[str, Any]:
    """Who took part, on which places most, and where most are against."""
    counted = participation(session, consultation.id, day)
    against = stances.stances(session, consultation.id).most_opposed()[:MOST_PLACES]
    return {
        "taking_part": counted,
        "places": [(labels_of(one.names, official), one.comments) for one in counted.places],
        "against": [
            (label_of(one.place, official), one.told(Stance.SUPPORT) + one.told(Stance.SUPPORT_WITH_CHANGES),
             one.told(Stance.OPPOSE), one.against - one.told(Stance.OPPOSE))
            for one in against
        ],
    }  # fmt: skip
