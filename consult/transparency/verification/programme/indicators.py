"""Results of protection by commune against the log of their programme."""

from sqlalchemy.orm import Session

from consult.files.store import FileStore
from consult.ledger.programme_entries import hash_of
from consult.programme.head_models import Programme
from consult.programme.indicators import definitions, entering
from consult.programme.indicators.models import IndicatorList, IndicatorValue
from consult.transparency.replay import Log
from consult.transparency.row_reading import Told, require, rows_of
from consult.transparency.verification.programme.kept_files import check_kept


def check_indicators(session: Session, programme: Programme, log: Log, files: FileStore) -> int:
    """Every public list of indicators and every confirmed value with its source; gives how many values there are.
    Raises Tampered."""
    own_id = programme.consultation_id
    lists = [one for one in rows_of(session, IndicatorList, own_id) if one.released_at is not None]
    values = [one for one in rows_of(session, IndicatorValue, own_id) if one.confirmed_at is not None]
    set_ = {(one.year, one.version): hash_of(definitions.told_list(one)) for one in lists}
    stored = {one.number: (hash_of(entering.told_value(one)), one.file_hash) for one in values}
    told = {(entry["year"], entry["version"]): entry["hash"] for entry in log.all("indicators_set")}
    confirmed = {entry["result"]: (entry["hash"], entry["file"]) for entry in log.all("result_confirmed")}
    require((set_, stored) == (told, confirmed), Told("tampered.results_are_not_those_of_the_log"))
    for one in values:
        check_kept(files, one.file_hash)
    return len(values)
