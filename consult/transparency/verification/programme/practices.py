"""Models and scores of residential areas against the log of their programme."""

from sqlalchemy.orm import Session

from consult.files.store import FileStore
from consult.ledger.programme_entries import hash_of
from consult.programme.head_models import Programme
from consult.programme.practices import acts, criteria, practice_facts, scores
from consult.programme.practices.criteria_models import AreaScore, Criteria
from consult.programme.practices.models import Practice
from consult.programme.words import PracticeActKind
from consult.transparency.replay import Log
from consult.transparency.row_reading import Told, require, rows_of
from consult.transparency.verification.programme.kept_files import check_kept


def check_practices(session: Session, programme: Programme, log: Log, files: FileStore) -> int:
    """Every public model as it was last released, with all that was recorded of it; gives how many there are. Raises
    Tampered."""
    stored = {}
    public = [one for one in rows_of(session, Practice, programme.consultation_id, Practice.number) if one.public_at]
    for one in public:
        for act in (act for act in one.acts if act.released_at is not None):
            stored[one.number, act.number] = hash_of(acts.told_act(one, act))
            check_kept(files, act.file_hash)
        require(_as_released(one), Told("tampered.practices_are_not_those_of_the_log"))
    told = {(entry["practice"], entry["act"]): entry["hash"] for entry in log.all("practice_act")}
    require(stored == told, Told("tampered.practices_are_not_those_of_the_log"))
    return len(public)


def check_areas(session: Session, programme: Programme, log: Log) -> None:
    """Every public checklist and score. Raises Tampered."""
    lists = [one for one in rows_of(session, Criteria, programme.consultation_id) if one.released_at is not None]
    given = [one for one in rows_of(session, AreaScore, programme.consultation_id) if one.released_at is not None]
    stored = {(one.year, one.version): hash_of(criteria.told_criteria(one)) for one in lists}
    told = {(entry["year"], entry["version"]): entry["hash"] for entry in log.all("area_criteria")}
    points = {one.number: hash_of(scores.told_score(one)) for one in given}
    logged = {entry["score"]: entry["hash"] for entry in log.all("area_scored")}
    require(stored == told and points == logged, Told("tampered.areas_are_not_those_of_the_log"))


def _as_released(one: Practice) -> bool:
    """Whether its facts, and whether it ended, are what was released last."""
    released = sorted((act for act in one.acts if act.released_at), key=lambda act: (act.released_at, act.number))
    said = [act.details for act in released if act.kind is PracticeActKind.FACTS]
    days = [act.day for act in released if act.kind in acts.WITH_DAY]
    kinds = [act.kind for act in released if act.kind in acts.WITH_DAY]
    ended_on = days[-1] if days and kinds[-1] is PracticeActKind.ENDED else None
    return bool(said) and practice_facts.facts_of(one) == said[-1] and one.ended_on == ended_on
