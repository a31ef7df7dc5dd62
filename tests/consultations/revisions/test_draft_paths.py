"""A path means something within one draft alone."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Provision
from consult.consultations.matter import queries
from consult.consultations.revisions import draft_paths
from tests.builders import NOW, make_consultation, make_publisher
from tests.consultations import revised


def test_what_stands_below_a_path_is_of_one_draft(session: Session) -> None:
    matter = make_consultation(session)
    first = queries.current_revision(session, matter.id)
    second = revised.revise(session, matter, make_publisher(session), now=NOW)
    for draft in (first, second):
        ids = list(session.scalars(draft_paths.ids_with_all_below(matter.id, draft.id, "d1")))
        rows = session.scalars(select(Provision).where(Provision.id.in_(ids))).all()
        assert rows and {row.revision_id for row in rows} == {draft.id}
        assert all(row.path == "d1" or row.path.startswith("d1.") for row in rows)
