"""A case of which no report stands is told to nobody outside, and is public as it was once one stands again."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.errors import NotFound, Refused
from consult.files.store import FileStore
from consult.notices.programme import promise_mails
from consult.outbox.models import OutboxMessage
from consult.programme.board import listing as board
from consult.programme.board.listing import BoardFilters
from consult.programme.sightings import cases, listing, solved, standing
from consult.programme.sightings.listing import CaseFilters
from consult.programme.sightings.models import SightingCase
from consult.programme.sightings.solved import SolvedQuestions
from consult.submissions.words import CommentActKind
from consult.transparency.verification.service import verify
from tests.builders import NOW, TODAY
from tests.programme.sightings.scene import HOA, Seen, make_seen
from tests.responses.desk_builder import SIGNER


@pytest.fixture
def seen(session: Session) -> Seen:
    """A desk that takes sightings."""
    return make_seen(session)


def heard(seen: Seen) -> None:
    """The worker hears of everything that was done to sightings."""
    told = seen.session.scalars(select(OutboxMessage).where(OutboxMessage.event == "comment_changed")).all()
    standing.after_changed(seen.session, told, NOW)
    seen.session.expire_all()


def shown(seen: Seen) -> list[SightingCase]:
    """The public cases that anybody finds in the list."""
    return [one.case for one in listing.listed(seen.session, CaseFilters("all"), TODAY, 50)]


def test_a_denunciation_alone_leaves_no_case_behind(seen: Seen, tmp_path: Path) -> None:
    session, number = seen.session, seen.see()
    case = seen.case(number)
    seen.set_apart(number)
    with pytest.raises(NotFound):
        cases.public_case(session, seen.desk.matter, case.promise.number)
    heard(seen)
    assert shown(seen) == [] and board.listed(session, BoardFilters(), TODAY, 50) == []
    assert board.sums(session, TODAY) == (0, 0, 0) and listing.sums(session, TODAY) == (0, 0, 0)
    assert list(verify(session, seen.desk.matter, FileStore(tmp_path), SIGNER))


def test_one_report_that_stands_keeps_it_public(seen: Seen) -> None:
    one, two = seen.see(), seen.see()
    case = seen.case(one, two)
    seen.set_apart(one)
    heard(seen)
    assert shown(seen) == [case]


def test_it_comes_back_with_a_report_that_stands(seen: Seen, tmp_path: Path) -> None:
    number = seen.see()
    case = seen.case(number)
    since = case.promise.public_at
    seen.desk.by_two(number, CommentActKind.INVALID, "off_topic")
    heard(seen)
    assert shown(seen) == []
    cases.join(seen.session, case, [seen.see()], seen.desk.officer, NOW)
    assert shown(seen) == [case] and case.promise.public_at == since and case.unreported_since is None
    assert list(verify(seen.session, seen.desk.matter, FileStore(tmp_path), SIGNER))


def test_what_was_public_is_neither_released_again_nor_thrown_away(seen: Seen) -> None:
    number = seen.see()
    case = seen.case(number)
    seen.set_apart(number)
    heard(seen)
    for act, actor in ((cases.release, seen.desk.leader), (cases.discard, seen.desk.officer)):
        with pytest.raises(Refused, match="case_unreported"):
            act(seen.session, case, actor, NOW + timedelta(days=1))
    heard(seen)
    assert case.unreported_since == NOW


def test_a_case_is_not_made_public_when_no_report_of_it_stands(seen: Seen) -> None:
    number = seen.see()
    case = seen.case(number, public=False)
    seen.desk.by_two(number, CommentActKind.INVALID, "off_topic")
    with pytest.raises(Refused, match="no_report_stands"):
        cases.release(seen.session, case, seen.desk.leader, NOW)
    heard(seen)
    assert shown(seen) == []
    cases.join(seen.session, case, [seen.see()], seen.desk.officer, NOW)
    cases.release(seen.session, case, seen.desk.leader, NOW)
    assert shown(seen) == [case]


def test_that_it_was_opened_again_is_told_of_no_case_that_is_told_to_nobody(seen: Seen) -> None:
    number = seen.see(mail=HOA)
    case = seen.case(number)
    seen.end(case)
    later = NOW + timedelta(weeks=4)
    SolvedQuestions(4).ask(seen.session, later)
    seen.session.expire_all()
    [word] = case.words
    solved.say(seen.session, word, False, "", later)
    assert listing.newly_reopened(seen.session, 9) == [word]
    seen.desk.by_two(number, CommentActKind.INVALID, "off_topic")
    heard(seen)
    assert listing.newly_reopened(seen.session, 9) == []


def test_no_mail_that_waits_tells_of_it_any_more(seen: Seen) -> None:
    number = seen.see()
    seen.case(number)
    told = seen.session.scalars(select(OutboxMessage).where(OutboxMessage.event == "promises_told")).one()
    assert promise_mails.values_of(seen.session, told) is not None
    seen.set_apart(number)
    heard(seen)
    assert promise_mails.values_of(seen.session, told) is None
