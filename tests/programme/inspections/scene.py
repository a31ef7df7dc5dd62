"""Results of inspections, made through the services."""

from datetime import timedelta
from typing import Any

from consult.programme.head_models import Programme
from consult.programme.inspections import service
from consult.programme.inspections.models import Inspection
from consult.programme.inspections.typed import NewInspection
from tests.programme.scene import Parties


def new(parties: Parties, **facts: Any) -> NewInspection:
    """A good result as typed, of an enterprise that no list has."""
    today = parties.today
    whole: dict[str, Any] = {
        "subject": "Xả nước thải", "kind": "organisation", "inspected_name": "Công ty Chế biến gỗ Sông Cầu",
        "inspected_on": today - timedelta(days=40), "decision_number": "15/QĐ-XPHC",
        "decision_on": today - timedelta(days=30), "breaches": "Xả nước thải vượt quy chuẩn\nKhông quan trắc",
        "fine": 120_000_000, "remedy": "Lắp hệ thống xử lý nước thải.", "due_on": today + timedelta(days=60),
    }  # fmt: skip
    return NewInspection(**{**whole, **facts})


def recorded(parties: Parties, programme: Programme, public: bool = True, **facts: Any) -> Inspection:
    """A result, recorded by an officer of the Department and published by its leader."""
    typed = new(parties, **facts)
    made = service.begin(parties.session, programme, typed, False, parties.officer, parties.now)
    if public:
        service.release(parties.session, made, parties.leader, parties.now)
    return made


def corrected(parties: Parties, one: Inspection, public: bool = True, **facts: Any) -> Inspection:
    """The same corrected, for a reason."""
    typed = new(parties, **{"reason": "Sai số tiền", **facts})
    service.record(parties.session, one, typed, False, parties.officer, parties.now)
    if public:
        service.release(parties.session, one, parties.leader, parties.now)
    return one
