"""Which provisions of several drafts are one clause, where it stands, and what became of it."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Provision, Revision
from consult.consultations.revisions import fates, match_corrections
from consult.consultations.revisions.fates import Fate, FateKind
from consult.consultations.revisions.lineages import Lineages, filed_drafts, lineages
from consult.consultations.revisions.match_corrections import Side
from tests.builders import NOW
from tests.consultations.articles import FIRST, INSERTED, REMOVED, SWAPPED, next_draft, text_of
from tests.responses.desk_builder import Desk, make_desk


@pytest.fixture
def desk(session: Session) -> Desk:
    """A matter with the first draft."""
    return make_desk(session, text=text_of(*FIRST))


def at(desk: Desk, revision: int, path: str) -> Provision:
    """The provision at a path of one draft."""
    return desk.session.scalars(
        select(Provision)
        .join(Provision.revision)
        .where(Provision.consultation_id == desk.matter.id, Revision.number == revision, Provision.path == path)
    ).one()


def keys(desk: Desk, *places: tuple[int, str]) -> Sequence[object]:
    """The key of the clause at each place."""
    found = [at(desk, *place).id for place in places]
    clauses: Lineages = lineages(desk.session, desk.matter.id, found)
    return [clauses.key(one) for one in found]


def fate(desk: Desk, revision: int | None, path: str) -> Fate:
    """What an address of the main draft means."""
    found = fates.of_address(desk.session, desk.matter.id, 1, revision, path)
    assert found is not None
    return found


def test_a_clause_keeps_its_key_and_a_number_does_not(desk: Desk) -> None:
    next_draft(desk, *INSERTED)
    next_draft(desk, *REMOVED)
    sanctions = keys(desk, (1, "d5"), (2, "d6"), (3, "d5"))
    collecting = keys(desk, (2, "d5"), (3, "d4"))
    times = keys(desk, (1, "d4"), (2, "d4"))
    assert len(set(sanctions)) == len(set(collecting)) == len(set(times)) == 1
    assert len({*sanctions, *collecting, *times}) == 3


def test_articles_that_change_places_keep_their_keys(desk: Desk) -> None:
    next_draft(desk, *SWAPPED)
    assert keys(desk, (1, "d3"), (1, "d4")) == keys(desk, (2, "d4"), (2, "d3"))


def test_every_provision_is_in_one_line_where_some_were_merged_or_split(desk: Desk) -> None:
    """Each draft has one provision of a line at most, so that what is counted by lines adds up."""
    second = next_draft(desk, *INSERTED)
    match_corrections.pair(desk.session, desk.matter, second, Side.OLD, "d2", ["d2", "d5"], desk.publisher, NOW)
    match_corrections.pair(desk.session, desk.matter, second, Side.NEW, "d3", ["d3", "d4"], desk.publisher, NOW)
    rows = desk.session.execute(
        select(Provision.id, Revision.number)
        .join(Provision.revision)
        .where(Provision.consultation_id == desk.matter.id)
    ).all()
    clauses = lineages(desk.session, desk.matter.id, [one for one, _ in rows])
    lines = [(clauses.key(one), number) for one, number in rows]
    assert len(lines) == len(set(lines))
    assert keys(desk, (1, "d2")) == keys(desk, (2, "d2")) and keys(desk, (1, "d3")) == keys(desk, (2, "d3"))
    assert fate(desk, 1, "d2") == Fate(1, 1, "d2", 2, FateKind.SPLIT, ("d2", "d5"))
    match_corrections.pair(desk.session, desk.matter, second, Side.NEW, "d4", [], desk.publisher, NOW)
    assert fate(desk, 1, "d4") == Fate(1, 1, "d4", 2, FateKind.MERGED, ("d3",))


def test_what_is_gone_stands_behind_what_stood_before_it(desk: Desk) -> None:
    next_draft(desk, *INSERTED)
    next_draft(desk, *REMOVED)
    places = [(1, "d3"), (1, "d4"), (2, "d4"), (2, "d5"), (1, "d5")]
    found = lineages(desk.session, desk.matter.id, ())
    ranks = [found.places[at(desk, *place).id].rank for place in places]
    assert ranks == sorted(ranks) and ranks[1] == ranks[2] and len(set(ranks)) == 4
    assert found.newest(at(desk, 1, "d5").id).path == "d5" and found.newest(at(desk, 1, "d4").id).revision == 2


def test_what_became_of_a_clause_is_told_from_either_side(desk: Desk) -> None:
    next_draft(desk, *INSERTED)
    next_draft(desk, *REMOVED)
    assert fate(desk, 1, "d1") == Fate(1, 1, "d1", 3, FateKind.SAME, ("d1",))
    assert fate(desk, 1, "d6").paths == ("d6",)
    assert fate(desk, 2, "d6") == Fate(1, 2, "d6", 3, FateKind.RENUMBERED, ("d5",))
    assert fate(desk, 1, "d4") == Fate(1, 1, "d4", 3, FateKind.DROPPED, (), 3)
    gone, to_come = fate(desk, 3, "d7"), fate(desk, 1, "d7")
    assert gone == Fate(1, 2, "d7", 3, FateKind.RENUMBERED, ("d6",), 0, False)
    assert to_come == Fate(1, 2, "d7", 1, FateKind.RENUMBERED, ("d6",), 0, False)
    assert fates.of_address(desk.session, desk.matter.id, 1, 1, "d99") is None
    assert fates.of_address(desk.session, desk.matter.id, 1, 9, "d1") is None


def test_a_path_without_a_draft_is_of_the_first_that_has_it(desk: Desk) -> None:
    next_draft(desk, *INSERTED)
    assert fates.first_with(desk.session, desk.matter.id, 1, "d5") == 1
    assert fates.first_with(desk.session, desk.matter.id, 1, "d7") == 2
    assert fate(desk, None, "d5") == Fate(1, 1, "d5", 2, FateKind.RENUMBERED, ("d6",))
    assert filed_drafts(desk.session, desk.matter.id)[1].drafts == 2
