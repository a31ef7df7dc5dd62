"""The campaigns of a programme and what was counted in them, against its log."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from consult.files.store import FileStore
from consult.ledger.programme_entries import hash_of
from consult.programme.campaigns import planning, results
from consult.programme.campaigns.models import Campaign, CampaignResult
from consult.programme.head_models import Programme
from consult.transparency.replay import Log
from consult.transparency.row_reading import Told, require, rows_of
from consult.transparency.verification.programme.kept_files import check_kept


def check_campaigns(session: Session, programme: Programme, log: Log, files: FileStore) -> int:
    """Every public version of each campaign and of each result with its picture; gives how many campaigns there are.
    Raises Tampered."""
    known = rows_of(session, Campaign, programme.consultation_id, Campaign.number)
    stored: dict[tuple[int, int], str] = {}
    for one in known:
        public = [each for each in one.versions if each.released_at is not None]
        stored |= {(one.number, each.number): hash_of(planning.told_version(one, each)) for each in public}
        as_released = planning.facts_of(one) == public[-1].facts and one.public_at is not None if public else True
        require(
            as_released and bool(public) == (one.public_at is not None),
            Told("tampered.campaigns_are_not_those_of_the_log"),
        )
    told = {(entry["campaign"], entry["version"]): entry["hash"] for entry in log.all("campaign_version")}
    require(stored == told, Told("tampered.campaigns_are_not_those_of_the_log"))
    _check_results(session, programme, log, files, {one.id: one for one in known})
    return len({number for number, _version in stored})


def _check_results(
    session: Session, programme: Programme, log: Log, files: FileStore, campaigns: Mapping[UUID, Campaign]
) -> None:
    rows = rows_of(session, CampaignResult, programme.consultation_id, CampaignResult.number, CampaignResult.version)
    public = [one for one in rows if one.released_at is not None]
    stored = {}
    for one in public:
        stored[one.number, one.version] = hash_of(results.told_result(campaigns[one.campaign_id], one))
        check_kept(files, one.file_hash)
    told = {(entry["result"], entry["version"]): entry["hash"] for entry in log.all("campaign_result")}
    require(stored == told, Told("tampered.campaign_results_are_not_those_of_the_log"))
    require(_newest_counts(public), Told("tampered.campaign_results_are_not_those_of_the_log"))


def _newest_counts(public: Sequence[CampaignResult]) -> bool:
    """Whether of each result the newest public version counts, and no other."""
    newest = {one.number: one.version for one in public}
    return all((one.replaced_at is None) == (newest[one.number] == one.version) for one in public)
