"""The verifier of docs/ as a module, and a log in which everything that can happen has happened."""

from datetime import timedelta

import pytest

from consult.ledger import comment_entries, entries, merkle
from consult.ledger.commitment import commit
from tests.ledger.fake_site import NOW, FakeSite, salt_for, text_of


@pytest.fixture
def site() -> FakeSite:
    """Nine comments, one for every outcome and visibility; one still awaits its answer."""
    site = begun()
    site.add(entries.sealed(len(site.texts), merkle.root_of(site.leaves), 9))
    return answered(site)


@pytest.fixture
def unsealed() -> FakeSite:
    """The same while its log is not sealed yet: what people do is still taken."""
    return answered(begun())


def begun() -> FakeSite:
    """A matter with all its comments, still open."""
    site = FakeSite()
    periods = [("public", NOW, NOW + timedelta(days=60)), ("critique", NOW, None)]
    site.publish(periods)
    for number in range(1, 8):
        site.receive(number, f"Ý kiến {number}")
    change_one_by_one(site)
    split_the_seventh(site)
    site.add(entries.extended("public", NOW + timedelta(days=70), "Theo đề nghị của các xã"))
    site.matter["closes"] = site.matter["periods"][0]["closes"] = entries.moment(NOW + timedelta(days=70))
    release(site, 8)
    return site


def answered(site: FakeSite) -> FakeSite:
    """What the desk does then."""
    site.add(comment_entries.passed_on(1))
    site.answer(1, [1, 2, 8], "Tiếp thu ý kiến.")
    site.answer(2, [3], None)
    site.sums = sums(answered=4, awaiting=1)
    return site


def change_one_by_one(site: FakeSite) -> None:
    """Comments 1 to 6 are released, redacted, withheld, amended, withdrawn and declared invalid, in this order."""
    release(site, 1)
    redact(site, 2)
    site.add(comment_entries.withheld(3, "personal_data"))
    site.list_as(3, visibility="withheld", visibility_reason="personal_data")
    site.add(comment_entries.amended(4, 2, commit("text", text_of("Sửa lại"), salt_for("amended"))))
    site.list_as(4, version=2)
    site.add(comment_entries.withdrawn(5))
    site.list_as(5, outcome="withdrawn", visibility="withheld", visibility_reason="withdrawn")
    site.add(comment_entries.invalid(6, "off_topic"))
    site.list_as(6, outcome="invalid", outcome_reason="off_topic")


def split_the_seventh(site: FakeSite) -> None:
    for number in (8, 9):
        site.receive(number, f"Ý kiến {number}", part_of=7)
    site.add(comment_entries.split(7, [8, 9]))
    site.list_as(7, outcome="split")


def release(site: FakeSite, number: int) -> None:
    site.add(comment_entries.released(number))
    salt = salt_for(f"text{number}").hex()
    site.list_as(number, visibility="public", text=text_of(f"Ý kiến {number}"), text_salt=salt)


def redact(site: FakeSite, number: int) -> None:
    value, salt = text_of("Ý kiến của [đã che]"), salt_for("redacted")
    site.add(comment_entries.redacted(number, "personal_data", commit("redacted", value, salt)))
    site.list_as(number, visibility="redacted", text=value, text_salt=salt.hex())


def sums(answered: int, awaiting: int) -> dict[str, dict[str, object]]:
    """Both sums of the nine comments, written down by hand."""
    return {
        "outcome": {"received": 9, "withdrawn": 1, "invalid": {"off_topic": 1}, "split": 1, "passed_on": 1}
        | {"answered": answered, "awaiting": awaiting},
        "visibility": {"total": 9, "in_check": 3, "public": 2, "redacted": 1, "quarantined": 1}
        | {"withheld": {"personal_data": 1, "withdrawn": 1}},
    }


@pytest.fixture
def concluded_site(site: FakeSite) -> FakeSite:
    """The same after the last answer, concluded."""
    site.answer(3, [9], "Giải trình, làm rõ.")
    site.sums = sums(answered=5, awaiting=0)
    site.add(entries.concluded(site.sums["outcome"], site.sums["visibility"]))
    site.matter["concluded_at"] = entries.moment(NOW)
    return site
