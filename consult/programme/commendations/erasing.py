"""Erasing what names a person or tells of them: asked by one person, carried out by another.

What was public is so no more as soon as somebody asks. The commitments in the log stay and mean nothing any more, since
their salt is gone (docs/ledger.md, "Erasing").
"""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import NotFound, Refused
from consult.ledger.erasure_list import Erasure
from consult.outbox.service import emit
from consult.policy import Actor
from consult.programme import heads
from consult.programme.commendations import consents
from consult.programme.commendations.models import Commendation
from consult.programme.commendations.proposing import decides, require_reader
from consult.programme.words import CommendedKind
from consult.responses.data_requests import blanking
from consult.responses.data_requests.erasing_again import noted_as

KIND = "commendation"
LEAST = 12
"""Words shorter than so many letters are found in any page, and tell nothing."""


def ask(session: Session, one: Commendation, actor: Actor, now: datetime) -> None:
    """Who is named wants it gone: from now on nobody outside reads it, and another person erases it. Raises NotFound,
    Refused: `commendation_of_body`, `already_proposed`."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        require_reader(one, actor)
        if one.kind is CommendedKind.BODY:
            raise Refused("commendation_of_body")
        if one.erasure_asked_at is not None:
            raise Refused("already_proposed")
        one.erasure_asked_at, one.erasure_asked_by_id = now, heads.person(actor)
        if one.consent is not None:
            consents.end(session, one, one.consent, actor, now)
        consents.take_out(session, one, actor, now)


def erase(session: Session, one: Commendation, actor: Actor, now: datetime) -> list[str]:
    """Blanks every word in which the person may be named, with the salt and the file; gives what pages that are parked
    are known by in which they stood. Raises NotFound, Refused: `already_decided`, `not_sender`,
    `second_person_needed`."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        if not decides(one.programme, actor):
            raise NotFound
        if one.erasure_asked_at is None or one.erased_at is not None:
            raise Refused("already_decided")
        if not any(heads.signs(actor, party) for party in one.programme.parties):
            raise Refused("not_sender")
        if one.erasure_asked_by_id == heads.person(actor):
            raise Refused("second_person_needed")
        blanking.overwrite(session)
        said = _phrases(one)
        files = [one.file_hash] if one.file_hash else []
        noted = noted_as(KIND, one.id, ())
        emit(session, "commendation_erased", now, one.consultation_id, files=files, erased=noted)
        _blank(one)
        one.erased_at, one.erased_by_id = now, heads.person(actor)
    return said


def erase_again(session: Session, erasure: Erasure, now: datetime) -> list[int]:
    """Blanks again, in a database that was set back, what was erased, and shows it to nobody; gives its number when
    anything was left. Its entry in the log may be lost with what came after the backup (`ledger new-epoch`)."""
    one = session.get(Commendation, (erasure.consultation_id, erasure.id))
    if one is None or not (one.name or one.merits or one.salt):
        return []
    with writing(session, erasure.consultation_id):
        session.refresh(one)
        blanking.overwrite(session)
        files = [one.file_hash] if one.file_hash else []
        emit(session, "commendation_erased", now, one.consultation_id, files=files)
        _blank(one)
        one.erasure_asked_at, one.erased_at = one.erasure_asked_at or now, now
        one.withdrawn_at = (one.withdrawn_at or now) if one.is_public else one.withdrawn_at
        session.get_one(Consultation, erasure.consultation_id).touch()
    return [one.number]


def _phrases(one: Commendation) -> list[str]:
    lines = [one.name, *one.merits.splitlines(), *one.evidence.splitlines()]
    return [line for line in lines if len(line) >= LEAST]


def _blank(one: Commendation) -> None:
    one.name = one.folded_name = one.merits = one.evidence = ""
    one.check_note = one.refusal = one.withdrawal = one.decision_number = ""
    one.file_hash = one.file_name = one.media_type = ""
    one.salt = one.area_id = one.practice_number = None
    for consent in one.consents:
        consent.how = ""
