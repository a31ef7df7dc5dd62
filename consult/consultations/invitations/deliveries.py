"""What is known of the delivery of letters to the bodies that were asked: rows that are added and never changed. An
officer records what paper shows, the site what it sent and what the document network told."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.invitation_models import Delivery, Invitation
from consult.consultations.invitations.service import asked_body
from consult.consultations.matter.preconditions import person
from consult.consultations.models import Consultation
from consult.consultations.words import DeliveryKind
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound
from consult.files.signed_files import KeptFile
from consult.policy import Action, Actor, require
from consult.text import one_line

ENTERED = (DeliveryKind.SENT, DeliveryKind.HANDED_OVER, DeliveryKind.RECEIPT)
"""What an officer records; the rest the site knows by itself."""
LINE_LIMIT = 300


@dataclass(frozen=True)
class NewDelivery:
    """What an officer records: on which local day, to whom it was handed or who signed the receipt, a remark, and
    perhaps a scan."""

    kind: DeliveryKind
    on: date
    whom: str = ""
    words: str = ""
    scan: KeptFile | None = None


def record(
    session: Session, consultation: Consultation, organisation_id: UUID, new: NewDelivery, actor: Actor, now: datetime
) -> Delivery:
    """Records what is known of the letter to a body that was asked; the same twice is one.

    Raises NotFound, Invalid ({"kind" | "on" | "whom" | "words": code}), and Refused by the policy.
    """
    by_id = person(actor)
    with writing(session, consultation.id):
        require(actor, Action.INVITE_BODIES, consultation, now)
        invitation = asked_body(session, consultation.id, organisation_id)
        _check(invitation, new, clock.local_day(now))
        same = (new.kind, new.on, one_line(new.whom), one_line(new.words))
        scan_hash = new.scan.hash if new.scan else ""
        for row in standing_of(session, invitation):
            if (row.kind, row.on, row.whom, row.words) == same and row.file_hash == scan_hash:
                return row
        made = added(session, invitation, new.kind, clock.start_of_day(new.on), now, by_id)
        made.whom, made.words = one_line(new.whom), one_line(new.words)
        if new.scan is not None:
            made.file_hash, made.file_name, made.media_type = new.scan.hash, new.scan.name, new.scan.media_type
        _told(session, consultation)
    return made


def take_back(
    session: Session,
    consultation: Consultation,
    organisation_id: UUID,
    delivery_id: UUID,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Takes back what was recorded by mistake, with a reason; the row stays. Again changes nothing.

    Raises NotFound, Invalid({"reason": code}), and Refused by the policy.
    """
    by_id, said = person(actor), one_line(reason)
    if not said or len(said) > LINE_LIMIT:
        raise Invalid({"reason": "too_long" if said else "required"})
    with writing(session, consultation.id):
        require(actor, Action.INVITE_BODIES, consultation, now)
        invitation = asked_body(session, consultation.id, organisation_id)
        rows = of_invitation(session, invitation)
        found = next((one for one in rows if one.id == delivery_id and one.kind is not DeliveryKind.VOID), None)
        if found is None:
            raise NotFound
        if any(one.voids_id == found.id for one in rows):
            return
        made = added(session, invitation, DeliveryKind.VOID, now, now, by_id)
        made.voids_id, made.words = found.id, said
        _told(session, consultation)


def added(
    session: Session,
    invitation: Invitation,
    kind: DeliveryKind,
    happened_at: datetime,
    now: datetime,
    by_id: UUID | None = None,
    source: str = "",
) -> Delivery:
    """One row more of the letter that an invitation has now. Call inside `writing`."""
    made = Delivery(
        consultation_id=invitation.consultation_id, id=new_id(), invitation_id=invitation.id,
        letter_id=invitation.letter_id, kind=kind, happened_at=happened_at, whom="", words="", source=source,
        at=now, by_id=by_id,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def note(
    session: Session, consultation_id: UUID, invitation_id: UUID, kind: DeliveryKind, source: str, now: datetime
) -> None:
    """What the site itself did or saw of an invitation, once for each `source`; nothing where the body is asked no
    more."""
    with writing(session, consultation_id):
        invitation = session.get(Invitation, (consultation_id, invitation_id))
        if invitation is None:
            return
        if all(one.source != source for one in of_invitation(session, invitation)):
            added(session, invitation, kind, now, now, source=source)


def of_invitation(session: Session, invitation: Invitation) -> list[Delivery]:
    """All that was recorded of one invitation, in the order it was recorded."""
    return by_invitation(session, invitation.consultation_id, invitation.id).get(invitation.id, [])


def standing_of(session: Session, invitation: Invitation) -> list[Delivery]:
    """What was recorded of its present letter and not taken back."""
    rows = of_invitation(session, invitation)
    gone = {one.voids_id for one in rows}
    return [one for one in rows if one.letter_id == invitation.letter_id and one.id not in gone]


def by_invitation(
    session: Session, consultation_id: UUID, invitation_id: UUID | None = None
) -> dict[UUID, list[Delivery]]:
    """All that was recorded of a matter (of one invitation), by invitation, in one statement."""
    statement = select(Delivery).where(Delivery.consultation_id == consultation_id)
    if invitation_id is not None:
        statement = statement.where(Delivery.invitation_id == invitation_id)
    found: dict[UUID, list[Delivery]] = {}
    for row in session.scalars(statement.order_by(Delivery.id)):
        found.setdefault(row.invitation_id, []).append(row)
    return found


def _check(invitation: Invitation, new: NewDelivery, today: date) -> None:
    errors = {name: "too_long" for name in ("whom", "words") if len(one_line(getattr(new, name))) > LINE_LIMIT}
    if new.kind not in ENTERED:
        errors["kind"] = "not_a_choice"
    if new.on > today:
        errors["on"] = "in_the_future"
    elif invitation.letter_on is not None and new.on < invitation.letter_on:
        errors["on"] = "before_letter"
    if new.kind is DeliveryKind.HANDED_OVER and not one_line(new.whom):
        errors["whom"] = "required"
    if errors:
        raise Invalid(errors)


def _told(session: Session, consultation: Consultation) -> None:
    """Lets the public pages go: they say how the silence of a body stands."""
    if consultation.published_at is not None:
        consultation.touch()
    session.flush()
