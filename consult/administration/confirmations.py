"""What an act that cannot be taken back will do, as things stand: sentences by their codes, asked before it is done."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult.administration.accounts.roles import NEED_SECOND
from consult.administration.models import BodyChange
from consult.administration.reference import profile_proposals
from consult.administration.reference.synonyms import Effect
from consult.consultations.invitation_models import Invitation
from consult.consultations.matter.calendar_changes import MovedDay
from consult.consultations.models import Consultation, Holiday, LegalProfile
from consult.people.models import Membership, Organisation, Unit, User
from consult.people.organisations import NewOrganisation
from consult.sign_in import sessions

MOST_NAMED = 20

Said = tuple[str, dict[str, Any]]
"""The code of a sentence and the values in it."""


@dataclass(frozen=True)
class Question:
    """Whether to do the act `code` to what is called `name`; `told` says who loses what, and what is left undone, and
    `also` what may be otherwise the next moment without another answer. It is asked of the thing that `about` names
    among those of a `kind` of `administration.shown`; what `adds` takes nothing away."""

    code: str
    name: str
    told: Sequence[Said] = field(default=())
    kind: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)
    also: Sequence[Said] = field(default=())
    adds: bool = False

    @property
    def version(self) -> str:
        """A text that changes with anything that the question says."""
        said = json.dumps([self.code, self.name, *self.told], default=str, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:32]


def of_role(held: Membership, last_day: date | None, in_hand: int) -> Question:
    """Before a role is ended, after `last_day` or (None) at once."""
    lost: dict[str, Any] = {"name": held.user.name, "role": held.role.value, "organisation": held.organisation.name}
    ends: Said = ("lose_role_after", {**lost, "day": last_day}) if last_day else ("lose_role", lost)
    return Question(
        "end_role", held.user.name, [ends, _in_hand(in_hand), ("work_stays", {})], "role", {"membership_id": held.id}
    )


def of_closing(session: Session, user: User, in_hand: int, now: datetime) -> Question:
    """Before an account is closed."""
    roles = [held for held in user.memberships if held.in_force(now)]
    told: list[Said] = [
        ("lose_account", {"name": user.name, "count": len(sessions.lasting(session, user.id, now))}),
        *(("lose_use_of_role", {"role": one.role.value, "organisation": one.organisation.name}) for one in roles),
        *([("confirmed_again", {})] if any(one.role in NEED_SECOND for one in roles) else []),
        _in_hand(in_hand),
        ("work_stays", {}),
    ]
    return Question("close_account", user.name, told, "account", {"user_id": user.id})


def of_second_factor(session: Session, user: User, now: datetime) -> Question:
    """Before somebody's second factor is removed."""
    lost = {"name": user.name, "count": len(sessions.lasting(session, user.id, now))}
    return Question(
        "drop_second_factor",
        user.name,
        [("lose_second_factor", lost), ("only_the_owner", {})],
        "account",
        {"user_id": user.id},
    )


def of_holiday(row: Holiday, moved: Sequence[MovedDay]) -> Question:
    """Before a day is taken out of the calendar, by which the due days of these matters move."""
    lost = {"day": row.day, "name": row.name, "kind": row.kind}
    told = [("lose_holiday", lost), *_of_moved(moved), ("published_stays", {})]
    return Question("remove_holiday", row.name, told, "holiday", {"day": row.day})


def of_new_holiday(day: date, kind: str, name: str, moved: Sequence[MovedDay]) -> Question:
    """Before a day is put into the calendar, by which the due days of these matters move."""
    told = [("put_holiday", {"day": day, "name": name, "kind": kind}), *_of_moved(moved), ("published_stays", {})]
    return Question("put_holiday", name, told, "holiday", {"day": day}, adds=True)


def of_profile(
    session: Session, base: LegalProfile, name: str, first_day: date, basis: str, changes: Sequence[Mapping[str, str]]
) -> Question:
    """Before a copy of a legal profile is proposed, with every value that it changes."""
    told: list[Said] = [
        ("profile_from", {"name": name, "day": first_day, "basis": basis}),
        *(("profile_value", dict(one)) for one in changes),
        ("profile_ends", {"name": base.name, "day": first_day}),
        ("published_keep", {"count": profile_proposals.published_under(session, base)}),
        ("preparing_change", {"count": profile_proposals.in_preparation(session, base)}),
        ("second_confirms", {}),
    ]
    return Question("propose_profile", name, told, "legal_profile", {"profile_id": base.id}, adds=True)


def _of_moved(moved: Sequence[MovedDay]) -> list[Said]:
    """The first matters by name, and how many more there are."""
    named: list[Said] = [
        ("due_day_moves", {"matter": one.consultation.short_name, "before": one.before, "after": one.after})
        for one in moved[:MOST_NAMED]
    ]
    more = len(moved) - MOST_NAMED
    return named + ([("more_due_days_move", {"count": more})] if more > 0 else [])


def of_synonyms(key: str, words: Sequence[str], effects: Sequence[Effect]) -> Question:
    """Before words are to mean the same: a new group (no `key`), or another one than it was."""
    told = [("same_words", {"words": ", ".join(words)})]
    about = {"key": key} if key else {}
    also = [*_of_effects(effects), ("at_once_everywhere", {})]
    return Question("put_synonyms", words[0], told, "synonyms" if key else "", about, also, adds=True)


def of_removed_synonyms(key: str, words: Sequence[str], effects: Sequence[Effect]) -> Question:
    """Before a group of words is taken out."""
    told = [("lose_synonyms", {"words": ", ".join(words)})]
    also = [*_of_effects(effects), ("at_once_everywhere", {})]
    return Question("remove_synonyms", words[0], told, "synonyms", {"key": key}, also)


def _of_effects(effects: Sequence[Effect]) -> list[Said]:
    return [
        ("word_finds_many" if one.more else "word_finds", {"word": one.word, "before": one.before, "after": one.after})
        for one in effects
    ]


def of_unit(session: Session, unit: Unit, in_hand: int, day: date, now: datetime) -> Question:
    """Before a unit is ended on `day`."""
    held = select(Membership).where(Membership.unit_id == unit.id, _lasting(now))
    people = len({one.user_id for one in session.scalars(held)})
    lost: Said = ("lose_unit", {"name": unit.name, "day": day})
    return Question(
        "end_unit",
        unit.name,
        [lost, ("people_of_unit", {"count": people}), _in_hand(in_hand)],
        "unit",
        {"unit_id": unit.id},
    )


def of_ending(session: Session, body: Organisation, day: date, now: datetime) -> Question:
    """Before an organisation is ended on `day`."""
    told = [("lose_organisation", {"name": body.name, "day": day}), *_of_body(session, body, now), ("no_heir", {})]
    return Question("end_organisation", body.name, told, "body", {"organisation_id": body.id})


def of_succession(session: Session, body: Organisation, new: NewOrganisation, day: date, now: datetime) -> Question:
    """Before another organisation takes over on `day`."""
    followed = {"name": body.name, "heir": new.name, "day": day}
    told = [("follow_organisation", followed), *_of_body(session, body, now), ("heir_takes_over", {"heir": new.name})]
    return Question("succeed_organisation", body.name, told, "body", {"organisation_id": body.id})


def of_merger(session: Session, body: Organisation, heir: Organisation, day: date, now: datetime) -> Question:
    """Before a body is merged into one that exists, on `day`."""
    followed = {"name": body.name, "heir": heir.name, "day": day}
    told = [
        ("merge_organisation", followed),
        *_of_body(session, body, now),
        ("asked_of_body", {"count": _asked(session, body)}),
        ("heir_goes_on", {"heir": heir.name, "name": body.name}),
        ("undone_within_a_day", {}),
    ]
    return Question("merge_organisation", body.name, told, "body", {"organisation_id": body.id})


def of_split(
    session: Session, body: Organisation, names: Sequence[str], ends: int, day: date, now: datetime
) -> Question:
    """Before a body is divided on `day` among those of these `names`; so many seats end."""
    told = [
        ("split_organisation", {"name": body.name, "heirs": ", ".join(names), "day": day}),
        *_of_body(session, body, now),
        ("asked_of_body", {"count": _asked(session, body)}),
        ("seats_end", {"count": ends}),
        ("heirs_go_on", {"name": body.name}),
        ("undone_within_a_day", {}),
    ]
    return Question("split_organisation", body.name, told, "body", {"organisation_id": body.id})


def of_undoing(change: BodyChange, heirs: Sequence[str]) -> Question:
    """Before what became of a body is taken back."""
    name = change.organisation.name
    told = [("lives_again", {"name": name}), *([("heirs_let_go", {"heirs": ", ".join(heirs)})] if heirs else [])]
    return Question("undo_body_change", name, told, "body_change", {"change_id": change.id})


def _asked(session: Session, body: Organisation) -> int:
    """How many matters that still run asked the body in writing."""
    running = Consultation.concluded_at.is_(None), Consultation.withdrawn_at.is_(None)
    asked = select(Invitation.id).join(Consultation, Consultation.id == Invitation.consultation_id)
    return len(session.scalars(asked.where(Invitation.organisation_id == body.id, *running)).all())


def _in_hand(count: int) -> Said:
    return ("comments_in_hand", {"count": count}) if count else ("nothing_in_hand", {})


def _of_body(session: Session, body: Organisation, now: datetime) -> list[Said]:
    held = session.scalars(select(Membership).where(Membership.organisation_id == body.id, _lasting(now))).all()
    matters = session.scalars(
        select(Consultation.id).where(
            or_(Consultation.lead_id == body.id, Consultation.answering_id == body.id),
            Consultation.concluded_at.is_(None),
            Consultation.withdrawn_at.is_(None),
        )
    ).all()
    people = len({one.user_id for one in held})
    return [("people_of_body", {"count": people}), ("matters_of_body", {"count": len(matters)})]


def _lasting(now: datetime) -> Any:
    return or_(Membership.until.is_(None), Membership.until > now)
