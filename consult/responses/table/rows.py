"""The opinions of the consolidated table, and where in the documents they belong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Provision, Revision
from consult.consultations.models import Consultation
from consult.people.models import Area, Organisation
from consult.relationships import along
from consult.submissions.comments.listing import public_comments
from consult.submissions.comments.outcome import READABLE, Outcome, Visibility, outcome_expression
from consult.submissions.comments.public_view import PublicComment
from consult.submissions.comments.visible import set_apart_expression
from consult.submissions.models import Comment, CommentVersion, Submission
from consult.submissions.words import Stance, SubmissionKind


@dataclass(frozen=True)
class Opinion:
    """One comment as the table shows it. `shown` tells whether its text may be; otherwise `visibility` and
    `visibility_reason` (codes) say why not. `sender` is a public name, `organisation` an organisation's, `area` the
    commune; all three may be empty ("Công dân")."""

    id: UUID
    number: int
    kind: SubmissionKind
    document: int
    document_title: str
    revision: int
    path: str
    page: int | None
    shown: bool
    visibility: Visibility
    visibility_reason: str
    stance: Stance | None
    text: str
    proposed: str
    reason: str
    sender: str
    organisation: str
    area: str


@dataclass(frozen=True)
class Places:
    """Position and heading of every provision that somebody commented on, by document, path and revision number."""

    found: Mapping[tuple[int, str], Mapping[int, tuple[int, str]]] = field(default_factory=dict)

    def position(self, opinion: Opinion) -> int:
        """Where the provision stands in the newest revision that has it: opinions on an older one stand there too."""
        return self._newest(opinion)[0]

    def heading(self, opinion: Opinion) -> str:
        """The provision's heading there."""
        return self._newest(opinion)[1]

    def _newest(self, opinion: Opinion) -> tuple[int, str]:
        by_revision = self.found.get((opinion.document, opinion.path))
        return by_revision[max(by_revision)] if by_revision else (0, "")


def opinions(session: Session, consultation: Consultation, include_private: bool) -> list[Opinion]:
    """The opinions that stand in the table, by number, in four statements (five with what is private)."""
    left_out = _left_out(session, consultation.id, include_private)
    everything = public_comments(session, consultation, limit=None)
    private = _private(session, consultation.id) if include_private else {}
    return [_opinion(one, private.get(one.id)) for one in everything if one.id not in left_out]


def places(session: Session, consultation_id: UUID) -> Places:
    """Where the provisions commented on stand, in one statement."""
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


def _left_out(session: Session, consultation_id: UUID, include_private: bool) -> set[UUID]:
    """Opinions that are none any more; passed on ones only where nobody compares with what the public sees."""
    outcomes = [Outcome.WITHDRAWN, Outcome.INVALID, Outcome.SPLIT]
    gone: list[ColumnElement[bool]] = [outcome_expression().in_(outcomes)]
    if include_private:
        gone.append(set_apart_expression())
    return set(session.scalars(select(Comment.id).where(Comment.consultation_id == consultation_id, or_(*gone))))


def _opinion(one: PublicComment, private: "_Private | None") -> Opinion:
    words = private or one
    return Opinion(
        id=one.id,
        number=one.number,
        kind=one.kind,
        document=one.document,
        document_title=one.document_title,
        revision=one.revision,
        path=one.path,
        page=one.page,
        shown=private is not None or one.visibility in READABLE,
        visibility=one.visibility,
        visibility_reason=one.visibility_reason,
        stance=words.stance,
        text=words.text,
        proposed=words.proposed,
        reason=words.reason,
        sender=words.sender,
        organisation=words.organisation,
        area=words.area,
    )


@dataclass(frozen=True)
class _Private:
    """What was sent, as it was sent."""

    stance: Stance | None
    text: str
    proposed: str
    reason: str
    sender: str
    organisation: str
    area: str


def _private(session: Session, consultation_id: UUID) -> dict[UUID, _Private]:
    newest = (
        select(func.max(CommentVersion.version)).where(along(Comment.versions)).correlate(Comment).scalar_subquery()
    )
    said = CommentVersion
    rows = session.execute(
        select(
            Comment.id, said.stance, said.text, said.proposed, said.reason, Submission.sender_name,
            func.coalesce(Organisation.name, ""), func.coalesce(Area.name, ""),
        )
        .join(Comment.versions)
        .join(Comment.submission)
        .outerjoin(Organisation, Organisation.id == Submission.organisation_id)
        .outerjoin(Area, Area.id == Submission.area_id)
        .where(Comment.consultation_id == consultation_id, said.version == newest)
    )  # fmt: skip
    return {row[0]: _Private(*row[1:]) for row in rows}
