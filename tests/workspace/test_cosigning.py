"""Letters that several bodies sign: each confirms the very text for itself, and only who did is named."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.invitation_models import Invitation
from consult.consultations.models import Consultation
from consult.db import new_id
from consult.errors import Invalid, NotFound, Refused
from consult.ledger.commitment import commit
from consult.outbox.models import OutboxMessage
from consult.people.models import Organisation
from consult.people.words import Level, OrganisationKind, Role
from consult.policy import Actor
from consult.submissions.inputs import AttachmentInput
from consult.submissions.models import Submission
from consult.submissions.sender import own_submission
from consult.workspace import draft_scans, drafts, sent_letters
from consult.workspace import overview as workspace
from consult.workspace.content import DraftContent
from consult.workspace.cosigning import confirming, cosigners, naming
from consult.workspace.models import DraftCosigner, OrganisationDraft
from consult.workspace.points import Point
from consult.workspace.versions import saving
from tests.builders import make_organisation, make_user
from tests.submissions.rows import MIDWAY, SIGNER, matter
from tests.workspace.test_drafts import LETTER, front_of, member, send, written

SCAN = AttachmentInput("b" * 64, "ban-quet.pdf", "application/pdf", 10, "scan")


@dataclass
class Story:
    """A Front committee whose drafter wrote a letter, and two unions that may be named."""

    session: Session
    matter: Consultation
    drafter: Actor
    sender: Actor
    women: Organisation
    youth: Organisation
    of_women: Actor
    of_youth: Actor
    draft: UUID
    version: int

    def named(self, body: Organisation) -> DraftCosigner:
        return naming.name(self.session, self.matter, self.draft, body.id, self.drafter, MIDWAY)

    def answer(self, cosigner: DraftCosigner, actor: Actor, agreed: bool = True, reason: str = "") -> DraftCosigner:
        return confirming.answer(self.session, self.matter, cosigner.id, agreed, reason, actor, MIDWAY)

    def save(self, content: DraftContent) -> None:
        row = self.row
        saving.save(self.session, self.matter, self.draft, content, row.version, self.drafter, MIDWAY)

    @property
    def row(self) -> OrganisationDraft:
        return drafts.find(self.session, self.matter, self.draft, self.drafter)

    @property
    def confirmed(self) -> list[str]:
        return [one.name for one in cosigners.confirmed(self.session, self.row)]

    @property
    def asked(self) -> list[str]:
        """Who was asked, each time that they were told."""
        sent = self.session.scalars(select(OutboxMessage).where(OutboxMessage.event == "letter_cosign_asked"))
        rows = [
            self.session.get_one(DraftCosigner, (self.matter.id, UUID(one.payload["cosigner"])))
            for one in sorted(sent, key=lambda one: one.id)
        ]
        return [one.organisation.name for one in rows]

    def sent(self) -> Submission:
        number = send(self.session, self.matter, (self.draft, self.row.version), self.sender).submission_number
        return self.session.scalars(select(Submission).where(Submission.number == number)).one()


def union(session: Session, name: str) -> tuple[Organisation, Actor]:
    body = make_organisation(session, OrganisationKind.SOCIO_POLITICAL, Level.PROVINCE, name=name)
    make_user(session, body, [Role.SENDER])
    return body, member(session, body, Role.DRAFTER, Role.SENDER, name=name)


def sent_by(story: Story, body: Organisation) -> int:
    """How many letters a body that was asked is taken to have replied with."""
    recorded = {"recorded_at": MIDWAY, "recorded_by_id": story.matter.created_by_id}
    story.session.add(Invitation(consultation_id=story.matter.id, id=new_id(), organisation_id=body.id, **recorded))
    story.session.flush()
    [line] = workspace.asked(story.session, body.id, MIDWAY)
    return line.sent


def identity_of(story: Story, letter: Submission) -> dict[str, Any]:
    """What the receipt of a letter opens of who sent it."""
    found: dict[str, Any] = own_submission.receipt_file(story.session, letter, SIGNER)
    opened: dict[str, Any] = found["comments"][0]["openings"]["identity"]
    return opened


@pytest.fixture
def story(session: Session) -> Story:
    consultation, front = matter(session), front_of(session)
    drafter, sender = member(session, front, Role.DRAFTER), member(session, front, Role.SENDER, name="Chi")
    draft, version = written(session, consultation, front, drafter)
    (women, of_women), (youth, of_youth) = union(session, "Hội Phụ nữ"), union(session, "Đoàn Thanh niên")
    session.commit()
    return Story(session, consultation, drafter, sender, women, youth, of_women, of_youth, draft, version)


def test_only_who_confirmed_is_named_and_reads_the_letter_with_its_answers(story: Story) -> None:
    women, _youth = story.named(story.women), story.named(story.youth)
    assert story.named(story.women).id == women.id, "named again it is the same"
    assert story.asked == ["Hội Phụ nữ", "Đoàn Thanh niên"]
    story.answer(women, story.of_women)
    assert story.confirmed == ["Hội Phụ nữ"]
    letter = story.sent()
    said = {"organisation": str(story.women.id), "name": "Hội Phụ nữ", "on": "2027-03-10"}
    assert letter.cosigned == [said]
    identity = identity_of(story, letter)
    assert identity["value"]["cosigned"] == [said]
    assert letter.receipt["comments"][0]["entry"].count(
        commit("identity", identity["value"], letter.identity_salt or b"")
    )
    assert [sent_by(story, one) for one in (story.women, story.youth)] == [1, 0]
    read = (story.session, story.matter, letter.number)
    assert sent_letters.read(*read, story.of_women).id == letter.id
    for stranger in (story.of_youth, member(story.session, front_of(story.session), Role.SENDER)):
        with pytest.raises(NotFound):
            sent_letters.read(*read, stranger)
    with pytest.raises(NotFound):
        sent_letters.find(*read, story.of_women)
    listed = [sent_letters.page_of(story.session, body.id, 1)[0] for body in (story.women, story.youth)]
    assert [[(one.submission.id, one.own) for one in page] for page in listed] == [[(letter.id, False)], []]
    assert story.sent().id == letter.id, "pressed again it is the same letter"


def test_a_letter_that_nobody_else_signs_has_no_such_member(story: Story) -> None:
    story.named(story.women)
    assert "cosigned" not in identity_of(story, story.sent())["value"]


def test_who_confirmed_is_asked_anew_once_when_the_text_changes(story: Story) -> None:
    women, youth = story.named(story.women), story.named(story.youth)
    story.answer(women, story.of_women)
    changed = replace(LETTER, comments=(Point("d1.k1", "oppose", "Nên giữ khoản này."),))
    story.save(changed)
    story.save(replace(changed, signatory_name="Ma Văn Páo"))
    assert story.confirmed == [] and story.asked == ["Hội Phụ nữ", "Đoàn Thanh niên", "Hội Phụ nữ"]
    story.answer(women, story.of_women)
    story.save(replace(changed, signatory_name="Ma Văn Páo", letter_number="99/MTTQ", letter_on="2027-03-08"))
    assert story.confirmed == ["Hội Phụ nữ"], "its number and day are given when all have signed"
    draft_scans.attach(story.session, story.matter, story.draft, SCAN, story.drafter, MIDWAY)
    assert story.confirmed == [] and youth.agreed is None
    assert story.sent().cosigned == []


@pytest.mark.parametrize("change", ["move", "remove", "stance", "signing_line"])
def test_any_change_of_the_text_takes_the_confirmation(story: Story, change: str) -> None:
    story.save(replace(LETTER, comments=(*LETTER.comments, Point("d1.k2", "support", "Nhất trí."))))
    story.answer(story.named(story.women), story.of_women)
    first, second, third = saving.read_content(story.row.content).comments
    changed = {
        "move": {"comments": (first, third, second)},
        "remove": {"comments": (first, second)},
        "stance": {"comments": (first, second, replace(third, stance="oppose"))},
        "signing_line": {"signing_line": "TL. CHỦ TỊCH"},
    }[change]
    story.save(replace(saving.read_content(story.row.content), **changed))
    assert story.confirmed == []


def test_a_body_declines_with_a_reason_and_may_think_better_of_it(story: Story) -> None:
    women = story.named(story.women)
    with pytest.raises(Invalid) as invalid:
        story.answer(women, story.of_women, False, " ")
    assert invalid.value.errors == {"reason": "required"}
    story.answer(women, story.of_women, False, "Chưa thống nhất điểm 1.")
    assert (story.confirmed, women.reason) == ([], "Chưa thống nhất điểm 1.")
    story.named(story.women)
    assert (women.agreed, women.reason, len(story.asked)) == (None, "", 2)
    story.answer(women, story.of_women)
    story.answer(women, story.of_women, False, "Xin rút.")
    assert story.confirmed == []


def test_only_who_may_send_for_a_body_confirms_for_it(story: Story) -> None:
    women = story.named(story.women)
    drafter = member(story.session, story.women, Role.DRAFTER)
    with pytest.raises(Refused, match="not_sender"):
        story.answer(women, drafter)
    assert confirming.find(story.session, story.matter, women.id, drafter)[0].id == women.id, "but they read it"
    for stranger in (story.of_youth, story.sender):
        with pytest.raises(NotFound):
            story.answer(women, stranger)


def test_who_is_taken_off_or_too_late_sees_nothing_more(story: Story) -> None:
    women, youth = story.named(story.women), story.named(story.youth)
    story.answer(women, story.of_women)
    for _twice in range(2):
        naming.take_off(story.session, story.matter, story.draft, women.id, story.drafter, MIDWAY)
    with pytest.raises(NotFound):
        confirming.find(story.session, story.matter, women.id, story.of_women)
    assert cosigners.asked_of(story.session, story.women.id) == []
    assert len(cosigners.asked_of(story.session, story.youth.id)) == 1
    letter = story.sent()
    with pytest.raises(NotFound):
        sent_letters.read(story.session, story.matter, letter.number, story.of_women)
    with pytest.raises(Refused, match="already_sent"):
        story.answer(youth, story.of_youth)
    with pytest.raises(Refused, match="already_sent"):
        story.named(story.youth)
    assert cosigners.asked_of(story.session, story.youth.id) == []


def test_who_was_taken_off_is_asked_afresh(story: Story) -> None:
    women = story.named(story.women)
    story.answer(women, story.of_women)
    naming.take_off(story.session, story.matter, story.draft, women.id, story.drafter, MIDWAY)
    again = story.named(story.women)
    assert (again.id, again.agreed, story.confirmed) == (women.id, None, [])


def test_neither_itself_nor_an_investor_nor_who_receives_it_is_named(story: Story) -> None:
    session = story.session
    investor = make_organisation(session, OrganisationKind.INVESTOR)
    make_user(session, investor, [Role.SENDER])
    silent = make_organisation(session, OrganisationKind.MEMBER, name="Hội không ai ký trên trang")
    make_user(session, session.get_one(Organisation, story.matter.lead_id), [Role.SENDER])
    session.commit()
    offered = {one.name for one in naming.candidates(session, story.matter, story.row, MIDWAY)}
    assert offered == {"Hội Phụ nữ", "Đoàn Thanh niên"}
    own = session.get_one(Organisation, story.row.organisation_id)
    for body in (own, investor, silent, session.get_one(Organisation, story.matter.lead_id)):
        with pytest.raises(Refused, match="not_to_cosign"):
            story.named(body)
    assert story.asked == []
