"""What several people save of one draft is kept, each version with who saved it."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from consult.errors import Refused
from consult.people.words import Role
from consult.submissions.words import SubmissionKind
from consult.workspace import content as organisation_content
from consult.workspace import drafts
from consult.workspace.content import DraftContent
from consult.workspace.versions import kept, saving
from tests.submissions.rows import MIDWAY, matter
from tests.workspace.test_drafts import front_of, member


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
