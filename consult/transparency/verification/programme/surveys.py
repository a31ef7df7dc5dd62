"""Surveys of a programme against its log."""

from sqlalchemy.orm import Session

from consult.files.store import FileStore
from consult.ledger.programme_entries import hash_of
from consult.programme.head_models import Programme
from consult.programme.surveys import opening
from consult.programme.surveys.models import Survey
from consult.transparency.replay import Log
from consult.transparency.row_reading import Told, require, rows_of
from consult.transparency.verification.programme.kept_files import check_kept


def check_surveys(session: Session, programme: Programme, log: Log, files: FileStore) -> int:
    """Each open survey as it was opened, and its results with their table where they are public; gives how many.
    Raises Tampered."""
    opened, published = {}, {}
    for one in rows_of(session, Survey, programme.consultation_id, Survey.number):
        if one.opened_at is not None:
            opened[one.number] = hash_of(opening.told(one))
        if one.released_at is not None:
            published[one.number] = (hash_of(one.results or {}), one.table_hash)
            check_kept(files, one.table_hash)
    told = {entry["survey"]: entry["hash"] for entry in log.all("survey_opened")}
    results = {entry["survey"]: (entry["hash"], entry["table"]) for entry in log.all("survey_published")}
    require((opened, published) == (told, results), Told("tampered.surveys_are_not_those_of_the_log"))
    return len(opened)
