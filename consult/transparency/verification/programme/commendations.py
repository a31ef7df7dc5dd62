"""The commendations of a programme against its log."""

from collections import Counter

from sqlalchemy.orm import Session

from consult.ledger import commitment
from consult.programme.commendations import deciding
from consult.programme.commendations.models import Commendation
from consult.programme.head_models import Programme
from consult.transparency.replay import Log
from consult.transparency.row_reading import Told, require, rows_of


def check_commendations(session: Session, programme: Programme, log: Log) -> int:
    """Every commendation as often as it became public, what is public opened against its commitment, and those alone
    public that the log has not withdrawn; gives how many ever were. Raises Tampered."""
    published = {(entry["commendation"], entry["version"]): entry["commitment"]
                 for entry in log.all("commendation_published")}  # fmt: skip
    withdrawn = {(entry["commendation"], entry["version"]) for entry in log.all("commendation_withdrawn")}
    rows = rows_of(session, Commendation, programme.consultation_id, Commendation.number)
    holds = {one.number: one.version for one in rows if one.version} == dict(Counter(key[0] for key in published))
    holds = holds and not any(one.is_public for one in rows if not one.version)
    require(holds, Told("tampered.commendations_are_not_those_of_the_log"))
    for one in (row for row in rows if row.version):
        last = (one.number, one.version)
        right = one.is_public == (last not in withdrawn) and _opens(one, published[last])
        require(right, Told("tampered.commendations_are_not_those_of_the_log"))
    return len({number for number, _version in published})


def _opens(one: Commendation, committed: str) -> bool:
    """Whether what is public is what its commitment is over. What is public no more may have been written anew since,
    or erased with its salt."""
    if not one.is_public:
        return one.erased_at is None or one.salt is None
    return one.salt is not None and commitment.opens(committed, deciding.FIELD, deciding.told(one), one.salt)
