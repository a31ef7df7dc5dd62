"""A voice is written down by one person and checked by another before anybody may read what it says."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.consultations.words import Disclosure
from consult.errors import Invalid, NotFound, Refused
from consult.ledger.commitment import opens
from consult.ledger.models import LedgerEntry
from consult.outbox.models import OutboxMessage
from consult.people.words import Level, OrganisationKind, Role
from consult.policy import Actor, Seat
from consult.responses.answers import answer_state, drafting, stale_answers
from consult.responses.models import Response
from consult.submissions.acts import service as acts
from consult.submissions.comments import listing
from consult.submissions.comments.outcome import Visibility
from consult.submissions.inputs import AttachmentInput, CommentInput
from consult.submissions.models import Submission
from consult.submissions.receiving.commitments import transcript_value
from consult.submissions.receiving.models import Attachment, Transcript
from consult.submissions.receiving.service import receive
from consult.submissions.sender import amendment
from consult.submissions.voices import listening_requests, transcription
from consult.submissions.voices.transcription import TypedTranscript
from consult.submissions.words import CommentActKind
from consult.tracking import lookup
from tests.submissions.rows import CODES, MIDWAY, SIGNER, comment, matter, new, officer, organisation, person

LATER = MIDWAY + timedelta(hours=2)
HMONG = TypedTranscript("mong", "Peb xav kom muaj tsheb.", "Chúng tôi mong có xe thu gom.")
VOICE = AttachmentInput("a" * 64, "ghi-am.webm", "audio/webm", 9, "voice", 0, "mong")


def spoken(session: Session, consultation: Consultation) -> Submission:
    """A comment without text, spoken in Hmong."""
    receipt = receive(session, consultation, new(comment(""), attachments=(VOICE,)), MIDWAY, SIGNER, CODES)
    return lookup.open_with_secret(session, receipt.code, receipt.secret, CODES)


def shown(session: Session, consultation: Consultation) -> Any:
    return listing.public_comment(session, consultation, 1)


def entries(session: Session) -> list[dict[str, Any]]:
    return [json.loads(body) for body in session.scalars(select(LedgerEntry.body).order_by(LedgerEntry.index))]


def checked(session: Session, consultation: Consultation, written: TypedTranscript = HMONG) -> Transcript:
    one, other = officer(session, consultation), officer(session, consultation, "Cúc")
    row = transcription.write(session, consultation, 1, written, one, LATER)
    return transcription.check(session, consultation, row.id, other, LATER)


def test_it_is_not_released_before_a_transcript_is_checked(session: Session) -> None:
    consultation = matter(session)
    spoken(session, consultation)
    one, other = officer(session, consultation), officer(session, consultation, "Cúc")
    row = transcription.write(session, consultation, 1, HMONG, one, LATER)
    with pytest.raises(Refused, match="not_transcribed"):
        acts.release(session, consultation, [1], one, LATER)
    with pytest.raises(Refused, match="not_transcribed"):
        acts.propose(session, consultation, 1, CommentActKind.REDACTED, "insult", one, LATER, {"text": "Thay"})
    with pytest.raises(Refused, match="second_person_needed"):
        transcription.check(session, consultation, row.id, one, LATER)
    transcription.check(session, consultation, row.id, other, LATER)
    assert shown(session, consultation).text == ""
    acts.release(session, consultation, [1], one, LATER)
    found = shown(session, consultation)
    assert (found.text, found.spoken.transcript, found.spoken.language) == (HMONG.translation, HMONG.transcript, "mong")


def test_the_log_commits_to_what_was_written_down(session: Session) -> None:
    consultation = matter(session)
    spoken(session, consultation)
    row = checked(session, consultation)
    entry = entries(session)[-1]
    assert (entry["kind"], entry["comment"], entry["version"]) == ("transcribed", 1, 1)
    assert opens(entry["text"], "transcript", transcript_value(row), row.salt or b"")


def test_a_correction_is_another_transcript_that_takes_its_place(session: Session) -> None:
    consultation = matter(session)
    spoken(session, consultation)
    checked(session, consultation)
    acts.release(session, consultation, [1], officer(session, consultation), LATER)
    checked(session, consultation, TypedTranscript("vi", "Xin có xe thu gom."))
    found = shown(session, consultation)
    assert (found.text, found.visibility) == ("Xin có xe thu gom.", Visibility.PUBLIC)
    assert [one["version"] for one in entries(session) if one["kind"] == "transcribed"] == [1, 2]


def test_what_is_sent_back_is_written_anew(session: Session) -> None:
    consultation = matter(session)
    spoken(session, consultation)
    one, other = officer(session, consultation), officer(session, consultation, "Cúc")
    row = transcription.write(session, consultation, 1, HMONG, one, LATER)
    with pytest.raises(Refused, match="transcript_waits"):
        transcription.write(session, consultation, 1, HMONG, other, LATER)
    with pytest.raises(Invalid):
        transcription.send_back(session, consultation, row.id, " ", other, LATER)
    transcription.send_back(session, consultation, row.id, "Thiếu câu cuối.", other, LATER)
    with pytest.raises(Refused, match="already_decided"):
        transcription.check(session, consultation, row.id, other, LATER)
    assert transcription.write(session, consultation, 1, HMONG, one, LATER).id != row.id


@pytest.mark.parametrize(
    ("written", "field"),
    [
        (TypedTranscript("", "Lời", "Dịch"), "language"),
        (TypedTranscript("fr", "Lời", "Dịch"), "language"),
        (TypedTranscript("mong", "", "Dịch"), "transcript"),
        (TypedTranscript("mong", "Lời", ""), "translation"),
        (TypedTranscript("vi", "x" * 20_001), "transcript"),
    ],
)
def test_what_is_missing_is_told(session: Session, written: TypedTranscript, field: str) -> None:
    consultation = matter(session)
    spoken(session, consultation)
    with pytest.raises(Invalid) as invalid:
        transcription.write(session, consultation, 1, written, officer(session, consultation), LATER)
    assert list(invalid.value.errors) == [field]


@pytest.mark.parametrize("when", ["with it", "later"])
@pytest.mark.parametrize("disclosure", [Disclosure.ON_RELEASE, Disclosure.AT_ONCE])
def test_words_beside_a_voice_do_not_say_what_it_says(session: Session, when: str, disclosure: Disclosure) -> None:
    consultation = matter(session, disclosure=disclosure)
    beside = "Xem ghi âm." if when == "with it" else ""
    sent = new(comment(beside), attachments=(VOICE,))
    receipt = receive(session, consultation, sent, MIDWAY, SIGNER, CODES)
    if when == "later":
        mine = lookup.open_with_secret(session, receipt.code, receipt.secret, CODES)
        amendment.amend(session, consultation, mine, 1, CommentInput("Xem ghi âm."), MIDWAY, MIDWAY)
    one = officer(session, consultation)
    assert shown(session, consultation).visibility is Visibility.IN_CHECK
    for act in (acts.release, draft):
        with pytest.raises(Refused, match="not_transcribed"):
            act(session, consultation, [1], one, LATER)
    with pytest.raises(Refused, match="not_transcribed"):
        acts.propose(session, consultation, 1, CommentActKind.INVALID, "off_topic", one, LATER)
    with pytest.raises(Refused, match="not_transcribed"):
        acts.pass_on(session, consultation, [1], "Luật Tố cáo", one, LATER)
    checked(session, consultation)
    if disclosure is Disclosure.ON_RELEASE:
        acts.release(session, consultation, [1], one, LATER)
    found = shown(session, consultation)
    assert (found.text, found.written) == (f"Xem ghi âm.\n\n{HMONG.translation}", "Xem ghi âm.")
    assert found.spoken.transcript == HMONG.transcript


def test_what_was_spoken_is_answered_once_it_is_heard(session: Session) -> None:
    consultation = matter(session)
    spoken(session, consultation)
    checked(session, consultation)
    at = consultation.closes_at + timedelta(days=1)  # type: ignore[operator]
    assert draft(session, consultation, [1], officer(session, consultation), at)


def test_what_is_written_down_anew_is_something_else_to_answer(session: Session) -> None:
    consultation = matter(session)
    spoken(session, consultation)
    checked(session, consultation)
    at = consultation.closes_at + timedelta(days=1)  # type: ignore[operator]
    one = officer(session, consultation)
    made = draft(session, consultation, [1], one, at)
    written = TypedTranscript("vi", "Chúng tôi không muốn xe thu gom.")
    row = transcription.write(session, consultation, 1, written, one, at)
    transcription.check(session, consultation, row.id, officer(session, consultation, "Cúc"), at + timedelta(hours=1))
    with pytest.raises(Refused, match="comment_changed_since"):
        stale_answers.sorted_out(session, consultation, answer_state.read(session, consultation.id, [made.id]), ())


def draft(session: Session, consultation: Consultation, numbers: list[int], actor: Actor, now: datetime) -> Response:
    """An answer."""
    return drafting.draft_answer(session, consultation, numbers, "accepted", "Tiếp thu.", actor, now)


@pytest.mark.parametrize("disclosure", [Disclosure.AT_ONCE])
def test_a_matter_that_shows_at_once_shows_it_once_checked(session: Session, disclosure: Disclosure) -> None:
    consultation = matter(session, disclosure=disclosure)
    spoken(session, consultation)
    assert shown(session, consultation).visibility is Visibility.IN_CHECK
    checked(session, consultation)
    assert (shown(session, consultation).visibility, shown(session, consultation).text) == (
        Visibility.PUBLIC,
        HMONG.translation,
    )
    assert [one["kind"] for one in entries(session)][-2:] == ["transcribed", "released"]


def test_a_body_that_is_asked_may_listen_and_write(session: Session) -> None:
    consultation = matter(session)
    spoken(session, consultation)
    body = organisation(session, "Mặt trận xã", OrganisationKind.FRONT_COMMITTEE, Level.COMMUNE)
    members = [
        Actor(person(session, name, f"{name}@example.test").id, name, (Seat(body.id, body.kind, body.level, role),))
        for name, role in (("Dua", Role.DRAFTER), ("Sua", Role.SENDER))
    ]
    session.commit()
    desk = officer(session, consultation)
    with pytest.raises(NotFound):
        transcription.write(session, consultation, 1, HMONG, members[0], LATER)
    for _ in range(2):
        listening_requests.ask(session, consultation, 1, body.id, desk, LATER)
    [event] = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "listening_asked"))
    assert event.payload == {"organisation": str(body.id), "number": 1}
    [heard] = listening_requests.to_hear(session, [body.id])
    assert (heard.comment.number, heard.voice.file_hash) == (1, "a" * 64)
    row = transcription.write(session, consultation, 1, HMONG, members[0], LATER)
    transcription.check(session, consultation, row.id, members[1], LATER)
    listening_requests.ask_no_more(session, consultation, 1, body.id, desk, LATER)
    assert listening_requests.to_hear(session, [body.id]) == []
    with pytest.raises(NotFound):
        transcription.write(session, consultation, 1, HMONG, members[0], LATER)


def test_a_comment_without_words_needs_a_voice(session: Session) -> None:
    consultation = matter(session)
    with pytest.raises(Invalid):
        receive(session, consultation, new(comment("")), MIDWAY, SIGNER, CODES)
    assert session.scalars(select(Attachment)).all() == []


def test_who_spoke_may_change_all_else_and_write_nothing(session: Session) -> None:
    consultation = matter(session)
    mine = spoken(session, consultation)
    changed = amendment.amend(session, consultation, mine, 1, CommentInput("", proposed="Hai lần."), MIDWAY, MIDWAY)
    assert (changed.text, changed.proposed) == ("", "Hai lần.")
