"""Looks at the electronic signatures in a PDF. Runs in the sandbox only, where the optional package pyhanko is there.

What is found is what the file says and what can be reckoned from its bytes: who signed stands in a certificate that
nobody vouches for here, since no root is trusted and no revocation is asked for.
"""

from __future__ import annotations

import io

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import CMSExtractionError
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.status import SignatureCoverageLevel

from consult.files.rejection import FileRejected

MOST = 20
LONGEST = 200


def examine(data: bytes) -> list[dict[str, str]]:
    """Each signature in the order of the file: the `name` and `issuer` of its certificate, `at` as the signer says it
    (ISO, or ""), and `state`: "intact" for the whole file, "appended" when something was added behind what it covers,
    "partial" when it leaves something out, "broken" when the bytes or the signature are not what was signed.

    Raises FileRejected for what cannot be read.
    """
    try:
        found = PdfFileReader(io.BytesIO(data), strict=False).embedded_signatures
        return [_told(one) for one in found[:MOST]]
    except (PdfError, CMSExtractionError, SignatureValidationError, ValueError, KeyError, TypeError) as error:
        raise FileRejected("damaged_file") from error


def _told(one: EmbeddedPdfSignature) -> dict[str, str]:
    certificate, at = one.signer_cert, one.self_reported_timestamp
    return {
        "name": _named(certificate.subject.native),
        "issuer": _named(certificate.issuer.native),
        "at": at.isoformat() if at is not None else "",
        "state": _state(one),
    }


def _state(one: EmbeddedPdfSignature) -> str:
    intact, valid = validate_sig_integrity(
        one.signer_info, one.signer_cert, expected_content_type="data", actual_digest=one.compute_digest()
    )
    if not (intact and valid):
        return "broken"
    covers = one.evaluate_signature_coverage()
    if covers is SignatureCoverageLevel.ENTIRE_FILE:
        return "intact"
    return "appended" if covers is SignatureCoverageLevel.ENTIRE_REVISION else "partial"


def _named(parts: dict[str, object]) -> str:
    said = parts.get("common_name") or parts.get("organization_name") or ""
    return str(said)[:LONGEST]
