"""Later versions that were lost with a database and are proved by a newer receipt: entered behind what is there."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import Refused
from consult.ledger import comment_entries
from consult.ledger import service as ledger
from consult.ledger.merkle import leaf_hash
from consult.ledger.models import LedgerEntry
from consult.submissions.bringing_back.proofs import ProvedComment, ProvedVersion
from consult.submissions.comments import act_rules, comment_state, joiner_counts
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.inputs import CommentInput
from consult.submissions.receiving.insertion import insert_rows
from consult.submissions.receiving.models import LostVersion
from consult.submissions.receiving.rows import LostVersionRow
from consult.submissions.sender import amendment
from consult.submissions.words import Stance


def bring_back(
    session: Session, consultation: Consultation, number: int, one: ProvedComment, now: datetime
) -> list[int]:
    """Adds the lost versions of the comment `number`, each with the words and the salt of then; commits. Gives the
    versions added. Raises Refused: `receipt_not_proved` (the comment is another one), `amended_since` (its sender has
    changed it anew), and what keeps a comment from being changed (`has_outcome`, `joined_by_others`)."""
    added = []
    for version in one.amended:
        with writing(session, consultation.id):
            if not version.is_lost or _is_back(session, consultation, version):
                continue
            _require_same(session, consultation, number, one)
            state = comment_state.read(session, consultation.id, [number])[0]
            _require_changeable(session, consultation, state, version)
            _add(session, consultation, state, version, now)
            added.append(version.version)
    return added


def _is_back(session: Session, consultation: Consultation, version: ProvedVersion) -> bool:
    own = (LostVersion.consultation_id == consultation.id, LostVersion.epoch == version.epoch)
    return session.scalar(select(LostVersion.version_id).where(*own, LostVersion.was == version.was)) is not None


def _require_same(session: Session, consultation: Consultation, number: int, one: ProvedComment) -> None:
    """A comment that was not lost is the one that the receipt is of."""
    if one.is_lost:
        return
    own = (LedgerEntry.consultation_id == consultation.id, LedgerEntry.index == one.lost.was)
    body = session.scalar(select(LedgerEntry.body).where(*own))
    if number != one.lost.number or body is None or leaf_hash(body.encode()) != one.lost.leaf:
        raise Refused("receipt_not_proved")


def _require_changeable(
    session: Session, consultation: Consultation, state: CommentState, version: ProvedVersion
) -> None:
    if state.version.version >= version.version:
        raise Refused("amended_since")
    shared = state.author_left or bool(joiner_counts.counts(session, consultation.id, [state.comment.id]))
    if why_not := act_rules.amendable(state.outcome, shared):
        raise Refused(why_not, numbers=str(state.comment.number))


def _add(
    session: Session, consultation: Consultation, state: CommentState, version: ProvedVersion, now: datetime
) -> None:
    made = amendment.add_version(session, consultation, state, _said(version.value), now, version.salt)
    lost = LostVersionRow(consultation.id, made.id, version.epoch, version.was, version.leaf)
    insert_rows(session, [lost])
    number = state.comment.number
    ledger.append(
        session, consultation.id, [comment_entries.brought_back(number, version.epoch, version.was, version.leaf)], now
    )


def _said(value: Any) -> CommentInput:
    stance = Stance(value["stance"]) if value["stance"] else None
    return CommentInput(value["text"], None, stance, value["proposed"], value["reason"])
