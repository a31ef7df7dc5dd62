"""A further revision of the main draft of a matter, for tests of what comes after the first."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from consult.consultations.document_models import Provision, ProvisionMatch, Revision
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.revisions import next_revision
from consult.policy import Actor
from tests.builders import DRAFT, NOW, read_text

SECOND = (
    DRAFT.replace("ba nhóm", "bốn nhóm")
    .replace("2. Hộ gia đình giao chất thải đúng ngày, đúng nơi.\n\n", "")
    .replace(
        "có hiệu lực từ ngày ký.", "có hiệu lực từ ngày ký.\n\n### Điều 4. Trách nhiệm thi hành\n\nChánh Văn phòng."
    )
)
"""DRAFT with khoản 1 Điều 2 changed, khoản 2 Điều 2 removed and Điều 4 added."""


def add(
    session: Session, made: Consultation, actor: Actor, text: str = SECOND, now: datetime = NOW, document: int = 1
) -> Revision:
    """The next revision of a document, not public yet."""
    filed = queries.document_of(session, made.id, document)
    return next_revision.add_revision(session, made, filed, read_text(text), actor, now)


def revise(
    session: Session, made: Consultation, actor: Actor, text: str = SECOND, now: datetime = NOW, document: int = 1
) -> Revision:
    """The next revision of a document, published."""
    revision = add(session, made, actor, text, now, document)
    next_revision.publish_revision(session, made, revision, actor, now)
    return revision


def matches(session: Session, revision: Revision) -> set[tuple[str | None, str | None, str]]:
    """What is stored of a revision: old path, new path, kind."""
    old, new = aliased(Provision), aliased(Provision)
    rows = session.execute(
        select(old.path, new.path, ProvisionMatch.kind)
        .select_from(ProvisionMatch)
        .outerjoin(old, old.id == ProvisionMatch.old_id)
        .outerjoin(new, new.id == ProvisionMatch.new_id)
        .where(ProvisionMatch.new_revision_id == revision.id)
    )
    return {(before, after, kind.value) for before, after, kind in rows}
