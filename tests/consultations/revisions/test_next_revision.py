"""A further revision of a published draft, and many officers at once; on both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.orm import Session

from consult.consultations.matter import queries
from consult.consultations.preparation import service as preparation
from consult.consultations.revisions import next_revision, outline_corrections
from consult.consultations.revisions.outline_corrections import Correction, Operation
from consult.db import Database
from consult.errors import Refused
from consult.stages import Stage
from tests.builders import DRAFT, NOW, make_consultation, make_publisher, new_matter, read_text
from tests.consultations.preparation.test_publication import entries_of

SECOND = DRAFT.replace("ba nhóm", "bốn nhóm")


def test_a_revision_is_looked_at_before_it_is_public(session: Session) -> None:
    made, actor = make_consultation(session), make_publisher(session)
    document = queries.document_of(session, made.id, 1)
    second = next_revision.add_revision(session, made, document, read_text(SECOND), actor, NOW)
    assert queries.current_revision(session, made.id).number == 1
    outline_corrections.correct(session, made, second, Correction(Operation.LABEL, "d3", label="4"), actor, NOW)
    with pytest.raises(Refused, match="revision_waits"):
        next_revision.add_revision(session, made, document, read_text(SECOND), actor, NOW)
    version = made.content_version
    next_revision.publish_revision(session, made, second, actor, NOW)
    current = queries.current_revision(session, made.id)
    assert current.number == 2 and made.content_version == version + 1
    assert "d4" in {one.path for one in queries.provisions_of(session, current)}
    listed = entries_of(session, made)[-1]["documents"]
    assert [(one["document"], one["revision"]) for one in listed] == [(1, 1), (1, 2)]
    with pytest.raises(Refused, match="already_published"):
        outline_corrections.correct(session, made, current, Correction(Operation.LABEL, "d4", label="5"), actor, NOW)
    with pytest.raises(Refused, match="already_published"):
        next_revision.publish_revision(session, made, second, actor, NOW)


@pytest.mark.parametrize("stage", [Stage.DRAFTING, Stage.WITHDRAWN])
def test_a_revision_has_its_time(session: Session, stage: Stage) -> None:
    made = make_consultation(session, stage)
    with pytest.raises(Refused):
        next_revision.add_revision(
            session, made, queries.document_of(session, made.id, 1), read_text(), make_publisher(session), NOW
        )


def test_matters_made_at_the_same_moment_have_keys_and_addresses_of_their_own(database: Database) -> None:
    with database.session() as session:
        new, actor = new_matter(session, title="Cùng một tên"), make_publisher(session)

    def make(_number: int) -> tuple[str, str]:
        with database.session() as own:
            made = preparation.create(own, new, actor, NOW)
            return made.slug, made.short_key

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(make, range(12)))
    assert len({slug for slug, _ in made}) == len({key for _, key in made}) == 12
