"""A commendation is proposed by any body, found by who may read it, and changed while it is not public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, joinedload, selectinload

from consult import size_limits
from consult.consultations.matter.public_numbers import next_number
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.files.signed_files import KeptFile
from consult.outbox.service import emit
from consult.people.models import Area, Organisation
from consult.people.words import Level
from consult.policy import Actor
from consult.programme import heads
from consult.programme.commendations.models import Commendation, CommendationConsent
from consult.programme.head_models import Programme
from consult.programme.practices.models import Practice
from consult.programme.words import CommendedKind
from consult.relationships import along
from consult.text import folded, one_line, stored

PAGE_SIZE = 50
MOST_OWN = 10
"""Own proposals on the first page; the list under each programme has all."""
WAITING, PUBLIC, REFUSED = STATES = ("waiting", "public", "refused")
_WHOLE = (
    joinedload(Commendation.body), joinedload(Commendation.proposer), joinedload(Commendation.deciding),
    joinedload(Commendation.area), joinedload(Commendation.programme), selectinload(Commendation.consents),
)  # fmt: skip


@dataclass(frozen=True)
class NewCommendation:
    """A proposal as typed: for a body of the site, or for who is called `name`; the commune, the merits, the evidence
    with its file, the public number of a model ("4"), and the body that proposes."""

    kind: str
    merits: str
    evidence: str
    proposer_id: UUID | None
    body_id: UUID | None = None
    name: str = ""
    area_id: UUID | None = None
    practice: str = ""
    file: KeptFile | None = None


def propose(session: Session, programme: Programme, new: NewCommendation, actor: Actor, now: datetime) -> Commendation:
    """A proposal by a body for which somebody works. Raises Invalid, Refused("programme_not_public")."""
    with writing(session, programme.consultation_id):
        session.refresh(programme)
        if programme.public_at is None:
            raise Refused("programme_not_public")
        _check(session, programme, new, heads.bodies_of(actor))
        number = next_number(session, programme.consultation_id, "commendation")
        made = Commendation(
            id=new_id(), consultation_id=programme.consultation_id, number=number, proposed_at=now, found={},
            check_note="", refusal="", form="", decision_number="", version=0, withdrawal="", file_hash="",
            file_name="", media_type="",
        )  # fmt: skip
        _fill(made, new, actor, now)
        session.add(made)
    return made


def change(session: Session, one: Commendation, new: NewCommendation, actor: Actor, now: datetime) -> None:
    """Corrects a proposal while nobody outside reads it; it is checked and decided anew. The consent of somebody else
    than whom it is for by now holds no more, and a file that another one replaces is let go. Raises NotFound, Invalid,
    Refused: `already_public`, `commendation_over`."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        require_reader(one, actor)
        require_open(one)
        if one.is_public:
            raise Refused("already_public")
        _check(session, one.programme, new, heads.bodies_of(actor) | {one.proposer_id})
        whom, file = (one.kind, one.body_id, one.name), one.file_hash
        _fill(one, new, actor, now)
        if one.consent is not None and whom != (one.kind, one.body_id, one.name):
            one.consent.withdrawn_by_id, one.consent.withdrawn_at = heads.person(actor), now
        if file not in ("", one.file_hash):
            emit(session, "commendation_erased", now, one.consultation_id, files=[file])
        one.found, one.check_note, one.checked_at, one.checked_by_id = {}, "", None, None
        one.form, one.decision_number, one.decided_on, one.deciding_id = "", "", None, None
        one.decided_at = one.decided_by_id = None


def commendation_of(session: Session, programme: Programme, number: int, actor: Actor) -> Commendation:
    """The commendation of this number, for who works for a party or for the body that proposed it. Raises NotFound."""
    own = Commendation.consultation_id == programme.consultation_id, Commendation.number == number
    found = session.scalar(select(Commendation).where(*own).options(*_WHOLE))
    if found is None:
        raise NotFound
    require_reader(found, actor)
    return found


def written_by(
    session: Session, programme: Programme, state: str, actor: Actor, limit: int, offset: int = 0
) -> Sequence[Commendation]:
    """Those under a programme that somebody may read, the newest first; only those that stand so (of `STATES`)."""
    own: list[ColumnElement[bool]] = [Commendation.consultation_id == programme.consultation_id, *_standing(state)]
    if not decides(programme, actor):
        own.append(Commendation.proposer_id.in_(heads.bodies_of(actor)))
    wanted = select(Commendation).where(*own).options(*_WHOLE).order_by(Commendation.number.desc())
    return session.scalars(wanted.limit(limit).offset(offset)).all()


def waiting(session: Session, programmes: Sequence[UUID]) -> Sequence[Commendation]:
    """Those under these programmes that wait for a party: to be checked, decided, agreed to or made public; the oldest
    first."""
    own = select(Commendation).where(Commendation.consultation_id.in_(programmes), *_standing(WAITING))
    whole = own.options(*_WHOLE).order_by(Commendation.proposed_at, Commendation.id)
    return session.scalars(whole.limit(PAGE_SIZE)).all()


def proposed_by(session: Session, bodies: frozenset[UUID]) -> Sequence[Commendation]:
    """What these bodies proposed last, under any programme, the newest first."""
    own = select(Commendation).where(Commendation.proposer_id.in_(bodies), Commendation.erasure_asked_at.is_(None))
    whole = own.options(*_WHOLE).order_by(Commendation.proposed_at.desc(), Commendation.id)
    return session.scalars(whole.limit(MOST_OWN)).all()


def decides(programme: Programme, actor: Actor) -> bool:
    """Whether somebody works for a party, which checks and decides."""
    return bool(heads.bodies_of(actor) & set(programme.parties))


def require_reader(one: Commendation, actor: Actor) -> None:
    """Raises NotFound for whoever works neither for a party nor for the body that proposed it."""
    if not heads.bodies_of(actor) & {*one.programme.parties, one.proposer_id}:
        raise NotFound


def require_open(one: Commendation) -> None:
    """Raises Refused("commendation_over") for what was refused, or whose data were erased or shall be."""
    if one.refused_at is not None or one.erasure_asked_at is not None:
        raise Refused("commendation_over")


def require_other_eyes(one: Commendation, actor: Actor) -> None:
    """Raises Refused("own_words") for who wrote a proposal; that a body is so small that its writer sends holds for its
    own proposals alone, never for one that somebody writes for another body."""
    own = one.proposer_id in one.programme.parties and actor.sends_own(one.proposer_id)
    if one.recorded_by_id == heads.person(actor) and not own:
        raise Refused("own_words")


def still_to_be_published() -> list[ColumnElement[bool]]:
    """What is true of a commendation that waits for somebody: it is neither refused nor to be erased, and public no
    more or not yet."""
    return _standing(WAITING)


def _standing(state: str) -> list[ColumnElement[bool]]:
    open_ = [Commendation.refused_at.is_(None), Commendation.erasure_asked_at.is_(None)]
    if state == REFUSED:
        return [Commendation.refused_at.is_not(None)]
    if state == PUBLIC:
        return [Commendation.released_at.is_not(None), Commendation.withdrawn_at.is_(None)]
    return [*open_, Commendation.released_at.is_(None) | _taken_up_anew()] if state == WAITING else []


@cache
def _taken_up_anew() -> ColumnElement[bool]:
    """What is public no more and was changed or decided since, or agreed to."""
    again = exists().where(
        along(Commendation.consents), CommendationConsent.withdrawn_at.is_(None),
        CommendationConsent.taken_at > Commendation.withdrawn_at,
    )  # fmt: skip
    since = Commendation.decided_at.is_(None) | (Commendation.decided_at > Commendation.withdrawn_at) | again
    return Commendation.withdrawn_at.is_not(None) & since


def _fill(one: Commendation, new: NewCommendation, actor: Actor, now: datetime) -> None:
    assert new.proposer_id is not None
    one.kind = CommendedKind(new.kind)
    is_body = one.kind is CommendedKind.BODY
    one.body_id, one.name = new.body_id if is_body else None, "" if is_body else one_line(new.name)
    one.folded_name, one.area_id = folded(one.name), new.area_id
    one.merits, one.evidence = stored(new.merits), stored(new.evidence)
    one.practice_number = _number(new.practice)
    one.proposer_id, one.recorded_at, one.recorded_by_id = new.proposer_id, now, heads.person(actor)
    if new.file is not None:
        one.file_hash, one.file_name, one.media_type = new.file.hash, new.file.name, new.file.media_type


def _number(typed: str) -> int | None:
    said = one_line(typed)
    return int(said) if said.isascii() and said.isdigit() and 0 < len(said) < 7 and int(said) else None


def _check(session: Session, programme: Programme, new: NewCommendation, own: frozenset[UUID]) -> None:
    errors = {name: "required" if not stored(said) else "too_long"
              for name, said in (("merits", new.merits), ("evidence", new.evidence))
              if not 0 < len(stored(said)) <= size_limits.TEXT}  # fmt: skip
    if new.proposer_id not in own:
        errors["proposer"] = "required"
    errors |= _of_whom(session, new)
    if one_line(new.practice) and not _is_practice(session, programme, _number(new.practice)):
        errors["practice"] = "no_such_practice"
    if errors:
        raise Invalid(errors)


def _of_whom(session: Session, new: NewCommendation) -> dict[str, str]:
    if new.kind not in set(CommendedKind):
        return {"kind": "required"}
    area = session.get(Area, new.area_id) if new.area_id else None
    errors = {} if new.area_id is None or (area and area.level is Level.COMMUNE) else {"area": "not_a_choice"}
    if new.kind == CommendedKind.BODY:
        known = new.body_id is not None and session.get(Organisation, new.body_id) is not None
        return errors | ({} if known else {"body": "required"})
    if not 0 < len(one_line(new.name)) <= size_limits.SHORT:
        errors["name"] = "too_long" if one_line(new.name) else "required"
    return errors if new.area_id else errors | {"area": "required"}


def _is_practice(session: Session, programme: Programme, number: int | None) -> bool:
    own = Practice.consultation_id == programme.consultation_id, Practice.number == number
    return session.scalar(select(Practice.id).where(*own, Practice.public_at.is_not(None))) is not None
