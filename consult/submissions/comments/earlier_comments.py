"""Comments on earlier revisions, found at the provisions that came of those they were made about."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Provision, Revision
from consult.consultations.models import Consultation
from consult.consultations.revisions import successors
from consult.submissions.comments import listing
from consult.submissions.models import Comment

Earlier = dict[int, int]
"""How many comments were made on each earlier revision, by its number, the oldest first."""


def counts_by_path(session: Session, consultation: Consultation, revision: Revision) -> dict[str, Earlier]:
    """For each provision of a revision the comments on its forebears, in two statements (one for a first revision)."""
    line = successors.line_to(session, revision) if revision.number > 1 else []
    if len(line) < 2:
        return {}
    pairs = successors.ancestry(line).subquery()
    rows = session.execute(
        select(Provision.path, Comment.revision_id, func.count(Comment.id.distinct()))
        .select_from(Comment)
        .join(pairs, pairs.c.forebear_id == Comment.provision_id)
        .join(Provision, Provision.id == pairs.c.heir_id)
        .where(Comment.consultation_id == consultation.id, Provision.consultation_id == consultation.id)
        .group_by(Provision.path, Comment.revision_id)
    ).all()
    found: dict[str, Earlier] = {}
    for earlier in line:
        for path, revision_id, count in rows:
            if revision_id == earlier.id:
                found.setdefault(path, {})[earlier.number] = count
    return found


@dataclass(frozen=True)
class ProvisionCounts:
    """How many comments each provision of a revision has: `total` with those on its forebears, which `earlier` has."""

    total: dict[str, int]
    earlier: dict[str, Earlier]


def counts(session: Session, consultation: Consultation, revision: Revision) -> ProvisionCounts:
    """The comments on the provisions of a revision, and those on earlier ones that are now found there."""
    total, earlier = listing.counts_by_path(session, consultation, revision), {}
    if revision.number > 1:
        earlier = counts_by_path(session, consultation, revision)
        for path, before in earlier.items():
            total[path] = total.get(path, 0) + sum(before.values())
    return ProvisionCounts(total, earlier)
