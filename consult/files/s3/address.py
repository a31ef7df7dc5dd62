"""Where a store of files as S3 lies, as one line: `s3://BUCKET/PREFIX?endpoint=https://HOST:PORT&region=REGION`.

What opens it never stands in the line, which commands and errors may show (`settings.py`).
"""

import re
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlencode, urlsplit

from consult.command_line.setting_values import Misconfigured

SCHEME = "s3://"
REGION = "us-east-1"
"""What servers other than that of Amazon take when none was chosen."""

_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,62}")
_PREFIX = re.compile(r"(?!\.{1,2}(/|$))[A-Za-z0-9._-]+(/(?!\.{1,2}(/|$))[A-Za-z0-9._-]+)*")
_REGION = re.compile(r"[a-z0-9-]{1,40}")
_THIS_MACHINE = re.compile(r"localhost|127\.\d+\.\d+\.\d+|::1")


@dataclass(frozen=True)
class Endpoint:
    """The server: whether it is reached over TLS, by which host (IPv6 without brackets) and port, in which region."""

    secure: bool
    host: str
    port: int
    region: str

    @property
    def authority(self) -> str:
        """Host and port as the header Host names them: the port only where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.secure else 80) else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{'https' if self.secure else 'http'}://{self.authority}"


@dataclass(frozen=True)
class Address:
    """A part of a bucket: every key under `prefix`, which is empty or ends in no slash."""

    endpoint: Endpoint
    bucket: str
    prefix: str

    def below(self, name: str) -> "Address":
        """The part of it under `name`."""
        return replace(self, prefix=f"{self.prefix}/{name}".strip("/"))

    def key(self, name: str) -> str:
        """The key of what is called `name` in it."""
        return f"{self.prefix}/{name}" if self.prefix else name

    def __str__(self) -> str:
        asked = urlencode({"endpoint": str(self.endpoint), "region": self.endpoint.region}, safe=":/[]")
        return f"{SCHEME}{f'{self.bucket}/{self.prefix}'.strip('/')}?{asked}"


def address_of(said: str, name: str = "CONSULT_FILES_URL") -> Address:
    """What such a line means, which the setting `name` gives. Raises Misconfigured, which repeats nothing of it: a
    secret may stand where none should."""
    try:
        parts = urlsplit(said.strip())
        asked = parse_qs(parts.query, keep_blank_values=True, strict_parsing=True)
        endpoint = _endpoint(asked.pop("endpoint", [""])[0], asked.pop("region", [REGION])[0])
    except ValueError:
        endpoint, asked = None, {}
    if endpoint is None or asked or parts.scheme != "s3" or not _BUCKET.fullmatch(parts.netloc) or parts.fragment:
        raise Misconfigured("not_a_file_store", name=name)
    prefix = parts.path.strip("/")
    if prefix and not _PREFIX.fullmatch(prefix):
        raise Misconfigured("not_a_file_store", name=name)
    return Address(endpoint, parts.netloc, prefix)


def _endpoint(said: str, region: str) -> Endpoint | None:
    parts = urlsplit(said)
    host = parts.hostname or ""
    secure = parts.scheme == "https"
    # What people attached crosses the network only under TLS.
    plain = parts.scheme == "http" and _THIS_MACHINE.fullmatch(host) is not None
    more = parts.path.strip("/") or parts.query or parts.fragment or parts.username is not None
    if not host or more or not (secure or plain) or not _REGION.fullmatch(region):
        return None
    return Endpoint(secure, host, parts.port or (443 if secure else 80), region)
