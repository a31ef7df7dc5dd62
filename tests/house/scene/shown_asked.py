"""A letter, and what is known of its delivery to a body that was asked, for the acts on them."""

from typing import Any

from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.invitations import deliveries, letters
from consult.consultations.invitations.deliveries import NewDelivery
from consult.consultations.models import Consultation
from consult.consultations.words import DeliveryKind, LetterPurpose
from consult.people.models import Organisation
from consult.policy import Actor
from tests.builders import make_organisation


def acts(
    session: Session, matter: Consultation, asked: Organisation, actor: Actor
) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """By endpoint which fields name the thing, and what fills its address."""
    now, today = clock.now(), clock.local_day(clock.now())
    new = letters.NewLetter(LetterPurpose.INVITATION, "7/STP", today, "V/v lấy ý kiến")
    letter = letters.record(session, matter, new, actor, now)
    known = deliveries.record(session, matter, asked.id, NewDelivery(DeliveryKind.RECEIPT, today), actor, now)
    body, slug = make_organisation(session), matter.slug
    other = {"purpose": "invitation", "number": "8/STP", "letter_on": today.isoformat()}
    of_body = {"slug": slug, "organisation_id": asked.id}
    return {
        "preparing.asking.ask": ({"bodies": str(body.id), "letter": str(letter.id)}, {"slug": slug}),
        "preparing.letters.change": (other, {"slug": slug, "letter_id": letter.id}),
        "preparing.deliveries.record": ({"kind": "sent", "on": today.isoformat()}, of_body),
        "preparing.deliveries.take_back": ({"reason": "Ghi nhầm."}, {**of_body, "delivery_id": known.id}),
    }
