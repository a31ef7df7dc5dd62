"""A programme: written down from the signed paper by one party, public once a person of each agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from consult import clock, size_limits
from consult.consultations.matter import facts as matter_facts
from consult.consultations.matter.inputs import NewConsultation
from consult.consultations.models import Consultation, LegalProfile
from consult.consultations.words import Kind, Procedure
from consult.db import Lock, new_id, writing
from consult.errors import Invalid, Refused
from consult.files.signed_files import KeptFile
from consult.ledger import programme_entries as entries
from consult.ledger import service as ledger
from consult.people.models import Organisation
from consult.people.words import Level, OrganisationKind
from consult.policy import Actor
from consult.programme import facts, heads
from consult.programme.head_models import OF_THE_STATE, Programme
from consult.programme.promise_models import Promise
from consult.programme.year import parties
from consult.programme.year.parties import NewParty
from consult.text import one_line, stored

MOST_SENTENCES = 200
MOST_WITHOUT = 200


@dataclass(frozen=True)
class NewProgramme:
    """A programme as typed. `sentences` has one on each line, "II.5 | …" with its label before a bar; `further` are the
    parties beside that of the Front and that of the state."""

    title: str
    first_party_id: UUID | None
    second_party_id: UUID | None
    valid_from: date | None
    valid_to: date | None
    first_unit: str = ""
    second_unit: str = ""
    number: str = ""
    signed_on: date | None = None
    sentences: str = ""
    parent_id: UUID | None = None
    file: KeptFile | None = None
    further: tuple[NewParty, ...] = ()


def record(session: Session, new: NewProgramme, actor: Actor, now: datetime) -> Programme:
    """A programme that is not public yet, by somebody of one of its parties. Raises Invalid; NotFound for others."""
    by_id = heads.person(actor)
    with writing(session, Lock.MATTERS):
        _check(session, new, clock.local_day(now))
        assert new.first_party_id is not None and new.second_party_id is not None
        matter = _matter(session, new, by_id, now)
        made = Programme(consultation_id=matter.id, recorded_at=now, recorded_by_id=by_id)
        made.file_hash = made.file_name = made.media_type = ""
        session.add_all([matter, made])
        _fill(session, made, new)
        heads.require_party(made, actor)
    return made


def change(session: Session, programme: Programme, new: NewProgramme, actor: Actor, now: datetime) -> None:
    """Corrects it before it is public; what any party agreed to before is agreed to anew. Raises Invalid, NotFound,
    Refused("already_public")."""
    with writing(session, Lock.MATTERS), writing(session, programme.consultation_id):
        session.refresh(programme)
        heads.require_party(programme, actor)
        if programme.public_at is not None:
            raise Refused("already_public")
        _check(session, new, clock.local_day(now), programme.consultation_id)
        matter = session.get_one(Consultation, programme.consultation_id)
        matter.title, matter.lead_id, matter.answering_id = one_line(new.title), *_bodies(new)
        _fill(session, programme, new)
        heads.require_party(programme, actor)
        heads.disagree(programme)
        _follow_anew(session, programme)


def agree(session: Session, programme: Programme, actor: Actor, now: datetime) -> bool:
    """One party agrees to what stands there; True once it is public. Raises as `heads.agree`."""
    with writing(session, programme.consultation_id):
        session.refresh(programme)
        public = heads.agree(programme, programme, actor, now)
        if public:
            told = entries.hash_of(facts.of_programme(programme))
            entry = entries.programme_agreed(programme.matter.title, told, programme.file_hash)
            ledger.append(session, programme.consultation_id, [entry], now)
            session.get_one(Consultation, programme.consultation_id).touch()
    return public


def below(session: Session, programme: Programme) -> Sequence[Programme]:
    """The public programmes that hang below one, by the name of the party of the Front."""
    own = select(Programme).where(Programme.parent_id == programme.consultation_id, Programme.public_at.is_not(None))
    return session.scalars(own.join(Programme.first_party).order_by(Organisation.folded_name, Organisation.id)).all()


def without(session: Session, programme: Programme, day: date) -> Sequence[Organisation]:
    """The Front committees of communes of today that have no public programme below a province's; none for a programme
    of another level, and for one of many parties, which communes do not repeat."""
    if programme.first_party.level is not Level.PROVINCE or programme.further:
        return []
    has = exists().where(
        Programme.first_party_id == Organisation.id,
        Programme.parent_id == programme.consultation_id,
        Programme.public_at.is_not(None),
    )
    fronts = select(Organisation).where(
        Organisation.kind == OrganisationKind.FRONT_COMMITTEE,
        Organisation.level == Level.COMMUNE,
        Organisation.valid_from.is_(None) | (Organisation.valid_from <= day),
        Organisation.valid_to.is_(None) | (Organisation.valid_to > day),
    )
    return session.scalars(
        fronts.where(~has).order_by(Organisation.folded_name, Organisation.id).limit(MOST_WITHOUT)
    ).all()


def parents(session: Session) -> Sequence[Programme]:
    """The programmes of the province, under which others may hang, the newest first."""
    own = select(Programme).join(Programme.first_party).where(Organisation.level == Level.PROVINCE)
    return session.scalars(
        own.order_by(Programme.valid_to.desc(), Programme.consultation_id).limit(heads.MOST_PARENTS)
    ).all()


def sentences_of(typed: str) -> list[dict[str, str]]:
    """One sentence a line, its label before the first bar; a line without a bar has no label."""
    lines = [line.strip() for line in stored(typed).splitlines() if line.strip()]
    parts = [line.partition("|") if "|" in line else ("", "|", line) for line in lines]
    return [{"label": label.strip(), "text": text.strip()} for label, _bar, text in parts]


def _bodies(new: NewProgramme) -> tuple[UUID, UUID]:
    assert new.first_party_id is not None and new.second_party_id is not None
    return new.first_party_id, new.second_party_id


def _matter(session: Session, new: NewProgramme, by_id: UUID, now: datetime) -> Consultation:
    """What lends lock, log and numbers; it is never published, and no rule of a profile is applied to it."""
    first, second = _bodies(new)
    profile_id = session.scalar(select(LegalProfile.id).order_by(LegalProfile.valid_from, LegalProfile.id).limit(1))
    if profile_id is None:
        raise Refused("no_profile_yet")
    title, key = one_line(new.title), matter_facts.free_key(session)
    named = NewConsultation(title, Kind.PROGRAMME, Procedure.COMMENT, first, second, first)
    return Consultation(
        id=new_id(), slug=matter_facts.free_slug(session, named, key), short_key=key, title=title,
        kind=Kind.PROGRAMME, procedure=Procedure.COMMENT, lead_id=first, answering_id=second, issuing_id=first,
        profile_id=profile_id, created_at=now, created_by_id=by_id, joining=False,
    )  # fmt: skip


def _fill(session: Session, programme: Programme, new: NewProgramme) -> None:
    assert new.valid_from is not None and new.valid_to is not None
    programme.first_party_id, programme.second_party_id = _bodies(new)
    programme.first_unit, programme.second_unit = one_line(new.first_unit), one_line(new.second_unit)
    programme.number, programme.signed_on = one_line(new.number), new.signed_on
    programme.valid_from, programme.valid_to = new.valid_from, new.valid_to
    programme.sentences, programme.parent_id = sentences_of(new.sentences), new.parent_id
    if new.file is not None:
        file = new.file
        programme.file_hash, programme.file_name, programme.media_type = file.hash, file.name, file.media_type
    parties.join(session, programme, new.further)


def _check(session: Session, new: NewProgramme, today: date, own_id: UUID | None = None) -> None:
    errors = (
        _texts(new)
        | _days(new, today)
        | _parties(session, new)
        | parties.errors_of(session, new.further, {new.first_party_id, new.second_party_id}, new.valid_from)
    )
    if new.parent_id is not None:
        parent = session.get(Programme, new.parent_id)
        if parent is None or parent.consultation_id == own_id or parent.parent_id is not None:
            errors["parent"] = "not_a_choice"
    if errors:
        raise Invalid(errors)


def _follow_anew(session: Session, programme: Programme) -> None:
    """Tasks may be written before all parties agreed to the programme; who follows them is a party of today's."""
    for promise in session.scalars(select(Promise).where(Promise.consultation_id == programme.consultation_id)):
        promise.keeper_id = programme.keeper_of(promise.by_id, promise.keeper_id)


def _texts(new: NewProgramme) -> dict[str, str]:
    texts = {"title": new.title, "number": new.number, "first_unit": new.first_unit, "second_unit": new.second_unit}
    errors = {name: "too_long" for name, text in texts.items() if len(one_line(text)) > size_limits.SHORT}
    if not one_line(new.title):
        errors["title"] = "required"
    if len(new.sentences) > size_limits.TEXT or len(sentences_of(new.sentences)) > MOST_SENTENCES:
        errors["sentences"] = "too_long"
    return errors


def _days(new: NewProgramme, today: date) -> dict[str, str]:
    errors = {name: "required" for name in ("valid_from", "valid_to") if getattr(new, name) is None}
    if new.valid_from is not None and new.valid_to is not None and new.valid_to < new.valid_from:
        errors["valid_to"] = "before_it_began"
    if new.signed_on is not None and new.signed_on > today:
        errors["signed_on"] = "in_the_future"
    return errors


def _parties(session: Session, new: NewProgramme) -> dict[str, str]:
    """The first is a committee of the Front, the second a body of the state; both are there when it begins: that of a
    district begins before districts ended."""
    errors = {}
    for name, kinds in (("first_party", {OrganisationKind.FRONT_COMMITTEE}), ("second_party", OF_THE_STATE)):
        key = getattr(new, f"{name}_id")
        body = session.get(Organisation, key) if key else None
        if body is None:
            errors[name] = "required"
        elif body.kind not in kinds:
            errors[name] = "not_a_choice"
        elif new.valid_from is not None and body.valid_to is not None and new.valid_from >= body.valid_to:
            errors[name] = "body_ended"
    return errors
