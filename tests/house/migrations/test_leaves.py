"""`db upgrade` leaves every leaf of every log byte for byte, from whatever release a database comes."""

from tests.house.migrations.revisions import SCRIPTS, Upgraded
from tests.house.migrations.test_with_data import forgotten


def test_every_leaf_is_what_it_was(upgraded: Upgraded) -> None:
    assert upgraded.leaves_before and upgraded.leaves_after == upgraded.leaves_before


def test_no_migration_says_that_it_changes_a_log() -> None:
    told = {name for script in SCRIPTS for name in forgotten(script) if name.startswith("ledger_")}
    assert not told
