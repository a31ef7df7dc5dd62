"""The page of a project: its matters, their documents and their days (`consultations/matter/projects.py` says which
matters are about one)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter.calendar import last_day_of
from consult.consultations.matter.projects import MOST_MATTERS, key_of
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.reading import service
from consult.reading.meetings import Meeting, meeting_of
from consult.reading.service import DossierDocument, ListedMatter


@dataclass(frozen=True)
class ProjectEvent:
    """One day in the life of a project; `kind` has the words `project_event.<kind>`, `place` is where a meeting is."""

    day: date
    kind: str
    matter: Consultation
    place: str = ""


@dataclass(frozen=True)
class ProjectPage:
    """All that is told of a project, the facts as the newest of its matters has them; its events the first first."""

    key: str
    facts: dict[str, str]
    matters: list[ListedMatter]
    dossiers: list[tuple[Consultation, list[DossierDocument]]]
    meetings: list[Meeting]
    events: list[ProjectEvent]


def project_page(session: Session, key: str, now: datetime) -> ProjectPage:
    """The project that public matters call so, in some statements for each of them. Raises NotFound."""
    listed = service.listed(session, service.MatterFilters(), now)
    own = [one for one in listed if key_of(one.matter) == key][:MOST_MATTERS]
    if not own or not key:
        raise NotFound
    matters = [one.matter for one in own]
    dossiers = [(matter, service.dossier(session, matter.id)) for matter in matters]
    events = [event for matter, dossier in dossiers for event in _events(session, matter, dossier)]
    newest = max(matters, key=lambda one: one.published_at or now)
    return ProjectPage(
        key=key,
        facts=newest.project,
        matters=own,
        dossiers=dossiers,
        meetings=[found for matter in matters if (found := meeting_of(matter))],
        events=sorted(events, key=lambda event: event.day),
    )


def _events(session: Session, matter: Consultation, dossier: Sequence[DossierDocument]) -> Iterator[ProjectEvent]:
    for kind, at in _instants(matter, dossier):
        if at is not None:
            yield ProjectEvent(clock.local_day(at), kind, matter)
    if matter.closes_at is not None:
        yield ProjectEvent(last_day_of(matter.closes_at), "closes", matter)
    for extension in service.periods(session, matter.id).extensions:
        yield ProjectEvent(clock.local_day(extension.at), "extended", matter)
    meeting = meeting_of(matter)
    if meeting and meeting.day:
        yield ProjectEvent(meeting.day, "meets", matter, meeting.place)


def _instants(matter: Consultation, dossier: Sequence[DossierDocument]) -> Iterator[tuple[str, datetime | None]]:
    yield "published", matter.published_at
    yield "opens", matter.opens_at
    yield "concluded", matter.concluded_at
    yield "withdrawn", matter.withdrawn_at
    for filed in dossier:
        # The first revisions are public with the matter itself.
        yield from (("revised", one.published_at) for one in filed.revisions if one.number > 1)
