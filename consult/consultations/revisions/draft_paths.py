"""Provisions by their paths, which mean something within one draft alone: the one place where paths are compared.

Whoever looks for a clause in another draft than the one its path was read in goes by the matches: `lineages`, `fates`
and `successors` beside this.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select

from consult.consultations.document_models import Provision


def at(path: str) -> ColumnElement[bool]:
    """Whether a provision is the one at `path`. For statements that name the draft."""
    return Provision.path == path


def below(path: str) -> ColumnElement[bool]:
    """Whether a provision is the one at `path` or stands below it. For statements that name the draft."""
    return or_(Provision.path == path, Provision.path.startswith(f"{path}.", autoescape=True))


def with_all_below(consultation_id: UUID, revision_id: UUID | Select[UUID], path: str) -> tuple[Any, ...]:
    """The conditions for the provision `path` of one draft and all that stands below it."""
    draft = Provision.revision_id
    own = draft.in_(revision_id) if isinstance(revision_id, Select) else draft == revision_id
    return Provision.consultation_id == consultation_id, own, below(path)


def ids_with_all_below(consultation_id: UUID, revision_id: UUID | Select[UUID], path: str) -> Select[UUID]:
    """The ids of the same, as a part of a statement."""
    return select(Provision.id).where(*with_all_below(consultation_id, revision_id, path))
