"""Letters prepared inside an organisation: seen by it alone, sent by another person, in time, once."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.invitation_models import Invitation
from consult.consultations.models import Consultation
from consult.db import new_id
from consult.errors import Invalid, NotFound, Refused
from consult.people.models import Organisation
from consult.people.words import Level, OrganisationKind, Role
from consult.policy import Actor, Seat
from consult.submissions.comments.outcome import Outcome, Visibility
from consult.submissions.inputs import AttachmentInput, Codes, Receipt
from consult.submissions.models import Critique, Submission
from consult.submissions.receiving.models import Attachment
from consult.submissions.words import SubmissionKind
from consult.workspace import draft_scans, drafts, sending, sent_letters
from consult.workspace import overview as workspace
from consult.workspace.content import DraftContent
from consult.workspace.models import OrganisationDraft
from consult.workspace.points import Point
from consult.workspace.versions import saving
from tests.submissions.rows import CLOSES, CODES, LATER_CODES, MIDWAY, OPENS, SIGNER, matter, organisation, person

FORMAL, CRITIQUE = SubmissionKind.FORMAL, SubmissionKind.CRITIQUE
LETTER = DraftContent(
    letter_number="12/MTTQ-BTT",
    letter_on="2027-03-09",
    signatory_name="Hoàng Văn Én",
    signatory_office="Phó Chủ tịch",
    signing_line="TM. BAN THƯỜNG TRỰC; KT. CHỦ TỊCH",
    comments=(Point(), Point("d1.k1", "oppose", "Nên bỏ khoản này.")),
)
FULL = DraftContent(
    **{
        **LETTER.kept(),
        "comments": LETTER.comments,
        "form": "written",
        "criteria": {name: "Có" for name in ("necessity", "conformity", "soundness", "balance")},
        "impact": {"economy": "Giảm chi phí."},
        "conclusion": "Thống nhất.",
    }
)
SCAN = AttachmentInput("a" * 64, "ban-quet.pdf", "application/pdf", 10, "scan")


def member(session: Session, body: Organisation, *roles: Role, name: str = "An") -> Actor:
    user = person(session, name, f"{new_id()}@example.test")
    session.commit()
    return Actor(user.id, name, tuple(Seat(body.id, body.kind, body.level, role) for role in roles))


def front_of(session: Session, level: Level = Level.PROVINCE) -> Organisation:
    return organisation(session, "Ủy ban Mặt trận", OrganisationKind.FRONT_COMMITTEE, level)


def written(
    session: Session,
    consultation: Consultation,
    body: Organisation,
    actor: Actor,
    kind: SubmissionKind = FORMAL,
    content: DraftContent = LETTER,
    now: datetime = MIDWAY,
) -> tuple[UUID, int]:
    draft = drafts.start(session, consultation, body.id, kind, actor, now)
    saved = saving.save(session, consultation, draft.id, content, draft.version, actor, now).draft
    return saved.id, saved.version


def send(
    session: Session, consultation: Consultation, draft: tuple[UUID, int], actor: Actor, now: datetime = MIDWAY,
    codes: Codes = CODES,
) -> Receipt:  # fmt: skip
    return sending.send(session, consultation, *draft, actor, now, SIGNER, codes)


def refusal(session: Session, consultation: Consultation, draft: tuple[UUID, int], actor: Actor) -> str:
    with pytest.raises(Refused) as refused:
        send(session, consultation, draft, actor)
    return refused.value.reason


def test_one_prepares_and_another_sends(session: Session) -> None:
    consultation, front = matter(session), front_of(session)
    drafter, sender = member(session, front, Role.DRAFTER), member(session, front, Role.SENDER)
    draft, _version = written(session, consultation, front, drafter)
    draft_scans.attach(session, consultation, draft, SCAN, drafter, MIDWAY)
    sending.hand_over(session, consultation, draft, drafter, MIDWAY)
    receipt = send(session, consultation, (draft, 3), sender)
    sent = session.scalars(select(Submission).where(Submission.consultation_id == consultation.id)).one()
    assert (sent.kind, sent.organisation_id, sent.letter_number) == (FORMAL, front.id, "12/MTTQ-BTT")
    assert (sent.signing_line, sent.letter_on) == ("TM. BAN THƯỜNG TRỰC; KT. CHỦ TỊCH", date(2027, 3, 9))
    assert len(receipt.comment_numbers) == 1, "the comment in which nothing was said is left out"
    scans = session.scalars(select(Attachment.file_name).where(Attachment.submission_id == sent.id)).all()
    assert scans == ["ban-quet.pdf"]


def test_whoever_wrote_any_of_it_does_not_send_it(session: Session) -> None:
    consultation, front = matter(session), front_of(session)
    drafter = member(session, front, Role.DRAFTER)
    both, sender = (member(session, front, Role.DRAFTER, Role.SENDER) for _ in range(2))
    draft = written(session, consultation, front, drafter)
    assert refusal(session, consultation, draft, drafter) == "not_sender"
    draft_scans.attach(session, consultation, draft[0], SCAN, both, MIDWAY)
    assert refusal(session, consultation, (draft[0], 3), both) == "own_draft"
    assert refusal(session, consultation, draft, sender) == "draft_changed"
    unchanged = saving.save(session, consultation, draft[0], LETTER, 3, sender, MIDWAY).draft
    assert unchanged.version == 3, "to save what is there already is not to write"
    assert send(session, consultation, (draft[0], 3), sender).submission_number == 1


def test_nobody_else_knows_of_a_draft(session: Session) -> None:
    consultation, front = matter(session), front_of(session)
    other = organisation(session, "Hội Nông dân", OrganisationKind.SOCIO_POLITICAL)
    drafter = member(session, front, Role.DRAFTER)
    strangers = [member(session, other, Role.DRAFTER, Role.SENDER), member(session, front, Role.OFFICER)]
    draft, version = written(session, consultation, front, drafter)
    for stranger in strangers:
        with pytest.raises(NotFound):
            drafts.find(session, consultation, draft, stranger)
        with pytest.raises(NotFound):
            saving.save(session, consultation, draft, LETTER, version, stranger, MIDWAY)
        with pytest.raises(NotFound):
            drafts.start(session, consultation, front.id, FORMAL, stranger, MIDWAY)
        with pytest.raises(NotFound):
            drafts.discard(session, consultation, draft, stranger, MIDWAY)
    assert workspace.drafts(session, other.id, strangers[0]) == []
    assert [one.writers for one in workspace.drafts(session, front.id, drafter)] == [("An",)]


def test_sending_twice_is_sending_once_and_then_nothing_changes(session: Session) -> None:
    consultation, front = matter(session), front_of(session)
    drafter, sender = member(session, front, Role.DRAFTER), member(session, front, Role.SENDER)
    draft = written(session, consultation, front, drafter)
    first, second = send(session, consultation, draft, sender), send(session, consultation, draft, sender)
    assert (first.code, first.secret, first.comment_numbers) == (second.code, second.secret, second.comment_numbers)
    assert second.repeated and len(sent_letters.page_of(session, front.id, 1)[0]) == 1
    third = send(session, consultation, draft, sender, codes=LATER_CODES)
    assert (third.code, third.secret, third.repeated) == (first.code, first.secret, True)
    saved = saving.save(session, consultation, draft[0], FULL, draft[1], drafter, MIDWAY)
    assert (saved.why_not, saved.draft.version) == ("already_sent", draft[1]), "kept beside what was sent"
    for act in (
        lambda: saving.save(session, consultation, draft[0], LETTER, draft[1], drafter, MIDWAY),
        lambda: drafts.discard(session, consultation, draft[0], drafter, MIDWAY),
        lambda: draft_scans.attach(session, consultation, draft[0], SCAN, drafter, MIDWAY),
    ):
        with pytest.raises(Refused, match="already_sent"):
            act()


def test_two_at_one_draft_lose_nothing(session: Session) -> None:
    consultation, front = matter(session), front_of(session)
    one, other = member(session, front, Role.DRAFTER), member(session, front, Role.DRAFTER, name="Bình")
    draft, version = written(session, consultation, front, one)
    saving.save(session, consultation, draft, FULL, version, other, MIDWAY)
    with pytest.raises(Refused, match="draft_changed"):
        saving.save(session, consultation, draft, DraftContent(), 99, one, MIDWAY)
    again = saving.save(session, consultation, draft, replace(LETTER, participants="12 người"), version, one, MIDWAY)
    assert again.draft.content == replace(FULL, participants="12 người").kept()
    assert workspace.writers_of(session, again.draft) == ["An", "Bình"]


def test_a_change_takes_a_draft_back_from_the_sender(session: Session) -> None:
    consultation, front = matter(session), front_of(session)
    drafter = member(session, front, Role.DRAFTER)
    draft, version = written(session, consultation, front, drafter)
    sending.hand_over(session, consultation, draft, drafter, MIDWAY)
    assert session.get_one(OrganisationDraft, (consultation.id, draft)).ready_at == MIDWAY
    saving.save(session, consultation, draft, FULL, version, drafter, MIDWAY)
    assert session.get_one(OrganisationDraft, (consultation.id, draft)).ready_at is None


def test_half_a_letter_is_not_handed_over(session: Session) -> None:
    consultation, front = matter(session), front_of(session)
    drafter = member(session, front, Role.DRAFTER)
    content = DraftContent(comments=(Point(), Point("d99", "", "Không có điều này.")))
    draft, _version = written(session, consultation, front, drafter, CRITIQUE, content)
    with pytest.raises(Invalid) as invalid:
        sending.hand_over(session, consultation, draft, drafter, MIDWAY)
    assert {"letter_number", "letter_on", "form", "criteria.impact"} <= set(invalid.value.errors)
    letter = DraftContent(**{**LETTER.kept(), "comments": content.comments})
    draft, _version = written(session, consultation, front, drafter, FORMAL, letter)
    with pytest.raises(Invalid) as invalid:
        sending.hand_over(session, consultation, draft, drafter, MIDWAY)
    assert invalid.value.errors == {"comments.1.anchor": "unknown_place"}, "by the place it has in the form"


def test_an_opinion_is_late_unless_its_body_was_asked_until_later(session: Session) -> None:
    consultation, asked = matter(session), organisation(session, "Giáo xứ", OrganisationKind.RELIGIOUS)
    other = organisation(session, "Hội Người cao tuổi", OrganisationKind.MEMBER)
    _ask(session, consultation, asked, date(2027, 3, 25))
    late = CLOSES + timedelta(days=2)
    for body, reason in ((asked, None), (other, "too_late")):
        drafter, sender = member(session, body, Role.DRAFTER), member(session, body, Role.SENDER)
        assert drafts.why_not_start(session, consultation, body.id, FORMAL, drafter, late) == reason
        draft = written(session, consultation, body, drafter, now=CLOSES - timedelta(hours=1))
        if reason is None:
            assert send(session, consultation, draft, sender, late).submission_number == 1
        else:
            with pytest.raises(Refused, match=reason):
                send(session, consultation, draft, sender, late)


def test_a_critique_is_taken_late_marked_and_no_longer_once_the_draft_was_submitted(session: Session) -> None:
    consultation, front = matter(session), front_of(session)
    _ask(session, consultation, front, date(2027, 3, 25))
    drafter, sender = member(session, front, Role.DRAFTER), member(session, front, Role.SENDER)
    late = CLOSES + timedelta(days=30)
    draft = written(session, consultation, front, drafter, CRITIQUE, FULL)
    other = written(session, consultation, front, drafter, CRITIQUE, FULL)
    send(session, consultation, draft, sender, late)
    sent = session.scalars(select(Submission).where(Submission.consultation_id == consultation.id)).one()
    critique = session.get_one(Critique, (consultation.id, sent.id))
    assert sent.late_critique and critique.criteria["impact"]["economy"] == "Giảm chi phí."
    consultation.submitted_on = date(2027, 4, 1)
    session.commit()
    with pytest.raises(Refused, match="already_submitted"):
        send(session, consultation, other, sender, late)


@pytest.mark.parametrize(
    ("kind", "level", "reason"),
    [
        (OrganisationKind.FRONT_COMMITTEE, Level.COMMUNE, "critique_other_level"),
        (OrganisationKind.RELIGIOUS, Level.PROVINCE, "critique_not_yours"),
        (OrganisationKind.MEMBER, Level.PROVINCE, "critique_not_yours"),
    ],
)
def test_who_may_not_lead_a_critique_starts_none(
    session: Session, kind: OrganisationKind, level: Level, reason: str
) -> None:
    consultation, body = matter(session), organisation(session, "Tổ chức", kind, level)
    drafter = member(session, body, Role.DRAFTER)
    with pytest.raises(Refused, match=reason):
        drafts.start(session, consultation, body.id, CRITIQUE, drafter, MIDWAY)
    assert drafts.start(session, consultation, body.id, FORMAL, drafter, MIDWAY).version == 1


def test_a_socio_political_organisation_leads_with_its_agreement(session: Session) -> None:
    consultation = matter(session)
    women = organisation(session, "Hội Phụ nữ", OrganisationKind.SOCIO_POLITICAL)
    drafter, sender = member(session, women, Role.DRAFTER), member(session, women, Role.SENDER)
    draft, version = written(session, consultation, women, drafter, CRITIQUE, FULL)
    with pytest.raises(Refused, match="critique_needs_agreement"):
        sending.hand_over(session, consultation, draft, drafter, MIDWAY)
    assert refusal(session, consultation, (draft, version), sender) == "critique_needs_agreement"
    agreed = {"agreement_number": "3/TT-MTTQ", "agreement_on": "1/3/2027"}
    content = DraftContent(**{**FULL.kept(), "comments": FULL.comments, **agreed})
    saved = saving.save(session, consultation, draft, content, version, drafter, MIDWAY).draft
    assert send(session, consultation, (draft, saved.version), sender).submission_number == 1


def test_the_workspace_tells_what_is_asked_and_what_became_of_it(session: Session) -> None:
    consultation, front = matter(session), front_of(session)
    other = matter(session, "khac", "345")
    matter(session, "dung", "678", withdrawn_at=OPENS)
    _ask(session, consultation, front, date(2027, 3, 7))
    drafter, sender = member(session, front, Role.DRAFTER), member(session, front, Role.SENDER)
    [row] = workspace.asked(session, front.id, MIDWAY)
    assert (row.consultation.id, row.sent, row.days_after) == (consultation.id, 0, 3)
    assert [found.id for found, _stage in workspace.others_open(session, front.id, MIDWAY)] == [other.id]
    send(session, consultation, written(session, consultation, front, drafter), sender)
    assert workspace.asked(session, front.id, MIDWAY)[0].days_after == 0
    [sent], pages = sent_letters.page_of(session, front.id, 1)
    assert sent.outcomes == ((1, Outcome.AWAITING),) and pages == 1
    [comment] = sent_letters.comments_of(session, sent.submission)
    assert (comment.path, comment.fate.seen_as, comment.version.text) == (
        "d1.k1", Visibility.IN_CHECK, "Nên bỏ khoản này.",
    )  # fmt: skip
    stranger = member(session, organisation(session, "Hội", OrganisationKind.MEMBER), Role.SENDER)
    assert sent_letters.find(session, consultation, 1, drafter).id == sent.submission.id
    with pytest.raises(NotFound):
        sent_letters.find(session, consultation, 1, stranger)


def _ask(session: Session, consultation: Consultation, body: Organisation, reply_by: date) -> None:
    session.add(
        Invitation(
            consultation_id=consultation.id,
            id=new_id(),
            organisation_id=body.id,
            reply_by=reply_by,
            recorded_at=OPENS,
            recorded_by_id=consultation.created_by_id,
        )
    )
    session.commit()
