"""Silence is agreement only where the law says so of such a body, the letter told it, and this letter reached it."""

from datetime import date, timedelta
from itertools import product

import pytest
from sqlalchemy.orm import Session

from consult.consultations.invitation_models import Delivery
from consult.consultations.invitations import deliveries, silence
from consult.consultations.invitations import service as invitations
from consult.consultations.invitations.deliveries import NewDelivery
from consult.consultations.invitations.service import NewInvitation
from consult.consultations.invitations.silence import Silence, Standing
from consult.consultations.matter import calendar
from consult.consultations.words import DeliveryKind, Kind, Procedure
from consult.errors import Invalid, Refused
from consult.people.words import Level, OrganisationKind
from consult.stages import Stage
from tests.builders import NOW, TODAY, make_consultation, make_organisation, make_publisher, paged
from tests.consultations.invitations.conftest import Asking

LATER = TODAY + timedelta(40)
BY_LAW = {
    (OrganisationKind.PEOPLES_COMMITTEE, Level.COMMUNE),
    (OrganisationKind.FRONT_COMMITTEE, Level.COMMUNE),
    *((kind, level) for kind in ("agency", "department", "investor") for level in Level),
}
"""Whom Nghị định số 08/2022/NĐ-CP, Điều 26 khoản 1 điểm b has asked in writing."""


def stands(asking: Asking, day: date = LATER, replied: bool = False) -> Silence:
    """How the silence of the commune stands on a day."""
    row = invitations.asked_body(asking.session, asking.matter.id, asking.commune.id)
    known = deliveries.of_invitation(asking.session, row)
    return silence.silence_of(asking.matter, row, known, replied, day, calendar.holidays(asking.session))


def record(asking: Asking, kind: DeliveryKind, on: date = TODAY, whom: str = "Lý Thị B") -> Delivery:
    """What an officer records of the letter to the commune."""
    new = NewDelivery(kind, on, whom)
    return deliveries.record(asking.session, asking.matter, asking.commune.id, new, asking.actor, NOW)


def told(asking: Asking, kind: DeliveryKind, after: int) -> None:
    """What the network tells of it, so many minutes from now."""
    row = invitations.asked_body(asking.session, asking.matter.id, asking.commune.id)
    deliveries.added(asking.session, row, kind, NOW + timedelta(minutes=after), NOW)


@pytest.mark.parametrize("procedure", Procedure)
def test_the_law_names_the_kinds_in_the_statutory_consultation_alone(session: Session, procedure: Procedure) -> None:
    kind = Kind.LEGAL_DRAFT if procedure is Procedure.COMMENT else Kind.EIA_REPORT
    matter = make_consultation(session, Stage.OPEN, kind=kind, procedure=procedure, upload=paged())
    actor, taken = make_publisher(session), set()
    for of, level in product(OrganisationKind, Level):
        body = make_organisation(session, of, level)
        try:
            invitations.invite(session, matter, NewInvitation(body.id, silence_is_consent=True), actor, NOW)
            taken.add((of, level))
        except Invalid as refused:
            assert refused.errors == {"silence_is_consent": "silence_may_not_count"}
    assert taken == (BY_LAW if procedure is Procedure.EIA_STATUTORY else set())
    assert not {of for of, _level in taken} & {OrganisationKind.RELIGIOUS, OrganisationKind.COMMUNITY}


@pytest.mark.parametrize("kind", DeliveryKind)
def test_only_what_shows_that_the_letter_arrived_is_evidence(asking: Asking, kind: DeliveryKind) -> None:
    assert stands(asking).standing is Standing.NO_EVIDENCE
    told(asking, kind, 0)
    evidence = kind in {DeliveryKind.ARRIVED, DeliveryKind.REGISTERED, DeliveryKind.RECEIPT}
    undone = {DeliveryKind.REFUSED: Standing.REFUSED, DeliveryKind.RECALLED: Standing.RECALLED}
    assert stands(asking).standing is (Standing.COUNTS if evidence else undone.get(kind, Standing.NO_EVIDENCE))


def test_who_replied_is_not_silent_and_the_time_runs_from_the_receipt(asking: Asking) -> None:
    record(asking, DeliveryKind.RECEIPT)
    fifteen = TODAY + timedelta(15)
    assert stands(asking, fifteen) == Silence(Standing.WAITS, fifteen)
    assert stands(asking, fifteen + timedelta(1)) == Silence(Standing.COUNTS, fifteen)
    assert stands(asking, replied=True).standing is Standing.REPLIED


def test_a_letter_that_was_refused_or_taken_back_has_not_arrived(asking: Asking) -> None:
    for after, (kind, standing) in enumerate((
        (DeliveryKind.ARRIVED, Standing.COUNTS),
        (DeliveryKind.REFUSED, Standing.REFUSED),
        (DeliveryKind.REGISTERED, Standing.COUNTS),
        (DeliveryKind.RECALL_ASKED, Standing.COUNTS),
        (DeliveryKind.RECALLED, Standing.RECALLED),
    )):  # fmt: skip
        told(asking, kind, after)
        assert stands(asking).standing is standing, kind


def test_evidence_of_another_letter_is_none_of_this_one(asking: Asking) -> None:
    record(asking, DeliveryKind.RECEIPT)
    other = NewInvitation(asking.commune.id, "99/SNNMT-MT", TODAY, silence_is_consent=True)
    invitations.invite(asking.session, asking.matter, other, asking.actor, NOW)
    assert stands(asking).standing is Standing.NO_EVIDENCE


def test_what_was_recorded_by_mistake_is_taken_back_and_stays(asking: Asking) -> None:
    made = record(asking, DeliveryKind.RECEIPT)
    given = (asking.session, asking.matter, asking.commune.id, made.id)
    with pytest.raises(Invalid):
        deliveries.take_back(*given, " ", asking.actor, NOW)
    for _again in range(2):
        deliveries.take_back(*given, "Ghi nhầm nơi nhận", asking.actor, NOW)
    assert stands(asking).standing is Standing.NO_EVIDENCE
    row = invitations.asked_body(asking.session, asking.matter.id, asking.commune.id)
    assert [one.kind for one in deliveries.of_invitation(asking.session, row)] == ["receipt", "void"]
    record(asking, DeliveryKind.RECEIPT)
    assert stands(asking).standing is Standing.COUNTS


def test_the_same_form_twice_is_one_row(asking: Asking) -> None:
    assert record(asking, DeliveryKind.RECEIPT).id == record(asking, DeliveryKind.RECEIPT).id
    assert record(asking, DeliveryKind.RECEIPT, whom="Người khác").id != record(asking, DeliveryKind.RECEIPT).id


@pytest.mark.parametrize(
    ("new", "errors"),
    [
        (NewDelivery(DeliveryKind.RECEIPT, TODAY + timedelta(1)), {"on": "in_the_future"}),
        (NewDelivery(DeliveryKind.RECEIPT, TODAY - timedelta(1)), {"on": "before_letter"}),
        (NewDelivery(DeliveryKind.HANDED_OVER, TODAY), {"whom": "required"}),
        (NewDelivery(DeliveryKind.REGISTERED, TODAY), {"kind": "not_a_choice"}),
        (NewDelivery(DeliveryKind.SENT, TODAY, words="a" * 301), {"words": "too_long"}),
    ],
)
def test_what_cannot_be_is_not_recorded(asking: Asking, new: NewDelivery, errors: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        deliveries.record(asking.session, asking.matter, asking.commune.id, new, asking.actor, NOW)
    assert refused.value.errors == errors


def test_a_body_with_a_delivery_stays_on_the_list(session: Session) -> None:
    matter, actor = make_consultation(session, Stage.DRAFTING), make_publisher(session)
    body = make_organisation(session)
    invitations.invite(session, matter, NewInvitation(body.id), actor, NOW)
    deliveries.record(session, matter, body.id, NewDelivery(DeliveryKind.SENT, TODAY), actor, NOW)
    with pytest.raises(Refused, match="delivery_recorded"):
        invitations.uninvite(session, matter, body.id, actor, NOW)
