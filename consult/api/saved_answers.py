"""What the verifier of the log asks of the API, as `verify_ledger.py --save` keeps it: an archive that has these files
can be checked without the site."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.api import comments, matters
from consult.consultations.models import Consultation
from consult.consultations.preparation import ledger_facts
from consult.consultations.preparation import service as preparation
from consult.ledger.log import Log
from consult.ledger.models import LedgerEntry
from consult.responses.answers import public_sums
from consult.transparency import logs

BATCH = 500
FILES = "files"
Listed = list[dict[str, Any]]
Put = Callable[[str, bytes], None]


@dataclass(frozen=True)
class SavedAnswers:
    """The answers about one matter as of `now`, which `say` places in words; each is given to `put` with its name,
    without its ending."""

    put: Put
    session: Session
    consultation: Consultation
    now: datetime
    say: comments.Say

    def ledger(self, said: Mapping[str, Any]) -> None:
        """Origin, keys, size and checkpoint, as the API says them."""
        self._put("ledger", said)

    def entries(self, size: int) -> None:
        """The first `size` entries, 500 in a file."""
        for start in range(0, size, BATCH):
            count = min(BATCH, size - start)
            found = logs.entries_of(self.session, self.consultation.id, start, count)
            told = [{"index": entry.index, "entry": entry.body} for entry in found]
            self._put(f"ledger-entries-count-{count}-start-{start}", {"entries": told})

    def proofs(self, size: int) -> None:
        """Those that the verifier takes as its sample."""
        log = Log(self.session, self.consultation.id)
        for index in sorted({0, size // 2, size - 1}):
            self._put(f"ledger-proof-index-{index}-size-{size}", {"hashes": log.inclusion(index, size)})
        if size > 1:
            first = size // 2
            hashes = log.consistency(first, size)
            self._put(f"ledger-consistency-first-{first}-second-{size}", {"hashes": hashes})

    def comments(self) -> Iterator[Listed]:
        """Every comment; each page of them is given on once it is kept."""
        after, name = 0, "comments"
        while True:
            found = comments.page(self.session, self.consultation, after, self.say)
            full = len(found) == comments.PAGE_SIZE
            self._put(name, {"comments": found, "next": str(found[-1]["number"]) if full else None})
            yield found
            if not full:
                return
            after = found[-1]["number"]
            name = f"comments-cursor-{after}"

    def sums(self) -> None:
        """Both public sums."""
        outcome, visibility = public_sums.told(self.session, self.consultation.id)
        shown = {name: term for name, term in visibility.items() if name != "ended"}
        self._put("sums", {"outcome": outcome, "visibility": shown, "ended": visibility["ended"]})

    def matter(self) -> dict[str, Any]:
        """The matter and its facts; gives what is said of it."""
        told = matters.in_full(self.session, self.consultation, self.now)
        self._put("matter", told)
        periods = preparation.periods_of(self.session, self.consultation.id)
        self._put("facts", {"facts": ledger_facts.facts_value(self.consultation, periods)})
        return told

    def revisions(self, files: Mapping[tuple[int, int], str]) -> Iterator[dict[str, Any]]:
        """Every public revision in full, one after the other, and in which part of the archive the file of each
        lies."""
        for document, revision in ledger_facts.public_revisions(self.session, self.consultation):
            told = {
                **matters.revision_name(document, revision),
                **ledger_facts.outline_value(self.session, revision),
            }
            self._put(f"revisions-{document.number}-{revision.number}", told)
            yield told
        self._put(FILES, {f"file-{document}-{number}": name for (document, number), name in files.items()})

    def _put(self, name: str, value: Any) -> None:
        self.put(name, json.dumps(value, ensure_ascii=False).encode())


def as_of(session: Session, consultation: Consultation, now: datetime) -> datetime:
    """The last moment at which anything changed until `now`: of the newest entry, or when a period began or ended. What
    is made as of it does not tell when it was made."""
    own = select(LedgerEntry.at).where(LedgerEntry.consultation_id == consultation.id)
    newest = session.scalar(own.order_by(LedgerEntry.index.desc()).limit(1))
    periods = preparation.periods_of(session, consultation.id)
    ends = [moment for period in periods for moment in (period.opens_at, period.closes_at)]
    passed = [moment for moment in (newest, *ends) if moment is not None and moment <= now]
    return max(passed, default=now)


def exhausted(taken: Iterator[Sequence[Any] | dict[str, Any]]) -> None:
    """Takes everything of what is kept on the way."""
    for _ in taken:
        pass
