"""What can be followed: a matter, one clause of it, a commune, a field, and of programmes what `programme_subjects.py`
names; by its address, and by who follows it."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult import clock
from consult.consultations.document_models import Document, Provision, Revision
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.revisions.lineages import filed_drafts, lineages
from consult.errors import NotFound
from consult.notices.following import programme_subjects
from consult.notices.models import Follower
from consult.notices.words import OF_PROGRAMMES, Followed
from consult.people import areas, territory
from consult.people.models import Area
from consult.policy import ANYBODY, Action, require
from consult.submissions import anchors
from consult.submissions.anchors import NamedPlace
from consult.text import searched


@dataclass(frozen=True)
class Subject:
    """One thing that is followed. `key` is what its address says after the kind, `subject` what is kept of it; `matter`
    and `place` are those of a matter and of a clause, `name` of an area or a field. `line` are the provisions that the
    clause is in the drafts there are: draft and path."""

    kind: Followed
    key: str
    subject: str
    matter: Consultation | None = None
    place: NamedPlace | None = None
    name: str = ""
    area_ids: frozenset[UUID] = frozenset()
    line: tuple[tuple[UUID, str], ...] = ()


def find(session: Session, kind: Followed, key: str, now: datetime) -> Subject:
    """What an address names, of what is public at the instant `now`. Raises NotFound."""
    if kind is Followed.AREA:
        return _area(session, key, now)
    if kind is Followed.FIELD:
        return _field(session, key, now)
    if kind in OF_PROGRAMMES:
        return _of_programmes(session, kind, key)
    slug, _, rest = key.partition("/")
    matter = queries.by_slug(session, slug)
    require(ANYBODY, Action.READ_MATTER, matter, now)
    if kind is Followed.MATTER:
        if rest:
            raise NotFound
        return Subject(kind, slug, str(matter.id), matter)
    anchor = anchors.parse(rest)
    if anchor is None or not anchor.path or anchor.revision is None:
        raise NotFound
    return _clause(session, matter, _provision(session, matter, anchor.document, anchor.revision, anchor.path))


def of_follower(session: Session, follower: Follower, now: datetime) -> Subject | None:
    """What somebody follows; None when it is gone."""
    try:
        if follower.kind is Followed.FIELD:
            return _field(session, follower.subject, now)
        if follower.kind in OF_PROGRAMMES:
            return _kept_of_programmes(session, follower)
        if follower.kind is Followed.AREA:
            return _of_area(session, session.get(Area, UUID(follower.subject)), now)
        matter = session.get(Consultation, follower.consultation_id)
        if matter is None:
            return None
        if follower.kind is Followed.MATTER:
            return Subject(follower.kind, matter.slug, follower.subject, matter)
        return _clause(session, matter, UUID(follower.subject))
    except NotFound:
        return None


def field_key(field: str) -> str:
    """A field as its address says it: `moi-truong`."""
    return "-".join(re.findall(r"[^\W_]+", searched(field)))


def fields(session: Session, now: datetime) -> dict[str, str]:
    """The fields of all public matters by their keys, in the order of their names."""
    public = Consultation.published_at.is_not(None) & (Consultation.published_at <= now)
    named = session.scalars(select(Consultation.field).where(public).distinct().order_by(Consultation.field))
    return {key: field for field in named if (key := field_key(field))}


def matters_of(session: Session, subject: Subject | None, now: datetime) -> Sequence[Consultation]:
    """The public matters that a subject is about, the newest first; all of them for none."""
    if subject is not None and subject.matter is not None:
        return [subject.matter]
    public = (Consultation.published_at.is_not(None), Consultation.published_at <= now)
    found = select(Consultation).where(*public).options(joinedload(Consultation.lead))
    if subject is not None and subject.kind is Followed.AREA:
        found = found.where(Consultation.area_id.in_(subject.area_ids))
    listed = session.scalars(found.order_by(Consultation.published_at.desc(), Consultation.id)).all()
    if subject is not None and subject.kind is Followed.FIELD:
        return [one for one in listed if field_key(one.field) == subject.key]
    return listed


def kept_of(session: Session, matter: Consultation, day: date) -> dict[Followed, Collection[str]]:
    """What is kept of the subjects that a matter is among: by who follows these, it is followed."""
    near = _related(session, matter.area_id, day) if matter.area_id is not None else frozenset()
    return {
        Followed.MATTER: {str(matter.id)},
        Followed.AREA: {str(one) for one in near},
        Followed.FIELD: {field_key(matter.field)} - {""},
    }


def _of_programmes(session: Session, kind: Followed, key: str) -> Subject:
    if kind is Followed.PROGRAMME:
        kept, name = programme_subjects.programme(session, key)
        return Subject(kind, key, kept, name=name)
    if kind is Followed.PROMISES_OF_BODY:
        name = programme_subjects.body(session, key)
        return Subject(kind, key, str(UUID(key)), name=name)
    area = _named_area(session, key)
    return Subject(kind, key, str(area.id), name=area.name)


def _kept_of_programmes(session: Session, follower: Follower) -> Subject:
    kind, kept = follower.kind, follower.subject
    if kind is Followed.PROGRAMME:
        slug, name = programme_subjects.programme_of(session, kept)
        return Subject(kind, slug, kept, name=name)
    if kind is Followed.PROMISES_OF_BODY:
        return Subject(kind, kept, kept, name=programme_subjects.body(session, kept))
    area = session.get(Area, UUID(kept))
    if area is None:
        raise NotFound
    return Subject(kind, area_key(area), kept, name=area.name)


def area_key(area: Area) -> str:
    """An area as its address says it: code and first day."""
    return f"{area.code}/{area.valid_from.isoformat()}"


def _named_area(session: Session, key: str) -> Area:
    code, _, since = key.partition("/")
    try:
        found = areas.area_by_key(session, code, date.fromisoformat(since))
    except ValueError as bad:
        raise NotFound from bad
    if found is None:
        raise NotFound
    return found


def _area(session: Session, key: str, now: datetime) -> Subject:
    return _of_area(session, _named_area(session, key), now)


def _of_area(session: Session, area: Area | None, now: datetime) -> Subject:
    if area is None:
        raise NotFound
    near = _related(session, area.id, clock.local_day(now))
    return Subject(Followed.AREA, area_key(area), str(area.id), name=area.name, area_ids=near)


def _related(session: Session, area_id: UUID, day: date) -> frozenset[UUID]:
    """An area with what it was made of and what it became: who lives there means the same place."""
    after = {one.id for one in areas.successors(session, [area_id], day)[area_id]}
    return frozenset(territory.lineage_of(session, area_id, day) | after)


def _field(session: Session, key: str, now: datetime) -> Subject:
    name = fields(session, now).get(key)
    if name is None:
        raise NotFound
    return Subject(Followed.FIELD, key, key, name=name)


def _provision(session: Session, matter: Consultation, document: int, revision: int, path: str) -> UUID:
    found = session.scalar(
        select(Provision.id)
        .join(Provision.revision)
        .join(Revision.document)
        .where(
            Provision.consultation_id == matter.id,
            Document.number == document,
            Revision.number == revision,
            Revision.published_at.is_not(None),
            Provision.path == path,
        )
    )
    if found is None:
        raise NotFound
    return found


def _clause(session: Session, matter: Consultation, provision_id: UUID) -> Subject:
    """A clause as it stands in the newest draft that has it; what is kept is the first provision of its line."""
    lines = lineages(session, matter.id, [provision_id])
    if provision_id not in lines.places:
        raise NotFound
    first, newest = lines.key(provision_id), lines.newest(provision_id)
    members = [one for one in lines.places if lines.key(one) == first]
    filed = filed_drafts(session, matter.id)[newest.document]
    place = NamedPlace(newest.document, filed.title, newest.revision, filed.drafts, newest.path)
    key = f"{matter.slug}/{anchors.written(newest.document, newest.revision, newest.path)}"
    line = session.execute(
        select(Provision.revision_id, Provision.path)
        .where(Provision.consultation_id == matter.id, Provision.id.in_(members))
        .order_by(Provision.id)
    )
    return Subject(Followed.CLAUSE, key, str(first), matter, place, line=tuple((one[0], one[1]) for one in line))
