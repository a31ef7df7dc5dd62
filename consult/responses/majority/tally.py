"""How many opinions of people are for the draft and its clauses and how many against.

Counted is what anybody may read, each opinion with the stance that stands beside it on its page: so the numbers tell
nothing of anybody that the list of comments does not, and everybody can count again. Bodies are not counted: the law
speaks of the people. From LEAST opinions on a place is told and, where most are against, decided in writing (the
province's rule: the law names no number).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Provision, Revision
from consult.consultations.models import Consultation
from consult.consultations.revisions.lineages import Lineages, drafts_expression, lineages
from consult.relationships import along
from consult.responses.majority.models import MajorityDecision
from consult.responses.majority.service import decisions
from consult.submissions.anchors import MAIN, NamedPlace
from consult.submissions.comments.outcome import Outcome
from consult.submissions.comments.standing import outcome_is
from consult.submissions.comments.visible import readable_expression
from consult.submissions.models import Comment, CommentVersion, Submission
from consult.submissions.words import Stance, SubmissionKind

RULE = "explain_departure_from_majority"
LEAST = 5
IN_FAVOUR = (Stance.SUPPORT, Stance.SUPPORT_WITH_CHANGES)
AGAINST = (Stance.OPPOSE,)
WHOLE = "whole"


@dataclass(frozen=True)
class Tally:
    """Of so many `opinions` on one place (`place` None: the draft as a whole), how many are for it, perhaps with
    changes, how many against it, and what was decided; `provision_id` is that of the newest draft spoken of."""

    place: NamedPlace | None
    provision_id: UUID | None
    opinions: int
    in_favour: int
    against: int
    decision: MajorityDecision | None

    @property
    def others(self) -> int:
        """Those neither for it nor against it."""
        return self.opinions - self.in_favour - self.against

    @property
    def to_decide(self) -> bool:
        """Whether more are against it than for it, which wants a decision in writing."""
        return self.against > self.in_favour


def applies(consultation: Consultation) -> bool:
    """Whether the rules of the matter ask for it."""
    return RULE in (consultation.profile_rules or {}).get("rules", {})


def tallies(session: Session, consultation: Consultation) -> list[Tally]:
    """The draft as a whole and each clause on which there are enough opinions, in the order of the draft; none where
    the rules do not ask for them. Three statements, and three more where a document has several drafts."""
    if not applies(consultation):
        return []
    rows = session.execute(_said(consultation.id)).all()
    several = any((row.drafts or 0) > 1 for row in rows)
    lines = lineages(session, consultation.id, ()) if several else Lineages()
    same: dict[UUID | None, list[Any]] = {}
    for row in rows:
        same.setdefault(lines.key(row.provision_id) if row.provision_id else None, []).append(row)
    decided = decisions(session, consultation.id)
    found = [_tally(own, lines, decided) for own in same.values() if sum(row.count for row in own) >= LEAST]
    places = _positions(session, consultation.id, [one.provision_id for one in found])
    return sorted(found, key=lambda one: places.get(one.provision_id, (0, 0)))


def key_of(one: Tally) -> str:
    """The key of a place in forms: the id of its provision, `WHOLE` for the draft as a whole."""
    return str(one.provision_id) if one.provision_id else WHOLE


def _tally(rows: Sequence[Any], lines: Lineages, decided: dict[UUID | None, MajorityDecision]) -> Tally:
    ids = list(dict.fromkeys(row.provision_id for row in sorted(rows, key=lambda row: -(row.revision or 0))))
    counts = [(row.stance, row.count) for row in rows]
    return Tally(
        place=_place(next(row for row in rows if row.provision_id == ids[0]), lines) if ids[0] else None,
        provision_id=ids[0],
        opinions=sum(count for _stance, count in counts),
        in_favour=sum(count for stance, count in counts if stance in IN_FAVOUR),
        against=sum(count for stance, count in counts if stance in AGAINST),
        decision=next((decided[key] for key in ids if key in decided), None),
    )


def _place(row: Any, lines: Lineages) -> NamedPlace:
    """The clause as it stands in the newest draft that has it."""
    if row.provision_id in lines.places:
        place = lines.newest(row.provision_id)
        return NamedPlace(place.document, row.title, place.revision, row.drafts, place.path)
    return NamedPlace(row.document, row.title, row.revision, row.drafts, row.path)


def _positions(session: Session, consultation_id: UUID, ids: Sequence[UUID | None]) -> dict[UUID | None, Any]:
    """Where each stands: in which draft, and where in it."""
    own = (Provision.consultation_id == consultation_id, Provision.id.in_(ids))
    statement = select(Provision.id, Provision.position).where(*own)
    return {key: (1, position) for key, position in session.execute(statement)}


def _said(consultation_id: UUID) -> Any:
    """How many opinions of people have which stance on which provision of the main draft, or on all of it."""
    latest = (
        select(func.max(CommentVersion.version)).where(along(Comment.versions)).correlate(Comment).scalar_subquery()
    )
    place = (Comment.provision_id, Document.number, Document.title, Revision.number)
    return (
        select(Comment.provision_id, CommentVersion.stance, func.count().label("count"))
        .add_columns(func.min(Comment.path).label("path"))
        .add_columns(Document.number.label("document"), Document.title, Revision.number.label("revision"))
        .add_columns(func.max(drafts_expression()).label("drafts"))
        .select_from(Comment)
        .join(Comment.submission)
        .join(Comment.versions)
        .outerjoin(Comment.document)
        .outerjoin(Comment.revision)
        .where(
            Comment.consultation_id == consultation_id,
            or_(Document.number == MAIN, Comment.document_id.is_(None) & Comment.critique_part.is_(None)),
            Comment.page_id.is_(None),
            Submission.kind == SubmissionKind.COMMENT,
            CommentVersion.version == latest,
            CommentVersion.stance.is_not(None),
            readable_expression(),
            outcome_is(Outcome.AWAITING, Outcome.ANSWERED),
        )
        .group_by(*place, CommentVersion.stance)
    )
