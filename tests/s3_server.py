"""A store of files as S3 of the tests' own, in memory: it takes only what is signed as it should be (Signature Version
4, checked here by code that shares nothing with the site's), and can be slow, fail, or cut the line."""

import hashlib
import hmac
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

KEY, SECRET, BUCKET = "AKTESTONLY", "a secret of the tests alone/+=", "consult"
ENVIRONMENT = {"CONSULT_FILES_KEY": KEY, "CONSULT_FILES_SECRET": SECRET}
SKEW = 15 * 60
PAGE = 1000
SPACE = "http://s3.amazonaws.com/doc/2006-03-01/"


def address(port: int) -> str:
    """The setting that names a store on this port of the machine."""
    return f"s3://{BUCKET}/site?endpoint=http://127.0.0.1:{port}"


@dataclass
class Kept:
    """An object: its bytes, and when it came (seconds of the epoch)."""

    data: bytes
    modified: float

    @property
    def tag(self) -> str:
        """By which its content is known."""
        return f'"{hashlib.md5(self.data).hexdigest()}"'  # noqa: S324


@dataclass
class Store:
    """What the server has, and how it fails: `faults` are carried out one request each, `always` on every one in
    whose first line one of `only` stands. `late`
    are seconds by which its clock goes ahead; `page` how many keys a list tells at once."""

    objects: dict[str, Kept] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    always: str = ""
    only: tuple[str, ...] = ("",)
    late: float = 0.0
    page: int = PAGE
    conditions: bool = True
    asked: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def now(self) -> float:
        """The time by its clock."""
        return time.time() + self.late

    def names(self, under: str) -> list[str]:
        """The keys that begin so."""
        return sorted(name for name in self.objects if name.startswith(under))


class S3Server:
    """The server on a port of this machine, with one bucket."""

    def __init__(self) -> None:
        self.store = Store()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        """The setting that names it."""
        return address(self.port)

    def start(self) -> None:
        """Takes requests from now on."""
        self.thread.start()

    def clear(self) -> None:
        """Forgets everything, and fails no more."""
        self.store.__dict__.update(Store(lock=self.store.lock).__dict__)

    def stop(self) -> None:
        """Ends it."""
        self.server.shutdown()
        self.server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        store = self.store

        class Handler(Requests):
            kept = store

        return Handler


class Requests(BaseHTTPRequestHandler):
    """Answers to requests."""

    protocol_version = "HTTP/1.1"
    kept: Store

    def handle_one_request(self) -> None:
        """A line that was cut from the other side is no trouble."""
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is logged."""

    def do_GET(self) -> None:
        self._answer(self._get)

    def do_HEAD(self) -> None:
        self._answer(self._get)

    def do_PUT(self) -> None:
        self._answer(self._put)

    def do_DELETE(self) -> None:
        self._answer(self._delete)

    def _answer(self, act: Callable[[str, bytes], None]) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.kept.asked.append(f"{self.command} {self.path}")
        meant = any(one in self.kept.asked[-1] for one in self.kept.only)
        fault = self.kept.faults.pop(0) if self.kept.faults else self.kept.always if meant else ""
        if fault == "cut":
            self.close_connection = True
            return
        if fault.startswith("slow"):
            threading.Event().wait(float(fault.removeprefix("slow")))
        if fault.isdigit():
            self._error(int(fault), "InternalError")
        elif wrong := self._not_signed(body):
            self._error(403, wrong)
        elif not self.path.startswith(f"/{BUCKET}"):
            self._error(404, "NoSuchBucket")
        else:
            self.halved = fault == "half"
            self.lost = fault == "lost"
            with self.kept.lock:
                act(unquote(urlsplit(self.path).path).removeprefix(f"/{BUCKET}").lstrip("/"), body)

    def _get(self, key: str, _body: bytes) -> None:
        if not key:
            self._list()
            return
        found = self.kept.objects.get(key)
        if found is None:
            self._error(404, "NoSuchKey")
        elif self.headers.get("If-Match", found.tag) != found.tag:
            self._error(412, "PreconditionFailed")
        else:
            first, _, last = self.headers.get("Range", "bytes=-").removeprefix("bytes=").partition("-")
            part = found.data[int(first or 0) : int(last or len(found.data)) + 1]
            more = {"ETag": found.tag, "Last-Modified": formatdate(found.modified, usegmt=True)}
            self._say(206 if first else 200, part, more)

    def _put(self, key: str, body: bytes) -> None:
        found = self.kept.objects.get(key)
        wanted = self.headers.get("If-Match")
        if self.kept.conditions and (self.headers.get("If-None-Match") and found or wanted and found is None):
            self._error(412 if found else 404, "PreconditionFailed" if found else "NoSuchKey")
        elif self.kept.conditions and wanted and found is not None and wanted != found.tag:
            self._error(412, "PreconditionFailed")
        else:
            self.kept.objects[key] = Kept(body, self.kept.now())
            if self.lost:
                self.close_connection = True
                return
            self._say(200, b"", {"ETag": self.kept.objects[key].tag})

    def _delete(self, key: str, _body: bytes) -> None:
        self.kept.objects.pop(key, None)
        self._say(204, b"")

    def _list(self) -> None:
        asked = parse_qs(urlsplit(self.path).query, keep_blank_values=True)
        after = asked.get("continuation-token", [""])[0]
        names = [name for name in self.kept.names(asked["prefix"][0]) if name > after]
        page, more = names[: self.kept.page], len(names) > self.kept.page
        rows = "".join(self._row(name) for name in page)
        token = f"<NextContinuationToken>{escape(page[-1])}</NextContinuationToken>" if more else ""
        xml = f"<IsTruncated>{str(more).lower()}</IsTruncated>{token}{rows}"
        self._say(200, f'<ListBucketResult xmlns="{SPACE}">{xml}</ListBucketResult>'.encode())

    def _row(self, name: str) -> str:
        found = self.kept.objects[name]
        at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(found.modified))
        said = f"<Key>{escape(name)}</Key><LastModified>{at}.000Z</LastModified><Size>{len(found.data)}</Size>"
        return f"<Contents>{said}</Contents>"

    def _say(self, status: int, body: bytes, more: dict[str, str] | None = None) -> None:
        self.send_response_only(status)
        self.send_header("Date", formatdate(self.kept.now(), usegmt=True))
        for name, value in (more or {}).items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD" and body:
            halved = getattr(self, "halved", False)
            self.wfile.write(body[: len(body) // 2] if halved else body)
            self.close_connection = self.close_connection or halved

    def _error(self, status: int, code: str) -> None:
        self._say(status, f"<Error><Code>{code}</Code></Error>".encode(), {"Connection": "close"})

    def _not_signed(self, body: bytes) -> str:
        """Why a request is not taken; empty when it is signed as it should be."""
        said = self.headers.get("Authorization", "")
        parts = dict(one.strip().split("=", 1) for one in said.removeprefix("AWS4-HMAC-SHA256 ").split(",") if one)
        if set(parts) != {"Credential", "SignedHeaders", "Signature"}:
            return "AccessDenied"
        who, day, region, service, ending = parts["Credential"].split("/")
        at = self.headers.get("X-Amz-Date", "")
        if who != KEY or (service, ending) != ("s3", "aws4_request") or not at.startswith(day):
            return "InvalidAccessKeyId"
        if self.headers.get("X-Amz-Content-Sha256") != hashlib.sha256(body).hexdigest():
            return "XAmzContentSHA256Mismatch"
        sent = time.mktime(time.strptime(at, "%Y%m%dT%H%M%SZ")) - time.timezone
        if abs(self.kept.now() - sent) > SKEW and not self.kept.late:
            return "RequestTimeTooSkewed"
        right = self._signature(parts["SignedHeaders"], f"{day}/{region}/s3/aws4_request", at)
        return "" if hmac.compare_digest(right, parts["Signature"]) else "SignatureDoesNotMatch"

    def _signature(self, names: str, scope: str, at: str) -> str:
        path, _, query = self.path.partition("?")
        signed = "".join(f"{name}:{self.headers[name].strip()}\n" for name in names.split(";"))
        told = [self.command, path, "&".join(sorted(filter(None, query.split("&")))), signed, names]
        whole = "\n".join([*told, self.headers["X-Amz-Content-Sha256"]])
        text = f"AWS4-HMAC-SHA256\n{at}\n{scope}\n{hashlib.sha256(whole.encode()).hexdigest()}"
        key = b"AWS4" + SECRET.encode()
        for step in [*scope.split("/"), text]:
            key = hmac.digest(key, step.encode(), "sha256")
        return key.hex()
