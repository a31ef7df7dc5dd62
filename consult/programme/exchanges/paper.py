"""The minutes of an exchange as a paper in the layout of Nghị định 30/2020/NĐ-CP."""

from typing import Any

from consult.official_papers.paper import Letterhead
from consult.programme.exchanges.models import Exchange
from consult.programme.head_models import Programme


def told(programme: Programme, one: Exchange) -> dict[str, Any]:
    """What its template says."""
    head = Letterhead(programme.heading, place=programme.first_party.place, day=one.held_on)
    return {"paper": head, "programme": programme, "exchange": one}
