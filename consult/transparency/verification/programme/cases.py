"""Cases of what people saw against the log of their matter: promises as everywhere, which sightings are one, and when a
case was opened again."""

from uuid import UUID

from sqlalchemy.orm import Session

from consult.files.store import FileStore
from consult.programme.facts import day
from consult.programme.promise_models import Promise
from consult.programme.sightings import cases, solved
from consult.programme.sightings.models import SightingCase, SolvedWord
from consult.transparency.replay import Log
from consult.transparency.row_reading import Told, require, rows_of
from consult.transparency.verification.programme.kept_files import check_pictures
from consult.transparency.verification.programme.promises import check_promises


def check_cases(session: Session, own_id: UUID, log: Log, files: FileStore) -> int:
    """Each case that was made public, also of which no report stands any more; gives how many. Raises Tampered."""
    found = rows_of(session, SightingCase, own_id)
    again = {one.id: [(day(word.ended_on), day(word.due_on)) for word in _in_order(one)] for one in found}
    details = {one.id: cases.details(one) for one in found}
    check_pictures(session, own_id, files)
    unreported = {one.id for one in found if one.unreported_since is not None}
    counted = check_promises(session, own_id, log, details, again, unreported)
    told_of = (one for one in rows_of(session, Promise, own_id) if one.public_at is not None or one.id in unreported)
    public = {one.number: one.id for one in told_of}
    joined = {one.id: cases.numbers_of(one) for one in found}
    told = {entry["promise"]: entry["comments"] for entry in log.all("case_joined")}
    for number, own in public.items():
        wrong = Told("tampered.case_is_not_of_the_sightings_of_the_log", number=number)
        require(told.get(number) == joined[own], wrong)
    return counted


def _in_order(case: SightingCase) -> list[SolvedWord]:
    return sorted(solved.reopened(case), key=lambda word: (word.said_at is None, word.said_at))
