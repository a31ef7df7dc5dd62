"""A witness of public ledgers: signs a checkpoint only when it goes on from the one it signed before.

    python witness.py FOLDER init NAME           a new witness in FOLDER; prints its verifier key
    python witness.py FOLDER trust VKEY [--site] the key of one log, or with --site of every log below that name
    python witness.py FOLDER serve [--host H] [--port P]     answers POST /add-checkpoint (C2SP tlog-witness)
    python witness.py FOLDER stick STICK         answers every *.request in the folder STICK, as by network
    python witness.py FOLDER list                what it has signed, and what it refused

Needs Python 3.11 and nothing else, and shares no code with the site. What it has signed is on the disk before it
answers (SQLite, synchronous), and of two requests at once one wins. The key lies in FOLDER/key: keep FOLDER private, on
a machine that the site does not run, with a copy of `key`. Never set FOLDER back to a copy of itself: a witness that
forgot what it signed can be made to sign two histories.
"""

import argparse
import base64
import binascii
import hashlib
import os
import re
import secrets
import socket
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

LONGEST = 64 * 1024
"""Bytes of a request; a real one has less than four thousand."""
MOST_HASHES = 63
SECONDS_OF_LINE = 60
MOST_LINES = 64
"""Lines that are held at once; a witness has few who ask."""
REFUSALS_KEPT = 1000
TEXT, SIZE = "text/plain; charset=utf-8", "text/x.tlog.size"
LOG, COSIGNATURE = b"\x01", b"\x04"
LINE = "\n"
FORGET = "DELETE FROM refused WHERE origin = ? AND status = ? AND size = ? AND substr(note, 1, ?) = ?"
TABLES = """
CREATE TABLE IF NOT EXISTS trusted (name TEXT, key BLOB, site INTEGER, PRIMARY KEY (name, key));
CREATE TABLE IF NOT EXISTS seen (origin TEXT PRIMARY KEY, size INTEGER, root BLOB, note TEXT, at INTEGER);
CREATE TABLE IF NOT EXISTS refused (at INTEGER, origin TEXT, status INTEGER, size INTEGER, note TEXT);
"""

# ---- Ed25519 (RFC 8032, section 5.1) --------------------------------------------------------------------------------

PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE = -121665 * pow(121666, -1, PRIME) % PRIME
Point = tuple[int, int, int, int]


def point_sum(one: Point, two: Point) -> Point:
    """The sum in extended coordinates (X, Y, Z, T), x = X/Z, y = Y/Z, x·y = T/Z."""
    a, b = (one[1] - one[0]) * (two[1] - two[0]), (one[1] + one[0]) * (two[1] + two[0])
    c, d = 2 * one[3] * two[3] * CURVE, 2 * one[2] * two[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME


def point_times(factor: int, point: Point) -> Point:
    """`factor` times a point, for factors below 2**256; the steps are the same whatever the factor."""
    results: list[Point] = [(0, 1, 1, 0), point]
    for place in range(255, -1, -1):
        bit = factor >> place & 1
        total = point_sum(results[0], results[1])
        results[bit] = point_sum(results[bit], results[bit])
        results[1 - bit] = total
    return results[0]


def point_from(data: bytes) -> Point | None:
    """The point that 32 bytes name, or None."""
    number = int.from_bytes(data, "little")
    y, odd = number & (1 << 255) - 1, number >> 255
    square = (y * y - 1) * pow(CURVE * y * y + 1, -1, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME:
        x = x * pow(2, (PRIME - 1) // 4, PRIME) % PRIME
    if y >= PRIME or (x * x - square) % PRIME or (x == 0 and odd):
        return None
    x = x if x & 1 == odd else PRIME - x
    return x, y, 1, x * y % PRIME


def point_bytes(point: Point) -> bytes:
    """The 32 bytes of a point."""
    inverse = pow(point[2], -1, PRIME)
    x, y = point[0] * inverse % PRIME, point[1] * inverse % PRIME
    return (y | (x & 1) << 255).to_bytes(32, "little")


def number_of(*parts: bytes) -> int:
    """SHA-512 over the parts as a little-endian number."""
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little")


_found = point_from((4 * pow(5, -1, PRIME) % PRIME).to_bytes(32, "little"))
assert _found is not None
BASE: Point = _found


def scalar_of(secret: bytes) -> tuple[int, bytes]:
    """The secret scalar and the prefix that a 32-byte private key stands for."""
    hashed = hashlib.sha512(secret).digest()
    return int.from_bytes(hashed[:32], "little") & (1 << 254) - 8 | 1 << 254, hashed[32:]


def public_of(secret: bytes) -> bytes:
    """The public key of a private key."""
    return point_bytes(point_times(scalar_of(secret)[0], BASE))


def signature_of(secret: bytes, message: bytes) -> bytes:
    """The Ed25519 signature."""
    scalar, prefix = scalar_of(secret)
    nonce = number_of(prefix, message) % ORDER
    start = point_bytes(point_times(nonce, BASE))
    answer = (nonce + number_of(start, public_of(secret), message) % ORDER * scalar) % ORDER
    return start + answer.to_bytes(32, "little")


def signature_holds(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether an Ed25519 signature is good."""
    key, scalar = point_from(public), int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or key is None or scalar >= ORDER:
        return False
    challenge = number_of(signature[:32], public, message) % ORDER
    negated: Point = (PRIME - key[0], key[1], 1, PRIME - key[3])
    return point_bytes(point_sum(point_times(scalar, BASE), point_times(challenge, negated))) == signature[:32]


# ---- Notes, keys and proofs (C2SP signed-note, tlog-checkpoint; RFC 9162, 2.1.4.2) -----------------------------------


class Answered(Exception):
    """What is answered other than 200: the status, what it says, and as what."""

    def __init__(self, status: int, said: str, kind: str = TEXT) -> None:
        super().__init__(said)
        self.status, self.said, self.kind = status, said, kind


@dataclass(frozen=True)
class Request:
    """What add-checkpoint asks: the size that is gone on from, the proof, and the signed checkpoint."""

    old: int
    proof: list[bytes]
    text: str
    lines: list[str]
    origin: str
    size: int
    root: bytes


def decoded(text: str) -> bytes:
    """The bytes of plain base64; anything else is 400."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raise Answered(400, "base64 is malformed\n") from None
    if base64.b64encode(data).decode() != text:
        raise Answered(400, "base64 is malformed\n")
    return data


def number(text: str) -> int:
    """A plain decimal number; anything else is 400."""
    if not re.fullmatch(r"0|[1-9][0-9]{0,17}", text):
        raise Answered(400, "a size is malformed\n")
    return int(text)


def read_request(body: bytes) -> Request:
    """The request; Answered(400) when it is malformed."""
    try:
        head, gap, note = body.decode("utf-8").partition("\n\n")
    except UnicodeDecodeError:
        raise Answered(400, "the request is not UTF-8\n") from None
    text, gap_again, signatures = note.rpartition("\n\n")
    old, *proof = head.split("\n")
    lines = text.split("\n")
    well = gap and gap_again and signatures.endswith("\n") and old.startswith("old ") and len(proof) <= MOST_HASHES
    if not well or len(lines) < 3 or not all(lines) or any(one < " " and one != "\n" for one in note):
        raise Answered(400, "the request is malformed\n")
    hashes, root = [decoded(line) for line in proof], decoded(lines[2])
    if any(len(one) != 32 for one in (*hashes, root)):
        raise Answered(400, "a hash does not have 32 bytes\n")
    signed = signatures[:-1].split("\n")
    return Request(number(old[4:]), hashes, text + "\n", signed, lines[0], number(lines[1]), root)


def key_id(name: str, kind: bytes, public: bytes) -> bytes:
    """The four bytes by which a signature names its key."""
    return hashlib.sha256(name.encode() + b"\n" + kind + public).digest()[:4]


def vkey(name: str, kind: bytes, public: bytes) -> str:
    """A verifier key as it is published."""
    return f"{name}+{key_id(name, kind, public).hex()}+{base64.b64encode(kind + public).decode()}"


def read_vkey(given: str) -> tuple[str, bytes]:
    """The name and public key of a log's verifier key; ValueError when it is none."""
    name, _, rest = given.partition("+")
    data = base64.b64decode(rest.partition("+")[2], validate=True)
    if data[:1] != LOG or len(data) != 33 or given != vkey(name, LOG, data[1:]):
        raise ValueError("this is no verifier key of a log")
    return name, data[1:]


def pair(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def consistent(first: int, second: int, old: bytes, new: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the tree (first, old) is the beginning of (second, new); 0 < first <= second."""
    if first == second or not proof:
        return first == second and not proof and old == new
    path = [old, *proof] if first & (first - 1) == 0 else list(proof)
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    left = right = path[0]
    for one in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            left, right = pair(one, left), pair(one, right)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            right = pair(right, one)
        place, last = place >> 1, last >> 1
    return last == 0 and (left, right) == (old, new)


# ---- The witness -----------------------------------------------------------------------------------------------------


class Witness:
    """The witness in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name, secret = (folder / "key").read_text("utf-8").split()
        self.secret = bytes.fromhex(secret)
        self.public = public_of(self.secret)
        with self.writing() as rows:
            # executescript would end the transaction.
            for statement in TABLES.strip().split("\n"):
                rows.execute(statement)

    @property
    def vkey(self) -> str:
        """Its verifier key, for the site and for whoever checks."""
        return vkey(self.name, COSIGNATURE, self.public)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that nobody else writes beside; on the disk when it ends well, undone otherwise."""
        with closing(sqlite3.connect(self.folder / "seen.sqlite", timeout=30, isolation_level=None)) as rows:
            rows.execute("PRAGMA synchronous = FULL")
            rows.execute("BEGIN IMMEDIATE")
            try:
                yield rows
            except BaseException:
                rows.execute("ROLLBACK")
                raise
            rows.execute("COMMIT")

    def trust(self, given: str, site: bool) -> None:
        """Signs for a log from now on, or for every log below a name."""
        name, public = read_vkey(given)
        with self.writing() as rows:
            rows.execute("INSERT OR REPLACE INTO trusted VALUES (?, ?, ?)", (name, public, int(site)))

    def answer(self, body: bytes) -> str:
        """The signature line for a request, once its checkpoint is on the disk; Answered otherwise."""
        asked = read_request(body)
        note = ""
        try:
            with self.writing() as rows:
                note = f"{asked.text}\n{self.signed_by_log(rows, asked)}"
                self.require_going_on(rows, asked)
                row = (asked.origin, asked.size, asked.root, note, int(time.time()))
                rows.execute("INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?, ?)", row)
                # It does go on: who said so before had no proof.
                rows.execute(FORGET, (asked.origin, 422, asked.size, len(asked.text), asked.text))
        except Answered as refusal:
            self.note_refusal(asked, note, refusal)
            raise
        return self.cosignature(asked.text, int(time.time()))

    def signed_by_log(self, rows: sqlite3.Connection, asked: Request) -> str:
        """The lines that trusted keys have signed; 403 when there is none, or one is not good, and 404 for a log that
        is not known, or an epoch of it that has ended. Each key is looked at once: it is slow, and others wait."""
        found = rows.execute("SELECT name, key, site FROM trusted").fetchall()
        keys = [key for name, key, site in found if is_below(asked.origin, name, site)]
        if not keys:
            raise Answered(404, "this log is not known here\n")
        if any(is_later_epoch(asked.origin, later) for (later,) in rows.execute("SELECT origin FROM seen")):
            raise Answered(404, "a later epoch of this log has begun\n")
        ids = {f"{asked.origin} {key_id(asked.origin, LOG, key).hex()}": key for key in keys}
        good = []
        for line in asked.lines:
            dash, _, rest = line.partition(" ")
            name, _, data = rest.partition(" ")
            signature = decoded(data)
            if dash != "\u2014" or len(signature) < 5:
                raise Answered(400, "a signature line is malformed\n")
            key = ids.pop(f"{name} {signature[:4].hex()}", None)
            if key is not None and not signature_holds(key, asked.text.encode(), signature[4:]):
                raise Answered(403, "the signature of a trusted key is not good\n")
            good += [f"{line}\n"] if key is not None else []
        if not good:
            raise Answered(403, "no trusted key has signed this checkpoint\n")
        return "".join(good)

    def require_going_on(self, rows: sqlite3.Connection, asked: Request) -> None:
        """400, 409 or 422 unless the checkpoint goes on from what was signed last."""
        found = rows.execute("SELECT size, root FROM seen WHERE origin = ?", (asked.origin,)).fetchone()
        size, root = found or (0, b"")
        if asked.old > asked.size:
            raise Answered(400, "the old size is greater than the size\n")
        if asked.old != size:
            raise Answered(409, f"{size}\n", SIZE)
        if size == asked.size and found and root != asked.root:
            raise Answered(409, f"{size}\n", SIZE)
        if asked.proof if size == 0 else not consistent(size, asked.size, root, asked.root, asked.proof):
            raise Answered(422, "this does not go on from what was signed before\n")
        if asked.size == 0 and asked.root != hashlib.sha256(b"").digest():
            raise Answered(422, "this is not the root of an empty tree\n")

    def cosignature(self, text: str, at: int) -> str:
        """The line of a cosignature/v1 over the text of a checkpoint, at a time in seconds."""
        signed = signature_of(self.secret, f"cosignature/v1\ntime {at}\n{text}".encode())
        data = key_id(self.name, COSIGNATURE, self.public) + at.to_bytes(8, "big") + signed
        return f"\u2014 {self.name} {base64.b64encode(data).decode()}\n"

    def note_refusal(self, asked: Request, note: str, refusal: Answered) -> None:
        """Keeps what the log signed (`note`) and was not shown to go on, with what it signed before. Two roots of one
        size (409) are proof of two histories. A proof that fails (422) is none yet, since whoever has read a checkpoint
        can send one: such never push out the others, and each checkpoint is kept once."""
        with self.writing() as rows:
            size, root, before = rows.execute(
                "SELECT size, root, note FROM seen WHERE origin = ?", (asked.origin,)
            ).fetchone() or (0, b"", "")
            forked = refusal.status == 409 and size == asked.size and root != asked.root
            if refusal.status != 422 and not (note and forked):
                return
            rows.execute(FORGET, (asked.origin, refusal.status, asked.size, len(asked.text), asked.text))
            row = (int(time.time()), asked.origin, refusal.status, asked.size, f"{note}\n{before}")
            count = rows.execute("SELECT count(*) FROM refused WHERE status = 409").fetchone()[0]
            if refusal.status == 422 or count < REFUSALS_KEPT:
                rows.execute("INSERT INTO refused VALUES (?, ?, ?, ?, ?)", row)
            rows.execute(
                "DELETE FROM refused WHERE status = 422 AND rowid <= "
                "(SELECT rowid FROM refused WHERE status = 422 ORDER BY rowid DESC LIMIT 1 OFFSET ?)",
                (REFUSALS_KEPT,),
            )

    def told(self) -> str:
        """What was signed last of every log, and what was refused: for whoever compares."""
        with self.writing() as rows:
            seen = rows.execute("SELECT at, size, root, origin FROM seen ORDER BY origin").fetchall()
            refused = rows.execute("SELECT at, status, size, note, origin FROM refused ORDER BY at, rowid").fetchall()
        lines = [f"{day(at)} {size} {base64.b64encode(root).decode()} {origin}" for at, size, root, origin in seen]
        bad = [
            f"{day(at)} REFUSED {status} {size} {note.split(LINE)[2]} {origin}"
            for at, status, size, note, origin in refused
        ]
        return "\n".join([self.vkey, *lines, *bad, ""])


def is_below(origin: str, name: str, site: int) -> bool:
    """Whether a trusted name is that of a log, or of the site that it, or an epoch of it, belongs to. The first epoch
    has no number: under two names it could have two histories."""
    log = re.escape(name) + r"/[0-9a-f-]{36}(/([2-9]|[1-9][0-9]{1,8}))?"
    return origin == name or bool(site and re.fullmatch(log, origin))


def is_later_epoch(origin: str, later: str) -> bool:
    """Whether `later` is a later epoch of the log of which `origin` is one."""
    log = re.compile(r"(.*/[0-9a-f-]{36})(?:/([0-9]+))?")
    one, two = log.fullmatch(origin), log.fullmatch(later)
    return bool(one and two and one[1] == two[1] and int(two[2] or 1) > int(one[2] or 1))


def day(at: int) -> str:
    """A time in seconds as UTC."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))


class Line(BaseHTTPRequestHandler):
    """A line that somebody asks on, one of few at once, and not for ever."""

    protocol_version = "HTTP/1.1"
    timeout = 20
    lines: threading.BoundedSemaphore

    def handle(self) -> None:
        if not self.lines.acquire(blocking=False):
            return
        # The limit above is that of each read: a letter now and then would hold a line for days.
        over = threading.Timer(SECONDS_OF_LINE, self.cut)
        over.daemon = True
        over.start()
        try:
            super().handle()
        except OSError:
            return
        finally:
            over.cancel()
            self.lines.release()

    def cut(self) -> None:
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)


def handler_of(witness: Witness) -> type[BaseHTTPRequestHandler]:
    """What answers over HTTP."""

    class Handler(Line):
        lines = threading.BoundedSemaphore(MOST_LINES)

        def do_GET(self) -> None:  # the name that the standard library calls
            if self.path != "/":
                return self.say(404, "POST /add-checkpoint, or GET /\n")
            return self.say(200, witness.told())

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if not re.fullmatch("[0-9]{1,9}", length) or int(length) > LONGEST:
                self.close_connection = True
                return self.say(400, "the request is too long, or has no length\n")
            body = self.rfile.read(int(length))
            if len(body) < int(length):
                self.close_connection = True
                return None
            if self.path != "/add-checkpoint":
                return self.say(404, "POST /add-checkpoint\n")
            try:
                return self.say(200, witness.answer(body))
            except Answered as refusal:
                return self.say(refusal.status, refusal.said, refusal.kind)

        def say(self, status: int, said: str, kind: str = TEXT) -> None:
            data = said.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:
            print(day(int(time.time())), format % args, flush=True)

    return Handler


def make(folder: Path, name: str) -> None:
    """A new witness in a folder that has none."""
    if not name or "+" in name or any(one.isspace() for one in name):
        raise ValueError("a name has no white space and no plus")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(folder / "key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(f"{name} {secrets.token_bytes(32).hex()}\n")
        file.flush()
        os.fsync(file.fileno())


def answer_stick(witness: Witness, stick: Path) -> Iterator[str]:
    """Answers every request on a stick: NAME.request gets NAME.cosignature, or NAME.refused that says why."""
    for asked in sorted(stick.glob("*.request")):
        try:
            with open(asked, "rb") as file:
                kind, said = "cosignature", witness.answer(file.read(LONGEST + 1))
        except Answered as refusal:
            kind, said = "refused", f"{refusal.status}\n{refusal.said}"
        for old in ("cosignature", "refused"):
            asked.with_suffix(f".{old}").unlink(missing_ok=True)
        asked.with_suffix(f".{kind}").write_text(said, "utf-8")
        yield f"{asked.stem}: {kind}"


def main(given: Sequence[str] | None = None) -> int:
    """Runs the command line and gives the exit code."""
    parser = argparse.ArgumentParser(description="A witness of public ledgers.")
    parser.add_argument("folder", type=Path)
    orders = parser.add_subparsers(dest="order", required=True)
    orders.add_parser("init").add_argument("name")
    trusting = orders.add_parser("trust")
    trusting.add_argument("vkey")
    trusting.add_argument("--site", action="store_true")
    serving = orders.add_parser("serve")
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=int, default=8600)
    orders.add_parser("stick").add_argument("stick", type=Path)
    orders.add_parser("list")
    chosen = parser.parse_args(given)
    try:
        return run(chosen)
    except (OSError, ValueError, sqlite3.Error) as problem:
        print(problem, file=sys.stderr)
        return 2


def run(chosen: argparse.Namespace) -> int:
    """Does what was asked; 1 when something on a stick was refused."""
    if chosen.order == "init":
        make(chosen.folder, chosen.name)
    witness = Witness(chosen.folder)
    if chosen.order == "trust":
        witness.trust(chosen.vkey, chosen.site)
    if chosen.order == "stick":
        said = list(answer_stick(witness, chosen.stick))
        print("\n".join(said))
        return int(any(line.endswith("refused") for line in said))
    if chosen.order == "serve":
        with ThreadingHTTPServer((chosen.host, chosen.port), handler_of(witness)) as server:
            print(witness.vkey, f"http://{chosen.host}:{server.server_port}", flush=True)
            server.serve_forever()
    print(witness.told() if chosen.order == "list" else witness.vkey, end="" if chosen.order == "list" else "\n")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(0)
