"""Comments find their groups as they come, change and go; the same again changes nothing."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.similar.arriving.following import rebuild
from consult.similar.models import SimilarGroup, SimilarMember, SimilarPrint
from consult.submissions.acts import moving
from consult.submissions.acts import service as acts
from consult.submissions.inputs import AnchorInput, CommentInput
from consult.submissions.words import CommentActKind, Stance
from tests.builders import NOW
from tests.responses.desk_builder import Desk, comment, make_desk
from tests.similar.campaign import ADDED, ALONE, NEAR, OTHER_PLACE, REFUSED, SAMPLE, SIGNED, followed, places, together


@pytest.fixture
def desk(session: Session) -> Desk:
    return make_desk(session)


def sent(desk: Desk, *texts: str | CommentInput) -> list[int]:
    """Each sent by somebody else."""
    return [number for text in texts for number in desk.receive(text)]


def test_each_finds_its_place_when_it_comes(desk: Desk) -> None:
    sent(desk, SAMPLE, ALONE, SIGNED, NEAR, ADDED, OTHER_PLACE, REFUSED)
    followed(desk)
    assert places(desk) == {
        1: (1, "identical"),
        2: (2, "identical"),
        3: (1, "identical"),
        4: (1, "near"),
        5: (1, "added"),
        6: (1, "other_place"),
        7: (3, "identical"),
    }


def test_one_by_one_and_all_at_once_are_the_same(desk: Desk) -> None:
    numbers = sent(desk, NEAR, SAMPLE, SIGNED, ALONE, ADDED, REFUSED, SAMPLE)
    for number in numbers:
        followed(desk, number)
        followed(desk, number)
    one_by_one = places(desk)
    rebuild(desk.session, desk.matter.id)
    desk.session.expire_all()
    assert {number: likeness for number, (_group, likeness) in places(desk).items()} == {
        number: likeness for number, (_group, likeness) in one_by_one.items()
    }
    assert together(desk) == [[1, 2, 3, 5, 7], [4], [6]]


def test_what_most_say_is_the_sample(desk: Desk) -> None:
    sent(desk, ADDED, SAMPLE)
    followed(desk)
    assert {number: likeness for number, (_group, likeness) in places(desk).items()} == {1: "identical", 2: "near"}
    sent(desk, SIGNED)
    followed(desk)
    assert places(desk) == {1: (1, "added"), 2: (1, "identical"), 3: (1, "identical")}


def test_the_same_words_about_another_clause_are_told(desk: Desk) -> None:
    sent(desk, comment(SAMPLE, "d2.k1"), comment(SAMPLE, "d1"))
    followed(desk)
    assert places(desk) == {1: (1, "identical"), 2: (1, "other_place")}


def test_what_was_moved_to_another_clause_is_looked_at_again(desk: Desk) -> None:
    sent(desk, comment(SAMPLE, "d2.k1"), comment(SAMPLE, "d2.k1"))
    followed(desk)
    assert places(desk) == {1: (1, "identical"), 2: (1, "identical")}
    moving.move(desk.session, desk.matter, [2], AnchorInput(path="d1"), "Nói về Điều 1.", desk.officer, NOW)
    followed(desk, 2)
    assert places(desk) == {1: (1, "identical"), 2: (1, "other_place")}


def test_who_is_for_and_who_is_against_never_meet(desk: Desk) -> None:
    words = "Về quy định phân loại rác tại nguồn và mức hỗ trợ thùng đựng rác cho hộ nghèo ở các xã vùng cao."
    sent(desk, comment(words, stance=Stance.SUPPORT), comment(words, stance=Stance.OPPOSE), comment(words))
    followed(desk)
    assert together(desk) == [[1], [2], [3]]


def test_the_proposed_wording_counts_as_words(desk: Desk) -> None:
    words = "Đề nghị sửa khoản này như đã ghi ở phần dưới cho dễ hiểu."
    sent(desk, comment(words, proposed="Mỗi hộ hai thùng."), comment(words, proposed="Không thu phí."), comment(words))
    followed(desk)
    assert all(likeness == "identical" for _group, likeness in places(desk).values())
    assert len(together(desk)) == 3


@pytest.mark.parametrize("kind", [CommentActKind.INVALID, CommentActKind.WITHHELD])
def test_who_is_no_longer_a_comment_leaves(desk: Desk, kind: CommentActKind) -> None:
    first, second, third = sent(desk, SAMPLE, SAMPLE, NEAR)
    followed(desk)
    desk.by_two(first, kind, "says_nothing" if kind is CommentActKind.INVALID else "insult")
    followed(desk)
    stays = kind is CommentActKind.WITHHELD
    assert together(desk) == [[first, second, third] if stays else [second, third]]
    assert places(desk)[second] == (1, "identical")


def test_a_denunciation_leaves_and_comes_back(desk: Desk) -> None:
    first, second = sent(desk, SAMPLE, SAMPLE)
    followed(desk)
    acts.quarantine(desk.session, desk.matter, second, "Có tên người bị tố cáo.", desk.officer, NOW)
    followed(desk)
    assert together(desk) == [[first]]
    desk.by_two(second, CommentActKind.WITHHELD, "unlawful")
    followed(desk)
    assert together(desk) == [[first, second]]


def test_nothing_is_kept_of_a_group_that_all_left(desk: Desk) -> None:
    (only,) = sent(desk, ALONE)
    followed(desk)
    desk.by_two(only, CommentActKind.INVALID, "says_nothing")
    followed(desk)
    for table in (SimilarGroup, SimilarMember, SimilarPrint):
        assert desk.session.scalar(select(func.count()).select_from(table)) == 0


def test_the_size_of_a_group_is_what_is_in_it(desk: Desk) -> None:
    numbers = sent(desk, SAMPLE, SIGNED, NEAR, ADDED, ALONE)
    followed(desk)
    desk.by_two(numbers[0], CommentActKind.INVALID, "says_nothing")
    followed(desk)
    sizes = dict(desk.session.execute(select(SimilarGroup.number, SimilarGroup.size)).all())
    assert sizes == {1: 3, 2: 1}
