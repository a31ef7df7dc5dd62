"""A coordination programme against its log: what both parties agreed to, promises with all that was said, and steps."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from consult.command_line.words import say
from consult.consultations.models import Counter
from consult.files.store import FileStore
from consult.ledger.cosignature import WitnessKey
from consult.ledger.programme_entries import hash_of
from consult.ledger.service import Signer
from consult.programme import facts
from consult.programme.campaigns.models import Campaign, CampaignResult
from consult.programme.commendations.models import Commendation
from consult.programme.exchanges.models import Exchange
from consult.programme.head_models import Programme
from consult.programme.indicators.models import IndicatorValue
from consult.programme.inspections.models import Inspection
from consult.programme.materials.models import Material, MaterialOrder
from consult.programme.practices.criteria_models import AreaScore
from consult.programme.practices.models import Practice
from consult.programme.promise_models import Promise
from consult.programme.reporting.models import Report
from consult.programme.rounds import steps
from consult.programme.rounds.models import Round
from consult.programme.surveys.models import Survey
from consult.programme.training.models import Course
from consult.programme.year.models import YearPlan
from consult.transparency.replay import Log
from consult.transparency.row_reading import Told, check_readable, require, rows_of
from consult.transparency.verification.log_itself import check_log
from consult.transparency.verification.programme.agreed_by_all import by_all
from consult.transparency.verification.programme.campaigns import check_campaigns
from consult.transparency.verification.programme.commendations import check_commendations
from consult.transparency.verification.programme.exchanges import check_exchanges, check_reports
from consult.transparency.verification.programme.indicators import check_indicators
from consult.transparency.verification.programme.inspections import check_inspections
from consult.transparency.verification.programme.kept_files import check_kept, check_pictures
from consult.transparency.verification.programme.materials import check_materials
from consult.transparency.verification.programme.practices import check_areas, check_practices
from consult.transparency.verification.programme.promises import check_promises, details_of
from consult.transparency.verification.programme.surveys import check_surveys
from consult.transparency.verification.programme.training import check_training

COUNTED: dict[str, Any] = {
    "promise": Promise,
    "round": Round,
    "inspection": Inspection,
    "exchange": Exchange,
    "report": Report,
    "practice": Practice,
    "area_score": AreaScore,
    "material": Material,
    "material_order": MaterialOrder,
    "survey": Survey,
    "course": Course,
    "campaign": Campaign,
    "campaign_result": CampaignResult,
    "commendation": Commendation,
    "indicator_value": IndicatorValue,
}


def verify_programme(
    session: Session, programme: Programme, files: FileStore, signer: Signer, witnesses: Sequence[WitnessKey] = ()
) -> Iterator[str]:
    """A sentence for each thing that was checked and holds; what `witnesses` signed is checked with their keys. Raises
    Tampered at the first that does not."""
    own_id = programme.consultation_id
    of = yield from check_log(session, own_id, signer, witnesses)
    rows, log = check_readable(session, own_id), Log(of.entries)
    _check_counters(session, own_id)
    _check_agreed(session, programme, log)
    check_kept(files, programme.file_hash)
    check_pictures(session, own_id, files)
    yield say("verified.promises", promises=check_promises(session, own_id, log, details_of(session, own_id)))
    yield say("verified.inspections", inspections=check_inspections(session, programme, log, files))
    yield say("verified.surveys", surveys=check_surveys(session, programme, log, files))
    yield say("verified.round_steps", steps=_check_steps(session, programme, log, files), rows=rows)
    met, reported = check_exchanges(session, programme, log), check_reports(session, programme, log, files)
    yield say("verified.exchanges", exchanges=met, reports=reported)
    check_areas(session, programme, log)
    yield say("verified.practices", practices=check_practices(session, programme, log, files))
    yield say("verified.materials", versions=check_materials(session, programme, log, files))
    yield say("verified.results", values=check_indicators(session, programme, log, files))
    yield say("verified.courses", courses=check_training(session, programme, log))
    counted, named = check_campaigns(session, programme, log, files), check_commendations(session, programme, log)
    yield say("verified.campaigns", campaigns=counted, commendations=named)


def _check_counters(session: Session, own_id: UUID) -> None:
    """No number is given twice; what nobody agreed to may be gone again."""
    rows = {row.name: row.value for row in rows_of(session, Counter, own_id)}
    for name, table in COUNTED.items():
        last = max((row.number for row in rows_of(session, table, own_id)), default=0)
        told = Told("tampered.counter_it_is_not_the_last_number_that_was_given", name=name)
        require(rows.pop(name, 0) >= last, told)
    require(not rows, Told("tampered.counter_nothing_is_counted_by_it", value=next(iter(rows), "")))


def _check_agreed(session: Session, programme: Programme, log: Log) -> None:
    told = [(one["title"], one["hash"], one["file"]) for one in log.all("programme_agreed")]
    stored = (programme.matter.title, hash_of(facts.of_programme(programme)), programme.file_hash or None)
    public_by_all = programme.public_at is not None and by_all(session, programme, [programme.id])
    require(public_by_all and told == [stored], Told("tampered.programme_is_not_that_of_the_log"))
    plans = rows_of(session, YearPlan, programme.consultation_id, YearPlan.year)
    public = [plan for plan in plans if plan.public_at is not None]
    holds = sorted(plan.year for plan in public) == sorted(one["year"] for one in log.all("plan_agreed"))
    require(
        holds and by_all(session, programme, [plan.id for plan in public]),
        Told("tampered.plans_are_not_those_of_the_log"),
    )


def _check_steps(session: Session, programme: Programme, log: Log, files: FileStore) -> int:
    """Every public step with its file and pictures; gives how many."""
    stored = {}
    for one in rows_of(session, Round, programme.consultation_id, Round.number):
        for step in (step for step in one.steps if step.released_at is not None):
            stored[one.number, step.number] = hash_of(steps.told_step(one, step))
            for kept in (step.file_hash, *(picture.file_hash for picture in step.pictures)):
                check_kept(files, kept)
    told = {(entry["round"], entry["step"]): entry["hash"] for entry in log.all("round_step")}
    require(stored == told, Told("tampered.round_steps_are_not_those_of_the_log"))
    return len(told)
