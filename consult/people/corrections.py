"""Putting right what was written wrong of a body, a unit or a person: the same one, under its right name.

A body that has become another one is followed by that (`organisations.succeed`); what was public under the old name
keeps it. A correction says that the old name never was the name.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.db import Lock, new_id, writing
from consult.errors import Invalid, Refused
from consult.people.models import Correction, Organisation, Unit, User
from consult.people.organisations import LONGEST_NAME, organisation
from consult.people.units import unit, units_of
from consult.people.words import OrganisationKind, Standing
from consult.text import blank, folded, one_line

LONGEST_REASON = 500

Said = Mapping[str, str]
"""What is said of a body, unit or person, by the name of its field."""


def of_organisation(body: Organisation) -> dict[str, str]:
    """What can be corrected of a body."""
    standing = body.standing.value if body.standing else ""
    return {"name": body.name, "short_name": body.short_name, "kind": body.kind.value, "standing": standing}


def of_unit(one: Unit) -> dict[str, str]:
    """What can be corrected of a unit."""
    return {"name": one.name}


def of_user(user: User) -> dict[str, str]:
    """What can be corrected of a person."""
    return {"name": user.name, "office": user.office, "mail": user.mail}


def correct_organisation(
    session: Session, organisation_id: UUID, seen: Said, new: Said, reason: str, by_id: UUID | None, now: datetime
) -> list[Correction]:
    """Puts right what differs between what was `seen` of a body and the `new`; returns what was put right.

    Raises NotFound; Invalid; Refused("corrected_meanwhile") with `theirs` and `mine` when somebody else corrected the
    same field to something else meanwhile; fields that only they corrected stay as they are.
    """
    with writing(session, Lock.PEOPLE):
        body = organisation(session, organisation_id)
        wanted = {**new, "short_name": new["short_name"] or new["name"]}
        religious = new["kind"] == OrganisationKind.RELIGIOUS.value
        wanted["standing"] = new.get("standing", "") if religious else ""
        changed = changes(of_organisation(body), seen, wanted, optional=() if religious else ("standing",))
        _check_reason(reason, changed)
        _check_words(changed)
        if "name" in changed:
            _check_free(session, body, changed["name"])
            body.folded_name = folded(changed["name"])
        return put_right(session, body, changed, reason, by_id, now)


def correct_unit(
    session: Session, unit_id: UUID, seen: Said, new: Said, reason: str, by_id: UUID | None, now: datetime
) -> list[Correction]:
    """The same of a unit."""
    with writing(session, Lock.PEOPLE):
        one = unit(session, unit_id)
        changed = changes(of_unit(one), seen, new, optional=())
        _check_reason(reason, changed)
        others = [other for other in units_of(session, one.organisation_id) if other.id != one.id]
        if any(not other.valid_to and folded(other.name) == folded(changed.get("name", "")) for other in others):
            raise Invalid({"name": "name_in_use"})
        return put_right(session, one, changed, reason, by_id, now)


def correct_user(
    session: Session, user: User, seen: Said, new: Said, reason: str, by_id: UUID | None, now: datetime
) -> list[Correction]:
    """The same of a person; whether a mail is one is asked by who knows mails. Raises Invalid for one in use."""
    with writing(session, Lock.PEOPLE):
        changed = changes(of_user(user), seen, new, optional=("office",))
        _check_reason(reason, changed)
        taken = select(User.id).where(User.mail == changed.get("mail", ""), User.id != user.id)
        if "mail" in changed and session.scalar(taken) is not None:
            raise Invalid({"mail": "mail_in_use"})
        return put_right(session, user, changed, reason, by_id, now)


def changes(present: Said, seen: Said, new: Said, optional: Collection[str]) -> dict[str, str]:
    """The fields to change and their new values. Raises Invalid, and Refused("corrected_meanwhile")."""
    wanted = {field: one_line(new[field]) for field in present}
    mine = {field for field in present if wanted[field] != one_line(seen.get(field, ""))}
    errors = {}
    for field in mine:
        if not wanted[field] and field not in optional:
            errors[field] = "required"
        elif len(wanted[field]) > LONGEST_NAME:
            errors[field] = "too_long"
        elif present[field] not in {seen.get(field, ""), wanted[field]}:
            raise Refused("corrected_meanwhile", field=field, theirs=present[field], mine=wanted[field])
    if errors:
        raise Invalid(errors)
    return {field: wanted[field] for field in present if field in mine and wanted[field] != present[field]}


def put_right(
    session: Session,
    row: Organisation | Unit | User,
    changed: Said,
    reason: str,
    by_id: UUID | None,
    now: datetime,
) -> list[Correction]:
    """Changes the fields of a row, and keeps of each what stood there. Call inside `writing`."""
    made = []
    for field, value in changed.items():
        old = getattr(row, field)
        setattr(row, field, _CODED[field](value) if field in _CODED else value)
        made.append(
            Correction(
                id=new_id(),
                subject_id=row.id,
                field=field,
                old=str(old or ""),
                new=value,
                reason=one_line(reason),
                at=now,
                by_id=by_id,
            )
        )
    session.add_all(made)
    session.flush()
    return made


def corrections_of(session: Session, *subject_ids: UUID) -> Sequence[Correction]:
    """What was put right of these bodies, units or people, oldest first, in one statement."""
    return session.scalars(
        select(Correction).where(Correction.subject_id.in_(subject_ids)).order_by(Correction.at, Correction.id)
    ).all()


def _check_words(changed: Said) -> None:
    wrong = {field for field, words in (("kind", OrganisationKind), ("standing", Standing)) if field in changed
             and changed[field] and changed[field] not in set(words)}  # fmt: skip
    if wrong:
        raise Invalid(dict.fromkeys(wrong, "not_a_choice"))


def _standing(value: str) -> Standing | None:
    return Standing(value) if value else None


_CODED: dict[str, Callable[[str], Any]] = {"kind": OrganisationKind, "standing": _standing}


def _check_reason(reason: str, changed: Said) -> None:
    if not changed:
        raise Invalid({"name": "nothing_corrected"})
    if blank(reason):
        raise Invalid({"reason": "required"})
    if len(reason) > LONGEST_REASON:
        raise Invalid({"reason": "too_long"})


def _check_free(session: Session, body: Organisation, name: str) -> None:
    same = select(Organisation.id).where(
        Organisation.folded_name == folded(name), Organisation.valid_to.is_(None), Organisation.id != body.id
    )
    if session.scalar(same.limit(1)) is not None:
        raise Invalid({"name": "name_in_use"})
