"""AWS Signature Version 4 for S3, in the header: every request says who sends it, and is good for some minutes.

As in "Authenticating Requests: Using the Authorization Header (AWS Signature Version 4)" of the Amazon S3 API
reference. The hash of the body is signed with it, so that a body that changed on its way is refused.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote

from consult.files.s3.settings import Credentials

ALGORITHM = "AWS4-HMAC-SHA256"
NOTHING = hashlib.sha256(b"").hexdigest()
"""The hash of an empty body."""


def encoded(path: str) -> str:
    """A path or value as it is signed and sent."""
    return quote(path, safe="/-_.~")


def query_of(asked: Mapping[str, str]) -> str:
    """The query as it is signed and sent: sorted, everything but letters, digits and `-_.~` written as `%XX`."""
    pairs = sorted((quote(name, safe="-_.~"), quote(value, safe="-_.~")) for name, value in asked.items())
    return "&".join(f"{name}={value}" for name, value in pairs)


def signed(
    method: str, path: str, asked: Mapping[str, str], headers: Mapping[str, str], body_hash: str,
    credentials: Credentials, region: str, now: datetime,
) -> dict[str, str]:  # fmt: skip
    """The headers of a request with those that sign it at the instant `now`. `headers` have small letters and name the
    host; `path` is not encoded yet; `body_hash` is the SHA-256 (hex) of the body."""
    at = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    told = {**headers, "x-amz-content-sha256": body_hash, "x-amz-date": at}
    names = ";".join(sorted(told))
    lines = [f"{name}:{' '.join(told[name].split())}" for name in sorted(told)]
    canonical = "\n".join([method, encoded(path), query_of(asked), *lines, "", names, body_hash])
    scope = f"{at[:8]}/{region}/s3/aws4_request"
    said = "\n".join([ALGORITHM, at, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    made = hmac.new(_key(credentials.secret, at[:8], region), said.encode(), hashlib.sha256).hexdigest()
    who = f"{ALGORITHM} Credential={credentials.key}/{scope}, SignedHeaders={names}, Signature={made}"
    return {**told, "authorization": who}


def _key(secret: str, day: str, region: str) -> bytes:
    key = f"AWS4{secret}".encode()
    for part in (day, region, "s3", "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key
