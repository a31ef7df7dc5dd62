"""A log of tomorrow before a verifier of today: what it does not know it tells, and counts by what it knows."""

import json
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult.ledger import merkle
from consult.ledger.canonical import canonical
from consult.transparency.replay import Log
from tests.ledger.fake_site import NOW, FakeSite
from tests.ledger.test_verify_ledger import failure

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)
FIELDS = st.dictionaries(
    st.sampled_from(["comment", "comments", "count", "reason", "into", "outcome", "x_more"]), VALUES, max_size=3
)


def append(site: FakeSite, kind: str, **fields: Any) -> None:
    """Appends an entry of any kind, properly hashed and signed."""
    index = len(site.texts)
    told = {**fields, "v": 1, "index": index, "kind": kind, "at": f"{NOW:%Y-%m-%dT%H:%M:%SZ}"}
    site.texts.append(canonical(told).decode())
    site.leaves.append(merkle.leaf_hash(site.texts[-1].encode()))
    site.note = site.signed()


def extend(site: FakeSite, index: int, **fields: Any) -> None:
    """Puts further fields into an entry, and hashes and signs all anew."""
    old = site.texts[index]
    site.rewrite(index, old, canonical({**json.loads(old), **fields}).decode())


def said(verifier: ModuleType, site: FakeSite) -> list[str]:
    return list(verifier.verify(site, verifier.Extras(every_proof=True)))


def test_kinds_not_known_are_told_and_change_no_sum(verifier: ModuleType, site: FakeSite) -> None:
    before = said(verifier, site)
    append(site, "x_future", comment=1, reason="insult")
    append(site, "supervised", comments=[1, 2], count=5)
    append(site, "x_future", comment=99)
    after = said(verifier, site)
    assert after[2] == (
        "3 entries of kinds not known to this version (supervised 1, x_future 2): hashed, and in neither sum"
    )
    sums = [line for line in after if line.startswith(("outcome:", "visibility:"))]
    assert sums == [line for line in before if line.startswith(("outcome:", "visibility:"))] and len(sums) == 2


def test_what_is_not_known_is_under_the_signed_root_like_all(verifier: ModuleType, site: FakeSite) -> None:
    append(site, "x_future", comment=1)
    last = len(site.texts) - 1
    site.texts[last] = site.texts[last].replace('"comment":1', '"comment":2')
    assert failure(verifier, site) == f"entry {last}: its bytes do not lead to the signed root"


def test_a_kind_that_is_not_known_takes_the_place_of_none_that_is(verifier: ModuleType, site: FakeSite) -> None:
    """Who writes `x_withheld` for `withheld` has not withheld anything: the sums no longer follow."""
    append(site, "x_withheld", comment=1, reason="insult")
    site.sums["visibility"]["public"] -= 1
    site.sums["visibility"]["withheld"] = {"insult": 1}
    assert "the public sums: visibility" in failure(verifier, site)


def test_further_fields_of_known_kinds_are_told_and_left_alone(verifier: ModuleType, site: FakeSite) -> None:
    extend(site, 8, x_more={"released": False}, day="2026-11-23")
    extend(site, 11, x_more=1)
    after = said(verifier, site)
    assert after[2].startswith("3 fields not known to this version (") and "x_more 1" in after[2]


def test_a_known_kind_keeps_its_fields_whatever_else_is_there(verifier: ModuleType, site: FakeSite) -> None:
    entry = json.loads(site.texts[8])
    assert entry["kind"] == "released"
    del entry["comment"]
    site.rewrite(8, site.texts[8], canonical({**entry, "x_comment": 1}).decode())
    assert failure(verifier, site) == "entry 8: it lacks the field 'comment' of 'released'"


@pytest.mark.parametrize("value", [0, "1", None, True, [1]])
def test_a_known_field_keeps_its_form_whatever_else_is_there(
    verifier: ModuleType, site: FakeSite, value: object
) -> None:
    extend(site, 8, comment=value, x_more=1)
    assert failure(verifier, site) == "entry 8: its field 'comment' is malformed"


def test_inner_objects_have_exactly_their_members(verifier: ModuleType, site: FakeSite) -> None:
    entry = json.loads(site.texts[5])
    extend(site, 5, anchor={**entry["anchor"], "x_sheet": 1})
    assert failure(verifier, site) == "entry 5: its field 'anchor' is malformed"


def test_another_version_of_the_format_is_refused(verifier: ModuleType, site: FakeSite) -> None:
    append(site, "x_future")
    last = len(site.texts) - 1
    site.rewrite(last, '"v":1', '"v":2')
    assert failure(verifier, site) == f"entry {last}: it is of version 2 of the format, not of version 1"


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.from_regex(r"x_[a-z_]{0,9}", fullmatch=True), fields=FIELDS)
def test_nothing_unknown_changes_a_sum(verifier: ModuleType, kind: str, fields: dict[str, Any]) -> None:
    site = FakeSite()
    for number in (1, 2):
        site.receive(number, "Ý kiến")
    append(site, "released", comment=1)
    told = [json.loads(text) for text in site.texts]
    before = Log(told)
    append(site, kind, **fields)
    replay, after = verifier.Replay(site.leaves), Log([json.loads(text) for text in site.texts])
    for index, text in enumerate(site.texts):
        replay.take(verifier.read_entry(index, text))
    for one in (after, replay):
        assert (one.outcome(), one.visibility()) == (before.outcome(), before.visibility())
    assert after.unknown == {kind: 1} and not before.unknown


def test_the_version_is_printed(verifier: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        verifier.main(["--version"])
    assert done.value.code == 0 and capsys.readouterr().out == f"verify_ledger.py {verifier.VERSION}\n"
    assert verifier.VERSION >= 2
