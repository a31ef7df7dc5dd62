"""What was saved beside a letter that was sent, put into the form of its amendment, to be read before it is sent."""

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.errors import NotFound
from consult.submissions.models import Comment, Submission
from consult.workspace.amending import content_of
from consult.workspace.content import DraftContent
from consult.workspace.content import read as read_content
from consult.workspace.models import DraftVersion, OrganisationDraft
from consult.workspace.versions import kept
from consult.workspace.versions.merging import merged


@dataclass(frozen=True)
class Proposed:
    """The letter as its amendment would have it, and the numbers of the points that would be taken out."""

    content: DraftContent
    out: frozenset[int]


def find(session: Session, letter: Submission, number: int) -> tuple[OrganisationDraft, DraftVersion]:
    """The draft that a letter was, and a version of it. Raises NotFound."""
    prepared = (
        OrganisationDraft.consultation_id == letter.consultation_id,
        OrganisationDraft.submission_id == letter.id,
    )
    draft = session.scalar(select(OrganisationDraft).where(*prepared))
    if draft is None:
        raise NotFound
    return draft, kept.find(session, draft, number)


def proposed(session: Session, letter: Submission, number: int) -> Proposed:
    """What a version says otherwise than the letter that was sent, put together with the letter of now; where that was
    amended in the same field since, the words of the version. Raises NotFound."""
    draft, version = find(session, letter, number)
    names = _names(session, letter, read_content(draft.content))
    base, mine = (_named(one, names) for one in (read_content(draft.content), kept.read(version)))
    now = content_of(session, letter)
    chosen = {one.name: one.mine for one in merged(base, mine, now).conflicts}
    content = merged(base, mine, now, chosen).content
    keys = {one.key for one in content.comments}
    points = tuple(one for one in content.comments if not one.empty)
    out = frozenset(int(one.key) for one in now.comments if one.key not in keys)
    return Proposed(replace(content, comments=(*points, *(one for one in now.comments if int(one.key) in out))), out)


def _names(session: Session, letter: Submission, sent: DraftContent) -> dict[str, str]:
    """The numbers under which the points of the draft were received, by their names."""
    numbers = session.scalars(
        select(Comment.number)
        .where(
            Comment.consultation_id == letter.consultation_id,
            Comment.submission_id == letter.id,
            Comment.critique_part.is_(None),
            Comment.split_from_id.is_(None),
        )
        .order_by(Comment.position, Comment.id)
    )
    return {point.key: str(number) for point, number in zip(sent.said.values(), numbers, strict=False)}


def _named(content: DraftContent, names: dict[str, str]) -> DraftContent:
    comments = (replace(one, key=names.get(one.key, one.key)) for one in content.comments)
    return replace(content, comments=tuple(comments), places=())
