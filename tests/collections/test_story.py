"""One story: the provincial Front, three communes and a parish; 40 opinions become nine with their sources and one of a
minority as it is, are sent and answered; each of the 40 gets its answer and each branch its sheet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.collections import sums
from consult.collections.answers import carrying
from consult.collections.answers import service as answers
from consult.collections.branches import service as branches
from consult.collections.branches.service import NewBranch
from consult.collections.consolidating import letter, reading, upward
from consult.collections.consolidating import service as consolidating
from consult.collections.consolidating.service import NewPoint
from consult.collections.inputs import NewFile, NewGathering, NewOpinion
from consult.collections.models import Branch, CollectedOpinion, Collection
from consult.collections.recording import corrections
from consult.collections.recording import service as recording
from consult.collections.service import NewCollection, open_collection
from consult.collections.words import CarriedBy, FileKind, Gathered, WayIn
from consult.errors import Invalid, Refused
from consult.people.models import Organisation
from consult.people.words import Level, OrganisationKind, Role
from consult.policy import Actor
from consult.stages import Stage
from consult.submissions.words import SubmissionKind
from consult.workspace import content as contents
from consult.workspace import drafts, sending, sent_letters
from consult.workspace.versions import saving
from tests.application import CODES
from tests.builders import NOW, make_actor, make_organisation
from tests.collections.scene import key, meeting, paper
from tests.responses.desk_builder import SIGNER, Desk, make_desk

MINUTES = NewFile(FileKind.MINUTES, "c" * 64, "bien-ban.jpg", "image/jpeg", 1000)
CLAUSES = ("d1", "d2", "d2.k1", "d2.k2", "d3")
NAMES = ("Xã Phong Quang", "Xã Ba Bể", "Xã Chợ Mới", "Giáo xứ Tân Cương")


@dataclass
class Story:
    desk: Desk
    front: Organisation
    writer: Actor
    signer: Actor
    collection: Collection
    branches: list[Branch]


@pytest.fixture
def story(session: Session) -> Story:
    """The collection is open, and everything came in: minutes, paper, a spreadsheet, a program."""
    desk = make_desk(session, Stage.OPEN)
    front = make_organisation(session, OrganisationKind.FRONT_COMMITTEE, Level.PROVINCE, "Ủy ban MTTQ tỉnh")
    writer, signer = make_actor(session, front, Role.DRAFTER), make_actor(session, front, Role.SENDER)
    new = NewCollection("Bà con nói gì về phân loại rác", consultation_id=desk.matter.id)
    collection = open_collection(session, front.id, new, writer, NOW)
    made = branches.add(session, collection, None, [NewBranch(name) for name in NAMES], CODES, NOW)
    minutes = replace(meeting(people=60), minutes_signed=True, files=(MINUTES,))
    for place, (branch, gathering) in enumerate(
        zip(
            made,
            (minutes, paper(10), NewGathering(Gathered.PAPER, WayIn.SPREADSHEET), meeting("Nhà xứ", 30)),
            strict=True,
        )
    ):
        recording.record(session, branch, gathering, said(place), key(str(place)), None, CODES, NOW)
    return Story(desk, front, writer, signer, collection, made)


def said(branch: int) -> Sequence[NewOpinion]:
    """Ten opinions of a branch: two about each clause, the last of them a minority's."""
    contacts = ("nguoi@example.invalid", "0912 345 678")
    return [
        NewOpinion(
            f"Về chỗ này bà con nói {place % 3}",
            f"du-thao/1/{CLAUSES[place // 2]}",
            "oppose" if place % 2 else "support",
            differing=place == 9,
            contact=contacts[place] if place < 2 else "",
        )
        for place in range(10)
    ]


def consolidated(session: Session, story: Story) -> None:
    """Eight opinions on one stance at one clause, one of all minorities together, and the rest left out or as it is."""
    found = reading.opinions(session, story.collection)
    for place, clause in enumerate(CLAUSES):
        for stance in ("support", "oppose")[: 2 if place < 4 else 1]:
            own = [one.number for one in found if one.anchor.endswith(f"/{clause}") and one.stance == stance]
            new = NewPoint(f"Nhân dân {stance} {clause}", f"du-thao/1/{clause}", stance)
            consolidating.write(session, story.collection, new, own, story.writer, NOW)


def sent(session: Session, story: Story) -> list[int]:
    """The consolidated opinions go into a letter, which is signed and sent; the numbers of its comments."""
    matter = story.desk.matter
    numbers = [one.consolidated.number for one in upward.upward(session, story.collection)]
    draft = letter.put(session, story.collection, numbers, None, SubmissionKind.FORMAL, story.writer, NOW)
    typed = replace(
        contents.read(draft.content), letter_number="12/MTTQ", letter_on="2026-11-20", signatory_office="Chủ tịch",
        signatory_name="Hoàng Văn Én",
    )  # fmt: skip
    saving.save(session, matter, draft.id, typed, draft.version, story.writer, NOW)
    sending.hand_over(session, matter, draft.id, story.writer, NOW)
    session.refresh(draft)
    receipt = sending.send(session, matter, draft.id, draft.version, story.signer, NOW, SIGNER, CODES)
    return [one.number for one in sent_letters.comments_of(session, sent_letters.find(
        session, matter, receipt.submission_number, story.signer))]  # fmt: skip


def test_forty_opinions_go_up_and_their_answers_come_down(session: Session, story: Story) -> None:
    found = reading.opinions(session, story.collection)
    rows = sums.rows_of(session, story.collection)
    assert len(found) == sums.total(rows).opinions == 40
    assert sums.total(rows).counting == 30, "the parish has no signed minutes yet"
    consolidated(session, story)
    count = reading.count(reading.opinions(session, story.collection))
    assert (count.carried, count.open, count.differing) == (36, 4, 4)
    differing = [one.number for one in reading.opinions(session, story.collection) if one.fate is reading.Fate.OPEN]
    consolidating.carry_as_is(session, story.collection, differing[:1], story.writer, NOW)
    consolidating.leave_out(session, story.collection, differing[1:], "Đã có trong ý kiến 10", story.writer, NOW)
    count = reading.count(reading.opinions(session, story.collection))
    assert (count.carried, count.left_out, count.open) == (37, 3, 0)
    numbers = sent(session, story)
    assert len(numbers) == 10
    assert [one.comment for one in upward.upward(session, story.collection)] == numbers
    assert sum(one.has_answer for one in answers.told(session, story.collection)) == 3
    story.desk.release(*numbers)
    for number in numbers:
        story.desk.answer(number, text=f"Trả lời ý kiến {number}.")
    told = answers.told(session, story.collection)
    assert len(told) == 40 and all(one.has_answer for one in told)
    for one in told:
        for way in one.ways:
            assert way.answer is not None and way.answer.text == f"Trả lời ý kiến {way.comment}."
            assert way.consolidated.anchor == one.opinion.anchor
    assert [(len(one.answered), one.to_tell, len(one.calls)) for one in carrying.of_collection(
        session, story.collection)] == [(10, 10, 1)] * 4  # fmt: skip


def test_what_is_carried_down_is_done_once(session: Session, story: Story) -> None:
    everything = [one.number for one in reading.opinions(session, story.collection)]
    consolidating.leave_out(session, story.collection, everything, "Ngoài phạm vi", story.writer, NOW)
    branch = story.branches[0]
    [call] = carrying.of_branch(session, branch).calls
    assert carrying.note_told(session, branch, [call.opinion.number], CarriedBy.CALL, None, NOW) == 1
    assert carrying.note_told(session, branch, [call.opinion.number], CarriedBy.CALL, None, NOW) == 0
    carrying.read_out(session, branch, None, NOW)
    done = carrying.of_branch(session, branch)
    assert (done.to_tell, done.calls) == (0, [])
    recording.record(session, branch, paper(), [NewOpinion("Thêm")], key("z"), None, CODES, NOW)
    last = reading.opinions(session, story.collection)[-1].number
    consolidating.leave_out(session, story.collection, [last], "Ngoài phạm vi", story.writer, NOW)
    assert carrying.of_branch(session, branch).to_tell == 1


def test_what_stands_in_a_letter_stays_until_the_draft_is_put_away(session: Session, story: Story) -> None:
    consolidated(session, story)
    [first, *_others] = [one.consolidated for one in upward.upward(session, story.collection)]
    draft = letter.put(session, story.collection, [first.number], None, SubmissionKind.FORMAL, story.writer, NOW)
    with pytest.raises(Refused, match="already_in_letter"):
        letter.put(session, story.collection, [first.number], draft.id, SubmissionKind.FORMAL, story.writer, NOW)
    with pytest.raises(Refused, match="already_in_letter"):
        consolidating.withdraw(session, first, story.writer, NOW)
    drafts.discard(session, story.desk.matter, draft.id, story.writer, NOW)
    again = letter.put(session, story.collection, [first.number], None, SubmissionKind.FORMAL, story.writer, NOW)
    assert again.id != draft.id
    with pytest.raises(Invalid):
        letter.put(session, story.collection, [], None, SubmissionKind.FORMAL, story.writer, NOW)


def test_who_takes_an_opinion_back_takes_it_out_of_sums_and_lists(session: Session, story: Story) -> None:
    consolidated(session, story)
    one = session.scalars(select(CollectedOpinion).where(CollectedOpinion.number == 1)).one()
    corrections.withdraw_opinion(session, one, "Người nói đã rút", NOW)
    assert len(reading.opinions(session, story.collection)) == 39
    assert sums.total(sums.rows_of(session, story.collection)).opinions == 39
    with pytest.raises(Refused, match="opinion_withdrawn"):
        corrections.correct_opinion(session, one, NewOpinion("Khác"), "", None, NOW)


def test_a_correction_keeps_how_it_stood(session: Session, story: Story) -> None:
    one = session.scalars(select(CollectedOpinion).where(CollectedOpinion.number == 1)).one()
    corrections.correct_opinion(session, one, NewOpinion("Câu khác", "d1"), "Gõ nhầm", None, NOW)
    gathering = one.gathering
    [earlier] = corrections.earlier_of(session, gathering, one)
    assert (earlier.said["text"], earlier.reason, earlier.version) == ("Về chỗ này bà con nói 0", "Gõ nhầm", 1)
    assert (one.text, one.version, one.anchor) == ("Câu khác", 2, "du-thao/1/d1")
    corrections.correct_gathering(session, gathering, replace(meeting(people=61), minutes_signed=True), "", None, NOW)
    assert [row.said["people"] for row in corrections.earlier_of(session, gathering)] == [60]
    corrections.remove_file(session, gathering, gathering.files[0].id, NOW)
    session.refresh(gathering)
    assert not gathering.minutes_signed
    corrections.withdraw_gathering(session, gathering, "Ghi hai lần", NOW)
    assert sums.total(sums.rows_of(session, story.collection)).opinions == 30


def test_equal_opinions_are_proposed_as_groups(session: Session, story: Story) -> None:
    groups = reading.alike(reading.opinions(session, story.collection))
    assert [len(group) for group in groups] == [4] * 10
    assert all(len({(one.anchor, one.text) for one in group}) == 1 for group in groups)
