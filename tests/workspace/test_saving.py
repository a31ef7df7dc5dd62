"""What several people save of one draft is kept, each version with who saved it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from consult.errors import NotFound, Refused
from consult.people.words import Role
from consult.submissions.words import SubmissionKind
from consult.workspace import content as organisation_content
from consult.workspace import drafts
from consult.workspace.content import DraftContent
from consult.workspace.models import DraftWriter
from consult.workspace.points import Point
from consult.workspace.versions import further, kept, saving
from tests.submissions.rows import MIDWAY, matter
from tests.workspace.test_drafts import LETTER, front_of, member, send, written

LATER = MIDWAY + timedelta(hours=1)


def test_a_version_that_waits_is_kept_and_chosen_once(session: Session) -> None:
    consultation, front = matter(session), front_of(session)
    one, other = (member(session, front, Role.DRAFTER, name=name) for name in ("An", "Bình"))
    draft = drafts.start(session, consultation, front.id, SubmissionKind.FORMAL, one, MIDWAY)
    where = (session, consultation, draft.id)
    saving.save(*where, DraftContent(conclusion="Một.", letter_number="1"), 1, one, MIDWAY)
    saved = saving.save(*where, DraftContent(conclusion="Hai.", participants="12 người"), 1, other, MIDWAY)
    assert saved.waiting is not None and draft.version == 2
    [(waiting, user)] = kept.waiting(session, draft)
    assert (waiting.number, user.name, kept.read(waiting).conclusion) == (3, "Bình", "Hai.")
    with pytest.raises(Refused, match="still_to_choose"):
        saving.settle(*where, 3, 2, {}, other, MIDWAY)
    for text in ("Hai, chung.", "Lần nữa."):
        saving.settle(*where, 3, 2, {"conclusion": text}, other, MIDWAY)
    content = organisation_content.read(draft.content)
    assert (content.conclusion, content.letter_number, content.participants) == ("Hai, chung.", "1", "12 người")
    told = [
        (entry.version.number, entry.by, kept.read(entry.version).conclusion) for entry in kept.listed(session, draft)
    ]
    assert told == [(4, "Bình", "Hai, chung."), (3, "Bình", "Hai."), (2, "An", "Một."), (1, "An", "")]
    assert kept.waiting(session, draft) == []


def test_what_was_typed_while_the_letter_was_sent_begins_a_further_one(session: Session) -> None:
    consultation, front = matter(session), front_of(session)
    drafter, sender = member(session, front, Role.DRAFTER), member(session, front, Role.SENDER, name="Chi")
    draft_id, version = written(session, consultation, front, drafter)
    send(session, consultation, (draft_id, version), sender)
    where, draft = (session, consultation, draft_id), drafts.find(session, consultation, draft_id, drafter)
    late = LETTER.with_points(Point("d2", "oppose", "Thêm điểm này."))
    for _again in range(2):
        saved = saving.save(*where, replace(late, signing_line="TM."), version, drafter, LATER)
        assert (saved.why_not, draft.version) == ("already_sent", version)
    with pytest.raises(Refused, match="already_sent"):
        saving.save(*where, LETTER, 1, drafter, LATER)
    [(beside, user)] = kept.waiting(session, draft)
    assert (beside.number, user.id, beside.at) == (version + 1, drafter.user_id, LATER)
    made = further.begin(*where, beside.number, sender, LATER)
    content = organisation_content.read(made.content)
    assert [one.text for one in content.said.values()] == ["Thêm điểm này."]
    assert (content.letter_number, content.signatory_name, content.signing_line) == ("", "Hoàng Văn Én", "TM.")
    assert session.get(DraftWriter, (consultation.id, made.id, drafter.user_id)) is not None, "whose words it has"
    assert kept.waiting(session, draft) == []


def test_what_was_typed_until_the_matter_was_over_waits(session: Session) -> None:
    consultation, front = matter(session), front_of(session)
    drafter = member(session, front, Role.DRAFTER)
    draft_id, version = written(session, consultation, front, drafter)
    typed = replace(LETTER, conclusion="Muộn.")
    consultation.withdrawn_at = MIDWAY
    session.commit()
    saved = saving.save(session, consultation, draft_id, typed, version, drafter, LATER)
    consultation.withdrawn_at = None
    session.commit()
    assert saved.why_not and saved.waiting is not None and kept.read(saved.waiting).conclusion == "Muộn."
    saving.settle(session, consultation, draft_id, saved.waiting.number, version, {}, drafter, LATER)
    assert organisation_content.read(saved.draft.content).conclusion == "Muộn."


def test_what_was_typed_while_the_draft_was_put_away_brings_it_back(session: Session) -> None:
    consultation, front = matter(session), front_of(session)
    drafter = member(session, front, Role.DRAFTER)
    draft_id, version = written(session, consultation, front, drafter)
    drafts.discard(session, consultation, draft_id, drafter, MIDWAY)
    with pytest.raises(NotFound):
        saving.save(session, consultation, draft_id, LETTER, version, drafter, LATER)
    saved = saving.save(session, consultation, draft_id, replace(LETTER, conclusion="Còn."), version, drafter, LATER)
    assert saved.back and saved.draft.discarded_at is None
    assert organisation_content.read(saved.draft.content).conclusion == "Còn."


def test_an_earlier_version_comes_back_as_the_newest(session: Session) -> None:
    consultation, front = matter(session), front_of(session)
    author = member(session, front, Role.DRAFTER)
    draft = drafts.start(session, consultation, front.id, SubmissionKind.FORMAL, author, MIDWAY)
    where = (session, consultation, draft.id)
    saving.save(*where, DraftContent(conclusion="Một."), 1, author, MIDWAY)
    saving.save(*where, replace(DraftContent(), conclusion="Hai."), 2, author, MIDWAY)
    saving.bring_back(*where, 2, author, MIDWAY)
    saving.bring_back(*where, 2, author, MIDWAY)
    assert (draft.version, organisation_content.read(draft.content).conclusion) == (4, "Một.")
    assert kept.find(session, draft, 4).again == 2
