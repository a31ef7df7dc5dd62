"""Where comments are to be moved to: one place as somebody names it, found in the own draft of each of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from consult.submissions.comments import own_drafts
from consult.submissions.comments.act_rules import Rule
from consult.submissions.inputs import AnchorInput
from consult.submissions.models import Comment
from consult.submissions.receiving.anchor_resolution import Place, resolve


@dataclass(frozen=True)
class Target:
    """A place as found; None is the matter as a whole."""

    place: Place | None

    @property
    def columns(self) -> dict[str, Any]:
        """What says in the row of a comment that it stands there."""
        found = self.place
        return {
            "document_id": found.document_id if found else None,
            "revision_id": found.revision_id if found else None,
            "provision_id": found.provision_id if found else None,
            "page_id": found.page_id if found else None,
            "path": found.path if found else "",
        }


NOWHERE = Target(None)


class TargetPlaces:
    """The place `to` for each of `comments`: a handful of statements, whatever their number."""

    def __init__(
        self, session: Session, consultation_id: UUID, to: AnchorInput | None, comments: Sequence[Comment]
    ) -> None:
        self._to = to
        drafts = own_drafts.public_drafts(session, consultation_id) if to is not None else ()
        self._own = {one.id: own_drafts.of_comment(drafts, one) for one in comments}
        revisions = sorted({number for one in comments if (number := self._revision(one)) is not None})
        anchors = [replace(to, revision=number) for number in revisions if to is not None]
        places, _lost = resolve(session, consultation_id, anchors)
        self._found = {number: place for number, place in zip(revisions, places, strict=True) if place is not None}

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Why a comment cannot be moved there, in the order in which it is asked."""
        return (
            ("other_draft", lambda one, _matter: self._to is None or self._revision(one.comment) is not None),
            ("no_such_place", lambda one, _matter: self._to is None or self._place(one.comment) is not None),
            ("stands_there", lambda one, _matter: not self._stands_there(one.comment)),
        )

    def of(self, comment: Comment) -> Target:
        """Where one of those that the rules let through is to stand."""
        return Target(self._place(comment)) if self._to is not None else NOWHERE

    def _revision(self, comment: Comment) -> int | None:
        """The draft that is meant, if it is the comment's own."""
        if self._to is None:
            return None
        own = self._own[comment.id].get(self._to.document)
        other = own is None or self._to.revision not in (None, own.revision)
        return None if own is None or other else own.revision

    def _place(self, comment: Comment) -> Place | None:
        number = self._revision(comment)
        return self._found.get(number) if number is not None else None

    def _stands_there(self, comment: Comment) -> bool:
        return all(getattr(comment, name) == value for name, value in self.of(comment).columns.items())
