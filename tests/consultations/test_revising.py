"""A further revision of a published draft, and many officers at once; on both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.orm import Session

from consult.consultations.matter import finding
from consult.consultations.preparing import service as preparing
from consult.consultations.revisions import correcting, revising
from consult.consultations.revisions.correcting import Correction, Operation
from consult.db import Database
from consult.errors import Refused
from consult.stages import Stage
from tests.builders import DRAFT, NOW, make_consultation, make_publisher, new_matter, read_text
from tests.consultations.test_publishing import entries_of

SECOND = DRAFT.replace("ba nhóm", "bốn nhóm")


def test_a_revision_is_looked_at_before_it_is_public(session: Session) -> None:
    made, actor = make_consultation(session), make_publisher(session)
    document = finding.document_of(session, made.id, 1)
    second = revising.add_revision(session, made, document, read_text(SECOND), actor, NOW)
    assert finding.current_revision(session, made.id).number == 1
    correcting.correct(session, made, second, Correction(Operation.LABEL, "d3", label="4"), actor, NOW)
    with pytest.raises(Refused, match="revision_waits"):
        revising.add_revision(session, made, document, read_text(SECOND), actor, NOW)
    version = made.content_version
    revising.publish_revision(session, made, second, actor, NOW)
    current = finding.current_revision(session, made.id)
    assert current.number == 2 and made.content_version == version + 1
    assert "d4" in {one.path for one in finding.provisions_of(session, current)}
    listed = entries_of(session, made)[-1]["documents"]
    assert [(one["document"], one["revision"]) for one in listed] == [(1, 1), (1, 2)]
    with pytest.raises(Refused, match="already_published"):
        correcting.correct(session, made, current, Correction(Operation.LABEL, "d4", label="5"), actor, NOW)
    with pytest.raises(Refused, match="already_published"):
        revising.publish_revision(session, made, second, actor, NOW)


@pytest.mark.parametrize("stage", [Stage.DRAFTING, Stage.CONCLUDED, Stage.WITHDRAWN])
def test_a_revision_has_its_time(session: Session, stage: Stage) -> None:
    made = make_consultation(session, stage)
    with pytest.raises(Refused):
        revising.add_revision(
            session, made, finding.document_of(session, made.id, 1), read_text(), make_publisher(session), NOW
        )


def test_matters_made_at_the_same_moment_have_keys_and_addresses_of_their_own(database: Database) -> None:
    with database.session() as session:
        new, actor = new_matter(session, title="Cùng một tên"), make_publisher(session)

    def make(_number: int) -> tuple[str, str]:
        with database.session() as own:
            made = preparing.create(own, new, actor, NOW)
            return made.slug, made.short_key

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(make, range(12)))
    assert len({slug for slug, _ in made}) == len({key for _, key in made}) == 12
