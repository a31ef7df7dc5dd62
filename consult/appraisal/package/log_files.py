"""The public log as `verify_ledger.py --save` keeps it, so that the same program checks it here without the site. The
files of the report are in the package once: where they lie stands in a list of their own."""

from consult.api.saved_answers import Put, SavedAnswers, exhausted
from consult.appraisal.package.files_sent import report_name
from consult.appraisal.package.making import Making
from consult.consultations.preparation import ledger_facts
from consult.exports.official_language import official
from consult.ledger import service as ledger
from consult.resource_paths import DOCS

FOLDER = "6-nhat-ky"
VERIFIER = "verify_ledger.py"


def write_log(making: Making) -> None:
    """Everything that the verifier asks for but the files of the report, where those lie, and the verifier. Raises
    NotSigning."""
    session, consultation = making.session, making.consultation
    signed = ledger.signed(session, consultation.id, making.now, making.tools.signer)
    keys = making.tools.signer.published(signed.origin)
    answers = SavedAnswers(_putting(making), session, consultation, making.now, official)
    answers.ledger({"origin": signed.origin, "keys": keys, "size": signed.size, "checkpoint": signed.note})
    answers.entries(signed.size)
    answers.proofs(signed.size)
    exhausted(answers.comments())
    answers.sums()
    answers.matter()
    exhausted(answers.revisions(_report_files(making)))
    making.parts.add(f"{FOLDER}/{VERIFIER}", (DOCS / VERIFIER).read_bytes())


def _report_files(making: Making) -> dict[tuple[int, int], str]:
    return {
        (document.number, revision.number): report_name(document, revision)
        for document, revision in ledger_facts.public_revisions(making.session, making.consultation)
    }


def _putting(making: Making) -> Put:
    folder = f"{FOLDER}/{making.consultation.slug}"
    return lambda name, data: making.parts.add(f"{folder}/{name}.json", data)
