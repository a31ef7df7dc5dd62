"""Points are added to a letter that was sent and taken out of it, lawfully: each is in the log, is counted and is owed
an answer like all others, and the verifier of an outsider replays it."""

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.consultations.words import Disclosure
from consult.errors import Invalid, Refused
from consult.files.store import FileStore
from consult.ledger.models import LedgerEntry
from consult.people.words import Role
from consult.policy import Actor
from consult.submissions.comments import comment_state
from consult.submissions.comments.act_recording import add_act
from consult.submissions.models import Comment, Submission
from consult.submissions.sender import amended_proofs, own_submission
from consult.submissions.words import CommentActKind
from consult.transparency.replay import Log
from consult.transparency.row_reading import Tampered
from consult.transparency.verification import letters, sent, sent_rows
from consult.transparency.verification import log as verifying_log
from consult.workspace import amending
from consult.workspace.content import DraftContent
from consult.workspace.points import Point
from tests.submissions.rows import MIDWAY, SIGNER, matter
from tests.workspace.test_drafts import CRITIQUE, FORMAL, FULL, LETTER, front_of, member, send, written

LATER = MIDWAY + timedelta(days=1)
TWO = replace(LETTER, comments=(Point("d1.k1", "oppose", "Nên bỏ khoản này."), Point("d12a", "support", "Nhất trí.")))


@dataclass
class Sent:
    """A letter that was sent, and who may send for its body."""

    session: Session
    matter: Consultation
    letter: Submission
    sender: Actor

    @property
    def content(self) -> DraftContent:
        return amending.content_of(self.session, self.letter)

    def amend(self, content: DraftContent, *out: int, at: Any = LATER) -> Any:
        return amending.amend(self.session, self.matter, self.letter, content, self.sender, at, out)

    @property
    def outcomes(self) -> dict[int, str]:
        numbers = self.session.scalars(select(Comment.number).where(Comment.submission_id == self.letter.id)).all()
        read = comment_state.read(self.session, self.matter.id, numbers)
        return {one.comment.number: one.outcome.value for one in read}

    def replayed(self, verifier: ModuleType, folder: Path) -> dict[str, Any]:
        """The first sum as the outsider's verifier counts it, once the site's own has held every row to the log."""
        log = Log(verifying_log.entries(self.session, self.matter.id))
        rows = sent_rows.read(self.session, self.matter.id)
        sent.check_sent(rows, log, FileStore(folder))
        letters.check_letters(rows, log)
        own = LedgerEntry.consultation_id == self.matter.id
        bodies = self.session.scalars(select(LedgerEntry.body).where(own).order_by(LedgerEntry.index)).all()
        told, leaves = verifier.check_entries(bodies)
        replay = verifier.Replay(leaves)
        for entry in told:
            replay.take(entry)
        replay.require_complete()
        outcome: dict[str, Any] = replay.outcome()
        return outcome


def sent_letter(session: Session, content: DraftContent = TWO, kind: Any = FORMAL, **given: Any) -> Sent:
    consultation, front = matter(session, **given), front_of(session)
    drafter, sender = member(session, front, Role.DRAFTER), member(session, front, Role.SENDER)
    send(session, consultation, written(session, consultation, front, drafter, kind, content), sender)
    found = session.scalars(select(Submission).where(Submission.consultation_id == consultation.id)).one()
    return Sent(session, consultation, found, sender)


def test_points_are_changed_taken_out_and_added_in_one_version(
    session: Session, verifier: ModuleType, tmp_path: Path
) -> None:
    story = sent_letter(session)
    first, second = story.content.comments
    new = Point("d12a.k3", "oppose", "Điều này trái luật.", "Bỏ Điều 2.", "Luật số 64.", key="moi")
    made = story.amend(replace(story.content, comments=(replace(first, text="Nên giữ khoản này."), second, new)), 2)
    assert made is not None and made.version == 2
    assert story.outcomes == {1: "awaiting", 2: "withdrawn", 3: "awaiting"}
    added = session.scalars(select(Comment).where(Comment.number == 3)).one()
    assert (added.path, added.received_at) == ("d12a.k3", LATER), "it came with the amendment"
    kinds = [entry["kind"] for entry in verifying_log.entries(session, story.matter.id)]
    assert kinds[-4:] == ["letter_amended", "amended", "withdrawn", "received"]
    told = story.replayed(verifier, tmp_path)
    assert (told["received"], told["withdrawn"], told["awaiting"]) == (3, 1, 2)
    assert [one.text for one in story.content.comments] == ["Nên giữ khoản này.", "Điều này trái luật."]
    assert story.amend(story.content) is None, "the same is no version"
    added.received_at += timedelta(days=1)
    session.commit()
    with pytest.raises(Tampered, match="received"):
        story.replayed(verifier, tmp_path)


def test_the_receipt_file_proves_what_came_later(session: Session, verifier: ModuleType) -> None:
    story = sent_letter(session)
    new = Point("d12a.k3", text="Trái luật.", key="moi")
    story.amend(replace(story.content, letter_number="13/MTTQ", comments=(*story.content.comments, new)))
    later = (replace(one, text=one.text + " Nữa.") for one in story.content.comments)
    story.amend(replace(story.content, comments=tuple(later)), at=LATER + timedelta(hours=1))
    before = own_submission.receipt_file(session, story.letter, SIGNER)
    file = amended_proofs.with_amendments(session, story.letter, before, SIGNER, LATER + timedelta(hours=2))
    keys = [verifier.read_key(one["vkey"]) for one in file["keys"]]
    own = LedgerEntry.consultation_id == story.matter.id
    texts = session.scalars(select(LedgerEntry.body).where(own).order_by(LedgerEntry.index)).all()

    def told() -> str:
        return "\n".join(verifier.check_receipt(file, keys, SIGNER.origin(story.matter.id), texts))

    assert [(one["version"], one["letter"]["value"]["letter_number"]) for one in file["letters"]] == [
        (2, "13/MTTQ"),
        (3, "13/MTTQ"),
    ]
    for what in (
        "version 3 of the letter",
        "comment 3, added later,",
        "version 2 of comment 3",
        "version 2 of comment 1",
    ):
        assert f"receipt: {what} is entry" in told()
    assert file["added"][0]["openings"]["text"]["value"]["text"] == "Trái luật."
    for change in (("letters", 0, "letter"), ("added", 0, "openings")):
        kept = json.dumps(file)
        name, place, part = change
        opened = file[name][place][part]
        (opened if part == "letter" else opened["text"])["value"] = {}
        with pytest.raises(verifier.BadEntry, match="does not open"):
            told()
        file = json.loads(kept)


def test_a_point_that_the_form_does_not_have_stays(session: Session) -> None:
    story = sent_letter(session)
    assert story.amend(replace(story.content, comments=story.content.comments[:1])) is None
    assert set(story.outcomes.values()) == {"awaiting"}


def test_what_is_wrong_with_a_new_point_stands_at_its_place(session: Session) -> None:
    story = sent_letter(session)
    unknown, empty = Point("d99", "oppose", "Không có.", key="m"), Point("d1", proposed="Bỏ.", key="m")
    for wrong, field in ((unknown, "anchor"), (empty, "text")):
        with pytest.raises(Invalid) as invalid:
            story.amend(replace(story.content, comments=(*story.content.comments, wrong)))
        assert list(invalid.value.errors) == [f"comments.2.{field}"]
    with pytest.raises(Invalid) as invalid:
        story.amend(story.content, 1, 2)
    assert invalid.value.errors == {"comments": "nothing_left"}
    assert set(story.outcomes.values()) == {"awaiting"}


def test_a_new_point_is_public_when_the_matter_shows_at_once(
    session: Session, verifier: ModuleType, tmp_path: Path
) -> None:
    story = sent_letter(session, disclosure=Disclosure.AT_ONCE)
    story.amend(story.content.with_points(Point("d1", text="Thêm.")))
    [state] = comment_state.read(session, story.matter.id, [3])
    assert state.visibility == "public"
    assert story.replayed(verifier, tmp_path)["received"] == 3


def test_recommendations_of_a_critique_come_and_go_and_never_unsaid(
    session: Session, verifier: ModuleType, tmp_path: Path
) -> None:
    three = replace(FULL, conclusion="1. Một.\n2. Hai.\n3. Ba.")
    story = sent_letter(session, three, CRITIQUE)
    conclusions = {
        one.version.text: one.comment.number
        for one in comment_state.read(session, story.matter.id, list(story.outcomes))
        if one.comment.critique_part == "conclusion"
    }
    fewer = replace(story.content, conclusion="1. Một.\n3. Ba, sửa.")
    gone = [number for text, number in conclusions.items() if "Hai" in text or "Ba" in text]
    with pytest.raises(Refused, match="say_taken_out") as refused:
        story.amend(fewer)
    unsaid = int(str(refused.value.details["numbers"]))
    assert unsaid in gone
    story.amend(fewer, unsaid)
    assert story.outcomes[unsaid] == "withdrawn"
    before = len(story.outcomes)
    story.amend(replace(story.content, conclusion="1. Một.\n3. Ba, sửa.\n4. Bốn."), at=LATER + timedelta(hours=1))
    assert len(story.outcomes) == before + 1
    assert story.replayed(verifier, tmp_path)["withdrawn"] == 1


def test_what_is_answered_is_not_changed_and_taken_out_by_the_rules_of_every_sender(session: Session) -> None:
    story = sent_letter(session)
    add_act(session, comment_state.read(session, story.matter.id, [1])[0], CommentActKind.ANSWERED, None, MIDWAY)
    session.commit()
    first, second = story.content.comments
    with pytest.raises(Refused, match="has_outcome"):
        story.amend(replace(story.content, comments=(replace(first, text="Khác."), second)))
    story.amend(story.content, 1)
    assert story.outcomes == {1: "withdrawn", 2: "awaiting"}
