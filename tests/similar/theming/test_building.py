"""The worker builds themes; the same comments give the same ones, and nothing built anew undoes what people decided."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.errors import Invalid, NotFound, Refused
from consult.similar.theme_models import Theme, ThemeAct, ThemeMember, ThemePair
from consult.similar.theming import judging, service
from consult.similar.theming.building import build
from consult.submissions.models import Comment
from consult.submissions.words import CommentActKind, Stance
from consult.text import in_ascii
from tests.builders import NOW
from tests.responses.desk_builder import Desk, comment, make_desk
from tests.similar.campaign import followed
from tests.similar.themes.topics import TOPICS

Found = dict[int, tuple[int, ...]]


@pytest.fixture
def desk(session: Session) -> Desk:
    """All opinions of all topics, each once, and once more in the same words."""
    desk = make_desk(session)
    for own in TOPICS.values():
        for text in own:
            desk.receive(text)
    desk.receive(TOPICS["fee"][0])
    built(desk)
    return desk


def built(desk: Desk) -> None:
    followed(desk)
    build(desk.session, desk.matter.id, NOW)
    desk.session.expire_all()


def found(desk: Desk) -> Found:
    """The numbers of the comments of each theme by its number."""
    rows = desk.session.execute(
        select(Theme.number, Comment.number)
        .select_from(ThemeMember)
        .join(ThemeMember.theme)
        .join(ThemeMember.comment)
        .where(ThemeMember.consultation_id == desk.matter.id)
        .order_by(Theme.number, Comment.number)
    )
    themes: dict[int, list[int]] = {}
    for theme, number in rows:
        themes.setdefault(theme, []).append(number)
    return {theme: tuple(numbers) for theme, numbers in themes.items()}


def theme_with(desk: Desk, number: int) -> int:
    return next(theme for theme, numbers in found(desk).items() if number in numbers)


def test_copies_are_in_the_theme_of_their_text_and_count_once(desk: Desk) -> None:
    theme = theme_with(desk, 1)
    last = max(number for numbers in found(desk).values() for number in numbers)
    assert theme_with(desk, last) == theme
    row = service.theme_of(desk.session, desk.matter.id, theme)
    assert row.size == len(found(desk)[theme]) - 1


def test_built_anew_they_are_the_same_under_the_same_numbers(desk: Desk) -> None:
    before, pairs = found(desk), desk.session.scalars(select(ThemePair.position)).all()
    built(desk)
    assert found(desk) == before
    assert desk.session.scalars(select(ThemePair.position)).all() == pairs


def test_stances_are_never_mixed(desk: Desk) -> None:
    (against,) = desk.receive(comment(TOPICS["fee"][0], stance=Stance.OPPOSE))
    (for_it,) = desk.receive(comment(TOPICS["fee"][0], stance=Stance.SUPPORT))
    (same,) = desk.receive(comment(in_ascii(TOPICS["fee"][0]), stance=Stance.OPPOSE))
    built(desk)
    assert theme_with(desk, against) == theme_with(desk, same)
    assert len({theme_with(desk, number) for number in (1, against, for_it)}) == 3


def test_what_was_named_merged_and_split_stays(desk: Desk) -> None:
    session, matter, officer = desk.session, desk.matter, desk.officer
    fee, water = theme_with(desk, 1), theme_with(desk, 7)
    service.name(session, matter, fee, "Phí rác", officer, NOW)
    service.merge(session, matter, water, fee, "Cùng nói về môi trường.", officer, NOW)
    school = theme_with(desk, 4)
    sample = session.scalars(select(Comment.id).where(Comment.number == 4)).one()
    new = service.split(session, matter, school, [sample], "Nói riêng về năm học mới.", officer, NOW)
    before = found(desk)
    assert theme_with(desk, 7) == fee and before[new] == (4,)
    built(desk)
    assert found(desk) == before
    assert service.theme_of(session, matter.id, fee).name == "Phí rác"
    assert {act.kind.value for act in session.scalars(select(ThemeAct))} == {"named", "merged", "split"}


def test_what_comes_later_joins_a_named_theme_and_the_page_can_tell(desk: Desk) -> None:
    session, matter = desk.session, desk.matter
    fee = theme_with(desk, 1)
    service.name(session, matter, fee, "Phí rác", desk.officer, NOW)
    service.sign(session, matter, fee, desk.officer, NOW)
    theme = service.theme_of(session, matter.id, fee)
    assert not service.added_since(session, theme)
    with pytest.raises(Refused, match="theme_signed_already"):
        service.sign(session, matter, fee, desk.officer, NOW)
    desk.receive("Xin giảm mức thu phí rác cho hộ nghèo.")
    built(desk)
    theme = service.theme_of(session, matter.id, fee)
    assert theme.signed_at is not None and service.added_since(session, theme)
    service.sign(session, matter, fee, desk.officer, NOW)
    assert not service.added_since(session, theme)


def test_who_says_otherwise_later_leaves_the_theme(desk: Desk) -> None:
    session, matter = desk.session, desk.matter
    fee = theme_with(desk, 1)
    service.name(session, matter, fee, "Phí rác", desk.officer, NOW)
    desk.by_two(1, CommentActKind.INVALID, "off_topic")
    built(desk)
    assert 1 not in found(desk)[fee]


def test_another_stance_is_not_put_to_a_theme(desk: Desk) -> None:
    (against,) = desk.receive(comment(TOPICS["fee"][0], stance=Stance.OPPOSE))
    built(desk)
    with pytest.raises(Refused, match="theme_other_stance"):
        service.merge(
            desk.session, desk.matter, theme_with(desk, against), theme_with(desk, 1), "Cùng ý.", desk.officer, NOW
        )


def test_each_act_says_what_it_lacks(desk: Desk) -> None:
    session, matter, officer = desk.session, desk.matter, desk.officer
    theme = theme_with(desk, 1)
    with pytest.raises(Refused, match="theme_nameless"):
        service.sign(session, matter, theme, officer, NOW)
    with pytest.raises(Invalid):
        service.name(session, matter, theme, " ", officer, NOW)
    with pytest.raises(Invalid):
        service.merge(session, matter, theme, theme_with(desk, 7), "", officer, NOW)
    with pytest.raises(Refused, match="theme_same"):
        service.merge(session, matter, theme, theme, "Vì.", officer, NOW)
    with pytest.raises(Refused, match="nothing_chosen"):
        service.split(session, matter, theme, [], "Vì.", officer, NOW)
    with pytest.raises(NotFound):
        service.name(session, matter, 999, "Khác", officer, NOW)
    with pytest.raises(NotFound):
        service.name(session, matter, theme, "Phí rác", desk.publisher, NOW)
    assert session.scalars(select(ThemeAct)).all() == []


def test_quality_is_what_two_people_agree_about(desk: Desk) -> None:
    session, matter = desk.session, desk.matter
    assert judging.quality(session, matter.id) == judging.Quality()
    first = judging.next_pair(session, matter.id, desk.people["officer"].id)
    assert first is not None
    pair = first.first_id, first.second_id
    judging.judge(session, matter, *pair, True, desk.officer, NOW)
    with pytest.raises(Refused, match="pair_judged"):
        judging.judge(session, matter, *pair, False, desk.officer, NOW)
    again = judging.next_pair(session, matter.id, desk.people["second_officer"].id)
    assert again is not None and (again.first_id, again.second_id) == pair
    assert judging.quality(session, matter.id).judged == 0
    judging.judge(session, matter, *pair, True, desk.second_officer, NOW)
    told = judging.quality(session, matter.id)
    assert (told.judged, told.agreed, told.together, told.same, told.both) == (1, 1, 1, 1, 1)
    assert (told.precision, told.recall) == (1.0, 1.0)
    third = judging.next_pair(session, matter.id, desk.people["leader"].id)
    assert third is not None and (third.first_id, third.second_id) != pair


def test_what_was_judged_stays_when_themes_are_built_anew(desk: Desk) -> None:
    pair = judging.next_pair(desk.session, desk.matter.id, desk.people["officer"].id)
    assert pair is not None
    ids = pair.first_id, pair.second_id
    for actor, same in ((desk.officer, True), (desk.second_officer, False)):
        judging.judge(desk.session, desk.matter, *ids, same, actor, NOW)
    built(desk)
    told = judging.quality(desk.session, desk.matter.id)
    assert (told.judged, told.agreed, told.precision, told.recall) == (1, 0, None, None)
