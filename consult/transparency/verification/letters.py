"""The data of letters that were amended, against the log: every version has its entry, and the newest counts."""

from consult.ledger.commitment import commit
from consult.ledger.entries import moment
from consult.submissions.letter_models import LetterVersion
from consult.submissions.receiving.commitments import letter_value
from consult.transparency.replay import Entry, Log
from consult.transparency.row_reading import Told, require
from consult.transparency.verification.sent_rows import SentRows


def check_letters(sent: SentRows, log: Log) -> int:
    """How many versions were added to letters. Raises Tampered."""
    entries = {(entry["submission"], entry["version"]): entry for entry in log.all("letter_amended")}
    for submission in sent.submissions.values():
        versions = sent.letters.get(submission.id, [])
        name = Told("tampered.submission", number=submission.number)
        for one in versions[1:]:
            _check_one(name, one, entries.pop((submission.number, one.version), None))
        if versions:
            stands = letter_value(submission, sent.critiques.get(submission.id))
            require(versions[-1].letter == stands, Told("tampered.letter_is_not_its_newest_version", name=name))
        numbers = [one.version for one in versions]
        require(
            numbers in ([], list(range(1, len(numbers) + 1))), Told("tampered.letter_versions_are_missing", name=name)
        )
    require(not entries, Told("tampered.letter_version_is_missing", number=min(entries, default=(0, 0))[0]))
    return sum(len(versions) - 1 for versions in sent.letters.values())


def _check_one(name: Told, one: LetterVersion, entry: Entry | None) -> None:
    holds = entry is not None and entry["at"] == moment(one.at)
    if entry is not None and one.salt is not None:
        holds = holds and commit("letter", one.letter, one.salt) == entry["letter"]
    require(holds, Told("tampered.letter_version_is_not_that_of_its_entry", name=name, version=one.version))
