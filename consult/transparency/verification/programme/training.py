"""The training of a programme against its log."""

from sqlalchemy.orm import Session

from consult.ledger.programme_entries import hash_of
from consult.programme.head_models import Programme
from consult.programme.training import attendance, courses
from consult.programme.training.models import Course
from consult.transparency.replay import Log
from consult.transparency.row_reading import Told, require, rows_of


def check_training(session: Session, programme: Programme, log: Log) -> int:
    """Every public invitation and result; gives how many courses there are. Raises Tampered."""
    stored = {}
    for one in rows_of(session, Course, programme.consultation_id, Course.number):
        if one.released_at is not None:
            stored[one.number, "invitation"] = hash_of(courses.told_course(one))
        if one.results_at is not None:
            stored[one.number, "results"] = hash_of(attendance.told_results(one))
    told = {(entry["course"], entry["step"]): entry["hash"] for entry in log.all("course_step")}
    require(stored == told, Told("tampered.courses_are_not_those_of_the_log"))
    return len({number for number, _step in stored})
