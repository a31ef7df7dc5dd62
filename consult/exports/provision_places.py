"""Where the provisions commented on stand: an opinion on an older revision stands where the newest one has the same."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Provision, Revision
from consult.submissions.models import Comment


@dataclass(frozen=True)
class Places:
    """Position and heading of every provision that somebody commented on, by document, path and revision number."""

    found: Mapping[tuple[int, str], Mapping[int, tuple[int, str]]] = field(default_factory=dict)

    def position(self, document: int, path: str) -> int:
        """Where the provision stands in the newest revision that has it; 0 where there is none."""
        return self._newest(document, path)[0]

    def heading(self, document: int, path: str) -> str:
        """The provision's heading there; empty where there is none."""
        return self._newest(document, path)[1]

    def _newest(self, document: int, path: str) -> tuple[int, str]:
        by_revision = self.found.get((document, path))
        return by_revision[max(by_revision)] if by_revision else (0, "")


def places(session: Session, consultation_id: UUID) -> Places:
    """The places of a matter's comments in what is public of its documents, in one statement."""
    paths = select(Comment.path).where(Comment.consultation_id == consultation_id, Comment.path != "")
    rows = session.execute(
        select(Document.number, Provision.path, Revision.number, Provision.position, Provision.heading)
        .join(Provision.revision)
        .join(Revision.document)
        .where(
            Provision.consultation_id == consultation_id,
            Provision.path.in_(paths),
            Revision.published_at.is_not(None),
        )
    )
    found: dict[tuple[int, str], dict[int, tuple[int, str]]] = {}
    for document, path, revision, position, heading in rows:
        found.setdefault((document, path), {})[revision] = (position, heading)
    return Places(found)
