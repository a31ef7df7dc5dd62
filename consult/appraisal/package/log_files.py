"""The public log as `verify_ledger.py --save` keeps it, so that the same program checks it here without the site. The
files of the report are in the package once: where they lie stands in a list of their own."""

import json
from typing import Any

from consult.api import comments, matters
from consult.appraisal.package.files_sent import report_name
from consult.appraisal.package.making import Making
from consult.consultations.preparation import ledger_facts
from consult.consultations.preparation import service as preparation
from consult.exports.official_language import official
from consult.ledger import service as ledger
from consult.ledger.log import Log
from consult.resource_paths import DOCS
from consult.responses.answers import public_sums
from consult.transparency import logs

FOLDER = "6-nhat-ky"
BATCH = 500
VERIFIER = "verify_ledger.py"
REPORT_FILES = "files"


def write_log(making: Making) -> None:
    """Everything that the verifier asks for but the files of the report, where those lie, and the verifier. Raises
    NotSigning."""
    session, consultation = making.session, making.consultation
    signed = ledger.signed(session, consultation.id, making.now, making.tools.signer)
    keys = making.tools.signer.published(signed.origin)
    _put(making, "ledger", {"origin": signed.origin, "keys": keys, "size": signed.size, "checkpoint": signed.note})
    _entries(making, signed.size)
    _proofs(making, signed.size)
    _comments(making)
    outcome, visibility = public_sums.told(session, consultation.id)
    shown = {name: term for name, term in visibility.items() if name != "ended"}
    _put(making, "sums", {"outcome": outcome, "visibility": shown, "ended": visibility["ended"]})
    _put(making, "matter", matters.in_full(session, consultation, making.now))
    periods = preparation.periods_of(session, consultation.id)
    _put(making, "facts", {"facts": ledger_facts.facts_value(consultation, periods)})
    files = {}
    for document, revision in ledger_facts.public_revisions(session, consultation):
        told = {**matters.revision_name(document, revision), **ledger_facts.outline_value(session, revision)}
        _put(making, f"revisions-{document.number}-{revision.number}", told)
        files[f"file-{document.number}-{revision.number}"] = report_name(document, revision)
    _put(making, REPORT_FILES, files)
    making.parts.add(f"{FOLDER}/{VERIFIER}", (DOCS / VERIFIER).read_bytes())


def _entries(making: Making, size: int) -> None:
    for start in range(0, size, BATCH):
        count = min(BATCH, size - start)
        found = logs.entries_of(making.session, making.consultation.id, start, count)
        told = [{"index": entry.index, "entry": entry.body} for entry in found]
        _put(making, f"ledger-entries-count-{count}-start-{start}", {"entries": told})


def _proofs(making: Making, size: int) -> None:
    """Those that the verifier takes as its sample."""
    log = Log(making.session, making.consultation.id)
    for index in sorted({0, size // 2, size - 1}):
        _put(making, f"ledger-proof-index-{index}-size-{size}", {"hashes": log.inclusion(index, size)})
    if size > 1:
        first = size // 2
        _put(making, f"ledger-consistency-first-{first}-second-{size}", {"hashes": log.consistency(first, size)})


def _comments(making: Making) -> None:
    after, name = 0, "comments"
    while True:
        found = comments.page(making.session, making.consultation, after, official)
        full = len(found) == comments.PAGE_SIZE
        _put(making, name, {"comments": found, "next": str(found[-1]["number"]) if full else None})
        if not full:
            return
        after = found[-1]["number"]
        name = f"comments-cursor-{after}"


def _put(making: Making, name: str, value: Any) -> None:
    making.parts.add(f"{_folder(making)}/{name}.json", json.dumps(value, ensure_ascii=False).encode())


def _folder(making: Making) -> str:
    return f"{FOLDER}/{making.consultation.slug}"
