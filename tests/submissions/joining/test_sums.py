"""Whatever order people join, leave and withdraw in: both sums stay partitions, and the log gives the same counts."""

import json
from collections import Counter
from contextlib import suppress
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.errors import Refused
from consult.ledger.models import LedgerEntry
from consult.responses.answers import public_sums
from consult.submissions.acts import service as acts
from consult.submissions.comments import comment_state, joiner_counts
from consult.submissions.comments.outcome import Outcome
from consult.submissions.inputs import CommentInput
from consult.submissions.joining.service import NewJoining, join, leave
from consult.submissions.models import Joiner
from consult.submissions.receiving.service import receive
from consult.submissions.sender import amendment
from consult.submissions.words import CommentActKind
from consult.tracking import lookup
from consult.transparency.replay import Log
from tests.submissions.rows import CODES, MIDWAY, SIGNER, comment, key, matter, new, officer

COMMENTS = (1, 2, 3)


@pytest.mark.parametrize("seed", range(4))
def test_any_order_keeps_the_sums(session: Session, seed: int) -> None:
    chance, consultation = Random(seed), matter(session)
    receipt = receive(session, consultation, new(*(comment(f"Ý {n}") for n in COMMENTS)), MIDWAY, SIGNER, CODES)
    mine = lookup.open_with_secret(session, receipt.code, receipt.secret, CODES)
    one, other = officer(session, consultation), officer(session, consultation, "Cúc")
    acts.release(session, consultation, COMMENTS, one, MIDWAY)
    for step in range(30):
        number = chance.choice(COMMENTS)
        with suppress(Refused):
            match chance.choice(("join", "join", "join", "leave", "leave", "withdraw", "amend", "invalid")):
                case "join":
                    joining = NewJoining(key(f"{step}"), MIDWAY)
                    join(session, consultation, number, joining, MIDWAY, SIGNER, CODES)
                case "leave":
                    rows = session.scalars(select(Joiner).order_by(Joiner.number)).all()
                    if rows:
                        leave(session, chance.choice(rows), MIDWAY, MIDWAY)
                case "withdraw" if step > 15:
                    amendment.withdraw(session, consultation, mine, [number], MIDWAY, MIDWAY)
                case "amend" if step > 15:
                    amendment.amend(session, consultation, mine, number, CommentInput(f"Sửa {step}"), MIDWAY, MIDWAY)
                case "invalid" if step > 25:
                    act = acts.propose(session, consultation, number, CommentActKind.INVALID, "off_topic", one, MIDWAY)
                    acts.confirm(session, consultation, act.id, other, MIDWAY)
    check(session, consultation.id)


def check(session: Session, own_id: UUID) -> None:
    bodies = session.scalars(select(LedgerEntry.body).order_by(LedgerEntry.index)).all()
    log = Log([json.loads(body) for body in bodies])
    outcome, visibility = public_sums.outcome(session, own_id), public_sums.visibility(session, own_id)
    assert outcome == log.outcome()
    assert outcome["received"] == len(COMMENTS) == visibility["total"]
    told = Counter(entry["comment"] for entry in log.all("joined"))
    told.subtract(entry["comment"] for entry in log.all("joining_withdrawn"))
    for one in comment_state.read(session, own_id, COMMENTS):
        count = joiner_counts.counts(session, own_id, [one.comment.id]).get(one.comment.id, 0)
        assert count == told[one.comment.number]
        assert not (count and one.outcome is Outcome.WITHDRAWN)
        assert not (one.author_left and not count) or one.outcome in {Outcome.WITHDRAWN, Outcome.INVALID}
