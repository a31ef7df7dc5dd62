"""The points of a draft have names of their own, which they keep however they are moved."""

from sqlalchemy.orm import Session

from consult.people.words import Role
from consult.submissions.words import SubmissionKind
from consult.workspace import content as organisation_content
from consult.workspace import drafts
from consult.workspace.content import DraftContent
from consult.workspace.points import Point
from consult.workspace.versions import saving
from tests.submissions.rows import MIDWAY, matter
from tests.workspace.test_drafts import front_of, member


def keys(content: DraftContent) -> list[str]:
    return [one.key for one in content.comments]


def test_points_of_a_draft_without_names_are_called_by_their_places() -> None:
    stored = DraftContent().kept()
    stored["comments"] = [{"anchor": "d1", "stance": "", "text": text, "proposed": "", "reason": ""} for text in "ab"]
    assert keys(organisation_content.read(stored)) == ["1", "2"]


def test_a_point_keeps_its_name_when_others_come_and_go() -> None:
    content = DraftContent().with_points(Point("d1"), Point("d2"), Point("d3"))
    one, two, three = keys(content)
    assert one < two < three, "an untouched first point gives way; later names sort behind"
    assert keys(content.without_point(two)) == [one, three]
    assert keys(content.moved(three, -1)) == [one, three, two]
    assert content.moved(three, 1) == content and content.moved("?", 1) == content
    alone = content.without_point(one).without_point(two).without_point(three)
    assert alone.comments[0].untouched and keys(alone) != [one]


def test_where_a_point_was_taken_from_stays_with_it(session: Session) -> None:
    consultation, front = matter(session), front_of(session)
    author = member(session, front, Role.DRAFTER)
    draft = drafts.start(session, consultation, front.id, SubmissionKind.FORMAL, author, MIDWAY)
    taken = [Point("d1", text="Nên bỏ.", source="collection:7"), Point("d2", text="Đồng ý.")]
    drafts.add_points(session, consultation, draft.id, taken, author, MIDWAY)
    assert draft.version == 2
    content = organisation_content.read(draft.content)
    key = content.comments[0].key
    typed = DraftContent(comments=(Point("d2", text="Đồng ý."), Point("d1", text="Nên bỏ điều này.", key=key)))
    saving.save(session, consultation, draft.id, typed, 2, author, MIDWAY)
    saved = {one.key: one for one in organisation_content.read(draft.content).comments}
    assert (saved[key].text, saved[key].source) == ("Nên bỏ điều này.", "collection:7")
