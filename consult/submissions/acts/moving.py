"""Moving: a comment that was attached to a wrong place stands at another one of its own draft from then on.

What its sender chose is kept and told beside it. It moves in everything that goes by places: lists, sums, tables,
filters, groups. Its words stay as they are: a wording proposed for a clause is none for another one, and is left as
text where the comment moved away from a clause (`Comment.moved_from`).

Only what awaits its answer is moved: a published answer, its hash in the log and what was carried into the draft speak
of the place that it was given for. An answer that is only written is looked at again (`stale_answers`).
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, Taken
from consult.ledger import comment_entries
from consult.ledger import service as ledger
from consult.ledger.commitment import move_hash
from consult.ledger.entries import Act, Anchor
from consult.policy import Action, Actor, require
from consult.submissions.acts.target_places import Target, TargetPlaces
from consult.submissions.comments import act_rules, comment_state
from consult.submissions.comments.act_recording import add_act, tell
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.inputs import AnchorInput
from consult.submissions.models import Comment
from consult.submissions.place_models import CommentPlace
from consult.submissions.words import CommentActKind, MovedFrom
from consult.text import blank, stored

REASON_LIMIT = 1_000
RULES = act_rules.BY_ONE[CommentActKind.MOVED]
COLUMNS = ("document_id", "revision_id", "provision_id", "page_id", "path")
"""What says where a comment stands."""


def move(
    session: Session,
    consultation: Consultation,
    numbers: Iterable[int],
    to: AnchorInput | None,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Taken:
    """Has these comments stand at `to` (None: the matter as a whole), each in its own draft, for a `reason` that is
    public; all that may. Without a revision `to` is the clause of this path, or this page, of each one's own draft.
    Moving again, or back, is the same act once more.

    Raises NotFound; Invalid({"reason": code}); Refused: the policy's reason; NoneTaken, for every comment one of those
    of `act_rules`, `other_draft`, `no_such_place` (its own draft has no such clause or page), `stands_there`.
    """
    why, wanted = stored(reason).strip(), list(numbers)
    if blank(why) or len(why) > REASON_LIMIT:
        raise Invalid({"reason": "required" if blank(why) else "too_long"})
    with writing(session, consultation.id):
        require(actor, Action.TRIAGE, consultation, now)
        found = comment_state.read(session, consultation.id, wanted)
        targets = TargetPlaces(session, consultation.id, to, [one.comment for one in found])
        taken, left = act_rules.sorted_by((*RULES, *targets.rules), found, consultation)
        entries = [_move(session, one, targets.of(one.comment), why, actor, now) for one in taken]
        ledger.append(session, consultation.id, entries, now)
        moved = [one.comment.number for one in taken]
        # What could be read can be read as before, elsewhere.
        tell(session, consultation, moved, "moved", now, was_shown=False)
        return Taken(moved, left)


def _move(session: Session, one: CommentState, target: Target, why: str, actor: Actor, now: datetime) -> Act:
    comment = one.comment
    places = _kept(session, comment)
    act = add_act(session, one, CommentActKind.MOVED, actor, now, reason=why)
    place = _place(comment, len(places) + 1, target.columns)
    place.act_id = act.id
    session.add(place)
    _stand(session, comment, target, places[0])
    hashed = move_hash(comment.number, place.version, why)
    return comment_entries.moved(comment.number, place.version, _anchor(comment, target), hashed)


def _kept(session: Session, comment: Comment) -> list[CommentPlace]:
    """The places of a comment so far; before it is moved for the first time, the one it was received with is kept."""
    own = (CommentPlace.consultation_id == comment.consultation_id, CommentPlace.comment_id == comment.id)
    places = list(session.scalars(select(CommentPlace).where(*own).order_by(CommentPlace.version)))
    if not places:
        places = [_place(comment, 1, {name: getattr(comment, name) for name in COLUMNS})]
        session.add(places[0])
    return places


def _place(comment: Comment, version: int, columns: dict[str, object]) -> CommentPlace:
    key = {"consultation_id": comment.consultation_id, "id": new_id(), "comment_id": comment.id}
    return CommentPlace(**key, version=version, **columns)


def _stand(session: Session, comment: Comment, target: Target, first: CommentPlace) -> None:
    for name, value in target.columns.items():
        setattr(comment, name, value)
    back = all(getattr(first, name) == value for name, value in target.columns.items())
    away = MovedFrom.CLAUSE if first.provision_id is not None else MovedFrom.ELSEWHERE
    comment.moved_from = None if back else away
    session.flush()
    session.expire(comment, ["document", "revision", "page"])


def _anchor(comment: Comment, target: Target) -> Anchor | None:
    """As the log writes it: what its sender marked is there again where the comment stands as it was received."""
    if target.place is None:
        return None
    marked = comment.moved_from is None and (bool(comment.quote) or comment.box is not None)
    place = target.place
    return Anchor(place.document, place.revision, place.path or None, place.page, marked)
