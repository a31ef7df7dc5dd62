"""The page of a document that a comment is about, as it is shown beside the comment."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Page, Revision
from consult.consultations.files.page_images import PageImage, PageImages, Part, height_of, part_around
from consult.errors import NotFound
from consult.submissions.models import Comment


@dataclass(frozen=True)
class PageView:
    """A page of the file of a revision. `recognised`: a machine read its words off an image; `turned`: by how many
    degrees it is shown turned; `picture`: how high its light picture is, 0 without one; `part`: what is drawn of it
    when only the `box` is meant (in thousandths)."""

    file_hash: str
    revision: int
    number: int
    recognised: bool
    turned: int
    picture: int
    part: Part | None
    box: list[Any] | None

    def marked(self, images: PageImages) -> PageImage:
        """The picture of the part that is meant; raises NotFound when it is the whole page."""
        if self.part is None:
            raise NotFound
        return images.of_part(self.file_hash, self.number, self.part, self.turned)


def of_comment(session: Session, consultation_id: UUID, comment_id: UUID) -> PageView:
    """The page that a comment on a page is about, in one statement; raises NotFound for one on anything else. The box
    is the comment's own: who may not read the comment is not to be told. On another page than it was drawn on there is
    none."""
    row = session.execute(
        select(
            Page.number,
            Page.width,
            Page.height,
            Page.recognised,
            Page.turned,
            case((Comment.moved_from.is_(None), Comment.box)).label("box"),
            Revision.file_hash,
            Revision.number.label("revision"),
        )
        .select_from(Comment)
        .join(Comment.page)
        .join(Page.revision)
        .where(Comment.consultation_id == consultation_id, Comment.id == comment_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    picture = height_of(row.width, row.height)
    part = part_around(row.box, row.width, row.height) if row.box is not None and picture else None
    return PageView(row.file_hash, row.revision, row.number, row.recognised, row.turned, picture, part, row.box)
