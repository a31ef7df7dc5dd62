"""What became of each provision: computed, corrected by hand, forgotten with another outline, kept once published."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Provision, ProvisionMatch, Revision
from consult.consultations.matter import queries
from consult.consultations.preparation import publication_digest
from consult.consultations.revisions import match_corrections, matching, next_revision, outline_corrections, successors
from consult.consultations.revisions.match_corrections import Side
from consult.consultations.revisions.outline_corrections import Correction, Operation
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Actor
from tests.builders import DRAFT, NOW, make_consultation, make_publisher
from tests.consultations.revised import SECOND, add, matches, revise


def test_publication_stores_what_became_of_every_provision(session: Session) -> None:
    made, actor = make_consultation(session), make_publisher(session)
    second = revise(session, made, actor)
    found = matches(session, second)
    assert {("d2.k1", "d2.k1", "changed"), ("d2.k2", None, "removed"), (None, "d4", "added")} <= found
    first = queries.revision_of(session, queries.document_of(session, made.id, 1), 1)
    assert {old for old, _, _ in found if old} == {one.path for one in queries.provisions_of(session, first)}
    assert {new for _, new, _ in found if new} == {one.path for one in queries.provisions_of(session, second)}


def test_another_outline_is_matched_anew(session: Session) -> None:
    made, actor = make_consultation(session), make_publisher(session)
    second = add(session, made, actor)
    matching.match_revision(session, made, second, actor, NOW)
    match_corrections.pair(session, made, second, Side.OLD, "d2.k2", ["d4"], actor, NOW)
    outline_corrections.correct(session, made, second, Correction(Operation.LABEL, "d4", label="5"), actor, NOW)
    assert not matching.is_matched(session, second)
    matching.match_revision(session, made, second, actor, NOW)
    assert (None, "d5", "added") in matches(session, second)
    matching.match_revision(session, made, second, actor, NOW)
    stored = session.scalar(select(func.count()).select_from(ProvisionMatch))
    assert stored == len(matches(session, second))


def test_matches_computed_from_another_outline_are_refused(session: Session) -> None:
    made, actor = make_consultation(session), make_publisher(session)
    second = add(session, made, actor)
    computed = matching.compute(session, second)
    assert computed is not None
    outline_corrections.correct(session, made, second, Correction(Operation.LABEL, "d4", label="5"), actor, NOW)
    with pytest.raises(Refused, match="outline_changed"):
        matching.store(session, second, computed)


def test_one_heir_another_none_and_several(session: Session) -> None:
    made, actor = make_consultation(session), make_publisher(session)
    second = add(session, made, actor)
    matching.match_revision(session, made, second, actor, NOW)

    def pair(side: Side, path: str, *others: str) -> set[tuple[str | None, str | None, str]]:
        match_corrections.pair(session, made, second, side, path, others, actor, NOW)
        return matches(session, second)

    found = pair(Side.OLD, "d2.k2", "d4")
    assert ("d2.k2", "d4", "changed") in found and (None, "d4", "added") not in found
    found = pair(Side.OLD, "d2.k2", "d4", "d2.k1.pa")
    assert ("d2.k2", "d4", "split") in found and ("d2.k2", "d2.k1.pa", "split") in found
    assert ("d2.k1.pa", "d2.k1.pa", "merged") in found
    found = pair(Side.NEW, "d2.k1.pa", "d2.k1.pa")
    assert {("d2.k2", "d4", "changed"), ("d2.k1.pa", "d2.k1.pa", "unchanged")} <= found
    found = pair(Side.OLD, "d2.k2")
    assert {("d2.k2", None, "removed"), (None, "d4", "added")} <= found
    found = pair(Side.NEW, "d2.k1.pb", "d2.k1.pc")
    assert {("d2.k1.pb", None, "removed"), ("d2.k1.pc", "d2.k1.pb", "split")} <= found
    corrected = select(ProvisionMatch).where(ProvisionMatch.corrected_at.is_not(None))
    assert {row.corrected_by_id for row in session.scalars(corrected)} == {actor.user_id}


def test_what_only_moves_is_not_changed(session: Session) -> None:
    made, actor = make_consultation(session), make_publisher(session)
    text = DRAFT.replace("### Điều 3. Hiệu", "### Điều 4. Hiệu").replace(
        "## Chương II", "### Điều 3. Điều mới\n\nLời mới hẳn.\n\n## Chương II"
    )
    second = add(session, made, actor, text)
    matching.match_revision(session, made, second, actor, NOW)
    match_corrections.pair(session, made, second, Side.OLD, "d3", [], actor, NOW)
    match_corrections.pair(session, made, second, Side.OLD, "d3", ["d4"], actor, NOW)
    assert ("d3", "d4", "renumbered") in matches(session, second)
    match_corrections.pair(session, made, second, Side.OLD, "d2.k1.pa", [], actor, NOW)
    match_corrections.pair(session, made, second, Side.OLD, "d2.k1.pa", ["d3"], actor, NOW)
    assert ("d2.k1.pa", "d3", "changed") in matches(session, second)


def test_a_correction_after_publication_is_public_at_once(session: Session) -> None:
    made, actor = make_consultation(session), make_publisher(session)
    second = revise(session, made, actor)
    version = made.content_version
    match_corrections.pair(session, made, second, Side.OLD, "d2.k2", ["d4"], actor, NOW)
    assert made.content_version == version + 1
    match_corrections.pair(session, made, second, Side.OLD, "d2.k2", ["d4"], actor, NOW)
    assert made.content_version == version + 1
    with pytest.raises(Refused, match="already_published"):
        matching.match_revision(session, made, second, actor, NOW)


def test_what_is_refused_changes_nothing(session: Session) -> None:
    made, actor = make_consultation(session), make_publisher(session)
    second = add(session, made, actor)
    with pytest.raises(Refused, match="not_matched"):
        match_corrections.pair(session, made, second, Side.OLD, "d1", [], actor, NOW)
    matching.match_revision(session, made, second, actor, NOW)
    before = matches(session, second)
    with pytest.raises(Invalid, match="unknown_place"):
        match_corrections.pair(session, made, second, Side.OLD, "d1", ["d99"], actor, NOW)
    with pytest.raises(Invalid, match="too_many"):
        match_corrections.pair(
            session, made, second, Side.OLD, "d1", [f"d{number}" for number in range(21)], actor, NOW
        )
    with pytest.raises(NotFound):
        match_corrections.pair(session, made, second, Side.NEW, "d99", [], actor, NOW)
    first = queries.revision_of(session, queries.document_of(session, made.id, 1), 1)
    for act in (
        lambda: matching.match_revision(session, made, first, actor, NOW),
        lambda: match_corrections.pair(session, made, first, Side.OLD, "d1", [], actor, NOW),
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(Refused, match="sign_in_needed"):
        match_corrections.pair(session, made, second, Side.OLD, "d1", [], Actor(), NOW)
    assert matches(session, second) == before


def seen(session: Session, revision: Revision) -> str:
    """What who discards or publishes a revision was shown of it."""
    document = session.get_one(Document, (revision.consultation_id, revision.document_id))
    return publication_digest.of_revision(session, document, revision)


def test_a_revision_nobody_has_seen_can_be_discarded(session: Session) -> None:
    made, actor = make_consultation(session), make_publisher(session)
    second = add(session, made, actor)
    matching.match_revision(session, made, second, actor, NOW)
    shown = seen(session, second)
    with pytest.raises(Refused, match="changed_since_shown"):
        next_revision.discard_revision(session, made, second, actor, NOW, "what it once was")
    next_revision.discard_revision(session, made, second, actor, NOW, shown)
    assert session.scalar(select(func.count()).select_from(Revision)) == 1
    third = revise(session, made, actor)
    assert third.number == 2
    with pytest.raises(Refused, match="already_published"):
        next_revision.discard_revision(session, made, third, actor, NOW, seen(session, third))


def _forebears(session: Session, revision: Revision, path: str) -> set[tuple[int, str]]:
    """Everything in earlier revisions that a provision comes from: number of the revision and path."""
    own = select(Provision.id).where(Provision.revision_id == revision.id, Provision.path == path)
    found = successors.forebears_of(revision.consultation_id, own)
    rows = session.execute(
        select(Revision.number, Provision.path).join(Provision.revision).where(Provision.id.in_(found))
    )
    return {(number, known) for number, known in rows}


def test_forebears_and_heirs_through_three_revisions(session: Session) -> None:
    made, actor = make_consultation(session), make_publisher(session)
    second = add(session, made, actor)
    matching.match_revision(session, made, second, actor, NOW)
    match_corrections.pair(session, made, second, Side.OLD, "d2.k2", ["d4"], actor, NOW)
    next_revision.publish_revision(session, made, second, actor, NOW)
    third = add(session, made, actor, SECOND.replace("Chánh Văn phòng.", "Chánh Văn phòng Ủy ban."))
    matching.match_revision(session, made, third, actor, NOW)
    match_corrections.pair(session, made, third, Side.OLD, "d4", ["d4", "d3"], actor, NOW)
    next_revision.publish_revision(session, made, third, actor, NOW)
    assert _forebears(session, third, "d4") == {(1, "d2.k2"), (2, "d4")}
    assert _forebears(session, third, "d3") == {(1, "d2.k2"), (1, "d3"), (2, "d3"), (2, "d4")}
    first = queries.revision_of(session, queries.document_of(session, made.id, 1), 1)
    ids = {one.path: one.id for one in queries.provisions_of(session, first)}
    later = successors.heirs(session, first, [ids["d2.k2"], ids["d1"]])
    assert [place.path for place in later[ids["d2.k2"]]] == ["d3", "d4"]
    assert [(place.revision, place.path) for place in later[ids["d1"]]] == [(3, "d1")]
    assert successors.heirs(session, third, [ids["d1"]]) == {} and _forebears(session, first, "d1") == set()
