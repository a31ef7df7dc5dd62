"""The notice of results for the boards and loudspeakers of communes: five lines, in words for everybody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter.calendar import last_day_of
from consult.consultations.models import Consultation
from consult.exports.heading import above, head
from consult.exports.official_language import official
from consult.exports.report.answered_places import answered_places
from consult.official_papers.paper import Letterhead
from consult.people.models import Area
from consult.responses.statistics.participation import participation
from consult.responses.words import Disposition
from consult.text import within_phrase

MOST_PLACES = 3
CHANGED = (Disposition.ACCEPTED, Disposition.PARTLY_ACCEPTED)


@dataclass(frozen=True)
class OfCommune:
    """Of which commune the notice is, under all its names; it may be told that five of its people or more wrote."""

    area: Area
    near: Collection[UUID]


def told(
    session: Session, consultation: Consultation, commune: OfCommune | None, address: str, now: datetime
) -> dict[str, Any]:
    """What the template of the notice says of a concluded matter, as of the instant `now`; `address` is where all of it
    can be read."""
    body = consultation.posting
    return {
        "paper": Letterhead(body.name, above(body, consultation.issuing), place=body.place),
        "matter": consultation,
        "lines": five_lines(session, consultation, commune, address, now),
    }


def five_lines(
    session: Session, consultation: Consultation, commune: OfCommune | None, address: str, now: datetime
) -> list[str]:
    """The five lines: what was asked, who spoke, what was decided, what was changed, where to read and ask."""
    table = head(session, consultation, now)
    body = consultation.posting
    spoken = official("results_notice.spoken", count=table.outcome["received"])
    return [
        _asked(consultation),
        spoken + _of_commune(session, consultation, commune, clock.local_day(now)),
        _decided(table.dispositions),
        _changed(session, consultation),
        official(
            "results_notice.ask", address=address, body=body.name,
            telephone=official("results_notice.telephone", number=body.telephone) if body.telephone else "",
        ),
    ]  # fmt: skip


def _asked(consultation: Consultation) -> str:
    first = clock.local_day(consultation.opens_at) if consultation.opens_at else None
    last = last_day_of(consultation.closes_at) if consultation.closes_at else None
    days = {"first": f"{first:%d/%m/%Y}" if first else "…", "last": f"{last:%d/%m/%Y}" if last else "…"}
    return official("results_notice.asked", body=consultation.lead.name, matter=consultation.short_name, **days)


def _of_commune(session: Session, consultation: Consultation, commune: OfCommune | None, day: date) -> str:
    if commune is None:
        return ""
    counted = participation(session, consultation.id, day).areas or []
    people = next((one.people.count for one in counted if one.area_id in commune.near and one.people.count), None)
    area = within_phrase(commune.area.name)
    if people is None:
        return " " + official("results_notice.of_commune_some", area=area)
    return " " + official("results_notice.of_commune", area=area, people=people)


def _decided(dispositions: dict[str, int]) -> str:
    terms = [
        official("exports.term", words=official(f"disposition.{code}").lower(), count=count)
        for code, count in dispositions.items()
    ]
    return official("results_notice.decided", terms=", ".join(terms)) if terms else official("results_notice.nothing")


def _changed(session: Session, consultation: Consultation) -> str:
    places = answered_places(session, consultation, CHANGED, MOST_PLACES)
    if not places:
        return official("results_notice.unchanged")
    return official("results_notice.changed", places=", ".join(one.words for one in places))
