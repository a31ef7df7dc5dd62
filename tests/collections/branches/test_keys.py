"""A branch works by its key, which is kept as a hash, renewed and ended."""

import pytest
from sqlalchemy.orm import Session

from consult.collections import sums
from consult.collections.branches import entry, keys, service
from consult.collections.branches.service import NewBranch
from consult.errors import Invalid, NotFound
from consult.submissions.inputs import Codes
from tests.builders import NOW
from tests.collections.scene import CODES, collecting


def test_a_key_is_found_however_it_is_typed(session: Session) -> None:
    branch = collecting(session, "Xã A", "Xã B").branches["Xã B"]
    key = keys.of_branch(branch, CODES)
    for typed in (key, keys.shown(key), keys.shown(key).upper(), f" {key} "):
        assert entry.by_key(session, typed, CODES).id == branch.id
    for wrong in ("", key[:-1], key + "a", "o" * 20):
        with pytest.raises(NotFound):
            entry.by_key(session, wrong, CODES)
    assert key not in branch.key_hash


def test_the_site_changes_its_key(session: Session) -> None:
    branch = collecting(session, "Xã A").branches["Xã A"]
    key, newer = keys.of_branch(branch, CODES), Codes((b"n" * 32, *CODES.keys))
    assert entry.by_key(session, key, newer).id == branch.id and keys.of_branch(branch, newer) == key
    with pytest.raises(LookupError):
        keys.of_branch(branch, Codes((b"n" * 32,)))


def test_a_renewed_key_and_an_ended_one_lead_nowhere(session: Session) -> None:
    branch = collecting(session, "Xã A").branches["Xã A"]
    first = keys.of_branch(branch, CODES)
    service.renew_key(session, branch, CODES)
    with pytest.raises(NotFound):
        entry.by_key(session, first, CODES)
    second = keys.of_branch(branch, CODES)
    assert entry.by_key(session, second, CODES).id == branch.id
    service.end_key(session, branch, NOW)
    with pytest.raises(NotFound):
        entry.by_key(session, second, CODES)


def test_branches_come_all_or_none(session: Session) -> None:
    scene = collecting(session, "Xã A")
    with pytest.raises(Invalid) as wrong:
        service.add(
            session, scene.collection, None, [NewBranch("Xã B"), NewBranch("xa a"), NewBranch("Xã C", mail="x")],
            CODES, NOW,
        )  # fmt: skip
    assert wrong.value.errors["branches.1.name"] == "name_in_use" and "branches.2.mail" in wrong.value.errors
    assert [one.name for one in sums.branches_of(session, scene.collection.id)] == ["Xã A"]
    below = service.add(session, scene.collection, scene.branches["Xã A"], [NewBranch("Xã A")], CODES, NOW)
    assert (below[0].number, below[0].parent_id) == (2, scene.branches["Xã A"].id)


def test_who_puts_a_mail_address_right_is_told_that_the_link_went_to_the_earlier_one(session: Session) -> None:
    branch = collecting(session, "Xã A").branches["Xã A"]
    assert not service.change(session, branch, NewBranch("Xã A", mail="xa.a@example.invalid"))
    assert not service.change(session, branch, NewBranch("Xã A", mail="Xa.A@example.invalid", telephone="0912 345 678"))
    assert service.change(session, branch, NewBranch("Xã A", mail="xa.aa@example.invalid"))
    assert service.change(session, branch, NewBranch("Xã A"))
