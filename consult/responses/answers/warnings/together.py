"""What many answers that are about to be saved together are warned of, in statements that do not grow with them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from consult.consultations.models import Consultation
from consult.relationships import along
from consult.responses.answers.warnings.citations import DraftPlaces
from consult.responses.answers.warnings.rules import RULES, Judged, point_of, says_little
from consult.responses.models import ResponseTarget, ResponseVersion
from consult.responses.words import Disposition
from consult.submissions.comments import comment_state
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.models import Comment

MOST_LOOKED_AT = 5_000


@dataclass(frozen=True)
class Proposed:
    """A wording for these comments that may be saved; `own` is the answer that it would be a version of."""

    comments: Sequence[CommentState]
    disposition: Disposition
    text: str
    change: str = ""
    change_path: str = ""
    own: UUID | None = None

    @property
    def points(self) -> frozenset[tuple[str, str]]:
        """What its comments are about."""
        return frozenset(point_of(one) for one in self.comments)


def warnings_of_many(session: Session, consultation: Consultation, proposed: Sequence[Proposed]) -> list[list[str]]:
    """The codes for each, as `service.warnings_of` gives them once the others are saved too."""
    places = DraftPlaces(session, consultation)
    elsewhere = _elsewhere(session, consultation, proposed)
    return [
        [code.value for code, warns in RULES.items() if warns(judged)]
        for judged in (_judged(one, places, elsewhere) for one in proposed)
    ]


def _judged(one: Proposed, places: DraftPlaces, elsewhere: Callable[[Proposed], bool]) -> Judged:
    missing = places.lack(f"{one.text}\n{one.change}", one.change_path, one.comments)
    return Judged(one.disposition, one.text, one.change_path, one.comments, elsewhere(one), missing)


def _elsewhere(
    session: Session, consultation: Consultation, proposed: Sequence[Proposed]
) -> Callable[[Proposed], bool]:
    """Whether the text of one is that of an answer to another point, saved or about to be."""
    looked = [one for one in proposed if one.disposition is not Disposition.NOTED and not says_little(one.text)]
    given: dict[str, set[tuple[UUID | None, tuple[str, str]]]] = defaultdict(set)
    for one in looked:
        given[one.text].update((one.own, point) for point in one.points)
    for text, response_id, point in _saved(session, consultation, {one.text for one in looked}):
        given[text].add((response_id, point))

    def found(one: Proposed) -> bool:
        if one.disposition is Disposition.NOTED:
            return False
        others = (point for own, point in given.get(one.text, ()) if own is None or own != one.own)
        return any(point not in one.points for point in others)

    return found


def _saved(
    session: Session, consultation: Consultation, texts: Collection[str]
) -> Sequence[tuple[str, UUID, tuple[str, str]]]:
    """The answers that say one of these texts, each with the points that it is for."""
    if not texts:
        return []
    later = aliased(ResponseVersion)
    newest = (
        select(func.max(later.version))
        .where(along(ResponseVersion.of_response.of_type(later)))
        .correlate(ResponseVersion)
        .scalar_subquery()
    )
    rows = session.execute(
        select(ResponseVersion.text, ResponseVersion.response_id, Comment.number)
        .select_from(ResponseVersion)
        .join(ResponseTarget, along(ResponseVersion.targets))
        .join(ResponseTarget.comment)
        .where(
            ResponseVersion.consultation_id == consultation.id,
            ResponseVersion.text.in_(list(texts)),
            ResponseVersion.version == newest,
        )
        .limit(MOST_LOOKED_AT)
    ).all()
    numbers = sorted({row.number for row in rows})
    points = {
        one.comment.number: point_of(one)
        for one in (comment_state.read(session, consultation.id, numbers) if numbers else [])
    }
    return [(row.text, row.response_id, points[row.number]) for row in rows]
