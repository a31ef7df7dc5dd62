"""The library of publications: put in by one person, public by another, replaced by newer versions, taken away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from consult import size_limits
from consult.consultations.matter.public_numbers import next_number
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.files.signed_files import KeptFile
from consult.ledger import programme_entries as entries
from consult.ledger import service as ledger
from consult.policy import Actor
from consult.programme import heads
from consult.programme.facts import Told
from consult.programme.head_models import Programme
from consult.programme.materials.models import Material, MaterialVersion
from consult.programme.words import Licence, MaterialForm, MaterialLanguage, MaterialTopic
from consult.text import one_line, stored

PAGE_SIZE = 50
MOST_LINES = 20_000
MOST_VERSIONS = 100
MOST_CHOICES = 1_000
_WHOLE = (joinedload(Material.programme), selectinload(Material.versions))
_CHOICES = {"topic": MaterialTopic, "form": MaterialForm, "language": MaterialLanguage, "licence": Licence}


@dataclass(frozen=True)
class NewMaterial:
    """A publication as typed, with its file, which was looked into and kept by now; `note` says what is new in a later
    version."""

    title: str
    topic: str
    form: str
    language: str
    made_by: str
    licence: str
    about: str = ""
    note: str = ""
    file: KeptFile | None = None


@dataclass(frozen=True)
class MaterialFilters:
    """What a reader narrows the library by."""

    topic: MaterialTopic | None = None
    form: MaterialForm | None = None
    language: MaterialLanguage | None = None


def put_in(session: Session, programme: Programme, new: NewMaterial, actor: Actor, now: datetime) -> Material:
    """A publication that nobody outside sees yet, by somebody of a party. Raises Invalid, NotFound,
    Refused("programme_not_public")."""
    with writing(session, programme.consultation_id):
        session.refresh(programme)
        heads.require_party(programme, actor)
        if programme.public_at is None:
            raise Refused("programme_not_public")
        _check(new)
        number = next_number(session, programme.consultation_id, "material")
        made = Material(id=new_id(), consultation_id=programme.consultation_id, number=number, programme=programme)
        fill(made, _told(new))
        session.add_all([made, _version(made, new, 1, actor, now)])
    return made


def replace(session: Session, one: Material, new: NewMaterial, actor: Actor, now: datetime) -> MaterialVersion:
    """A newer version, which takes the place of the one before once another person made it public. Raises Invalid,
    NotFound, Refused: `material_waits`, `material_full`."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        heads.require_party(one.programme, actor)
        if any(version.released_at is None for version in one.versions):
            raise Refused("material_waits")
        if len(one.versions) >= MOST_VERSIONS:
            raise Refused("material_full")
        _check(new)
        made = _version(one, new, one.versions[-1].number + 1, actor, now)
        session.add(made)
    return made


def release(session: Session, one: Material, number: int, actor: Actor, now: datetime) -> None:
    """Makes a version public: by a person who signs for a party and did not write it. Raises NotFound, Refused:
    `not_sender`, `own_words`, `already_public`."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        version = version_of(one, number)
        if version.released_at is not None:
            raise Refused("already_public")
        body = heads.require_party(one.programme, actor)
        signing = [each for each in one.programme.parties if heads.signs(actor, each)]
        heads.require_other_eyes(actor, version.recorded_by_id, (signing or [body])[0])
        fill(one, version.details)
        one.public_at = one.public_at or now
        version.released_at, version.released_by_id = now, heads.person(actor)
        entry = entries.material_version(one.number, version.number, entries.hash_of(told_version(one, version)))
        ledger.append(session, one.consultation_id, [entry], now)
        session.get_one(Consultation, one.consultation_id).touch()


def discard(session: Session, one: Material, number: int, actor: Actor, _now: datetime) -> bool:
    """Takes out a version that is not public; with the first of a publication all of it goes: True. Raises NotFound,
    Refused("already_public")."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        heads.require_party(one.programme, actor)
        version = version_of(one, number)
        if version.released_at is not None:
            raise Refused("already_public")
        session.delete(version)
        session.flush()
        if one.public_at is None:
            session.delete(one)
        return one.public_at is None


def take(session: Session, version: MaterialVersion) -> None:
    """Counts that a public version was taken away; nothing is kept of by whom. Raises NotFound."""
    if version.released_at is None:
        raise NotFound
    own = (MaterialVersion.consultation_id == version.consultation_id, MaterialVersion.id == version.id)
    with writing(session, version.consultation_id):
        session.execute(update(MaterialVersion).where(*own).values(taken=MaterialVersion.taken + 1))


def material_of(session: Session, programme: Programme, number: int) -> Material:
    """The publication of this number with its versions. Raises NotFound."""
    own = select(Material).where(Material.consultation_id == programme.consultation_id, Material.number == number)
    found = session.scalar(own.options(*_WHOLE))
    if found is None:
        raise NotFound
    return found


def public_material(session: Session, programme: Programme, number: int) -> Material:
    """The same where it is public. Raises NotFound."""
    found = material_of(session, programme, number)
    if found.public_at is None:
        raise NotFound
    return found


def version_of(one: Material, number: int) -> MaterialVersion:
    """The version of this number. Raises NotFound."""
    found = next((version for version in one.versions if version.number == number), None)
    if found is None:
        raise NotFound
    return found


def of_programme(session: Session, programme: Programme, limit: int, offset: int = 0) -> Sequence[Material]:
    """The publications under a programme, public or not, the newest first."""
    own = select(Material).where(Material.consultation_id == programme.consultation_id)
    ordered = own.options(*_WHOLE).order_by(Material.number.desc())
    return session.scalars(ordered.limit(limit).offset(offset)).all()


def listed(session: Session, asked: MaterialFilters, limit: int, offset: int = 0) -> Sequence[Material]:
    """The public publications that are asked for, the newest first, in statements that do not grow."""
    found: list[ColumnElement[bool]] = [Material.public_at.is_not(None)]
    wanted = ((Material.topic, asked.topic), (Material.form, asked.form), (Material.language, asked.language))
    found += [column == value for column, value in wanted if value is not None]
    ordered = select(Material).where(*found).options(*_WHOLE).order_by(
        Material.public_at.desc(), Material.consultation_id, Material.number.desc()
    )  # fmt: skip
    return session.scalars(ordered.limit(limit).offset(offset)).all()


def taken(session: Session, materials: Sequence[Material]) -> dict[UUID, int]:
    """How often each of these was taken away, all versions together. One statement."""
    keys = [one.id for one in materials]
    counted = select(MaterialVersion.material_id, func.sum(MaterialVersion.taken))
    rows = session.execute(counted.where(MaterialVersion.material_id.in_(keys)).group_by(MaterialVersion.material_id))
    return {key: int(count) for key, count in rows}


def choices(session: Session, programme: Programme) -> list[tuple[str, str]]:
    """The public publications of a programme to choose from."""
    own = (Material.consultation_id == programme.consultation_id, Material.public_at.is_not(None))
    found = session.execute(select(Material.id, Material.title).where(*own).order_by(Material.title, Material.id)
                            .limit(MOST_CHOICES))  # fmt: skip
    return [(str(key), title) for key, title in found]


def fill(one: Material, told: Told) -> None:
    """Has a publication say these facts."""
    one.title, one.about, one.made_by = told["title"], told["about"], told["made_by"]
    one.topic, one.form = MaterialTopic(told["topic"]), MaterialForm(told["form"])
    one.language, one.licence = MaterialLanguage(told["language"]), Licence(told["licence"])


def facts_of(one: Material) -> Told:
    """What a publication says now."""
    return {
        "title": one.title, "about": one.about, "topic": one.topic.value, "form": one.form.value,
        "language": one.language.value, "made_by": one.made_by, "licence": one.licence.value,
    }  # fmt: skip


def told_version(one: Material, version: MaterialVersion) -> Told:
    """What is public of a version, as the log hashes it."""
    return {
        "material": one.number, "version": version.number, "details": version.details, "note": version.note,
        "file": version.file_hash,
    }  # fmt: skip


def _told(new: NewMaterial) -> Told:
    return {
        "title": one_line(new.title), "about": stored(new.about), "topic": new.topic, "form": new.form,
        "language": new.language, "made_by": one_line(new.made_by), "licence": new.licence,
    }  # fmt: skip


def _version(one: Material, new: NewMaterial, number: int, actor: Actor, now: datetime) -> MaterialVersion:
    assert new.file is not None
    return MaterialVersion(
        id=new_id(), consultation_id=one.consultation_id, material_id=one.id, number=number, details=_told(new),
        note=stored(new.note), file_hash=new.file.hash, file_name=new.file.name, media_type=new.file.media_type,
        file_size=new.file.size, taken=0, recorded_at=now, recorded_by_id=heads.person(actor),
    )  # fmt: skip


def _check(new: NewMaterial) -> None:
    errors = {name: "required" for name, words in _CHOICES.items() if getattr(new, name) not in list(words)}
    for name in ("title", "made_by"):
        if not 0 < len(one_line(getattr(new, name))) <= size_limits.SHORT:
            errors[name] = "too_long" if one_line(getattr(new, name)) else "required"
    errors |= {name: "too_long" for name in ("about", "note") if len(stored(getattr(new, name))) > size_limits.TEXT}
    if new.file is None:
        errors["file"] = "required"
    if errors:
        raise Invalid(errors)
