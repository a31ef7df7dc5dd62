"""Whether the silence of a body that was asked counts as agreement: only where the law says so of such a body, the
letter told it so, and it is known that this very letter reached it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from consult.consultations.invitation_models import Delivery, Invitation
from consult.consultations.invitations import rules
from consult.consultations.matter.calendar import Holidays
from consult.consultations.models import Consultation
from consult.consultations.words import DeliveryKind

EVIDENCE = frozenset({DeliveryKind.ARRIVED, DeliveryKind.REGISTERED, DeliveryKind.RECEIPT})
"""What shows that a letter reached a body: a state of the document network, or a receipt on paper."""
MAILS = frozenset({DeliveryKind.MAIL_ACCEPTED, DeliveryKind.NO_MAILBOX, DeliveryKind.REMINDED})
"""What the site tells of its own mails."""
SENT_BACK = {DeliveryKind.REFUSED: "refused", DeliveryKind.RECALLED: "recalled"}
"""What undoes an earlier arrival."""


class Standing(StrEnum):
    """How the silence of a body stands, as the code of a sentence `silence.<code>`."""

    NOT_BY_LAW = "not_by_law"
    NOT_SAID = "not_said"
    NO_EVIDENCE = "no_evidence"
    REFUSED = "refused"
    RECALLED = "recalled"
    REPLIED = "replied"
    NO_DAY = "no_day"
    WAITS = "waits"
    COUNTS = "counts"


@dataclass(frozen=True)
class Silence:
    """How it stands, and the last day to reply by where there is one."""

    standing: Standing
    last_day: date | None = None

    @property
    def counts(self) -> bool:
        """Whether it is agreement."""
        return self.standing is Standing.COUNTS


def received_on(invitation: Invitation, deliveries: Sequence[Delivery]) -> tuple[date | None, Standing]:
    """The day on which the letter of an invitation reached the body, by the first evidence that was not undone; without
    any, why not."""
    first, why = None, Standing.NO_EVIDENCE
    for one in _of_letter(invitation, deliveries):
        if one.kind in SENT_BACK:
            first, why = None, Standing(SENT_BACK[one.kind])
        elif one.kind in EVIDENCE:
            first = first or one.on
    return first, why


def newest_of(invitation: Invitation, deliveries: Sequence[Delivery]) -> Delivery | None:
    """What happened last to the letter of an invitation, as far as it is known: on its own way, of the mails beside it
    only where nothing else is."""
    rows = _of_letter(invitation, deliveries)
    own = [one for one in rows if one.kind not in MAILS]
    return next(reversed(own or rows), None)


def _of_letter(invitation: Invitation, deliveries: Sequence[Delivery]) -> list[Delivery]:
    """What stands of the letter that an invitation has now, in the order it happened."""
    own = (one for one in standing_rows(deliveries) if one.letter_id == invitation.letter_id)
    return sorted(own, key=lambda one: (one.happened_at, one.id))


def standing_rows(deliveries: Sequence[Delivery]) -> list[Delivery]:
    """The rows that nobody took back, without those that take others back."""
    gone = {one.voids_id for one in deliveries}
    return [one for one in deliveries if one.id not in gone and one.kind is not DeliveryKind.VOID]


def silence_of(
    consultation: Consultation,
    invitation: Invitation,
    deliveries: Sequence[Delivery],
    replied: bool,
    today: date,
    holidays: Holidays,
) -> Silence:
    """How the silence of the body stands on the local day `today`. The last day is that of the letter, or the end of
    the term that its receipt began, whichever is later."""
    if not rules.silence_may_count(consultation, invitation.organisation):
        return Silence(Standing.NOT_BY_LAW)
    if not invitation.silence_is_consent:
        return Silence(Standing.NOT_SAID)
    if replied:
        return Silence(Standing.REPLIED)
    received, why = received_on(invitation, deliveries)
    if received is None:
        return Silence(why)
    term = rules.reply_by(consultation, received, holidays) if rules.counted_from_receipt(consultation) else None
    last = max((day for day in (invitation.reply_by, term) if day is not None), default=None)
    if last is None:
        return Silence(Standing.NO_DAY)
    return Silence(Standing.COUNTS if today > last else Standing.WAITS, last)
