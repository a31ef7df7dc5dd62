"""Versions of the drafts and facts of a matter: stored by every act that changes them, read by who compares them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from consult.consultations.version_models import SavedVersion
from consult.db import new_id
from consult.people.models import User
from consult.shown import About, Parts, Shown, Texts, digest

PART = "fields"


@dataclass(frozen=True)
class EarlierVersion:
    """One saved version of a thing (its kind and key): when and by whom ("" for what stood there before anybody saved
    it through a form), and the fields in which it differs from the version before, each with its words."""

    thing: str
    at: datetime
    by: str
    fields: Texts


def parts_of(texts: Texts) -> dict[str, str]:
    """The version of a thing whose fields are all there is of it."""
    return {PART: digest(dict(texts))}


def keeper(kind: str, part: str = PART) -> "Keeper":
    """What stores every version of the things of a kind."""
    return Keeper(kind, part)


@dataclass(frozen=True)
class Keeper:
    """Stores and reads the versions of the things of one kind."""

    kind: str
    part: str

    def keep(self, about: About, one: Shown) -> None:
        """Stores this version, unless it is the one that was stored last; inside the transaction of the act that
        replaces or makes it."""
        thing, version = f"{self.kind}/{one.key}", one.parts.get(self.part, "")
        newest = about.session.scalar(
            _rows(about.matter.id, thing)
            .with_only_columns(SavedVersion.version)
            .order_by(SavedVersion.id.desc())
            .limit(1)
        )
        if version and newest != version:
            row = SavedVersion(
                consultation_id=about.matter.id,
                id=new_id(),
                thing=thing,
                version=version,
                fields=dict(one.texts),
                at=about.now,
                by_id=about.actor.user_id if newest is not None else None,
            )
            about.session.add(row)
            about.session.flush()

    def earlier(self, about: About, one: Shown, parts: Parts) -> Texts | None:
        """The fields of another version."""
        of_thing = _rows(about.matter.id, f"{self.kind}/{one.key}")
        found = about.session.scalars(of_thing.where(SavedVersion.version == parts.get(self.part, ""))).first()
        return found.fields if found else None


def versions_of(session: Session, consultation_id: UUID, kinds: Iterable[str], key: str = "") -> list[EarlierVersion]:
    """What was saved of the things of these kinds (of one with this key), the newest first. One statement."""
    rows = session.execute(
        select(SavedVersion, User.name)
        .outerjoin(User, User.id == SavedVersion.by_id)
        .where(SavedVersion.consultation_id == consultation_id)
        .order_by(SavedVersion.id)
    )
    found: list[EarlierVersion] = []
    before: dict[str, Texts] = {}
    for row, name in rows:
        kind, _slash, own = row.thing.partition("/")
        if kind in kinds and key in {"", own}:
            last = before.get(row.thing, {})
            names = [field for field in {**row.fields, **last} if row.fields.get(field, "") != last.get(field, "")]
            changed = {field: row.fields.get(field, "") for field in names}
            found.append(EarlierVersion(row.thing, row.at, name or "", changed))
            before[row.thing] = row.fields
    return found[::-1]


def _rows(consultation_id: UUID, thing: str) -> Select[SavedVersion]:
    return select(SavedVersion).where(SavedVersion.consultation_id == consultation_id, SavedVersion.thing == thing)
