"""Until when browsers trust the site: read from a file, or by asking the site itself as a visitor does."""

import ssl
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from cryptography import x509

from consult import outgoing

PATIENCE = 5.0
"""Seconds for which the site's own door is waited for in all."""
HTTPS = 443
EXPIRED = 10
"""What OpenSSL calls a certificate whose time is over (X509_V_ERR_CERT_HAS_EXPIRED)."""


class NotSeen(Exception):
    """There is no certificate to be read; the argument is a code: `no_file`, `no_answer`."""


def end_in_file(path: Path) -> datetime:
    """When the first certificate of a PEM file ends, in UTC. Raises NotSeen."""
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())[0].not_valid_after_utc
    except (OSError, ValueError, IndexError) as failure:
        raise NotSeen("no_file") from failure


def end_at(url: str) -> tuple[datetime, str]:
    """When the certificate that a site shows ends, in UTC, and what keeps a browser from trusting it: `over`,
    `not_trusted` (another name, or an issuer that this machine does not know), or nothing. Raises NotSeen."""
    parts = urlsplit(url)
    try:
        return _shown(parts, ssl.create_default_context()), ""
    except ssl.SSLCertVerificationError as refused:
        problem = "over" if refused.verify_code == EXPIRED else "not_trusted"
    except (OSError, ValueError) as failure:
        raise NotSeen("no_answer") from failure
    try:
        return _shown(parts, _trusting()), problem
    except (OSError, ValueError) as failure:
        raise NotSeen("no_answer") from failure


def _trusting() -> ssl.SSLContext:
    """Only to read a date: nothing is said or believed on this connection."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _shown(parts: SplitResult, context: ssl.SSLContext) -> datetime:
    host = parts.hostname or ""
    with (
        outgoing.line(host, parts.port or HTTPS, PATIENCE) as plain,
        context.wrap_socket(plain, server_hostname=host) as safe,
    ):
        shown = safe.getpeercert(binary_form=True)
    return x509.load_der_x509_certificate(shown or b"").not_valid_after_utc.astimezone(UTC)
