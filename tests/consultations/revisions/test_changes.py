"""What changed between two revisions, neighbours or not, as it is told."""

from collections.abc import Callable, Sequence
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from consult.consultations.document_models import Provision, Revision
from consult.consultations.matter import queries
from consult.consultations.revisions import changes, match_corrections, matching, next_revision, successors
from consult.consultations.revisions.change_groups import Draft
from consult.consultations.revisions.changes import Changes
from consult.consultations.revisions.match_corrections import Side
from tests.builders import DRAFT, NOW, make_consultation, make_publisher
from tests.consultations.revised import SECOND, add, revise
from tests.statements import statements_of

Told = list[tuple[str, list[str], list[str]]]

NEW_ARTICLE = DRAFT.replace(
    "## Chương II",
    "### Điều 3. Nơi giao\n\n1. Điểm tập kết.\n\na) Trong thôn;\n\nb) Ngoài thôn.\n\n2. Trạm.\n\n## Chương II",
).replace("### Điều 3. Hiệu", "### Điều 4. Hiệu")


def paths(draft: Draft, ids: Sequence[UUID]) -> list[str]:
    """The paths of provisions."""
    return [draft.provisions[one].path for one in ids]


def told(found: Changes) -> Told:
    """Kind, old paths and new paths of each change."""
    return [(one.kind.value, paths(found.old, one.olds), paths(found.new, one.news)) for one in found.told]


@pytest.fixture
def between(session: Session) -> Callable[[Revision, int], Changes]:
    """What changed since a revision by its number."""

    def compared(revision: Revision, since: int) -> Changes:
        line = [one for one in successors.line_to(session, revision) if one.number >= since]
        return changes.changes(session, line)

    return compared


def test_changes_are_told_in_the_order_of_reading(session: Session, between: Callable[..., Changes]) -> None:
    made, actor = make_consultation(session), make_publisher(session)
    found = between(revise(session, made, actor), 1)
    assert told(found) == [
        ("changed", ["d2.k1"], ["d2.k1"]),
        ("removed", ["d2.k2"], []),
        ("added", [], ["d4"]),
    ]
    assert found.unchanged + 2 == len(found.old.provisions)


def test_what_came_or_went_as_a_whole_is_told_once(session: Session, between: Callable[..., Changes]) -> None:
    made, actor = make_consultation(session), make_publisher(session)
    second = add(session, made, actor, NEW_ARTICLE)
    matching.match_revision(session, made, second, actor, NOW)
    match_corrections.pair(session, made, second, Side.OLD, "d3", ["d4"], actor, NOW)
    for path in ("d3", "d3.k1", "d3.k1.pa", "d3.k1.pb", "d3.k2"):
        match_corrections.pair(session, made, second, Side.NEW, path, [], actor, NOW)
    next_revision.publish_revision(session, made, second, actor, NOW)
    found = between(second, 1)
    assert told(found) == [("added", [], ["d3"]), ("renumbered", ["d3"], ["d4"])]
    added = found.told[0]
    assert paths(found.new, added.below) == ["d3.k1", "d3.k1.pa", "d3.k1.pb", "d3.k2"]
    back = between(revise(session, made, actor, DRAFT), 2)
    assert [kind for kind, _, _ in told(back)].count("removed") >= 1


def test_two_steps_are_joined_through_the_revision_between(session: Session, between: Callable[..., Changes]) -> None:
    made, actor = make_consultation(session), make_publisher(session)
    second = add(session, made, actor)
    matching.match_revision(session, made, second, actor, NOW)
    match_corrections.pair(session, made, second, Side.OLD, "d2.k2", ["d4"], actor, NOW)
    next_revision.publish_revision(session, made, second, actor, NOW)
    third = add(session, made, actor, SECOND)
    matching.match_revision(session, made, third, actor, NOW)
    match_corrections.pair(session, made, third, Side.OLD, "d4", ["d3", "d4"], actor, NOW)
    next_revision.publish_revision(session, made, third, actor, NOW)
    found = between(third, 1)
    assert told(found) == [("changed", ["d2.k1"], ["d2.k1"]), ("split", ["d2.k2", "d3"], ["d3", "d4"])]
    assert told(between(third, 2)) == [("split", ["d3", "d4"], ["d3", "d4"])]
    split = found.told[1]
    lineage = [session.get_one(Provision, (made.id, key)) for key in found.lineage(split)]
    assert len({(one.revision_id, one.path) for one in lineage}) == 6


def test_back_to_what_it_was_is_no_change(session: Session, between: Callable[..., Changes]) -> None:
    made, actor = make_consultation(session), make_publisher(session)
    revise(session, made, actor, DRAFT.replace("ba nhóm", "bốn nhóm"))
    third = revise(session, made, actor, DRAFT)
    assert told(between(third, 1)) == [] and told(between(third, 2)) == [("changed", ["d2.k1"], ["d2.k1"])]


def test_three_statements_however_long(session: Session) -> None:
    made, actor = make_consultation(session), make_publisher(session)
    revise(session, made, actor)
    third = revise(session, made, actor, NEW_ARTICLE)
    line = successors.line_to(session, third)
    with statements_of(session) as said:
        changes.changes(session, line)
    assert len(said) == 3
    assert queries.current_revision(session, made.id).number == 3
