"""Correcting an outline by hand, on both databases."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.document_models import OutlineCorrection, Revision
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.revisions import outline_corrections
from consult.consultations.revisions.outline_corrections import Correction, ManyCorrections, Operation
from consult.errors import Invalid, Refused
from consult.stages import Stage
from tests.builders import NOW, make_consultation, make_publisher


@pytest.fixture
def draft(session: Session) -> Consultation:
    """A matter in preparation."""
    return make_consultation(session, Stage.DRAFTING)


def paths(session: Session, consultation: Consultation) -> list[str]:
    """The paths of the main draft as stored."""
    revision = queries.current_revision(session, consultation.id)
    return [one.path for one in queries.provisions_of(session, revision)]


def words(session: Session, revision: Revision) -> str:
    """Every word of the outline, white space apart."""
    return "".join(outline_corrections.outline_of(session, revision).plain_text().split())


@pytest.mark.parametrize(
    ("correction", "new", "gone"),
    [
        (Correction(Operation.LABEL, "d3", label="3a"), "d3a", "d3"),
        (Correction(Operation.RAISE, "d2.k1.pdd"), "d2.pdd", "d2.k1.pdd"),
        (Correction(Operation.LOWER, "d2.k2"), "d2.k1.k2", "d2.k2"),
        (Correction(Operation.KIND, "d2.k2", kind="point", label="e"), "d2.pe", "d2.k2"),
        (Correction(Operation.PARENT, "d2.k2", parent="d1"), "d1.k2", "d2.k2"),
        (Correction(Operation.JOIN, "d2.k1.pdd"), "d2.k1.pd", "d2.k1.pdd"),
        (Correction(Operation.SPLIT, "d2.k2", kind="clause", label="3", words="đúng nơi"), "d2.k3", "d2.k4"),
    ],
)
def test_each_correction_moves_a_provision_and_keeps_every_word(
    session: Session, draft: Consultation, correction: Correction, new: str, gone: str
) -> None:
    revision = queries.current_revision(session, draft.id)
    before = sorted(words(session, revision))
    outline_corrections.correct(session, draft, revision, correction, make_publisher(session), NOW)
    assert new in paths(session, draft) and gone not in paths(session, draft)
    assert sorted(words(session, revision)) == before
    (kept,) = session.scalars(select(OutlineCorrection)).all()
    assert kept.operation["operation"] == correction.operation.value and kept.at == NOW


@pytest.mark.parametrize(
    ("correction", "errors"),
    [
        (Correction(Operation.LABEL, "d99", label="1"), {"path": "unknown_provision"}),
        (Correction(Operation.LABEL, "d1", label="…"), {"label": "bad_label"}),
        (Correction(Operation.KIND, "d1", kind="table"), {"kind": "bad_kind"}),
        (Correction(Operation.KIND, "d1", kind="<b>"), {"kind": "bad_kind"}),
        (Correction(Operation.PARENT, "d2", parent="d2.k1"), {"parent": "bad_parent"}),
        (Correction(Operation.SPLIT, "d1", words="không có"), {"words": "words_not_found"}),
        (Correction(Operation.SPLIT, "d1"), {"words": "words_not_found"}),
        (Correction(Operation.JOIN, "ci"), {"path": "bad_join"}),
    ],
)
def test_a_correction_that_makes_no_sense_changes_nothing(
    session: Session, draft: Consultation, correction: Correction, errors: dict[str, str]
) -> None:
    before = paths(session, draft)
    revision = queries.current_revision(session, draft.id)
    if correction.path == "ci":
        first = paths(session, draft)[0]
        correction = Correction(correction.operation, first)
    with pytest.raises(Invalid) as refused:
        outline_corrections.correct(session, draft, revision, correction, make_publisher(session), NOW)
    assert refused.value.errors == errors
    assert paths(session, draft) == before and not session.scalars(select(OutlineCorrection)).all()


def test_corrections_build_on_each_other(session: Session, draft: Consultation) -> None:
    revision, actor = queries.current_revision(session, draft.id), make_publisher(session)
    outline_corrections.correct(session, draft, revision, Correction(Operation.LABEL, "d3", label="3a"), actor, NOW)
    outline_corrections.correct(session, draft, revision, Correction(Operation.LABEL, "d3a", label="4"), actor, NOW)
    assert "d4" in paths(session, draft)
    assert len(session.scalars(select(OutlineCorrection)).all()) == 2


def test_a_published_outline_is_not_corrected(session: Session) -> None:
    opened = make_consultation(session)
    revision = queries.current_revision(session, opened.id)
    with pytest.raises(Refused, match="already_published"):
        outline_corrections.correct(
            session, opened, revision, Correction(Operation.LABEL, "d3", label="4"), make_publisher(session), NOW
        )


@pytest.mark.parametrize(
    ("given", "new", "gone"),
    [
        (ManyCorrections(Operation.TEXT, ("d2.k1.pb", "d2.k1.pd"), between=True), "d2.k1.x3", "d2.k1.pc"),
        (ManyCorrections(Operation.RAISE, ("d2.k1.pd", "d2.k1.pdd")), "d2.pdd", "d2.k1.pd"),
        (ManyCorrections(Operation.LOWER, ("d2.k1.pb", "d2.k1.pc")), "d2.k1.pa.pc", "d2.k1.pb"),
        (ManyCorrections(Operation.JOIN, ("d2.k1.pb", "d2.k1.pc")), "d2.k1.pa", "d2.k1.pc"),
        (ManyCorrections(Operation.KIND, ("d2.k1.pb", "d2.k1.pc"), kind="paragraph"), "d2.k1.x2", "d2.k1.pb"),
    ],
)
def test_many_corrections_are_one_act_and_keep_every_word(
    session: Session, draft: Consultation, given: ManyCorrections, new: str, gone: str
) -> None:
    revision = queries.current_revision(session, draft.id)
    before = words(session, revision)
    outline_corrections.correct_many(session, draft, revision, given, make_publisher(session), NOW)
    assert new in paths(session, draft) and gone not in paths(session, draft)
    assert words(session, revision) == before
    (kept,) = session.scalars(select(OutlineCorrection)).all()
    assert (kept.operation["operation"], kept.operation["paths"]) == (given.operation.value, list(given.paths))


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        (ManyCorrections(Operation.LOWER, ("d2.k2", "d2.k1")), {"d2.k1": "bad_parent"}),
        (ManyCorrections(Operation.TEXT, ("d1", "d99")), {"d99": "unknown_provision"}),
        (ManyCorrections(Operation.KIND, ("d1", "d2"), kind="table"), {"d1": "bad_kind"}),
        (ManyCorrections(Operation.RAISE, ("d1", "d2.k1"), between=True), {"d2.k1": "bad_range"}),
    ],
)
def test_one_that_cannot_be_corrected_keeps_all_as_they_were(
    session: Session, draft: Consultation, given: ManyCorrections, errors: dict[str, str]
) -> None:
    before, revision = paths(session, draft), queries.current_revision(session, draft.id)
    with pytest.raises(Invalid) as refused:
        outline_corrections.correct_many(session, draft, revision, given, make_publisher(session), NOW)
    assert refused.value.errors == errors
    assert paths(session, draft) == before and not session.scalars(select(OutlineCorrection)).all()


def test_many_corrections_after_publication_are_refused(session: Session) -> None:
    opened = make_consultation(session)
    revision = queries.current_revision(session, opened.id)
    with pytest.raises(Refused, match="already_published"):
        outline_corrections.correct_many(
            session, opened, revision, ManyCorrections(Operation.TEXT, ("d3",)), make_publisher(session), NOW
        )
