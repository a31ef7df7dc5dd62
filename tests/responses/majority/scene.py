"""A matter under the law on grassroots democracy, with people for and against its clauses."""

from consult.responses.majority.tally import RULE
from consult.submissions.words import Stance
from tests.responses.desk_builder import Desk, comment


def under_the_law(desk: Desk) -> None:
    """The rules of the matter ask for the numbers."""
    rules = desk.matter.profile_rules or {}
    desk.matter.profile_rules = {**rules, "rules": {**rules["rules"], RULE: {"basis": "law"}}}
    desk.session.commit()


def people_say(desk: Desk, in_favour: int = 1, against: int = 6, path: str = "d2.k1") -> list[int]:
    """So many people for a clause and so many against it, all of them public; their numbers."""
    found: list[int] = []
    for stance, count in ((Stance.SUPPORT, in_favour), (Stance.OPPOSE, against)):
        for number in range(count):
            found += desk.receive(comment(f"Tôi nói {stance} lần {number}.", path, stance=stance))
    desk.release(*found)
    return found
