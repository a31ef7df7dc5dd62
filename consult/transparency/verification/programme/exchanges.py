"""Minutes of exchanges and reports of a programme against its log."""

from sqlalchemy.orm import Session

from consult.files.store import FileStore
from consult.ledger.programme_entries import hash_of
from consult.programme import facts
from consult.programme.exchanges import found as exchanges
from consult.programme.exchanges.models import Exchange
from consult.programme.head_models import Programme
from consult.programme.reporting import reports
from consult.programme.reporting.models import Report
from consult.transparency.replay import Log
from consult.transparency.row_reading import Told, require, rows_of
from consult.transparency.verification.programme.agreed_by_all import by_all
from consult.transparency.verification.programme.kept_files import check_kept


def check_exchanges(session: Session, programme: Programme, log: Log) -> int:
    """The public minutes with what was decided; gives how many. Raises Tampered."""
    public = [
        one
        for one in rows_of(session, Exchange, programme.consultation_id, Exchange.number)
        if one.public_at is not None
    ]
    stored = {
        one.number: (
            one.year, one.quarter, facts.day(one.held_on), sorted(each.promise.number for each in one.decisions),
            hash_of(exchanges.told(one)),
        )
        for one in public
    }  # fmt: skip
    told = {
        one["exchange"]: (one["year"], one["quarter"], one["day"], one["promises"], one["hash"])
        for one in log.all("exchange_agreed")
    }
    holds = stored == told and by_all(session, programme, [one.id for one in public])
    require(holds, Told("tampered.exchanges_are_not_those_of_the_log"))
    return len(public)


def check_reports(session: Session, programme: Programme, log: Log, files: FileStore) -> int:
    """The public reports with the files of their numbers; gives how many. Raises Tampered."""
    public = [
        one for one in rows_of(session, Report, programme.consultation_id, Report.number) if one.public_at is not None
    ]
    stored = {
        one.number: (
            one.kind.value, facts.day(one.since), facts.day(one.until), facts.day(one.as_of), one.file_hash,
            hash_of(reports.told(one)),
        )
        for one in public
    }  # fmt: skip
    names = ("report_kind", "since", "until", "as_of", "file", "hash")
    told = {one["report"]: tuple(one[name] for name in names) for one in log.all("report_agreed")}
    holds = stored == told and by_all(session, programme, [one.id for one in public])
    require(holds, Told("tampered.reports_are_not_those_of_the_log"))
    for one in public:
        check_kept(files, one.file_hash)
    return len(public)
