"""A matter in which everything that leaves an entry in the log has happened, made through the services."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.preparation import publication
from consult.consultations.revisions import next_revision
from consult.db import new_id
from consult.files.signed_files import KeptFile
from consult.files.store import FileStore
from consult.outbox.models import OutboxMessage
from consult.people.models import Organisation
from consult.people.words import Level, OrganisationKind, Role
from consult.responses.answers.conclusion import seal
from consult.responses.dialogues import service as dialogues
from consult.responses.dialogues.service import Minutes, NewDialogue
from consult.responses.remarks import papers
from consult.responses.remarks import service as remarks
from consult.responses.remarks.papers import NewPaper
from consult.responses.remarks.said import Said
from consult.responses.second_words.terms import SecondWordTerms
from consult.responses.second_words.words import Verdict
from consult.submissions.acts import moving
from consult.submissions.acts import service as acts
from consult.submissions.inputs import AnchorInput, AttachmentInput, CommentInput, CritiqueInput, Letter, Sender
from consult.submissions.joining.service import NewJoining, join, leave
from consult.submissions.models import Comment, Submission
from consult.submissions.sender.amendment import amend, withdraw
from consult.submissions.voices import transcription
from consult.submissions.voices.transcription import TypedTranscript
from consult.submissions.words import Channel, CommentActKind, ContactKind, SubmissionKind
from consult.tracking.lookup import find_joiner
from tests.builders import (
    DRAFT,
    NOW,
    TODAY,
    make_actor,
    make_area,
    make_organisation,
    make_user,
    period_of,
    read_text,
)
from tests.responses.desk_builder import CODES, SIGNER, Desk, comment, make_desk

NAME = "Lò Thị Kín Tên"
PUBLIC_NAME = "Ma Văn Công Khai"
CONTACT = "kin.dao@example.invalid"
TELEPHONE = "0912 345 678"
HIDDEN_TEXT = "Nội dung chưa được công khai"
ORIGINAL = "Ông Trần Bí Mật đổ rác ra suối"
NEXT_DRAFT = DRAFT + "\n### Điều 4. Điều khoản chuyển tiếp\n\nTổ chức, cá nhân thực hiện theo Quyết định này.\n"
SCAN = b"%PDF-1.4 signed scan"
VOICE = b"RIFF what was spoken"
TERMS = SecondWordTerms(10, 15)
VOICE_NAME = "giong-noi-cua-me.wav"


@dataclass
class Lively:
    """The matter with its desk, the numbers of the comments that a test asks for, and the codes of those who joined."""

    desk: Desk
    private: int
    amended: int
    joined: tuple[str, ...]

    @property
    def matter(self) -> Consultation:
        """The consultation."""
        return self.desk.matter

    @property
    def slug(self) -> str:
        """Its address."""
        return self.desk.matter.slug


def make_lively(session: Session, files: FileStore) -> Lively:
    """Everything but the conclusion: two comments still wait."""
    for data in (DRAFT.encode(), NEXT_DRAFT.encode(), SCAN):
        files.put(data)
    desk = make_desk(session)
    matter, later = desk.matter, (desk.matter.opens_at or NOW) + timedelta(days=2)
    last_day = TODAY - timedelta(days=10)
    publication.extend(session, matter, period_of(session, matter).id, last_day, "Theo đề nghị.", desk.publisher, later)
    area = make_area(session)
    sender = Sender(NAME, False, area.id, ContactKind.MAIL, CONTACT)
    known = Sender(PUBLIC_NAME, True, None, ContactKind.TELEPHONE, TELEPHONE)
    first = desk.receive(
        CommentInput("Đồng ý với ba nhóm.", AnchorInput(path="d2.k1", quote="thành ba nhóm")),
        comment(ORIGINAL),
        sender=known,
    )
    hidden = desk.receive(*(comment(f"{HIDDEN_TEXT} {place}") for place in range(7)), sender=sender)
    paper = desk.receive(
        comment("Đề nghị thêm thùng rác.", ""), channel=Channel.POST, received_at=later,
        received_reason="Phong bì có dấu bưu điện.", letter=Letter("12/CV", TODAY, "Nông Văn Ký", "Chủ tịch", "TM."),
        attachments=(AttachmentInput(files.put(SCAN), "quet.pdf", "application/pdf", len(SCAN), "scan"),),
    )  # fmt: skip
    critique = _critique(session, desk)
    acts.release(session, matter, [first[0], *paper, *critique], desk.officer, NOW)
    _two_pairs_of_eyes(session, desk, first[1], hidden)
    _senders_changes(session, matter, hidden, later)
    parts = acts.split(session, matter, hidden[4], [comment("Phần một"), comment("Phần hai")], desk.officer, NOW)
    acts.quarantine(session, matter, hidden[5], "Có dấu hiệu tố cáo", desk.officer, NOW)
    acts.pass_on(session, matter, [hidden[5]], "Chuyển theo Luật Tố cáo", desk.officer, NOW)
    _later_draft(session, desk)
    desk.answer(first[0], first[1], text="Tiếp thu ý kiến.", change="Sửa khoản 1 Điều 2")
    desk.answer(hidden[0], disposition="not_accepted", text="Câu trả lời chỉ gửi người góp ý.")
    desk.answer(parts[0].number, *critique, disposition="noted", text="Ghi nhận.")
    _second_words(session, desk, critique, files)
    joined = _joinings(session, desk, later)
    _voice(session, desk, files)
    _parts_of_what_nobody_reads(session, desk)
    _moved(session, desk)
    _seal(session, matter)
    return Lively(desk, hidden[6], hidden[1], joined)


def _moved(session: Session, desk: Desk) -> None:
    """One that was attached to a clause and its words, moved twice and back, and one on the whole matter."""
    marked = CommentInput("Ghi nhầm chỗ.", AnchorInput(revision=1, path="d2.k1", quote="thành ba nhóm"))
    desk.now = before = NOW - timedelta(hours=1)
    back, away = desk.receive(marked, comment("Nói về điều này.", ""))
    acts.release(session, desk.matter, [back, away], desk.officer, before)
    for to in (None, AnchorInput(path="d3"), AnchorInput(path="d2.k1")):
        moving.move(session, desk.matter, [back], to, "Ý kiến nói về chỗ này.", desk.officer, before)
    moving.move(session, desk.matter, [away], AnchorInput(path="d3"), "Ý kiến nói về Điều 3.", desk.officer, before)
    desk.now = NOW
    desk.answer(back, away, text="Tiếp thu ý kiến đã xếp lại.")


def _critique(session: Session, desk: Desk) -> list[int]:
    front: Organisation = make_organisation(
        session, OrganisationKind.FRONT_COMMITTEE, Level.PROVINCE, "Ủy ban Mặt trận"
    )
    said = CritiqueInput(
        form="conference", criteria={"necessity": "Cần thiết.", "impact": {"economy": "Có lợi."}},
        conclusion="Đề nghị hoàn thiện dự thảo.", held_on=TODAY, participants="Ban Dân chủ",
    )  # fmt: skip
    return desk.receive(
        comment("Nên nêu rõ lộ trình.", "d3"), kind=SubmissionKind.CRITIQUE, critique=said,
        sender=Sender("Ủy ban Mặt trận", organisation_id=front.id), letter=Letter("7/MTTQ", TODAY, "Hà Thị Ký"),
    )  # fmt: skip


def _second_words(session: Session, desk: Desk, critique: list[int], files: FileStore) -> None:
    """Two answers do not satisfy: a dialogue is held over one. What is said of a third came on paper."""
    number = critique[0]
    letter = session.scalars(
        select(Submission).join(Comment, Comment.submission_id == Submission.id).where(Comment.number == number)
    ).one()
    front = session.get_one(Organisation, letter.organisation_id)
    drafter, sender = (
        make_actor(session, front, role, user=make_user(session, front, [role])) for role in (Role.DRAFTER, Role.SENDER)
    )
    for one in critique[:2]:
        remarks.write(session, desk.matter, letter, one, "unsatisfied", "Chưa nêu lộ trình.", TERMS, drafter, NOW)
    remarks.sign(session, desk.matter, letter, critique[:2], TERMS, sender, NOW)
    new = NewDialogue(NOW + timedelta(hours=1), "Trụ sở Sở", "Bà Hà Thị Ký", [number])
    held = dialogues.call(session, desk.matter, letter, new, TERMS, desk.officer, NOW)
    minutes = KeptFile("f" * 64, "bien-ban.pdf", "application/pdf", 9)
    said = Minutes("Bà Hà Thị Ký", {number: (False, "Chưa thống nhất về lộ trình.")}, minutes)
    dialogues.record(session, desk.matter, held.number, said, desk.officer, NOW + timedelta(hours=2))
    scan = KeptFile(files.put(SCAN), "cong-van.pdf", "application/pdf", len(SCAN))
    unsatisfied = {critique[2]: Said(Verdict.UNSATISFIED, "Chưa rõ kinh phí.")}
    paper = NewPaper("9/MTTQ", TODAY, "Hà Thị Ký", TODAY, "Dấu công văn đến", unsatisfied, None, scan)
    papers.record(session, desk.matter, letter, paper, TERMS, desk.officer, NOW + timedelta(hours=2))


def _two_pairs_of_eyes(session: Session, desk: Desk, redacted: int, hidden: list[int]) -> None:
    shown = {"text": "[Đã che] đổ rác ra suối"}
    for number, kind, reason, details in (
        (redacted, CommentActKind.REDACTED, "personal_data", shown),
        (hidden[0], CommentActKind.WITHHELD, "insult", None),
        (hidden[2], CommentActKind.INVALID, "off_topic", None),
    ):
        act = acts.propose(session, desk.matter, number, kind, reason, desk.officer, NOW, details)
        acts.confirm(session, desk.matter, act.id, desk.second_officer, NOW)
    waiting = acts.propose(session, desk.matter, hidden[6], CommentActKind.WITHHELD, "insult", desk.officer, NOW)
    acts.refuse(session, desk.matter, waiting.id, desk.second_officer, NOW)


def _senders_changes(session: Session, matter: Consultation, hidden: list[int], later: object) -> None:
    submission = session.scalars(
        select(Submission).join(Comment, Comment.submission_id == Submission.id).where(Comment.number == hidden[1])
    ).one()
    amend(session, matter, submission, hidden[1], CommentInput("Sửa lại cho rõ"), later, NOW)  # type: ignore[arg-type]
    withdraw(session, matter, submission, [hidden[3]], later, NOW)  # type: ignore[arg-type]


def _joinings(session: Session, desk: Desk, at: datetime) -> tuple[str, ...]:
    """One is joined by two of whom one takes it back, and loses its sender; another its sender and then its joiner."""
    kept, gone = (desk.receive(comment(f"Nên thu gom buổi {time}."))[0] for time in ("sáng", "tối"))
    acts.release(session, desk.matter, [kept, gone], desk.officer, NOW)
    joined = []
    for place, number in enumerate((kept, kept, gone)):
        new = NewJoining(f"joining {place:->32}", at, CONTACT)
        joined.append(join(session, desk.matter, number, new, NOW, SIGNER, CODES).code)
    for number in (kept, gone):
        own = session.scalars(
            select(Submission).join(Comment, Comment.submission_id == Submission.id).where(Comment.number == number)
        ).one()
        withdraw(session, desk.matter, own, [number], at, NOW)
    for code in joined[1:]:
        leave(session, find_joiner(session, code, CODES), at, NOW)
    return tuple(joined)


def _voice(session: Session, desk: Desk, files: FileStore) -> None:
    """A spoken comment, written down, corrected once and released; a transcript of it was sent back before."""
    voice = AttachmentInput(files.put(VOICE), VOICE_NAME, "audio/wav", len(VOICE), "voice", 0, "mong")
    [number] = desk.receive(comment("", ""), attachments=(voice,))
    for words in ("Lời nghe chưa rõ", "Lời chép lần một", "Lời chép lần hai"):
        written = TypedTranscript("mong", words, f"Bản dịch: {words}")
        row = transcription.write(session, desk.matter, number, written, desk.officer, NOW)
        if "chưa rõ" in words:
            transcription.send_back(session, desk.matter, row.id, "Thiếu câu cuối.", desk.second_officer, NOW)
        else:
            transcription.check(session, desk.matter, row.id, desk.second_officer, NOW)
    acts.release(session, desk.matter, [number], desk.officer, NOW)


def _parts_of_what_nobody_reads(session: Session, desk: Desk) -> None:
    """One that two people withheld and one that is in quarantine, each split: their parts are as they were."""
    withheld, apart = desk.receive(comment(f"{HIDDEN_TEXT} x, y"), comment(f"{HIDDEN_TEXT} z, t"))
    act = acts.propose(session, desk.matter, withheld, CommentActKind.WITHHELD, "unlawful", desk.officer, NOW)
    acts.confirm(session, desk.matter, act.id, desk.second_officer, NOW)
    acts.quarantine(session, desk.matter, apart, "Có dấu hiệu khiếu nại", desk.officer, NOW)
    for number in (withheld, apart):
        acts.split(session, desk.matter, number, [comment(f"{HIDDEN_TEXT} {word}") for word in "xy"], desk.officer, NOW)


def _later_draft(session: Session, desk: Desk) -> None:
    matter = desk.matter
    document = queries.document_of(session, matter.id, 1)
    revision = next_revision.add_revision(session, matter, document, read_text(NEXT_DRAFT), desk.publisher, NOW)
    next_revision.publish_revision(session, matter, revision, desk.publisher, NOW)


def _seal(session: Session, matter: Consultation) -> None:
    message = OutboxMessage(id=new_id(), consultation_id=matter.id, event="matter_closed_period", payload={})
    seal(session, [message], NOW)
