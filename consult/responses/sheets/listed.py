"""What a kept sheet lists, as it is shown and printed: each answer in the version listed, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.responses.answers import answer_state, list_hash
from consult.responses.answers.answer_state import Answer
from consult.responses.models import ApprovalSheet, ResponseApproval, ResponseVersion
from consult.responses.sheets import review_list
from consult.responses.sheets.reading_order import Standing
from consult.responses.sheets.review_list import Draft


@dataclass(frozen=True)
class Listed:
    """One answer of a sheet, in the version that it lists."""

    answer: Answer
    version: ResponseVersion

    @cached_property
    def word(self) -> ResponseApproval | None:
        """What a leader last said of this version."""
        said = [one for one in self.answer.approvals if one.version_hash == self.version.hash]
        return said[-1] if said else None

    @cached_property
    def published_at(self) -> datetime | None:
        """When this version became public."""
        return next((one.at for one in self.answer.publications if one.version_id == self.version.id), None)

    @property
    def changed(self) -> bool:
        """Whether there is a newer version than the one listed."""
        return self.answer.latest is not self.version


def listed(session: Session, sheet: ApprovalSheet) -> list[Listed]:
    """The answers of a sheet, by number."""
    versions = {str(entry[2]) for entry in sheet.entries}
    found = answer_state.read(session, sheet.consultation_id)
    return [Listed(answer, one) for answer in found for one in answer.versions if one.hash in versions]


def intact(sheet: ApprovalSheet, found: Sequence[Listed]) -> bool:
    """Whether the hash is that of the list, and the list that of the versions as they are kept."""
    kept = sorted((one.answer.response.number, one.version.version, one.version.hash) for one in found)
    return sheet.hash == list_hash.over(sheet.consultation_id, sheet.entries) and kept == [
        tuple(entry) for entry in sheet.entries
    ]


def with_comments(
    session: Session, consultation: Consultation, found: Sequence[Listed], today: date, senders: bool
) -> list[tuple[Listed, Draft]]:
    """The same with the comments that they answer, those of one group once."""
    standings = [Standing(one.answer, False, False, False) for one in found]
    drafts = review_list.drafts(session, consultation, standings, None, today, senders)
    return list(zip(found, drafts, strict=True))
