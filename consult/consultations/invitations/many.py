"""Many bodies asked in one act, by one letter: chosen by kind, level and area, looked at, and asked."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.invitation_models import Invitation, OfficialLetter
from consult.consultations.invitations import letters, reminders, rules
from consult.consultations.invitations.service import reckoned, told
from consult.consultations.matter.preconditions import person, written
from consult.consultations.models import Consultation
from consult.consultations.words import LetterPurpose, SentBy
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound
from consult.people.models import Membership, Organisation, Unit
from consult.people.territory import areas_within
from consult.people.words import ORGANISATION_ROLES, Level, OrganisationKind
from consult.policy import Action, Actor, require

MOST = 1000
"""Bodies asked in one act."""


@dataclass(frozen=True)
class Wanted:
    """Which bodies are looked for; an empty set takes all. An area takes what lies within it, by old and new names."""

    kinds: frozenset[OrganisationKind] = frozenset()
    levels: frozenset[Level] = frozenset()
    area_id: UUID | None = None


@dataclass(frozen=True)
class Candidate:
    """A body that may be asked: whether it was already, and whether the site knows anybody there to write to."""

    body: Organisation
    asked: bool
    by_mail: bool


@dataclass(frozen=True)
class AskMany:
    """Whom to ask, by which letter (None: not known yet), on which way, until when (None: by the rules)."""

    organisation_ids: tuple[UUID, ...]
    letter_id: UUID | None = None
    how: SentBy | None = None
    reply_by: date | None = None
    silence_is_consent: bool = False


@dataclass
class AskedMany:
    """What became of each: those asked now, asked before (left as they are), ended; and of those asked now the ones
    whose silence the law takes for nothing though that was wished."""

    new: list[Organisation] = field(default_factory=list)
    before: list[Organisation] = field(default_factory=list)
    ended: list[Organisation] = field(default_factory=list)
    never_silent: list[Organisation] = field(default_factory=list)


def candidates(session: Session, consultation: Consultation, wanted: Wanted, now: datetime) -> list[Candidate]:
    """The bodies that were looked for and exist today, by name: neither the one that asks nor the one that answers,
    nor what was typed in with a letter and confirmed by nobody yet."""
    today = clock.local_day(now)
    asked = exists().where(Invitation.consultation_id == consultation.id, Invitation.organisation_id == Organisation.id)
    statement = select(Organisation, asked).where(
        _lasting(Organisation, today),
        or_(Organisation.typed_at.is_(None), Organisation.confirmed_at.is_not(None)),
        Organisation.id.not_in({consultation.lead_id, consultation.answering_id}),
    )
    if wanted.kinds:
        statement = statement.where(Organisation.kind.in_(wanted.kinds))
    if wanted.levels:
        statement = statement.where(Organisation.level.in_(wanted.levels))
    if wanted.area_id is not None:
        statement = statement.where(Organisation.area_id.in_(areas_within(session, wanted.area_id, today)))
    rows = session.execute(statement.order_by(Organisation.folded_name, Organisation.id).limit(MOST)).all()
    reached = _reached(session, [body.id for body, _asked in rows], now)
    return [Candidate(body, before, body.id in reached) for body, before in rows]


def ask(session: Session, consultation: Consultation, asking: AskMany, actor: Actor, now: datetime) -> AskedMany:
    """Asks all of these bodies in one act, of which the ring is told once. Who was asked before stays as recorded, who
    has ended is left out: both are named in the answer.

    Raises Invalid ({"bodies" | "reply_by" | "silence_is_consent": code}), NotFound, and Refused by the policy.
    """
    by_id = person(actor)
    if not asking.organisation_ids or len(asking.organisation_ids) > MOST:
        raise Invalid({"bodies": "too_many_bodies" if asking.organisation_ids else "nothing_chosen"})
    with writing(session, consultation.id):
        require(actor, Action.INVITE_BODIES, consultation, now)
        letter = _letter(session, consultation, asking)
        done = _sorted(session, consultation, asking, now)
        until = asking.reply_by or reckoned(session, consultation, letter.on if letter else None)
        for body in done.new:
            session.add(
                Invitation(
                    consultation_id=consultation.id, id=new_id(), organisation_id=body.id,
                    letter_id=letter.id if letter else None, how=asking.how, reply_by=until,
                    silence_is_consent=asking.silence_is_consent and body not in done.never_silent,
                    recorded_at=now, recorded_by_id=by_id,
                )
            )  # fmt: skip
        if done.new:
            reminders.schedule(session, consultation, until, now)
            if consultation.published_at is not None:
                consultation.touch()
                told(session, consultation, [body.id for body in done.new], now)
        written(session, consultation)
    return done


def _letter(session: Session, consultation: Consultation, asking: AskMany) -> OfficialLetter | None:
    letter = letters.letter_of(session, consultation.id, asking.letter_id) if asking.letter_id else None
    if letter is not None and letter.purpose is not LetterPurpose.INVITATION:
        raise NotFound
    if asking.reply_by and letter is not None and letter.on and asking.reply_by < letter.on:
        raise Invalid({"reply_by": "before_letter"})
    if asking.silence_is_consent and not rules.silence_possible(consultation):
        raise Invalid({"silence_is_consent": "silence_may_not_count"})
    return letter


def _sorted(session: Session, consultation: Consultation, asking: AskMany, now: datetime) -> AskedMany:
    """These bodies by what becomes of each. Raises NotFound for one that never was."""
    wanted = set(asking.organisation_ids)
    found = session.scalars(
        select(Organisation).where(Organisation.id.in_(wanted)).order_by(Organisation.folded_name, Organisation.id)
    ).all()
    if len(found) != len(wanted):
        raise NotFound
    asked = set(
        session.scalars(select(Invitation.organisation_id).where(Invitation.consultation_id == consultation.id))
    )
    today, done = clock.local_day(now), AskedMany()
    for body in found:
        gone = body.valid_to is not None and body.valid_to <= today
        kind = done.before if body.id in asked else done.ended if gone else done.new
        kind.append(body)
    if asking.silence_is_consent:
        done.never_silent = [body for body in done.new if not rules.silence_may_count(consultation, body)]
    return done


def _reached(session: Session, ids: Collection[UUID], now: datetime) -> set[UUID]:
    """Those of these bodies that have somebody who writes or signs for them, or the mailbox of a unit."""
    held = select(Membership.organisation_id).where(
        Membership.organisation_id.in_(ids),
        Membership.role.in_(ORGANISATION_ROLES),
        Membership.since <= now,
        or_(Membership.until.is_(None), Membership.until > now),
    )
    mailboxes = select(Unit.organisation_id).where(
        Unit.organisation_id.in_(ids), Unit.mailbox != "", _lasting(Unit, clock.local_day(now))
    )
    return {*session.scalars(held), *session.scalars(mailboxes)}


def _lasting(one: type[Organisation] | type[Unit], today: date) -> ColumnElement[bool]:
    """Whether a body, or a unit of one, exists on a local day."""
    begun = or_(one.valid_from.is_(None), one.valid_from <= today)
    return and_(begun, or_(one.valid_to.is_(None), one.valid_to > today))
