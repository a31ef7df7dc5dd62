"""Checks the public ledger of a consultation, or of a coordination programme (--programme), as docs/ledger.md describes
it, from the public API alone.

    python verify_ledger.py SOURCE SLUG [--receipt FILE] [--key VKEY] [--checkpoint FILE] [--save FOLDER]
    python verify_ledger.py SOURCE SLUG --programme
    python verify_ledger.py SOURCE SLUG --witness VKEY [--witness VKEY …] [--paper '…#nk=…' …]
    python verify_ledger.py SOURCE [SLUG] --site-log
    python verify_ledger.py --proof FILE (--key VKEY | --policy FILE) [--witness VKEY …]
    python verify_ledger.py ARCHIVE [--key VKEY] [--manifest HASH] [--witness VKEY …] [--receipt FILE] [--english]

SOURCE is the site's address (https://…) or a folder that --save filled; ARCHIVE is the archive of a matter
(luu-tru.zip), of which it says on one page, in Vietnamese or English, which parts hold. Needs Python 3.11 and nothing
else; it shares no code with the site, on purpose. It prints what it checked and exits 0 when everything holds, 1 with
the first thing that does not (a bad entry by its index), 2 when it could not ask, or what it was given cannot be read:
then it says in one sentence, in English and in Vietnamese, what was asked, what came, and what to try.
"""

import argparse
import base64
import binascii
import csv
import hashlib
import http.client
import io
import json
import os
import re
import struct
import sys
import urllib.error
import urllib.parse
import urllib.request
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol

VERSION = 7
"""From 7 on, the sealed archive of a matter is checked, part by part; the log of the whole site is too (`--site-log`),
what it says of a log is held against that log, a witness of the site log counts for every log in it, and a proof of one
entry is checked without a site (`--proof`). From 6 on, what witnesses have signed is checked with their keys
(`--witness`), and printed sheets (`--paper`). From 5 on, logs of coordination programmes are checked too
(`--programme`), and cases of what people saw, which are promises, in the log of their consultation. From 4 on, what a
receipt proves of later versions of a letter, and of comments added to it, is checked; before, it was passed over. From
3 on, a log may have epochs (docs/ledger.md, "Epochs"): a receipt of an earlier one is looked up in it; before, it was
called one of another log. From 2 on, kinds and fields that are not known here are told and left alone ("Kinds and
fields to come"); before, the whole log was called bad for them."""

BATCH = 500
LARGEST_ANSWER = 64 * 1024 * 1024
LARGEST_INTEGER = 2**53 - 1
ATTEMPTS = 5
TOO_MANY = 429
ABSENT = {404, 410}
WHOLE_SITE = "toan-trang"
"""What the pages of a site call its own log."""


class Failed(Exception):
    """Something does not hold."""


class BadEntry(Failed):
    """An entry of the log does not hold, or something that must agree with it does not."""

    def __init__(self, index: int, message: str) -> None:
        super().__init__(f"entry {index}: {message}")
        self.index = index


ADVICE = {
    "not_there": (
        "đã hỏi {asked} nhưng trang web trả lời là không có ({came}): xin xem lại địa chỉ trang (chỉ phần đầu, như "
        "https://trang.example) và tên đợt (phần đứng sau /lay-y-kien/); chương trình phối hợp thì thêm --programme",
        "asked {asked} and the site answered that there is nothing ({came}): look at the address of the site again "
        "(its beginning alone, as https://site.example) and at the name of the consultation (what follows "
        "/lay-y-kien/); a programme takes --programme",
    ),
    "whole_site": (
        "đã hỏi {asked} nhưng trang web trả lời là không có ({came}): “toan-trang” không phải một đợt mà là nhật ký "
        "của toàn trang, xin gọi lại với --site-log thay cho tên đợt",
        "asked {asked} and the site answered that there is nothing ({came}): “toan-trang” is no consultation but "
        "the log of the whole site, so give --site-log in place of a name",
    ),
    "no_site_log": (
        "đã hỏi {asked} nhưng trang web trả lời là không có ({came}): xin xem lại địa chỉ trang (chỉ phần đầu, như "
        "https://trang.example); nếu địa chỉ đúng thì trang này không có nhật ký của toàn trang, xin kiểm tra từng "
        "đợt bằng tên của đợt",
        "asked {asked} and the site answered that there is nothing ({came}): look at the address of the site again "
        "(its beginning alone, as https://site.example); if it is right, this site has no log of the whole site, so "
        "check each consultation by its name",
    ),
    "refused": (
        "đã hỏi {asked} nhưng trang web chưa trả lời được ({came}): xin thử lại sau ít phút, vẫn vậy thì báo cơ "
        "quan vận hành trang",
        "asked {asked} and the site did not answer ({came}): try again in some minutes, and tell who runs the site "
        "if it stays so",
    ),
    "no_line": (
        "không nối được tới {asked} ({came}): xin xem lại đường mạng và tên miền rồi thử lại; những gì đã lưu bằng "
        "--save và tệp lưu trữ thì kiểm tra được khi không có mạng",
        "there is no line to {asked} ({came}): look at the network and at the name of the site and try again; what "
        "--save kept, and archives, are checked without a network",
    ),
    "page": (
        "đã hỏi {asked} nhưng nhận được một trang HTML chứ không phải dữ liệu của nhật ký: địa chỉ có thể không "
        "phải của trang lấy ý kiến, hoặc mạng đang chèn một trang đăng nhập; xin mở địa chỉ đó bằng trình duyệt để "
        "xem",
        "asked {asked} and got a page of HTML instead of the data of a log: the address may be of another site, or "
        "the network puts a page to sign in before it; open that address in a browser to see",
    ),
    "no_json": (
        "đã hỏi {asked} nhưng câu trả lời không đọc được ({came}): xin thử lại, vẫn vậy thì báo cơ quan vận hành trang",
        "asked {asked} and cannot read the answer ({came}): try again, and tell who runs the site if it stays so",
    ),
    "grows": (
        "nhật ký của {asked} tăng nhanh hơn tốc độ đọc: xin thử lại sau ít phút",
        "the log of {asked} grows faster than it can be read: try again in some minutes",
    ),
    "no_source": (
        "{asked} không phải địa chỉ trang, cũng không phải tệp hay thư mục ở đây: địa chỉ trang phải bắt đầu bằng "
        "https://, còn tệp, thư mục thì xin xem lại đường dẫn",
        "{asked} is no address of a site, and no file or folder here: an address begins with https://, and of a "
        "file or folder look at the path again",
    ),
    "not_kept": (
        "không có {asked} trong những gì đã lưu ({came}): xin xem lại tên đợt và thư mục; chỉ thư mục do --save lưu "
        "đến hết mới kiểm tra được",
        "{asked} is not among what was kept ({came}): look at the name of the consultation and at the folder again; "
        "only what --save kept to the end can be checked",
    ),
    "no_file": (
        "không đọc được tệp {asked} ({came}): xin xem lại tên và đường dẫn của tệp",
        "the file {asked} cannot be read ({came}): look at its name and path again",
    ),
    "wrong_file": (
        "{asked} không phải tệp đúng loại ({came}): xin tải lại đúng tệp từ trang, không lưu trang đang xem thay "
        "cho tệp",
        "{asked} is not a file of that kind ({came}): download the file itself from the site, not the page that "
        "shows it",
    ),
    "no_archive": (
        "{asked} không phải tệp lưu trữ của một đợt (ZIP): xin tải lại tệp .zip từ trang của đợt",
        "{asked} is not the archive of a consultation (a ZIP): download the .zip from its page again",
    ),
    "half_archive": (
        "{asked} thiếu phần cuối, như khi tải chưa xong: xin tải lại rồi kiểm tra lại; chưa nói được gì về nhật ký",
        "{asked} lacks its end, as when a download was cut: download it again and check again; nothing can be said "
        "of the log yet",
    ),
    "no_key": (
        "{asked} không phải khóa kiểm tra của trang hay của nhân chứng ({came}): xin chép lại trọn một dòng khóa",
        "{asked} is no verifier key of a site or of a witness ({came}): copy the whole line of the key again",
    ),
}
"""What is said when nothing could be checked: what was asked for, what came, what to try; in both languages."""


class Unanswered(Exception):
    """The source could not be asked, or what was given cannot be read, which says nothing about the ledger. `code` is
    of ADVICE, `came` what happened instead."""

    def __init__(self, code: str, asked: object, came: object = "") -> None:
        self.vietnamese, english = (words.format(asked=asked, came=came) for words in ADVICE[code])
        super().__init__(english)


def is_page(text: str) -> bool:
    """Whether this is a page for people, and no data."""
    return text.lstrip("\ufeff \t\r\n")[:1] == "<"


def why(error: BaseException) -> str:
    """What went wrong, as short as it can be said."""
    told = getattr(error, "reason", None) or getattr(error, "strerror", None) or error
    return str(getattr(told, "strerror", None) or told)


# ---------------------------------------------------------------------------------------------------------------------
# Canonical JSON (RFC 8785 without fractions) and commitments
# ---------------------------------------------------------------------------------------------------------------------


def canonical(value: Any) -> str:
    """The canonical text of a JSON value; ValueError for what has no place in it."""
    if value is None or isinstance(value, bool | str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int) and abs(value) <= LARGEST_INTEGER:
        return str(value)
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in keys) + "}"
    raise ValueError("it holds a fraction or too large a number")


def sha256_hex(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def commitment(name: str, value: Any, salt: Any) -> str | None:
    """The commitment as docs/ledger.md defines it, or None when salt or value is not of the right form."""
    try:
        if not is_hash(salt):
            return None
        return sha256_hex(bytes.fromhex(salt) + canonical({"field": name, "value": value}).encode("utf-8"))
    except (ValueError, RecursionError):
        return None


# ---------------------------------------------------------------------------------------------------------------------
# The tree (RFC 6962, RFC 9162)
# ---------------------------------------------------------------------------------------------------------------------


def leaf_hash(entry: str) -> bytes:
    return hashlib.sha256(b"\0" + entry.encode("utf-8")).digest()


def pair_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def tree_root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes: pairs are joined level by level, and an odd last one moves up as it is."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:
        joined = [pair_hash(level[place], level[place + 1]) for place in range(0, len(level) - 1, 2)]
        level = joined + level[len(joined) * 2 :]
    return level[0]


def siblings(index: int, size: int) -> list[tuple[int, int]]:
    """The ranges of leaves whose hashes make up the inclusion proof of `index`, from the leaf upwards."""
    ranges = []
    start, end = 0, size
    while end - start > 1:
        middle = start + (1 << (end - start - 1).bit_length() - 1)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return ranges[::-1]


def root_by_proof(index: int, size: int, leaf: bytes, proof: Sequence[bytes]) -> bytes | None:
    """The root an inclusion proof leads to, or None when it has not the length it must have."""
    ranges = siblings(index, size) if 0 <= index < size else None
    if ranges is None or len(ranges) != len(proof):
        return None
    current = leaf
    for (start, _), sibling in zip(ranges, proof, strict=True):
        current = pair_hash(current, sibling) if start > index else pair_hash(sibling, current)
    return current


def consistency_parts(first: int, size: int) -> list[tuple[int, int]]:
    """The ranges of leaves whose hashes make up the consistency proof from `first` to `size`."""
    ranges = []
    start, end = 0, size
    while first != end:
        middle = start + (1 << (end - start - 1).bit_length() - 1)
        if first <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    if start:
        ranges.append((start, end))
    return ranges[::-1]


# ---------------------------------------------------------------------------------------------------------------------
# Ed25519 (RFC 8032, section 5.1), verification only
# ---------------------------------------------------------------------------------------------------------------------

PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE = -121665 * pow(121666, -1, PRIME) % PRIME
ROOT_OF_MINUS_ONE = pow(2, (PRIME - 1) // 4, PRIME)

Point = tuple[int, int, int, int]


def point_sum(one: Point, two: Point) -> Point:
    """Addition in extended coordinates (X, Y, Z, T), x = X/Z, y = Y/Z, x·y = T/Z."""
    a = (one[1] - one[0]) * (two[1] - two[0]) % PRIME
    b = (one[1] + one[0]) * (two[1] + two[0]) % PRIME
    c = 2 * one[3] * two[3] * CURVE % PRIME
    d = 2 * one[2] * two[2] % PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME


def point_times(factor: int, point: Point) -> Point:
    result: Point = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            result = point_sum(result, point)
        point = point_sum(point, point)
        factor >>= 1
    return result


def x_of(y: int, odd: int) -> int | None:
    """The x with this parity of the point with this y, or None when there is none."""
    square = (y * y - 1) * pow(CURVE * y * y + 1, -1, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME:
        x = x * ROOT_OF_MINUS_ONE % PRIME
    if (x * x - square) % PRIME or (x == 0 and odd):
        return None
    return x if x & 1 == odd else PRIME - x


def point_from(data: bytes) -> Point | None:
    number = int.from_bytes(data, "little")
    y, odd = number & (1 << 255) - 1, number >> 255
    x = x_of(y, odd) if y < PRIME else None
    return None if x is None else (x, y, 1, x * y % PRIME)


def point_bytes(point: Point) -> bytes:
    inverse = pow(point[2], -1, PRIME)
    x, y = point[0] * inverse % PRIME, point[1] * inverse % PRIME
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE_Y = 4 * pow(5, -1, PRIME) % PRIME
BASE = point_from(BASE_Y.to_bytes(32, "little"))


def signature_holds(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether an Ed25519 signature is good: s·B − k·A must encode to R."""
    if len(public_key) != 32 or len(signature) != 64:
        return False
    key = point_from(public_key)
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or BASE is None or scalar >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % ORDER
    negated: Point = (PRIME - key[0], key[1], 1, PRIME - key[3])
    return point_bytes(point_sum(point_times(scalar, BASE), point_times(challenge, negated))) == signature[:32]


# ---------------------------------------------------------------------------------------------------------------------
# Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint)
# ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Key:
    name: str
    key_id: bytes
    public_key: bytes


@dataclass(frozen=True)
class Checkpoint:
    origin: str
    size: int
    root: bytes


def from_base64(text: str) -> bytes:
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise Failed("base64 is malformed") from error
    if base64.b64encode(data).decode("ascii") != text:
        raise Failed("base64 is malformed")
    return data


def read_key(vkey: str) -> Key:
    """A published verifier key: name+hex key id+base64(0x01 || public key)."""
    parts = vkey.split("+", 2)
    if len(parts) != 3:
        raise Failed(f"the key {vkey!r} is malformed")
    encoded = from_base64(parts[2])
    expected = hashlib.sha256(parts[0].encode("utf-8", "replace") + b"\n" + encoded).digest()[:4]
    if len(encoded) != 33 or encoded[0] != 1 or parts[1] != expected.hex():
        raise Failed(f"the key {vkey!r} is not an Ed25519 key with its own id")
    return Key(parts[0], expected, encoded[1:])


def read_witness(vkey: str) -> Key:
    """The verifier key of a witness: name+hex key id+base64(0x04 || public key)."""
    name, _, rest = vkey.partition("+")
    encoded = from_base64(rest.partition("+")[2])
    expected = hashlib.sha256(name.encode("utf-8", "replace") + b"\n" + encoded).digest()[:4]
    if len(encoded) != 33 or encoded[0] != 4 or rest.partition("+")[0] != expected.hex():
        raise Failed(f"the key {vkey!r} is not the key of a witness with its own id")
    return Key(name, expected, encoded[1:])


def cosigned_at(note: str, witness: Key) -> int:
    """When a witness signed a note (cosignature/v1), in seconds by its clock; Failed when it did not, or not well."""
    body, _, signatures = note.rpartition("\n\n")
    for line in signatures.split("\n"):
        parts = line.split(" ")
        if len(parts) == 3 and parts[1] == witness.name:
            data = from_base64(parts[2])
            if data[:4] == witness.key_id:
                at = int.from_bytes(data[4:12], "big")
                message = f"cosignature/v1\ntime {at}\n{body}\n".encode("utf-8", "replace")
                if at >= 2**33 or not signature_holds(witness.public_key, message, data[12:]):
                    raise Failed(f"the signature of the witness {witness.name} is not good")
                return at
    raise Failed(f"the witness {witness.name} has not signed the checkpoint")


def bears(note: str, witness: Key) -> bool:
    """Whether a signature that names the key of a witness stands under a note, good or not."""
    lines = [line.split(" ") for line in note.rpartition("\n\n")[2].split("\n")]
    return any(
        len(parts) == 3 and parts[1] == witness.name and from_base64(parts[2])[:4] == witness.key_id for parts in lines
    )


def read_note(note: str, keys: Sequence[Key], origin: str) -> Checkpoint:
    """The checkpoint of a note that one of `keys` has signed for `origin`; Failed otherwise."""
    body, gap, signatures = note.rpartition("\n\n")
    text = body + "\n"
    if not gap or not signatures.endswith("\n"):
        raise Failed("the checkpoint is not a signed note")
    signed = False
    for line in signatures[:-1].split("\n"):
        parts = line.split(" ")
        if len(parts) != 3 or parts[0] != "\u2014":
            raise Failed("a signature line of the checkpoint is malformed")
        data = from_base64(parts[2])
        for key in keys:
            if (key.name, key.key_id) == (parts[1], data[:4]):
                if not signature_holds(key.public_key, text.encode("utf-8", "replace"), data[4:]):
                    raise Failed("the signature of the checkpoint is not good")
                signed = True
    if not signed:
        raise Failed("no trusted key has signed the checkpoint")
    return read_checkpoint(text, origin)


def read_checkpoint(text: str, origin: str) -> Checkpoint:
    lines = text.split("\n")
    if len(lines) < 4 or "" in lines[:-1] or not re.fullmatch(r"0|[1-9][0-9]{0,15}", lines[1]):
        raise Failed("the checkpoint is malformed")
    root = from_base64(lines[2])
    if len(root) != 32:
        raise Failed("the root of the checkpoint is malformed")
    if lines[0] != origin:
        raise Failed(f"the checkpoint is of the log {lines[0]!r}, not of {origin!r}")
    return Checkpoint(lines[0], int(lines[1]), root)


# ---------------------------------------------------------------------------------------------------------------------
# The form of entries
# ---------------------------------------------------------------------------------------------------------------------

Test = Callable[[Any], bool]


def is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_INTEGER


def is_number(value: Any) -> bool:
    return is_count(value) and value > 0


def is_later(value: Any) -> bool:
    """The number of an epoch that was begun: the first begins by itself."""
    return is_count(value) and value > 1


def is_text(value: Any) -> bool:
    return isinstance(value, str)


def matching(pattern: str) -> Test:
    compiled = re.compile(pattern, re.ASCII)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def dated(form: str, pattern: str) -> Test:
    has_form = matching(pattern)

    def test(value: Any) -> bool:
        try:
            return has_form(value) and datetime.strptime(value, form) is not None
        except ValueError:
            return False

    return test


def one_of(*values: Any) -> Test:
    return lambda value: any(value is item or (isinstance(item, str) and value == item) for item in values)


def maybe(test: Test) -> Test:
    return lambda value: value is None or test(value)


def members(**tests: Test) -> Test:
    return lambda value: (
        isinstance(value, dict) and value.keys() == tests.keys() and all(tests[name](value[name]) for name in tests)
    )


def items(test: Test) -> Test:
    return lambda value: isinstance(value, list) and all(test(item) for item in value)


def ascending(value: Any) -> bool:
    return items(is_number)(value) and bool(value) and value == sorted(set(value))


def ascending_or_none(value: Any) -> bool:
    return value == [] or ascending(value)


def by_reason(value: Any) -> bool:
    return isinstance(value, dict) and all(is_code(name) and is_number(value[name]) for name in value)


is_code = matching(r"[a-z][a-z0-9_]*")
is_hash = matching(r"[0-9a-f]{64}")
is_moment = dated("%Y-%m-%dT%H:%M:%SZ", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
is_day = dated("%Y-%m-%d", r"\d{4}-\d\d-\d\d")
is_outcome = members(
    received=is_count,
    withdrawn=is_count,
    invalid=by_reason,
    split=is_count,
    passed_on=is_count,
    answered=is_count,
    awaiting=is_count,
)
is_visibility = members(
    total=is_count, in_check=is_count, public=is_count, redacted=is_count, withheld=by_reason, quarantined=is_count
)
is_anchor_object = members(
    document=is_number, revision=is_number, path=maybe(is_text), page=maybe(is_number), quote=one_of(True, False)
)


def is_anchor(value: Any) -> bool:
    return value is None or (is_anchor_object(value) and (value["path"] is None or value["page"] is None))


KINDS: Mapping[str, Mapping[str, Test]] = {
    "published": {
        "title": is_text,
        "matter": is_code,
        "procedure": is_code,
        "disclosure": one_of("on_release", "at_once", "with_answers"),
        "facts": is_hash,
        "documents": items(
            members(
                document=is_number, role=is_code, title=is_text, revision=is_number, sha256=is_hash, outline=is_hash
            )
        ),
        "periods": items(members(audience=is_code, opens=is_moment, closes=maybe(is_moment))),
    },
    "extended": {"audience": is_code, "closes": is_moment, "reason": is_text},
    "issued": {"revision": is_number, "number": is_text, "day": is_day},
    "in_force": {"day": maybe(is_day)},
    "answers_extended": {"closes": is_moment, "reason": is_text},
    "withdrawn_matter": {"reason": is_text},
    "sealed": {"size": is_count, "root": is_hash, "received": is_count},
    "majority_answered": {
        "anchor": is_anchor,
        "in_favour": is_count,
        "against": is_count,
        "follows": one_of(True, False),
        "text": is_hash,
    },
    "concluded": {"outcome": is_outcome, "visibility": is_visibility},
    "signed_copy": {
        "copy": is_number,
        "paper": is_code,
        "hash": is_hash,
        "size": is_number,
        "number": is_text,
        "day": is_day,
    },
    "signed_copy_set_aside": {"copy": is_number, "reason": is_text},
    "received": {
        "comment": is_number,
        "submission": is_number,
        "submission_kind": one_of("comment", "formal", "critique"),
        "channel": is_code,
        "day": is_day,
        "anchor": is_anchor,
        "part_of": maybe(is_number),
        "commitments": members(text=is_hash, identity=is_hash, contact=is_hash, attachments=is_hash),
    },
    "amended": {"comment": is_number, "version": is_number, "text": is_hash},
    "withdrawn": {"comment": is_number},
    "author_left": {"comment": is_number},
    "joined": {"comment": is_number, "joiner": is_number},
    "joining_withdrawn": {"comment": is_number, "joiner": is_number},
    "transcribed": {"comment": is_number, "version": is_number, "text": is_hash},
    "released": {"comment": is_number},
    "withheld": {"comment": is_number, "reason": is_code},
    "redacted": {"comment": is_number, "reason": is_code, "text": is_hash},
    "invalid": {"comment": is_number, "reason": is_code},
    "reinstated": {"comment": is_number},
    "split": {"comment": is_number, "into": ascending},
    "moved": {"comment": is_number, "place": is_later, "anchor": is_anchor, "hash": is_hash},
    "passed_on": {"count": is_number},
    "answered": {
        "comments": ascending,
        "response": is_number,
        "version": is_number,
        "disposition": is_code,
        "hash": is_hash,
    },
    "remarked": {"comment": is_number, "response": is_number, "version": is_number, "hash": is_hash},
    "second_word_paper": {
        "paper": is_number,
        "submission": is_number,
        "comments": ascending,
        "received": is_day,
        "scan": is_hash,
    },
    "second_word": {
        "comment": is_number,
        "response": is_number,
        "version": is_number,
        "verdict": one_of("satisfied", "unsatisfied"),
        "until": maybe(is_day),
        "hash": is_hash,
    },
    "dialogue_called": {
        "dialogue": is_number,
        "comments": ascending,
        "day": is_day,
        "until": is_day,
        "hash": is_hash,
    },
    "dialogue_held": {
        "dialogue": is_number,
        "agreed": ascending_or_none,
        "open": ascending_or_none,
        "minutes": is_hash,
        "hash": is_hash,
    },
    "referred": {"comment": is_number, "referral": is_number, "body": is_text, "day": is_day, "until": is_day},
    "referral_answered": {"comment": is_number, "referral": is_number, "day": is_day, "hash": is_hash},
    "taken_up": {"proposals": is_text, "proposal": is_number},
    "proposals_bundled": {"submission": is_number, "proposals": items(members(matter=is_text, proposal=is_number))},
    "question_asked": {"comment": is_number, "until": is_day, "text": is_hash},
    "question_replied": {"comment": is_number, "text": is_hash},
    "scan_set_aside": {"submission": is_number, "scans": is_number},
    "codes_issued": {"submission": is_number},
    "name_hidden": {"submission": is_number},
    "letter_amended": {"submission": is_number, "version": is_later, "letter": is_hash},
    "handed_to_appraisal": {"package": is_number, "hash": is_hash, "size": is_number},
    "programme_agreed": {"title": is_text, "hash": is_hash, "file": maybe(is_hash)},
    "plan_agreed": {"year": is_number, "promises": ascending},
    "promise_made": {
        "promise": is_number,
        "promise_kind": one_of("recommendation", "task", "remedy", "decision", "case"),
        "due": is_day,
        "hash": is_hash,
    },
    "promise_changed": {"promise": is_number, "hash": is_hash, "reason": is_text},
    "promise_said": {"promise": is_number, "act": is_number, "said": one_of("answer", "follow"), "hash": is_hash},
    "promise_moved": {"promise": is_number, "act": is_number, "was": is_day, "due": is_day, "hash": is_hash},
    "promise_ended": {
        "promise": is_number,
        "ending": one_of("done", "withdrawn", "taken_over"),
        "day": is_day,
        "hash": is_hash,
    },
    "round_step": {
        "round": is_number,
        "step": is_number,
        "step_kind": one_of("plan", "own_report", "visit", "report"),
        "day": is_day,
        "hash": is_hash,
    },
    "inspection_published": {
        "inspection": is_number,
        "version": is_number,
        "day": is_day,
        "hash": is_hash,
        "reason": maybe(is_text),
    },
    "exchange_agreed": {
        "exchange": is_number,
        "year": is_number,
        "quarter": is_number,
        "day": is_day,
        "promises": ascending_or_none,
        "hash": is_hash,
    },
    "report_agreed": {
        "report": is_number,
        "report_kind": one_of("half", "year", "final"),
        "since": is_day,
        "until": is_day,
        "as_of": is_day,
        "file": is_hash,
        "hash": is_hash,
    },
    "practice_act": {
        "practice": is_number,
        "act": is_number,
        "said": one_of("facts", "evaluation", "ended", "resumed", "picture", "material"),
        "hash": is_hash,
    },
    "area_criteria": {"year": is_number, "version": is_number, "hash": is_hash},
    "area_scored": {"score": is_number, "hash": is_hash},
    "material_version": {"material": is_number, "version": is_number, "hash": is_hash},
    "survey_opened": {"survey": is_number, "year": is_number, "starts": is_day, "ends": is_day, "hash": is_hash},
    "survey_published": {"survey": is_number, "answers": is_number, "hash": is_hash, "table": is_hash},
    "course_step": {"course": is_number, "step": one_of("invitation", "results"), "hash": is_hash},
    "campaign_version": {"campaign": is_number, "version": is_number, "hash": is_hash, "reason": maybe(is_text)},
    "campaign_result": {
        "campaign": is_number,
        "result": is_number,
        "version": is_number,
        "hash": is_hash,
        "reason": maybe(is_text),
    },
    "commendation_published": {"commendation": is_number, "version": is_number, "commitment": is_hash},
    "commendation_withdrawn": {"commendation": is_number, "version": is_number},
    "indicators_set": {"year": is_number, "version": is_number, "hash": is_hash},
    "result_confirmed": {
        "result": is_number,
        "year": is_number,
        "hash": is_hash,
        "file": is_hash,
        "reason": maybe(is_text),
    },
    "case_joined": {"promise": is_number, "comments": ascending},
    "case_reopened": {"promise": is_number, "was": is_day, "due": is_day},
    "epoch": {"epoch": is_later, "size": is_count, "root": is_hash, "checkpoint": is_text, "reason": is_text},
    "brought_back": {"comment": is_number, "epoch": is_number, "was": is_count, "leaf": is_hash},
    "log_checkpoint": {"origin": is_text, "size": is_number, "root": is_hash},
}


LATER: Mapping[str, Mapping[str, Test]] = {"received": {"shown": is_hash}}
"""Fields that entries of before do not have."""


def read_entry(index: int, text: str) -> dict[str, Any]:
    """The entry as an object; BadEntry unless it is canonical, in its place, and has all fields of its kind, well
    formed. A kind that is not known here, or a further field, is for `unknown_of` to tell."""
    try:
        entry = json.loads(text)
        is_canonical = canonical(entry) == text and bool(text.encode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadEntry(index, f"it is not canonical JSON ({type(error).__name__})") from error
    if not is_canonical or not isinstance(entry, dict):
        raise BadEntry(index, "it is not the canonical JSON of an object")
    if not (is_count(entry.get("index")) and entry["index"] == index):
        raise BadEntry(index, f"it says it is entry {entry.get('index')!r}")
    if not (is_number(entry.get("v")) and entry["v"] == 1):
        raise BadEntry(index, f"it is of version {entry.get('v')!r} of the format, not of version 1")
    if not is_code(entry.get("kind")):
        raise BadEntry(index, f"its kind is {entry.get('kind')!r}, which is no code")
    later = {name: test for name, test in LATER.get(entry["kind"], {}).items() if name in entry}
    for name, test in {"at": is_moment, **KINDS.get(entry["kind"], {}), **later}.items():
        if name not in entry:
            raise BadEntry(index, f"it lacks the field {name!r} of {entry['kind']!r}")
        if not test(entry[name]):
            raise BadEntry(index, f"its field {name!r} is malformed")
    return entry


def unknown_of(entries: Sequence[dict[str, Any]]) -> Iterator[str]:
    """A line for what this version does not know: it is under the signed root like all else, and changes no sum."""
    kinds = Counter(entry["kind"] for entry in entries if entry["kind"] not in KINDS)
    if kinds:
        named = ", ".join(f"{kind} {number}" for kind, number in sorted(kinds.items()))
        yield f"{kinds.total()} entries of kinds not known to this version ({named}): hashed, and in neither sum"
    known = [entry for entry in entries if entry["kind"] in KINDS]
    fields = Counter(
        f"{entry['kind']}.{name}"
        for entry in known
        for name in entry.keys() - {"v", "index", "kind", "at", *KINDS[entry["kind"]], *LATER.get(entry["kind"], {})}
    )
    if fields:
        named = ", ".join(f"{name} {number}" for name, number in sorted(fields.items()))
        yield f"{fields.total()} fields not known to this version ({named}): hashed, and otherwise left alone"


# ---------------------------------------------------------------------------------------------------------------------
# What the entries say: the state of every comment, and both sums
# ---------------------------------------------------------------------------------------------------------------------


@dataclass
class Comment:
    """What the log says of one comment so far."""

    received: dict[str, Any]
    text: str
    text_entry: int
    last_entry: int
    version: int = 1
    withdrawn: bool = False
    invalid: str | None = None
    parts: set[int] = field(default_factory=set)
    moves: list[dict[str, Any]] = field(default_factory=list)
    answered: dict[str, Any] | None = None
    visibility: str = "unreleased"
    visibility_reason: str | None = None
    redaction: str | None = None
    redaction_entry: int = 0
    transcript: str | None = None
    transcript_version: int = 0
    transcript_entry: int = 0
    joiners: set[int] = field(default_factory=set)
    left: bool = False
    asked: bool = False
    replied: bool = False
    remarked: dict[str, Any] | None = None
    unsatisfied: dict[str, Any] | None = None

    @property
    def outcome(self) -> str:
        """The first term of the outcome that applies, in the order of docs/ledger.md."""
        terms = {
            "withdrawn": self.withdrawn,
            "invalid": self.invalid is not None,
            "split": bool(self.parts),
            "answered": self.answered is not None,
        }
        return next((term for term, applies in terms.items() if applies), "open")

    def show(self, visibility: str, reason: str | None = None) -> None:
        """Sets the visibility; a withdrawn comment keeps the one it has."""
        if not self.withdrawn:
            self.visibility, self.visibility_reason = visibility, reason


@dataclass
class Replay:
    """The log read in order. Each kind of entry has a method of its own name, where it has something to say."""

    leaves: Sequence[bytes]
    comments: dict[int, Comment] = field(default_factory=dict)
    passed: int = 0
    joinings: int = 0
    response_versions: dict[int, int] = field(default_factory=dict)
    received_at: list[int] = field(default_factory=list)
    sealed: bool = False
    epochs: list[dict[str, Any]] = field(default_factory=list)
    brought_back: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    noted: dict[str, int] = field(default_factory=dict)
    nameless: set[int] = field(default_factory=set)
    set_aside: dict[int, int] = field(default_factory=dict)
    letters: dict[int, int] = field(default_factory=dict)
    dialogues: dict[int, list[int] | None] = field(default_factory=dict)
    papers: int = 0
    promises: dict[int, str] = field(default_factory=dict)
    ended: dict[int, str] = field(default_factory=dict)
    steps: set[tuple[int, int]] = field(default_factory=set)
    inspections: dict[int, int] = field(default_factory=dict)
    practices: set[int] = field(default_factory=set)
    public: set[tuple[Any, ...]] = field(default_factory=set)
    referrals: dict[int, int | None] = field(default_factory=dict)
    surveys: dict[int, bool] = field(default_factory=dict)

    def take(self, entry: dict[str, Any]) -> None:
        """Reads the next entry; BadEntry when it does not follow from those before. What is not known says nothing."""
        if entry["kind"] not in KINDS:
            return
        if entry["kind"] not in ("received", "answered") and "comment" in entry:
            self.known(entry, entry["comment"]).last_entry = entry["index"]
        method = getattr(self, "take_" + entry["kind"], None)
        if method is not None:
            method(entry)

    def known(self, entry: dict[str, Any], number: int) -> Comment:
        if number not in self.comments:
            raise BadEntry(entry["index"], f"comment {number} was not received before")
        return self.comments[number]

    def take_received(self, entry: dict[str, Any]) -> None:
        expected = len(self.comments) + 1
        if entry["comment"] != expected:
            raise BadEntry(entry["index"], f"it receives comment {entry['comment']}, but {expected} is next")
        if entry["part_of"] is not None:
            self.known(entry, entry["part_of"])
        elif self.sealed and entry["submission_kind"] == "comment" and entry["channel"] in ("web", "api"):
            raise BadEntry(entry["index"], f"it receives comment {entry['comment']} after the log was sealed")
        self.received_at.append(entry["index"])
        self.comments[expected] = Comment(entry, entry["commitments"]["text"], entry["index"], entry["index"])

    def take_amended(self, entry: dict[str, Any]) -> None:
        comment = self.comments[entry["comment"]]
        if entry["version"] != comment.version + 1:
            raise BadEntry(entry["index"], f"version {comment.version + 1} of comment {entry['comment']} is missing")
        if comment.joiners or comment.left:
            raise BadEntry(entry["index"], f"it changes comment {entry['comment']}, which others have joined")
        comment.version, comment.text, comment.text_entry = entry["version"], entry["text"], entry["index"]
        comment.show("unreleased")

    def take_withdrawn(self, entry: dict[str, Any]) -> None:
        comment = self.comments[entry["comment"]]
        if comment.joiners:
            raise BadEntry(entry["index"], f"it withdraws comment {entry['comment']}, which others have joined")
        comment.show("withheld", "withdrawn")
        comment.withdrawn = True

    def take_author_left(self, entry: dict[str, Any]) -> None:
        comment = self.comments[entry["comment"]]
        if comment.withdrawn or comment.left or not comment.joiners:
            raise BadEntry(entry["index"], f"nobody has joined comment {entry['comment']}, or its sender left before")
        comment.left = True

    def take_joined(self, entry: dict[str, Any]) -> None:
        comment = self.comments[entry["comment"]]
        self.joinings += 1
        if self.sealed:
            raise BadEntry(entry["index"], f"joiner {entry['joiner']} comes after the log was sealed")
        if entry["joiner"] != self.joinings:
            raise BadEntry(entry["index"], f"it is joiner {entry['joiner']}, but {self.joinings} is next")
        if comment.visibility not in ("public", "redacted") or comment.outcome not in ("open", "answered"):
            raise BadEntry(entry["index"], f"comment {entry['comment']} could not be joined")
        comment.joiners.add(entry["joiner"])

    def take_joining_withdrawn(self, entry: dict[str, Any]) -> None:
        comment = self.comments[entry["comment"]]
        if entry["joiner"] not in comment.joiners:
            raise BadEntry(entry["index"], f"joiner {entry['joiner']} had not joined comment {entry['comment']}")
        comment.joiners.remove(entry["joiner"])

    def take_transcribed(self, entry: dict[str, Any]) -> None:
        comment = self.comments[entry["comment"]]
        if entry["version"] != comment.transcript_version + 1:
            raise BadEntry(entry["index"], f"transcript {comment.transcript_version + 1} is missing before it")
        comment.transcript, comment.transcript_entry = entry["text"], entry["index"]
        comment.transcript_version = entry["version"]

    def take_released(self, entry: dict[str, Any]) -> None:
        self.comments[entry["comment"]].show("public")

    def take_withheld(self, entry: dict[str, Any]) -> None:
        self.comments[entry["comment"]].show("withheld", entry["reason"])

    def take_redacted(self, entry: dict[str, Any]) -> None:
        comment = self.comments[entry["comment"]]
        comment.redaction, comment.redaction_entry = entry["text"], entry["index"]
        comment.show("redacted")

    def take_invalid(self, entry: dict[str, Any]) -> None:
        self.comments[entry["comment"]].invalid = entry["reason"]

    def take_reinstated(self, entry: dict[str, Any]) -> None:
        comment = self.comments[entry["comment"]]
        if comment.invalid is None:
            raise BadEntry(entry["index"], f"comment {entry['comment']} is not invalid")
        comment.invalid = None

    def take_split(self, entry: dict[str, Any]) -> None:
        for number in entry["into"]:
            if self.known(entry, number).received["part_of"] != entry["comment"]:
                raise BadEntry(entry["index"], f"comment {number} is not a part of comment {entry['comment']}")
        self.comments[entry["comment"]].parts.update(entry["into"])

    def take_moved(self, entry: dict[str, Any]) -> None:
        comment = self.comments[entry["comment"]]
        before = [comment.received, *comment.moves]
        if entry["place"] != len(before) + 1:
            raise BadEntry(
                entry["index"], f"place {len(before) + 1} of comment {entry['comment']} is missing before it"
            )
        if comment.outcome != "open":
            raise BadEntry(entry["index"], f"it moves comment {entry['comment']}, which is {comment.outcome}")
        if canonical(before[-1]["anchor"]) == canonical(entry["anchor"]):
            raise BadEntry(entry["index"], f"comment {entry['comment']} stands there already")
        comment.moves.append(entry)

    def take_passed_on(self, entry: dict[str, Any]) -> None:
        self.passed += entry["count"]
        if self.awaiting() < 0:
            raise BadEntry(entry["index"], "more comments are passed on than were open")

    def take_answered(self, entry: dict[str, Any]) -> None:
        if entry["version"] < self.response_versions.get(entry["response"], 1):
            raise BadEntry(entry["index"], f"a later version of answer {entry['response']} was published before")
        self.response_versions[entry["response"]] = entry["version"]
        for number in entry["comments"]:
            comment = self.known(entry, number)
            comment.answered, comment.last_entry = entry, entry["index"]

    def take_remarked(self, entry: dict[str, Any]) -> None:
        comment = self.comments[entry["comment"]]
        if (
            comment.remarked is not None
            or comment.answered is None
            or comment.answered["response"] != entry["response"]
        ):
            raise BadEntry(entry["index"], f"comment {entry['comment']} has no such answer, or a remark on it already")
        comment.remarked = entry

    def take_second_word_paper(self, entry: dict[str, Any]) -> None:
        if entry["paper"] != self.papers + 1:
            raise BadEntry(entry["index"], f"it is paper {entry['paper']}, but {self.papers + 1} is next")
        for number in entry["comments"]:
            comment = self.known(entry, number)
            if comment.received["submission"] != entry["submission"] or comment.remarked is not None:
                raise BadEntry(entry["index"], f"comment {number} is of another letter, or had its second word before")
        self.papers = entry["paper"]

    def take_second_word(self, entry: dict[str, Any]) -> None:
        self.take_remarked(entry)
        comment, last = self.comments[entry["comment"]], entry["verdict"] == "unsatisfied"
        if comment.answered is None or comment.answered["version"] != entry["version"]:
            raise BadEntry(entry["index"], f"the answer to comment {entry['comment']} is not in this version")
        if (entry["until"] is not None) != last:
            raise BadEntry(entry["index"], "a final answer is owed to what does not satisfy, and to nothing else")
        comment.unsatisfied = entry if last else None

    def take_dialogue_called(self, entry: dict[str, Any]) -> None:
        if entry["dialogue"] != len(self.dialogues) + 1:
            raise BadEntry(
                entry["index"], f"it calls dialogue {entry['dialogue']}, but {len(self.dialogues) + 1} is next"
            )
        for number in entry["comments"]:
            said = self.known(entry, number).unsatisfied
            answered = self.comments[number].answered
            if said is None or answered is None or answered["version"] > said["version"]:
                raise BadEntry(entry["index"], f"comment {number} does not wait for a final answer")
        self.dialogues[entry["dialogue"]] = entry["comments"]

    def take_dialogue_held(self, entry: dict[str, Any]) -> None:
        if sorted(entry["agreed"] + entry["open"]) != self.dialogues.get(entry["dialogue"]):
            raise BadEntry(
                entry["index"], f"dialogue {entry['dialogue']} was not called over these, or was held before"
            )
        self.dialogues[entry["dialogue"]] = None

    def take_referred(self, entry: dict[str, Any]) -> None:
        if entry["referral"] != len(self.referrals) + 1:
            raise BadEntry(entry["index"], f"it is referral {entry['referral']}, but {len(self.referrals) + 1} is next")
        if self.comments[entry["comment"]].answered is None:
            raise BadEntry(entry["index"], f"comment {entry['comment']} is passed on without an answer that says so")
        if entry["until"] <= entry["day"]:
            raise BadEntry(entry["index"], "the other body is asked to answer before it has been asked")
        self.referrals[entry["referral"]] = entry["comment"]

    def take_referral_answered(self, entry: dict[str, Any]) -> None:
        if self.referrals.get(entry["referral"]) != entry["comment"]:
            raise BadEntry(
                entry["index"], f"referral {entry['referral']} is not of this comment, or was answered before"
            )
        self.referrals[entry["referral"]] = None

    def take_question_asked(self, entry: dict[str, Any]) -> None:
        comment = self.comments[entry["comment"]]
        if comment.asked or comment.outcome != "open":
            raise BadEntry(entry["index"], f"comment {entry['comment']} was asked about before, or waits for no answer")
        comment.asked = True

    def take_question_replied(self, entry: dict[str, Any]) -> None:
        comment = self.comments[entry["comment"]]
        if not comment.asked or comment.replied:
            raise BadEntry(entry["index"], f"nothing was asked of comment {entry['comment']}, or it was replied before")
        comment.replied = True

    def take_scan_set_aside(self, entry: dict[str, Any]) -> None:
        letters = (one.received for one in self.comments.values() if one.received["channel"] not in ("web", "api"))
        if entry["submission"] not in {letter["submission"] for letter in letters}:
            raise BadEntry(entry["index"], f"no paper {entry['submission']} was received before")
        if entry["scans"] <= self.set_aside.get(entry["submission"], 0):
            raise BadEntry(entry["index"], f"so many scans of paper {entry['submission']} were set aside before")
        self.set_aside[entry["submission"]] = entry["scans"]

    def take_codes_issued(self, entry: dict[str, Any]) -> None:
        if entry["submission"] not in {one.received["submission"] for one in self.comments.values()}:
            raise BadEntry(entry["index"], f"no submission {entry['submission']} was received before")

    def take_letter_amended(self, entry: dict[str, Any]) -> None:
        if entry["submission"] not in {one.received["submission"] for one in self.comments.values()}:
            raise BadEntry(entry["index"], f"no submission {entry['submission']} was received before")
        before = self.letters.get(entry["submission"], 1)
        if entry["version"] != before + 1:
            raise BadEntry(entry["index"], f"version {before + 1} of letter {entry['submission']} is missing before it")
        self.letters[entry["submission"]] = entry["version"]

    def take_sealed(self, entry: dict[str, Any]) -> None:
        if entry["size"] > entry["index"]:
            raise BadEntry(entry["index"], "it seals entries that come after it")
        if tree_root(self.leaves[: entry["size"]]).hex() != entry["root"]:
            raise BadEntry(entry["index"], f"the sealed root is not that of the first {entry['size']} entries")
        if sum(index < entry["size"] for index in self.received_at) != entry["received"]:
            raise BadEntry(entry["index"], "the sealed number of received comments is wrong")
        self.sealed = True

    def take_extended(self, entry: dict[str, Any]) -> None:
        if entry["audience"] == "public":
            self.sealed = False

    def take_concluded(self, entry: dict[str, Any]) -> None:
        difference = self.difference(entry["outcome"], entry["visibility"])
        if difference is not None:
            raise BadEntry(entry["index"], f"its sums are wrong: {difference}")
        if self.awaiting() != 0:
            raise BadEntry(entry["index"], f"it concludes while {self.awaiting()} comments are awaiting an answer")

    def promised(self, entry: dict[str, Any]) -> int:
        number: int = entry["promise"]
        if number not in self.promises:
            raise BadEntry(entry["index"], f"promise {number} was not made before")
        return number

    def take_promise_made(self, entry: dict[str, Any]) -> None:
        if entry["promise"] in self.promises:
            raise BadEntry(entry["index"], f"promise {entry['promise']} was made before")
        self.promises[entry["promise"]] = entry["due"]

    def take_promise_changed(self, entry: dict[str, Any]) -> None:
        self.promised(entry)

    def take_promise_said(self, entry: dict[str, Any]) -> None:
        self.promised(entry)

    def take_promise_moved(self, entry: dict[str, Any]) -> None:
        number = self.promised(entry)
        if number in self.ended or self.promises[number] != entry["was"]:
            raise BadEntry(entry["index"], f"promise {number} was not owed until {entry['was']}")
        self.promises[number] = entry["due"]

    def take_promise_ended(self, entry: dict[str, Any]) -> None:
        number = self.promised(entry)
        if number in self.ended:
            raise BadEntry(entry["index"], f"promise {number} had ended before")
        self.ended[number] = entry["day"]

    def take_case_joined(self, entry: dict[str, Any]) -> None:
        number = self.promised(entry)
        if unknown := sorted(set(entry["comments"]) - set(self.comments)):
            raise BadEntry(entry["index"], f"comment {unknown[0]} of case {number} was not received before")

    def take_case_reopened(self, entry: dict[str, Any]) -> None:
        number = self.promised(entry)
        if self.ended.pop(number, None) != entry["was"]:
            raise BadEntry(entry["index"], f"case {number} had not ended on {entry['was']}")
        self.promises[number] = entry["due"]

    def take_inspection_published(self, entry: dict[str, Any]) -> None:
        number, version = entry["inspection"], entry["version"]
        if version != self.inspections.get(number, 0) + 1:
            raise BadEntry(entry["index"], f"version {version} of inspection {number} does not follow the one before")
        self.inspections[number] = version

    def take_round_step(self, entry: dict[str, Any]) -> None:
        step = (entry["round"], entry["step"])
        if step in self.steps:
            raise BadEntry(entry["index"], f"step {step[1]} of round {step[0]} was public before")
        self.steps.add(step)

    def take_exchange_agreed(self, entry: dict[str, Any]) -> None:
        self.once(entry, entry["year"], entry["quarter"])

    def take_report_agreed(self, entry: dict[str, Any]) -> None:
        self.once(entry, entry["report"])

    def once(self, entry: dict[str, Any], *key: Any) -> None:
        if (entry["kind"], *key) in self.public:
            raise BadEntry(entry["index"], f"it makes public again what was public before: {entry['kind']} {key}")
        self.public.add((entry["kind"], *key))

    def take_practice_act(self, entry: dict[str, Any]) -> None:
        self.once(entry, entry["practice"], entry["act"])
        if entry["said"] != "facts" and entry["practice"] not in self.practices:
            raise BadEntry(entry["index"], f"practice {entry['practice']} was not public before")
        self.practices.add(entry["practice"])

    def take_area_criteria(self, entry: dict[str, Any]) -> None:
        self.once(entry, entry["year"], entry["version"])

    def take_material_version(self, entry: dict[str, Any]) -> None:
        self.once(entry, entry["material"], entry["version"])

    def take_indicators_set(self, entry: dict[str, Any]) -> None:
        self.once(entry, entry["year"], entry["version"])

    def take_result_confirmed(self, entry: dict[str, Any]) -> None:
        self.once(entry, entry["result"])

    def take_course_step(self, entry: dict[str, Any]) -> None:
        self.once(entry, entry["course"], entry["step"])

    def take_campaign_version(self, entry: dict[str, Any]) -> None:
        self.next_version(entry, "campaign")

    def take_campaign_result(self, entry: dict[str, Any]) -> None:
        self.next_version(entry, "result")
        if ("campaign_version", entry["campaign"], 1) not in self.public:
            raise BadEntry(entry["index"], f"campaign {entry['campaign']} was not public before")

    def take_commendation_published(self, entry: dict[str, Any]) -> None:
        self.next_version(entry, "commendation")
        number, before = entry["commendation"], entry["version"] - 1
        if before and ("commendation_withdrawn", number, before) not in self.public:
            raise BadEntry(entry["index"], f"commendation {number} was public already")

    def take_commendation_withdrawn(self, entry: dict[str, Any]) -> None:
        number, version = entry["commendation"], entry["version"]
        if ("commendation_published", number, version) not in self.public:
            raise BadEntry(entry["index"], f"commendation {number} was not public in version {version}")
        self.once(entry, number, version)

    def next_version(self, entry: dict[str, Any], name: str) -> None:
        """Versions of a thing become public in their order, without a gap."""
        number, version = entry[name], entry["version"]
        if version > 1 and (entry["kind"], number, version - 1) not in self.public:
            raise BadEntry(entry["index"], f"{name} {number} was not public in version {version - 1}")
        self.once(entry, number, version)

    def take_area_scored(self, entry: dict[str, Any]) -> None:
        self.once(entry, entry["score"])

    def take_survey_opened(self, entry: dict[str, Any]) -> None:
        if entry["survey"] in self.surveys:
            raise BadEntry(entry["index"], f"survey {entry['survey']} was open before")
        self.surveys[entry["survey"]] = False

    def take_survey_published(self, entry: dict[str, Any]) -> None:
        if self.surveys.get(entry["survey"]) is not False:
            raise BadEntry(entry["index"], f"survey {entry['survey']} was not open, or was published before")
        self.surveys[entry["survey"]] = True

    def take_epoch(self, entry: dict[str, Any]) -> None:
        if self.epochs and entry["epoch"] <= self.epochs[-1]["epoch"]:
            raise BadEntry(entry["index"], f"it begins epoch {entry['epoch']} again")
        self.epochs.append(entry)

    def take_brought_back(self, entry: dict[str, Any]) -> None:
        end = end_of(entry["epoch"], self.epochs)
        key = (entry["epoch"], entry["was"])
        if end is None:
            raise BadEntry(entry["index"], f"it brings back from epoch {entry['epoch']}, which has not ended")
        if entry["was"] < end["index"]:
            raise BadEntry(entry["index"], f"it brings back entry {entry['was']}, which was not lost")
        if key in self.brought_back:
            raise BadEntry(entry["index"], f"it brings back entry {entry['was']} of epoch {entry['epoch']} again")
        self.brought_back[key] = entry

    def take_name_hidden(self, entry: dict[str, Any]) -> None:
        self.nameless.add(entry["submission"])

    def take_log_checkpoint(self, entry: dict[str, Any]) -> None:
        if entry["size"] <= self.noted.get(entry["origin"], 0):
            raise BadEntry(
                entry["index"], f"it says that {entry['origin']} is not longer than it was said to be before"
            )
        self.noted[entry["origin"]] = entry["size"]

    def require_complete(self) -> None:
        """What must hold at the end of a log."""
        for number, comment in self.comments.items():
            original = comment.received["part_of"]
            if original is not None and number not in self.comments[original].parts:
                raise BadEntry(comment.received["index"], f"it is part of comment {original}, whose split lacks it")
        if self.awaiting() < 0:
            raise Failed("more comments were passed on than are without another outcome")

    def awaiting(self) -> int:
        return sum(comment.outcome == "open" for comment in self.comments.values()) - self.passed

    def outcome(self) -> dict[str, Any]:
        """The first sum, recomputed."""
        terms = Counter(comment.outcome for comment in self.comments.values())
        reasons = Counter(comment.invalid for comment in self.comments.values() if comment.outcome == "invalid")
        return {
            "received": len(self.comments),
            "withdrawn": terms["withdrawn"],
            "invalid": dict(reasons),
            "split": terms["split"],
            "passed_on": self.passed,
            "answered": terms["answered"],
            "awaiting": self.awaiting(),
        }

    def visibility(self) -> dict[str, Any]:
        """The second sum, recomputed; those in check and in quarantine are one number, `unreleased`."""
        comments = list(self.comments.values())
        terms = Counter(comment.visibility for comment in comments)
        reasons = Counter(comment.visibility_reason for comment in comments if comment.visibility == "withheld")
        return {
            "total": len(comments),
            "unreleased": terms["unreleased"],
            "public": terms["public"],
            "redacted": terms["redacted"],
            "withheld": dict(reasons),
        }

    def difference(self, outcome: Any, visibility: Any) -> str | None:
        """The first term in which given sums differ from the recomputed ones, or None."""
        if not is_outcome(outcome) or not is_visibility(visibility):
            return "a sum is malformed"
        given = {name: visibility[name] for name in ("total", "public", "redacted", "withheld")}
        given["unreleased"] = visibility["in_check"] + visibility["quarantined"]
        for title, stated, computed in (("outcome", outcome, self.outcome()), ("visibility", given, self.visibility())):
            for term, number in computed.items():
                if stated[term] != number:
                    return f"{title}, {term}: stated {stated[term]}, the entries give {number}"
        return None


# ---------------------------------------------------------------------------------------------------------------------
# Asking
# ---------------------------------------------------------------------------------------------------------------------


class Source(Protocol):
    """Whatever answers the addresses below /api/v1/consultations/<slug>/."""

    def get(self, name: str, **query: Any) -> Any:
        """The JSON at `name`, "" being the matter itself; Unanswered when there is no answer."""

    def file_hash(self, document: int, revision: int) -> str:
        """The SHA-256 in hex of a published file, as anybody can fetch it; Failed when the site has none to give."""


def file_name(name: str, query: Mapping[str, Any]) -> str:
    parts = [
        name.replace("/", "-") or "matter",
        *(f"{key}-{urllib.parse.quote(str(query[key]), '')}" for key in sorted(query)),
    ]
    return "-".join(parts) + ".json"


class Folder:
    """Answers kept by --save."""

    def __init__(self, folder: Path, slug: str) -> None:
        self.folder = folder / slug

    def get(self, name: str, **query: Any) -> Any:
        path = self.folder / file_name(name, query)
        try:
            return json.loads(path.read_text("utf-8"))
        except OSError as error:
            raise Unanswered("not_kept", path, why(error)) from error
        except (ValueError, RecursionError) as error:
            raise Unanswered("wrong_file", path, why(error)) from error

    def file_hash(self, document: int, revision: int) -> str:
        path = self._file(f"file-{document}-{revision}")
        try:
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise Unanswered("not_kept", path, why(error)) from error

    def _file(self, name: str) -> Path:
        """Where a file lies: here, or elsewhere in the archive that this folder is of, as its list says."""
        beside = self.folder / name
        if beside.exists() or not (self.folder / "files.json").exists():
            return beside
        listed = self.get("files")
        return self.folder.parent.parent / str(listed.get(name, name) if isinstance(listed, dict) else name)


class Site:
    """The public API of a site, over HTTP; what it answers is kept in a folder when one is given."""

    def __init__(self, address: str, slug: str, save: Path | None, of: str = "consultations") -> None:
        named = f"{of}/{urllib.parse.quote(slug, '')}" if of else slug
        self.base = f"{address.rstrip('/')}/api/v1/{named}"
        self.absent = "not_there" if of and slug != WHOLE_SITE else "whole_site" if of else "no_site_log"
        self.files = f"{address.rstrip('/')}/lay-y-kien/{urllib.parse.quote(slug, '')}/tai-ve"
        self.save = save / slug if save else None
        if self.save:
            self.save.mkdir(parents=True, exist_ok=True)

    def get(self, name: str, **query: Any) -> Any:
        address = self.base + (f"/{name}" if name else "") + ("?" + urllib.parse.urlencode(query) if query else "")
        data = self._fetched(address)
        try:
            answer = json.loads(data)
        except (ValueError, RecursionError) as error:
            page = is_page(data.decode("utf-8", "replace"))
            raise Unanswered("page" if page else "no_json", address, why(error)) from error
        if self.save:
            (self.save / file_name(name, query)).write_bytes(data)
        return answer

    def _fetched(self, address: str) -> bytes:
        try:
            with urllib.request.urlopen(address, timeout=60) as response:
                data: bytes = response.read(LARGEST_ANSWER + 1)
        except urllib.error.HTTPError as refusal:
            with refusal:
                code = self.absent if refusal.code in ABSENT else "refused"
                raise Unanswered(code, address, f"HTTP {refusal.code}") from refusal
        except (OSError, http.client.HTTPException) as error:
            raise Unanswered("no_line", address, why(error)) from error
        except ValueError as error:
            raise Unanswered("no_source", address) from error
        if len(data) > LARGEST_ANSWER:
            raise Unanswered("no_json", address, f"> {LARGEST_ANSWER} bytes")
        return data

    def file_hash(self, document: int, revision: int) -> str:
        address = f"{self.files}/{document}/{revision}/"
        kept = self.save / f"file-{document}-{revision}" if self.save else Path(os.devnull)
        digest = hashlib.sha256()
        try:
            with urllib.request.urlopen(address, timeout=60) as response, kept.open("wb") as copy:
                while piece := response.read(1 << 20):
                    digest.update(piece)
                    copy.write(piece)
        except urllib.error.HTTPError as refusal:
            with refusal:
                if refusal.code == TOO_MANY:
                    raise Unanswered("refused", address, f"HTTP {refusal.code}") from refusal
                raise Failed(
                    f"the site does not give the file of revision {revision} of document {document}: {refusal}"
                ) from refusal
        except (OSError, http.client.HTTPException) as error:
            raise Unanswered("no_line", address, why(error)) from error
        return digest.hexdigest()


def part(answer: Any, name: str, test: Test, where: str) -> Any:
    """A member of an answer; Failed when it is missing or malformed."""
    if not isinstance(answer, dict) or name not in answer or not test(answer[name]):
        raise Failed(f"{where}: {name!r} is missing or malformed")
    return answer[name]


def hashes_of(source: Source, name: str, **query: int) -> list[bytes]:
    found = part(source.get(name, **query), "hashes", items(is_hash), name)
    return [bytes.fromhex(item) for item in found]


@dataclass(frozen=True)
class Gathered:
    """What the API said, at one size of the log."""

    origin: str
    keys: list[Key]
    size: int
    note: str
    entries: list[str]
    comments: list[dict[str, Any]]
    sums: Any
    matter: Any
    witnessed: Sequence[str] = ()
    site_log: Any = None


def gather(source: Source, programme: bool = False) -> Gathered:
    """Everything (of a `programme` the log alone), asked again from the start when the log grew meanwhile."""
    for _ in range(ATTEMPTS):
        ledger = source.get("ledger")
        size = part(ledger, "size", is_count, "ledger")
        gathered = Gathered(
            part(ledger, "origin", is_text, "ledger"),
            read_keys(part(ledger, "keys", items(lambda item: isinstance(item, dict)), "ledger")),
            size,
            part(ledger, "checkpoint", is_text, "ledger"),
            list(entries_of(source, size)),
            [] if programme else list(comments_of(source)),
            {} if programme else source.get("sums"),
            {} if programme else source.get(""),
            [*notes_in(ledger.get("witnesses")), *notes_in([ledger.get("witnessed")])],
            ledger.get("site_log"),
        )
        if part(source.get("ledger"), "size", is_count, "ledger") == size:
            return gathered
    raise Unanswered("grows", gathered.origin)


def notes_in(said: Any) -> list[str]:
    """The notes of a list that a site may not have yet."""
    return [one for one in said if isinstance(one, str)] if isinstance(said, list) else []


def read_keys(listed: list[dict[str, Any]]) -> list[Key]:
    moments = [part(item, "valid_from", is_moment, "ledger, keys") for item in listed]
    if moments != sorted(moments):
        raise Failed("the site's keys are not in the order of their validity")
    return [read_key(part(item, "vkey", is_text, "ledger, keys")) for item in listed]


def entries_of(source: Source, size: int) -> Iterator[str]:
    start = 0
    while start < size:
        count = min(BATCH, size - start)
        batch = part(
            source.get("ledger/entries", start=start, count=count), "entries", items(lambda item: True), "entries"
        )
        if not 0 < len(batch) <= count:
            raise BadEntry(start, f"the API gives {len(batch)} entries from here, though the log has {size}")
        for item in batch:
            if part(item, "index", is_count, f"entry {start}") != start:
                raise BadEntry(start, f"the API gives entry {item['index']} in its place")
            yield part(item, "entry", is_text, f"entry {start}")
            start += 1


def comments_of(source: Source) -> Iterator[dict[str, Any]]:
    answer, seen = source.get("comments"), set()
    while True:
        yield from part(answer, "comments", items(lambda item: isinstance(item, dict)), "comments")
        cursor = part(answer, "next", maybe(is_text), "comments")
        if cursor is None:
            return
        if cursor in seen:
            raise Failed("the pages of comments go round in a circle")
        seen.add(cursor)
        answer = source.get("comments", cursor=cursor)


# ---------------------------------------------------------------------------------------------------------------------
# Checking
# ---------------------------------------------------------------------------------------------------------------------


def check_entries(texts: Sequence[str]) -> tuple[list[dict[str, Any]], list[bytes]]:
    entries = [read_entry(index, text) for index, text in enumerate(texts)]
    return entries, [leaf_hash(text) for text in texts]


def check_root(source: Source, leaves: Sequence[bytes], checkpoint: Checkpoint) -> None:
    """The entries must lead to the signed root; otherwise the site's own proofs tell which is the first that fails."""
    if tree_root(leaves) == checkpoint.root:
        return
    try:
        place = first_bad(source, leaves, checkpoint.root)
    except Unanswered:
        place = None
    if place is None:
        raise Failed("the entries do not lead to the signed root, and the proofs do not tell which one is wrong")
    raise BadEntry(place, "its bytes do not lead to the signed root")


def first_bad(source: Source, leaves: Sequence[bytes], root: bytes) -> int | None:
    """The first leaf that is not under `root`: a good leaf's proof vouches for the hashes of the ranges after it."""
    place: int | None = 0
    while place is not None:
        proof = hashes_of(source, "ledger/proof", index=place, size=len(leaves))
        if root_by_proof(place, len(leaves), leaves[place], proof) != root:
            return place
        following = [
            start
            for (start, end), expected in zip(siblings(place, len(leaves)), proof, strict=True)
            if start > place and tree_root(leaves[start:end]) != expected
        ]
        place = following[0] if following else None
    return None


def check_proofs(source: Source, leaves: Sequence[bytes], every: bool) -> None:
    """The API's own proofs, all or by sample: what it gives must be the hashes that follow from the entries."""
    size = len(leaves)
    sample = range(size) if every else sorted({0, size // 2, size - 1} if size else set())
    for index in sample:
        expected = [tree_root(leaves[start:end]) for start, end in siblings(index, size)]
        if hashes_of(source, "ledger/proof", index=index, size=size) != expected:
            raise BadEntry(index, "the API's inclusion proof for it is wrong")
    if size > 1:
        first = size // 2
        expected = [tree_root(leaves[start:end]) for start, end in consistency_parts(first, size)]
        if hashes_of(source, "ledger/consistency", first=first, second=size) != expected:
            raise Failed(f"the API's consistency proof from {first} to {size} is wrong")


def check_beginning(leaves: Sequence[bytes], old: Checkpoint, what: str) -> None:
    if old.size > len(leaves):
        raise Failed(f"{what} covers {old.size} entries, but the log has only {len(leaves)}")
    if tree_root(leaves[: old.size]) != old.root:
        raise Failed(f"{what} has another root for the first {old.size} entries: there are two histories")


MATTER_FIELDS = {"title": "title", "matter": "kind", "procedure": "procedure", "disclosure": "disclosure"}
FACTS_SHOWN = ("slug", "summary", "field")
BODIES = ("lead", "answering", "issuing")
DOCUMENT_FIELDS = {
    "document": "document", "revision": "revision", "role": "role", "title": "document_title", "sha256": "sha256",
}  # fmt: skip
"""What an entry calls a thing, and what the API calls it."""

OUTLINE_FIELDS = ("file_name", "media_type", "title", "grammar", "provisions", "pages", "warnings")


def check_published(source: Source, entries: Sequence[dict[str, Any]]) -> tuple[int, int]:
    """The facts and every published revision against the log. Gives how many entries and revisions were checked."""
    published = [entry for entry in entries if entry["kind"] == "published"]
    fixed: dict[tuple[int, int], dict[str, Any]] = {}
    for entry in published:
        if entry["facts"] != published[0]["facts"]:
            raise BadEntry(entry["index"], "it has other facts than the first publication")
        for document in entry["documents"]:
            key = (document["document"], document["revision"])
            if key not in fixed:
                check_revision(source, entry["index"], document)
            elif fixed[key] != document:
                raise BadEntry(entry["index"], f"it publishes revision {key[1]} of document {key[0]} differently")
            fixed[key] = document
    if published and hash_or_none(facts_of(source)) != published[0]["facts"]:
        raise BadEntry(published[0]["index"], "the facts that the API gives are not those that were published")
    return len(published), len(fixed)


def facts_of(source: Source) -> Any:
    return part(source.get("facts"), "facts", is_object, "facts")


def check_revision(source: Source, index: int, logged: dict[str, Any]) -> None:
    name = f"revisions/{logged['document']}/{logged['revision']}"
    shown = source.get(name)
    outline = {member: part(shown, member, lambda value: True, name) for member in OUTLINE_FIELDS}
    if part(shown, "sha256", is_hash, name) != logged["sha256"]:
        raise BadEntry(index, f"the API gives another file for {name}")
    if hash_or_none(outline) != logged["outline"]:
        raise BadEntry(index, f"the text that the API gives for {name} is not the one that was published")
    for member, shown_as in DOCUMENT_FIELDS.items():
        if canonical_or_none(part(shown, shown_as, lambda value: True, name)) != canonical(logged[member]):
            raise BadEntry(index, f"the API gives another {shown_as!r} for {name}")
    check_file(source, index, logged)


def check_file(source: Source, index: int, logged: dict[str, Any]) -> None:
    """The file that anybody can download must be, byte for byte, the one that was published."""
    named = f"the file of revision {logged['revision']} of document {logged['document']}"
    try:
        found = source.file_hash(logged["document"], logged["revision"])
    except Failed as missing:
        raise BadEntry(index, str(missing)) from missing
    if found != logged["sha256"]:
        raise BadEntry(index, f"{named} that the site gives is not the one that was published")


def check_matter(shown: Any, facts: Any, entries: Sequence[dict[str, Any]]) -> int:
    """What the API says of the matter itself against the log. Gives the number of its periods."""
    published = [entry for entry in entries if entry["kind"] == "published"]
    if not published:
        return 0
    last = published[-1]
    for name, shown_as in MATTER_FIELDS.items():
        if canonical_or_none(part(shown, shown_as, lambda value: True, "matter")) != canonical(last[name]):
            raise BadEntry(last["index"], f"the API gives the matter another {shown_as!r} than was published")
    for name in FACTS_SHOWN:
        if canonical_or_none(part(shown, name, lambda value: True, "matter")) != canonical_or_none(facts.get(name)):
            raise BadEntry(last["index"], f"the API gives the matter another {name!r} than its facts")
    for name in BODIES:
        body = part(shown, name, is_object, "matter")
        if canonical_or_none(body.get("id")) != canonical_or_none(facts.get(name)):
            raise BadEntry(last["index"], f"the API gives the matter another {name!r} than its facts")
    check_ends(shown, published[0], entries)
    check_documents(shown, last)
    return check_periods(shown, entries)


def check_ends(shown: Any, first: dict[str, Any], entries: Sequence[dict[str, Any]]) -> None:
    """When it was published and concluded, and why it was withdrawn."""
    said: dict[str, tuple[int, Any]] = {
        "published_at": (first["index"], first["at"]),
        "concluded_at": (first["index"], None),
        "withdrawn_reason": (first["index"], None),
    }
    for entry in entries:
        if entry["kind"] == "concluded":
            said["concluded_at"] = (entry["index"], entry["at"])
        elif entry["kind"] == "withdrawn_matter":
            said["withdrawn_reason"] = (entry["index"], entry["reason"])
    for name, (index, value) in said.items():
        found = part(shown, name, maybe(is_text), "matter")
        if (found or None) != value:
            raise BadEntry(index, f"the API gives {name} of the matter as {found!r}, the entries give {value!r}")


def check_documents(shown: Any, last: dict[str, Any]) -> None:
    """No document or revision more or less than the last publication names, and each by its name and file."""
    listed: dict[tuple[Any, Any], dict[str, Any]] = {}
    for one in part(shown, "documents", items(is_object), "matter"):
        key = (part(one, "document", is_number, "documents"), part(one, "revision", is_number, "documents"))
        if key in listed:
            raise BadEntry(last["index"], f"the API lists revision {key[1]} of document {key[0]} twice")
        listed[key] = one
    for logged in last["documents"]:
        key = (logged["document"], logged["revision"])
        named = f"revision {key[1]} of document {key[0]}"
        one = listed.pop(key, None)  # type: ignore[assignment]
        if one is None:
            raise BadEntry(last["index"], f"the API does not list {named}, which was published")
        for name, shown_as in DOCUMENT_FIELDS.items():
            if canonical_or_none(one.get(shown_as)) != canonical(logged[name]):
                raise BadEntry(last["index"], f"the API lists {named} with another {shown_as!r}")
    for document, revision in listed:
        raise BadEntry(
            last["index"], f"the API lists revision {revision} of document {document}, which no entry published"
        )


def check_periods(shown: Any, entries: Sequence[dict[str, Any]]) -> int:
    """The days of every period as the last publication and the extensions after it give them."""
    said = periods_said(entries)
    number = len(said)
    index, expected = said.get("public", (entries[0]["index"], {"opens": None, "closes": None}))
    check_days(shown, "the matter", index, expected)
    for period in part(shown, "periods", items(is_object), "matter"):
        audience = part(period, "audience", is_code, "periods")
        if audience not in said:
            raise Failed(f"the API gives a period for {audience!r} that no entry knows, or gives it twice")
        check_days(period, f"the period for {audience!r}", *said.pop(audience))
    for audience, (index, _) in said.items():
        raise BadEntry(index, f"the API does not give the period for {audience!r}")
    return number


def periods_said(entries: Sequence[dict[str, Any]]) -> dict[str, tuple[int, dict[str, Any]]]:
    """By audience, its period with the entry that spoke of it last."""
    said: dict[str, tuple[int, dict[str, Any]]] = {}
    for entry in entries:
        if entry["kind"] == "published":
            said = {period["audience"]: (entry["index"], dict(period)) for period in entry["periods"]}
        elif entry["kind"] == "extended":
            if entry["audience"] not in said:
                raise BadEntry(entry["index"], f"it extends a period for {entry['audience']!r}, and there is none")
            said[entry["audience"]] = (entry["index"], said[entry["audience"]][1] | {"closes": entry["closes"]})
    return said


def check_days(shown: Any, what: str, index: int, expected: Mapping[str, Any]) -> None:
    for day in ("opens", "closes"):
        found = part(shown, day, maybe(is_text), what)
        if found != expected[day]:
            raise BadEntry(index, f"the API says that {what} {day} at {found}, the log says {expected[day]}")


def is_object(value: Any) -> bool:
    return isinstance(value, dict)


def hash_or_none(value: Any) -> str | None:
    try:
        return sha256_hex(canonical(value).encode("utf-8"))
    except (ValueError, RecursionError):
        return None


COMMENT_FIELDS = ("submission_kind", "channel", "day", "anchor", "part_of")


def check_comments(replay: Replay, listed: Sequence[dict[str, Any]]) -> tuple[int, int]:
    """Every listed comment against the log. Gives the numbers of opened texts and of checked answers."""
    for place, shown in enumerate(listed, start=1):
        if part(shown, "number", is_number, "comments") != place:
            raise Failed(f"comments: number {shown['number']} stands where {place} should")
        if place not in replay.comments:
            raise Failed(f"comments: number {place} has no entry in the log")
        check_comment(place, replay.comments[place], shown)
        check_sender(place, replay.comments[place].received, shown, replay.nameless)
    if len(listed) < len(replay.comments):
        index = replay.comments[len(listed) + 1].received["index"]
        raise BadEntry(index, f"comment {len(listed) + 1} was received but the API does not list it")
    opened = sum(shown["text"] is not None for shown in listed)
    answers = [shown["answer"] for shown in listed if shown["answer"] is not None]
    return opened, len({answer["response"] for answer in answers if answer["text"] is not None})


def check_comment(number: int, logged: Comment, shown: dict[str, Any]) -> None:
    for name in COMMENT_FIELDS:
        if name not in shown or canonical_or_none(shown[name]) != canonical(logged.received[name]):
            raise BadEntry(logged.received["index"], f"the API gives another {name!r} for comment {number}")
    expected = {
        "version": logged.version,
        "outcome": logged.outcome,
        "outcome_reason": logged.invalid if logged.outcome == "invalid" else None,
        "visibility": logged.visibility,
        "visibility_reason": logged.visibility_reason,
    }
    for name, value in expected.items():
        if name not in shown or canonical_or_none(shown[name]) != canonical(value):
            raise BadEntry(
                logged.last_entry, f"comment {number}: {name} is {shown.get(name)!r}, the entries give {value!r}"
            )
    for name, value, otherwise in (("joiners", len(logged.joiners), 0), ("author_left", logged.left, False)):
        # What was fetched before there were joiners does not name them.
        if canonical_or_none(shown.get(name, otherwise)) != canonical(value):
            raise BadEntry(
                logged.last_entry, f"comment {number}: {name} is {shown.get(name)!r}, the entries give {value!r}"
            )
    check_moves(number, logged, shown)
    check_text(number, logged, shown)
    check_answer(number, logged, shown)
    check_second_word(number, logged, shown)


def check_sender(number: int, received: dict[str, Any], shown: dict[str, Any], nameless: set[int]) -> None:
    """What is shown of a sender is what was committed to when the comment came, and a name that was taken back is not
    shown. Entries of before commit to nothing of it that is public."""
    if received["submission"] in nameless and shown.get("sender"):
        raise BadEntry(received["index"], f"the name of who sent comment {number} is shown, and was taken back")
    given = shown.get("shown")
    if "shown" not in received or (given is None and not shown.get("sender")):
        return
    value = {name: given.get(name) for name in ("name", "area", "organisation")} if is_object(given) else {}
    if not value or commitment("shown", value, given.get("salt")) != received["shown"]:
        raise BadEntry(received["index"], f"what is shown of who sent comment {number} does not open its commitment")
    if (
        any(bool(shown.get(name)) != bool(value[of]) for name, of in SHOWN_AS)
        or (shown.get("sender") or "") != value["name"]
    ):
        raise BadEntry(received["index"], f"the API shows another sender of comment {number} than it opens")


SHOWN_AS = (("sender", "name"), ("area", "area"), ("organisation", "organisation"))


def check_moves(number: int, logged: Comment, shown: dict[str, Any]) -> None:
    """Where the API says that a comment stood since it was received. What was fetched before comments were moved does
    not tell; a reason that is not public is null, and not checked."""
    if "moves" not in shown and not logged.moves:
        return
    moves = part(shown, "moves", items(is_object), "comments")
    if len(moves) != len(logged.moves):
        raise BadEntry(logged.last_entry, f"comment {number} was moved {len(logged.moves)} times, not {len(moves)}")
    for move, entry in zip(moves, logged.moves, strict=True):
        for name in ("place", "anchor", "at"):
            if canonical_or_none(move.get(name)) != canonical(entry[name]):
                raise BadEntry(entry["index"], f"the API gives another {name!r} for where comment {number} was moved")
        said = {"comment": number, "place": entry["place"], "reason": move.get("reason")}
        if move.get("reason") is not None and sha256_hex((canonical_or_none(said) or "").encode()) != entry["hash"]:
            raise BadEntry(entry["index"], f"the reason why comment {number} was moved has another hash")


def canonical_or_none(value: Any) -> str | None:
    try:
        return canonical(value)
    except (ValueError, RecursionError):
        return None


def check_text(number: int, logged: Comment, shown: dict[str, Any]) -> None:
    text, salt = shown.get("text"), shown.get("text_salt")
    name, expected, index = "text", logged.text, logged.text_entry
    if logged.visibility == "redacted":
        name, expected, index = "redacted", logged.redaction or "", logged.redaction_entry
    elif logged.visibility != "public":
        if text is not None or salt is not None:
            raise BadEntry(logged.last_entry, f"comment {number} shows a text that the entries do not make public")
        if shown.get("transcript") is not None:
            raise BadEntry(logged.last_entry, f"comment {number} shows words that the entries do not make public")
        shown["text"] = None
        return
    if text is None:
        raise BadEntry(index, f"comment {number} is {logged.visibility} but the API gives no text")
    if commitment(name, text, salt) != expected:
        raise BadEntry(index, f"the public text of comment {number} does not open its commitment")
    check_transcript(number, logged, shown)


def check_transcript(number: int, logged: Comment, shown: dict[str, Any]) -> None:
    """A public comment whose own text is empty was spoken: what was written down of it must be there and open."""
    transcript = part(shown, "transcript", maybe(is_object), "comments") if "transcript" in shown else None
    text = shown["text"]
    if transcript is None:
        if logged.visibility == "public" and isinstance(text, dict) and text.get("text") == "":
            raise BadEntry(logged.last_entry, f"comment {number} is public without words and without a transcript")
        return
    if logged.transcript is None or logged.visibility != "public":
        raise BadEntry(logged.last_entry, f"comment {number} shows a transcript that the entries do not make public")
    if commitment("transcript", transcript.get("value"), transcript.get("salt")) != logged.transcript:
        raise BadEntry(logged.transcript_entry, f"the transcript of comment {number} does not open its commitment")


def check_answer(number: int, logged: Comment, shown: dict[str, Any]) -> None:
    answer, entry = part(shown, "answer", maybe(lambda item: isinstance(item, dict)), "comments"), logged.answered
    if answer is None:
        if logged.outcome == "answered" and entry is not None:
            raise BadEntry(entry["index"], f"comment {number} was answered but the API gives no answer")
        return
    if entry is None:
        raise BadEntry(logged.last_entry, f"comment {number} shows an answer that was never logged")
    named = ("response", "version", "disposition", "comments")
    for name in named:
        if canonical_or_none(answer.get(name)) != canonical(entry[name]):
            raise BadEntry(entry["index"], f"the answer to comment {number} has another {name!r}")
    if part(answer, "text", maybe(is_text), "answer") is None:
        if logged.visibility in ("public", "redacted"):
            raise BadEntry(entry["index"], f"comment {number} is public but its answer is not")
        return
    hashed = {name: entry[name] for name in named} | {"text": answer["text"]}
    hashed["change"] = part(answer, "change", is_text, "answer")
    if sha256_hex(canonical(hashed).encode("utf-8", "replace")) != entry["hash"]:
        raise BadEntry(entry["index"], f"the answer to comment {number} is not the one that was logged")


def check_second_word(number: int, logged: Comment, shown: dict[str, Any]) -> None:
    """What the body says of the answer; what was fetched before there were second words does not name it."""
    said, entry = shown.get("second_word"), logged.remarked
    if said is None:
        readable = logged.visibility in ("public", "redacted") and not logged.left
        if entry is not None and "second_word" in shown and readable:
            raise BadEntry(entry["index"], f"something was said of the answer to comment {number}, the API gives none")
        return
    if entry is None or not is_object(said):
        raise BadEntry(logged.last_entry, f"comment {number} shows a second word that was never logged")
    for name in ("response", "version", "verdict", "until"):
        if canonical_or_none(said.get(name)) != canonical(entry.get(name)):
            raise BadEntry(entry["index"], f"the second word of comment {number} has another {name!r}")
    hashed = {"comment": number, "remark": said.get("remark"), "response": entry["response"]}
    hashed["version"] = entry["version"]
    if "verdict" in entry:
        hashed["verdict"] = entry["verdict"]
    if sha256_hex((canonical_or_none(hashed) or "").encode("utf-8", "replace")) != entry["hash"]:
        raise BadEntry(entry["index"], f"the second word of comment {number} is not the one that was logged")


def end_of(epoch: int, begun: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The entry that ended an epoch; None while it goes on."""
    return next((entry for entry in begun if entry["epoch"] > epoch), None)


def epoch_of(origin: str, current: str, begun: Sequence[dict[str, Any]]) -> int | None:
    """Which epoch of the log an origin names, by the origin of today; None for the origin of another log."""
    last = begun[-1]["epoch"] if begun else 1
    first = current.removesuffix(f"/{last}") if last > 1 else current
    if origin == first:
        return 1
    number = origin.removeprefix(first + "/")
    if origin == f"{first}/{number}" and re.fullmatch(r"[1-9][0-9]{0,8}", number) and 1 < int(number) <= last:
        return int(number)
    return None


def keys_for(origin: str, keys: Sequence[Key]) -> list[Key]:
    """The same keys under the name of another epoch of the log: the name of a key is its log's origin."""
    renamed = []
    for key in keys:
        hashed = hashlib.sha256(origin.encode("utf-8", "replace") + b"\n\x01" + key.public_key).digest()
        renamed.append(Key(origin, hashed[:4], key.public_key))
    return renamed


def of_a_later_epoch(key: Key, origin: str) -> list[Key]:
    """A key that was given under the name of the first epoch, under that of the later one that `origin` names."""
    named = origin.removeprefix(key.name + "/")
    return keys_for(origin, [key]) if named != origin and re.fullmatch(r"[1-9][0-9]{0,8}", named) else []


def check_epochs(
    entries: Sequence[dict[str, Any]], current: str, keys: Sequence[Key], leaves: Sequence[bytes]
) -> Iterator[str]:
    """Each new epoch against the last checkpoint that it names; says in plain words what was lost before it."""
    begun = [entry for entry in entries if entry["kind"] == "epoch"]
    last = begun[-1]["epoch"] if begun else 1
    if last > 1 and not current.endswith(f"/{last}"):
        raise Failed(f"the log is in its epoch {last}, but its origin {current!r} does not say so")
    for entry in begun:
        origin = entry["checkpoint"].partition("\n")[0]
        ended = epoch_of(origin, current, begun)
        if ended is None or ended >= entry["epoch"]:
            raise BadEntry(entry["index"], "the checkpoint that it names is not of an earlier epoch of this log")
        named = read_note(entry["checkpoint"], keys_for(origin, keys), origin)
        if (named.size, named.root.hex()) != (entry["size"], entry["root"]):
            raise BadEntry(entry["index"], "the checkpoint that it names has another size or root than it says")
        if named.size <= entry["index"] and tree_root(leaves[: named.size]) == named.root:
            raise BadEntry(entry["index"], "it begins a new epoch though nothing of the one before was lost")
        yield told_of_epoch(entry, ended)


def told_of_epoch(entry: dict[str, Any], ended: int) -> str:
    """One new epoch in words."""
    said = f"entry {entry['index']} begins epoch {entry['epoch']} ({entry['at']}): {entry['reason']!r}; "
    first, last = entry["index"], entry["size"] - 1
    if last < first:
        return said + f"up to entry {last} epoch {ended} had other entries than these, which are not known"
    return said + f"entries {first} to {last} of epoch {ended}, {last - first + 1} in all, were lost before it"


def check_old(
    note: str, keys: Sequence[Key], current: str, entries: Sequence[dict[str, Any]], leaves: Sequence[bytes], what: str
) -> tuple[Checkpoint, dict[str, Any] | None]:
    """A checkpoint that somebody holds, of this epoch or an earlier one, against the log: what it covers is there, or
    was lost as an entry says. Gives the entry that ended its epoch, where it covers more than is left of that."""
    begun = [entry for entry in entries if entry["kind"] == "epoch"]
    origin = note.partition("\n")[0]
    epoch = epoch_of(origin, current, begun)
    if epoch is None:
        raise Failed(f"{what} is of another log")
    old = read_note(note, keys_for(origin, keys), origin)
    end = end_of(epoch, begun)
    if end is None:
        start = begun[-1]["index"] if begun else 0
        if old.size <= start and begun:
            raise Failed(f"{what} is of epoch {epoch}, which begins with entry {start}, and does not cover that")
        check_beginning(leaves, old, what)
        return old, None
    if old.size <= end["index"]:
        check_beginning(leaves, old, what)
        return old, None
    named = epoch_of(end["checkpoint"].partition("\n")[0], current, begun)
    if named == epoch and old.size > end["size"]:
        raise Failed(
            f"{what} covers {old.size} entries of epoch {epoch}, more than entry {end['index']} says were lost"
        )
    if named == epoch and old.size == end["size"] and old.root.hex() != end["root"]:
        raise Failed(f"{what} has another root than entry {end['index']} names for epoch {epoch}: two histories")
    return old, end


PAPER = re.compile(r"([0-9a-f]{8})\.([1-9][0-9]{0,8})\.([1-9][0-9]{0,15})\.([A-Za-z0-9_-]{43})")


def check_paper(text: str, current: str, entries: Sequence[dict[str, Any]], leaves: Sequence[bytes]) -> str:
    """What the code of a printed sheet says of the log ("…#nk=…"): the log begins so, or what it covers was lost."""
    found = PAPER.search(text)
    if found is None:
        raise Failed(f"no checkpoint stands in {text!r}")
    own, epoch, size = found[1], int(found[2]), int(found[3])
    begun = [entry for entry in entries if entry["kind"] == "epoch"]
    first = current.removesuffix(f"/{begun[-1]['epoch']}") if begun else current
    if not first.replace("-", "").endswith(own):
        raise Failed("the paper is of another log")
    if epoch > (begun[-1]["epoch"] if begun else 1):
        raise Failed(f"the paper is of epoch {epoch}, which the log does not know")
    root = base64.urlsafe_b64decode(found[4] + "=")
    what, end = f"the paper of {size} entries", end_of(epoch, begun)
    if end is not None and size > end["index"]:
        if size > end["size"] or (size == end["size"] and root.hex() != end["root"]):
            raise Failed(f"{what} is not of what entry {end['index']} says was lost")
        return (
            f"of the {size} entries of the paper those from {end['index']} on were lost, as entry {end['index']} says"
        )
    check_beginning(leaves, Checkpoint(current, size, root), what)
    return f"the log begins as the paper of {size} entries says"


def check_witnessed(
    notes: Sequence[str],
    witnesses: Sequence[Key],
    keys: Sequence[Key],
    current: str,
    entries: Sequence[dict[str, Any]],
    leaves: Sequence[bytes],
) -> Iterator[str]:
    """The checkpoints that witnesses signed: the log begins with each, and every witness whose key was given has signed
    one of them; one that is asked seldom has signed less than the others."""
    if witnesses and not notes:
        raise Failed("the site shows nothing that a witness has signed")
    read = [
        (check_old(note, keys, current, entries, leaves, "what the witnesses signed")[0].size, note) for note in notes
    ]
    sizes = sorted(read, reverse=True)
    if sizes and not witnesses:
        yield f"outside witnesses are said to have signed the first {sizes[0][0]} entries; --witness checks their keys"
    for witness in witnesses:
        size, note = next((one for one in sizes if bears(one[1], witness)), sizes[0])
        at = datetime.fromtimestamp(cosigned_at(note, witness), UTC)
        signed = f"the first {size} of {len(leaves)} entries at {at:%Y-%m-%dT%H:%M:%SZ}"
        yield f"the witness {witness.name} signed {signed}"


def check_receipt_witnessed(
    receipt: Any,
    size: int,
    witnesses: Sequence[Key],
    keys: Sequence[Key],
    origin: str,
    entries: Sequence[dict[str, Any]],
    leaves: Sequence[bytes],
) -> list[str]:
    """What a receipt proves of witnesses: a checkpoint they signed goes on from that of the receipt."""
    if "witnessed" not in receipt:
        return []
    told = part(receipt, "witnessed", is_object, "receipt")
    note = part(told, "checkpoint", is_text, "receipt")
    found, end = check_old(note, keys, origin, entries, leaves, "the receipt's witnessed checkpoint")
    given = [bytes.fromhex(one) for one in part(told, "consistency", items(is_hash), "receipt")]
    if end is None and given != [tree_root(leaves[start:stop]) for start, stop in consistency_parts(size, found.size)]:
        raise Failed("the receipt's witnessed checkpoint does not go on from its own")
    # The first to sign after the receipt need not be one whose key is at hand.
    signed = [one.name for one in witnesses if bears(note, one) and cosigned_at(note, one)]
    covered = f"receipt: covered by a checkpoint of {found.size} entries"
    unknown = f"{covered} signed by witnesses whose keys were not given"
    return [f"{covered} that {', '.join(signed)} signed" if signed else unknown]


def check_receipt(
    receipt: Any, keys: Sequence[Key], origin: str, texts: Sequence[str], witnesses: Sequence[Key] = ()
) -> list[str]:
    """A receipt, or the API's whole answer that holds one, against the log; gives lines that say what was checked."""
    if isinstance(receipt, dict) and "ledger" in receipt:
        receipt = receipt["ledger"]
    own = part(receipt, "origin", is_text, "receipt")
    entries = [read_entry(index, text) for index, text in enumerate(texts)]
    begun = [entry for entry in entries if entry["kind"] == "epoch"]
    if part(receipt, "v", is_number, "receipt") != 1 or epoch_of(own, origin, begun) is None:
        raise Failed("the receipt is of another log or another version")
    note = part(receipt, "checkpoint", is_text, "receipt")
    if note.partition("\n")[0] != own:
        raise Failed("the receipt's checkpoint is of another log")
    leaves = [leaf_hash(text) for text in texts]
    checkpoint, end = check_old(note, keys, origin, entries, leaves, "the receipt's checkpoint")
    later = check_receipt_witnessed(receipt, checkpoint.size, witnesses, keys, origin, entries, leaves)
    later += check_later(receipt, keys, origin, entries, texts)
    if end is not None:
        return check_lost(receipt, checkpoint, end, epoch_of(own, origin, begun) or 1, entries, texts) + later
    if "joiner" in receipt:
        return [check_joining(receipt, checkpoint, texts), *later]
    submission = part(receipt, "submission", is_number, "receipt")
    listed = part(receipt, "comments", items(lambda item: isinstance(item, dict)), "receipt")
    if not listed:
        raise Failed("the receipt holds no comment")
    lines = []
    for item in listed:
        number = part(item, "number", is_number, "receipt")
        entry = check_proved(item, number, checkpoint, texts)
        index = entry["index"]
        if (entry["kind"], entry.get("comment"), entry.get("submission")) != ("received", number, submission):
            raise BadEntry(index, f"it does not receive comment {number} of submission {submission}")
        lines.append(f"receipt: comment {number} is entry {index}; {check_openings(entry, item)}")
    return lines + later


Later = tuple[str, dict[str, Any], dict[str, Any], Callable[[dict[str, Any], dict[str, Any]], str]]
"""Something that a receipt proves of a later moment: what it is in words, the item of the receipt, what its entry says,
and what is opened beside it."""


def check_later(
    receipt: Any, keys: Sequence[Key], origin: str, entries: Sequence[dict[str, Any]], texts: Sequence[str]
) -> list[str]:
    """What a receipt proves of what came after it, by a checkpoint of its own: later versions of its comments and of
    its letter, and comments that were added to that; gives lines."""
    listed = [] if "joiner" in receipt else list(later_items(receipt))
    if not listed:
        return []
    later = part(receipt, "later", is_object, "receipt")
    note = part(later, "checkpoint", is_text, "receipt")
    if note.partition("\n")[0] != part(later, "origin", is_text, "receipt"):
        raise Failed("the receipt's later checkpoint is of another log")
    leaves = [leaf_hash(text) for text in texts]
    checkpoint, end = check_old(note, keys, origin, entries, leaves, "the receipt's later checkpoint")
    epoch = epoch_of(later["origin"], origin, [entry for entry in entries if entry["kind"] == "epoch"]) or 1
    lines = []
    for what, item, expected, opening in listed:
        entry = proved(item, what, checkpoint)
        index = entry["index"]
        if any(entry.get(name) != value for name, value in expected.items()):
            raise BadEntry(index, f"it is not the entry of {what}")
        opened = opening(entry, item)
        if end is not None and index >= end["index"]:
            came = became(epoch, item, entries, entry["kind"] == "amended")
            lines.append(f"receipt: {what} was entry {index} of epoch {epoch}, was lost, {came}; {opened}")
        elif texts[index] != item["entry"]:
            raise BadEntry(index, f"it is not the entry of the receipt for {what}")
        else:
            lines.append(f"receipt: {what} is entry {index}; {opened}")
    return lines


def later_items(receipt: Any) -> Iterator[Later]:
    """What a receipt proves by its later checkpoint."""
    added = part({"added": [], **receipt}, "added", items(is_object), "receipt")
    letters = part({"letters": [], **receipt}, "letters", items(is_object), "receipt")
    submission = part(receipt, "submission", is_number, "receipt") if added or letters else 0
    for own in [*part(receipt, "comments", items(is_object), "receipt"), *added]:
        number = part(own, "number", is_number, "receipt")
        for item in part({"amended": [], **own}, "amended", items(is_object), "receipt"):
            version = part(item, "version", is_number, "receipt")
            said = {"kind": "amended", "comment": number, "version": version}
            yield f"version {version} of comment {number}", item, said, partial(check_version, "text")
    for item in letters:
        version = part(item, "version", is_number, "receipt")
        said = {"kind": "letter_amended", "submission": submission, "version": version}
        yield f"version {version} of the letter", item, said, partial(check_version, "letter")
    for item in added:
        number = part(item, "number", is_number, "receipt")
        said = {"kind": "received", "comment": number, "submission": submission, "part_of": None}
        yield f"comment {number}, added later,", item, said, check_openings


def check_version(name: str, entry: dict[str, Any], item: dict[str, Any]) -> str:
    """Whether what stands beside the entry of a version opens what that commits to under this name."""
    opening = item.get(name)
    if not isinstance(opening, dict) or "value" not in opening:
        return f"not checked: {name}"
    if commitment(name, opening["value"], opening.get("salt")) != entry[name]:
        raise BadEntry(entry["index"], f"the receipt's {name} does not open its commitment")
    return f"opened: {name}"


def became(epoch: int, item: dict[str, Any], entries: Sequence[dict[str, Any]], by_site: bool = True) -> str:
    """What became of a lost entry that a receipt proves; `by_site` is whether a site can enter such a one again."""
    lost = (epoch, item["index"])
    back = (one for one in entries if one["kind"] == "brought_back" and (one["epoch"], one["was"]) == lost)
    found = next(back, None)
    if found is None:
        again = ", and the site can enter it again" if by_site else ""
        return f"and has not been brought back; this receipt proves it{again}"
    if found["leaf"] != leaf_hash(item["entry"]).hex():
        raise BadEntry(found["index"], f"it brings back another entry {item['index']} than the receipt proves")
    return f"and was brought back as comment {found['comment']} (entry {found['index']})"


def check_lost(
    receipt: Any,
    checkpoint: Checkpoint,
    end: dict[str, Any],
    epoch: int,
    entries: Sequence[dict[str, Any]],
    texts: Sequence[str],
) -> list[str]:
    """A receipt whose checkpoint covers entries that were lost: what became of each of its own."""
    lines = []
    for item in [receipt["joined"]] if "joiner" in receipt else part(receipt, "comments", items(is_object), "receipt"):
        number = part(item, "comment" if "joiner" in receipt else "number", is_number, "receipt")
        entry = proved(item, f"comment {number}", checkpoint)
        index = entry["index"]
        if index < end["index"]:
            if texts[index] != item["entry"]:
                raise BadEntry(index, f"it is not the entry of the receipt for comment {number}")
            lines.append(f"receipt: comment {number} is entry {index}, which was not lost")
            continue
        opened = "" if "joiner" in receipt else f"; {check_openings(entry, item)}"
        what = became(epoch, item, entries)
        lines.append(f"receipt: comment {number} was entry {index} of epoch {epoch}, was lost, {what}{opened}")
    return lines


def check_proved(item: Any, number: int, checkpoint: Checkpoint, texts: Sequence[str]) -> dict[str, Any]:
    """The entry about comment `number` that a receipt holds and proves; it must be the one of the log."""
    entry = proved(item, f"comment {number}", checkpoint)
    if texts[entry["index"]] != item["entry"]:
        raise BadEntry(entry["index"], f"it is not the entry of the receipt for comment {number}")
    return entry


def proved(item: Any, what: str, checkpoint: Checkpoint) -> dict[str, Any]:
    """The entry that a receipt holds and proves; `what` it is of in words."""
    index = part(item, "index", is_count, "receipt")
    text = part(item, "entry", is_text, "receipt")
    proof = [bytes.fromhex(each) for each in part(item, "proof", items(is_hash), "receipt")]
    entry = read_entry(index, text)
    if root_by_proof(index, checkpoint.size, leaf_hash(text), proof) != checkpoint.root:
        raise BadEntry(index, f"the receipt's proof for {what} does not lead to its checkpoint")
    return entry


def check_joining(receipt: Any, checkpoint: Checkpoint, texts: Sequence[str]) -> str:
    """The receipt of somebody who joined a comment; gives the line that says what was checked."""
    joiner = part(receipt, "joiner", is_number, "receipt")
    item = part(receipt, "joined", is_object, "receipt")
    number = part(item, "comment", is_number, "receipt")
    entry = check_proved(item, number, checkpoint, texts)
    if (entry["kind"], entry.get("comment"), entry.get("joiner")) != ("joined", number, joiner):
        raise BadEntry(entry["index"], f"it is not where joiner {joiner} joined comment {number}")
    return f"receipt: joiner {joiner} joined comment {number} in entry {entry['index']}"


def check_openings(entry: dict[str, Any], item: dict[str, Any]) -> str:
    openings = part({"openings": {}, **item}, "openings", is_object, "receipt")
    opened, closed = [], []
    for name, expected in {
        **entry["commitments"],
        **{name: entry[name] for name in ("shown",) if name in entry},
    }.items():
        opening = openings.get(name)
        if not isinstance(opening, dict) or "value" not in opening:
            closed.append(name)
        elif commitment(name, opening["value"], opening.get("salt")) != expected:
            raise BadEntry(entry["index"], f"the receipt's {name!r} does not open its commitment")
        else:
            opened.append(name)
    return f"opened: {', '.join(opened) or 'nothing'}; not checked: {', '.join(closed) or 'nothing'}"


# ---------------------------------------------------------------------------------------------------------------------
# The log of the whole site
# ---------------------------------------------------------------------------------------------------------------------

SITE_LOG = "site-log"
OF_NO_MATTER = "00000000-0000-0000-0000-000000000000"


def site_log_of(origin: str) -> str:
    """The origin of the first epoch of the site log, by that of any log of the site."""
    return re.sub(r"/[0-9a-f-]{36}(/[1-9][0-9]{0,8})?$", f"/{OF_NO_MATTER}", origin)


def check_said(
    said: dict[str, Any], current: str, entries: Sequence[dict[str, Any]], leaves: Sequence[bytes]
) -> int | None:
    """What an entry of the site log says of this log, held against it: how many entries; None when it speaks of another
    log, or of what was lost in an epoch that ended."""
    begun = [entry for entry in entries if entry["kind"] == "epoch"]
    epoch = epoch_of(said["origin"], current, begun) if said["kind"] == "log_checkpoint" else None
    if epoch is None:
        return None
    end = end_of(epoch, begun)
    if end is not None and said["size"] > end["index"]:
        return None
    if said["size"] > len(leaves):
        raise Failed(f"the site log has {said['size']} entries of this log, which is shorter: {len(leaves)}")
    if tree_root(leaves[: said["size"]]).hex() != said["root"]:
        raise Failed(f"entry {said['index']} of the site log has another root of the first {said['size']} entries")
    return int(said["size"])


def check_noted(
    told: Any, keys: Sequence[Key], current: str, entries: Sequence[dict[str, Any]], leaves: Sequence[bytes]
) -> tuple[int, str] | None:
    """What the site shows of the site log about this log, with its proof: how many entries of this log it covers, and
    the checkpoint of the site log. None where it shows nothing yet."""
    if told is None:
        return None
    origin = part(told, "origin", is_text, "site log")
    if origin != site_log_of(current) and not origin.startswith(site_log_of(current) + "/"):
        raise Failed("what is shown of the site log is of another site")
    note = part(told, "checkpoint", is_text, "site log")
    checkpoint = read_note(note, keys_for(origin, keys), origin)
    size = check_said(proved(told, "the site log", checkpoint), current, entries, leaves)
    return None if size is None else (size, note)


def told_of_noted(noted: tuple[int, str] | None, witnesses: Sequence[Key]) -> Iterator[str]:
    """Lines for what the site log covers, and which of these witnesses signed it."""
    if noted is None:
        return
    size, note = noted
    yield f"the site log has the first {size} entries as they are, under {note.split(chr(10))[1]} entries of its own"
    for witness in witnesses:
        if bears(note, witness):
            at = datetime.fromtimestamp(cosigned_at(note, witness), UTC)
            yield f"the witness {witness.name} signed the site log at {at:%Y-%m-%dT%H:%M:%SZ}"


def verify_site_log(source: Source, extras: "Extras", said: list[dict[str, Any]]) -> Iterator[str]:
    """Checks the log of the whole site, and puts what it says into `said`."""
    gathered = gather(source, True)
    given = keys_for(gathered.origin, [read_key(text) for text in extras.keys])
    keys = given or gathered.keys
    checkpoint = read_note(gathered.note, keys, gathered.origin)
    entries, leaves = check_entries(gathered.entries)
    check_root(source, leaves, checkpoint)
    yield f"the site log {gathered.origin}: all {len(entries)} entries lead to the signed root"
    yield from unknown_of(entries)
    yield from check_epochs(entries, gathered.origin, keys, leaves)
    replay = Replay(leaves)
    for entry in entries:
        replay.take(entry)
    check_proofs(source, leaves, extras.every_proof)
    yield f"it has checkpoints of {len(replay.noted)} logs, each longer than the one before"
    witnesses = [read_witness(text) for text in extras.witnesses]
    yield from check_witnessed(gathered.witnessed, witnesses, keys, gathered.origin, entries, leaves)
    said.extend(entries)


def check_all_said(
    said: Sequence[dict[str, Any]], current: str, entries: Sequence[dict[str, Any]], leaves: Sequence[bytes]
) -> str:
    """Everything that the site log ever said of this log; gives the line for it."""
    sizes = [size for size in (check_said(one, current, entries, leaves) for one in said) if size is not None]
    if not sizes:
        raise Failed("the site log has nothing of this log")
    return f"the site log has {len(sizes)} checkpoints of this log, all as it is; the last of {max(sizes)} entries"


# ---------------------------------------------------------------------------------------------------------------------
# A proof of one entry without a site (C2SP tlog-proof), and whose signatures are enough (C2SP tlog-policy)
# ---------------------------------------------------------------------------------------------------------------------

PROOF = "c2sp.org/tlog-proof@v1"


@dataclass
class Policy:
    """The logs that are trusted, the witnesses by their names, and which of them together are enough."""

    logs: list[Key] = field(default_factory=list)
    witnesses: dict[str, Key] = field(default_factory=dict)
    groups: dict[str, tuple[int, list[str]]] = field(default_factory=dict)
    quorum: str = ""

    def met(self, name: str, note: str) -> bool:
        """Whether a witness or a group of them signed a note; a bad signature of one that is named is Failed."""
        if name == "none":
            return True
        if name in self.witnesses:
            return bears(note, self.witnesses[name]) and cosigned_at(note, self.witnesses[name]) >= 0
        needed, members_of = self.groups[name]
        return sum(self.met(one, note) for one in members_of) >= needed

    def take(self, words: Sequence[str]) -> None:
        """One line of the file, in its words. Keys of kinds that are not known here are left out."""
        what, *rest = words
        if what == "log" and rest:
            self.logs += [read_key(rest[0])] if kind_of(rest[0]) == 1 else []
        elif what == "witness" and len(rest) >= 2 and rest[0] not in (*self.witnesses, *self.groups, "none"):
            self.witnesses[rest[0]] = read_witness(rest[1])
        elif what == "group" and len(rest) >= 3 and rest[0] not in (*self.witnesses, *self.groups, "none"):
            self.groups[rest[0]] = self._group(rest[1], rest[2:])
        elif what == "quorum" and len(rest) == 1 and not self.quorum and self._known([*rest]) | (rest == ["none"]):
            self.quorum = rest[0]
        else:
            raise Failed(f"the policy has a line that says nothing known: {' '.join(words)}")

    def _group(self, needed: str, names: Sequence[str]) -> tuple[int, list[str]]:
        count = {"all": str(len(names)), "any": "1"}.get(needed, needed)
        if not re.fullmatch(r"[1-9][0-9]{0,3}", count) or int(count) > len(names) or not self._known(names):
            raise Failed(f"the policy has a group that cannot be: {' '.join(names)}")
        return int(count), list(names)

    def _known(self, names: Sequence[str]) -> bool:
        return len(set(names)) == len(names) and all(one in self.witnesses or one in self.groups for one in names)


def kind_of(vkey: str) -> int:
    """The number of the kind of a verifier key."""
    return (from_base64(vkey.partition("+")[2].partition("+")[2]) or b"\0")[0]


def read_policy(text: str) -> Policy:
    """A policy file; Failed for one that is malformed."""
    policy = Policy()
    for line in text.split("\n"):
        words = line.split()
        if words and not words[0].startswith("#"):
            policy.take(words)
    if not policy.quorum:
        raise Failed("the policy names no quorum")
    return policy


def check_proof(text: str, given: Sequence[Key], policy: Policy | None, witnesses: Sequence[Key]) -> Iterator[str]:
    """A proof of one entry, which holds that entry as its extra data, against keys that were told beforehand."""
    head, gap, note = text.partition("\n\n")
    lines = head.split("\n")
    if not gap or len(lines) < 3 or lines[0] != PROOF or not lines[1].startswith("extra "):
        raise Failed("this is not a proof that holds its entry")
    entry = from_base64(lines[1].removeprefix("extra ")).decode("utf-8", "replace")
    found = re.fullmatch(r"index (0|[1-9][0-9]{0,15})", lines[2])
    if found is None:
        raise Failed("the proof does not say which entry it is of")
    index, origin = int(found[1]), note.partition("\n")[0]
    keys = [*keys_for(origin, given), *(policy.logs if policy else [])]
    checkpoint = read_note(note, keys, origin)
    said = read_entry(index, entry)
    if (
        root_by_proof(index, checkpoint.size, leaf_hash(entry), [from_base64(one) for one in lines[3:]])
        != checkpoint.root
    ):
        raise BadEntry(index, "the proof does not lead to the checkpoint")
    comment = f", comment {said['comment']}" if is_number(said.get("comment")) else ""
    yield f"entry {index} ({said['kind']}{comment}, {said['at']}) is in the log {origin} of {checkpoint.size} entries"
    for witness in witnesses:
        at = datetime.fromtimestamp(cosigned_at(note, witness), UTC)
        yield f"the witness {witness.name} signed this log at {at:%Y-%m-%dT%H:%M:%SZ}"
    if policy is not None:
        if not policy.met(policy.quorum, note):
            raise Failed("not so many witnesses have signed as the policy asks for")
        yield f"it is signed as the policy asks: {policy.quorum}"
    yield f"the entry: {entry}"


@dataclass(frozen=True)
class Extras:
    """What the person at the keyboard brings: trusted keys, a receipt, an old checkpoint, patience."""

    keys: tuple[str, ...] = ()
    receipt: Any = None
    checkpoint: str | None = None
    every_proof: bool = False
    witnesses: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    programme: bool = False
    said: Sequence[dict[str, Any]] | None = None


def verify(source: Source, extras: Extras) -> Iterator[str]:
    """Checks everything, giving a line for each thing that holds; Failed at the first that does not."""
    gathered = gather(source, extras.programme)
    given = [read_key(text) for text in extras.keys]
    keys = [key for one in given for key in (one, *of_a_later_epoch(one, gathered.origin))] or gathered.keys
    checkpoint = read_note(gathered.note, keys, gathered.origin)
    if checkpoint.size != gathered.size:
        raise Failed(f"the checkpoint covers {checkpoint.size} entries, the site says {gathered.size}")
    yield f"the checkpoint of {gathered.origin} over {checkpoint.size} entries is signed by " + (
        "the key you gave" if extras.keys else "a key the site itself names; --key checks one you know"
    )
    entries, leaves = check_entries(gathered.entries)
    yield f"all {len(entries)} entries are canonical, consecutive and well formed"
    yield from unknown_of(entries)
    check_root(source, leaves, checkpoint)
    yield "they lead to the signed root"
    yield from check_epochs(entries, gathered.origin, keys, leaves)
    yield from (verify_promises(entries, leaves) if extras.programme else verify_content(gathered, entries, leaves))
    check_proofs(source, leaves, extras.every_proof)
    yield f"the API's inclusion and consistency proofs are right ({'all' if extras.every_proof else 'by sample'})"
    if not extras.programme:
        acts, revisions = check_published(source, entries)
        yield f"the facts, the text and the files of {revisions} published revisions are as {acts} entries fix them"
        periods = check_matter(gathered.matter, facts_of(source) if acts else {}, entries)
        yield f"the title, the documents and the days of {periods} periods are as the entries fix them"
    witnesses = [read_witness(text) for text in extras.witnesses]
    noted = check_noted(gathered.site_log, keys, gathered.origin, entries, leaves)
    yield from told_of_noted(noted, witnesses)
    # Who signed the site log has signed this one with it.
    left = [one for one in witnesses if noted is None or not bears(noted[1], one)]
    if left or not witnesses:
        yield from check_witnessed(gathered.witnessed, left, keys, gathered.origin, entries, leaves)
    if extras.said is not None:
        yield check_all_said(extras.said, gathered.origin, entries, leaves)
    yield from (check_paper(text, gathered.origin, entries, leaves) for text in extras.papers)
    if extras.checkpoint is not None:
        old, end = check_old(extras.checkpoint, keys, gathered.origin, entries, leaves, "your checkpoint")
        if end is None:
            yield "the log begins as your checkpoint says"
        else:
            place = end["index"]
            yield f"of the {old.size} entries of your checkpoint those from {place} on were lost, as entry {place} says"
    if extras.receipt is not None:
        yield from check_receipt(extras.receipt, keys, gathered.origin, gathered.entries, witnesses)


def verify_promises(entries: Sequence[dict[str, Any]], leaves: Sequence[bytes]) -> Iterator[str]:
    replay = Replay(leaves)
    for entry in entries:
        replay.take(entry)
    yield (
        f"each entry follows from those before it; {len(replay.promises)} promises made, {len(replay.ended)} ended, "
        f"{len(replay.steps)} steps of supervision, {sum(replay.surveys.values())} surveys published"
    )


def verify_content(gathered: Gathered, entries: Sequence[dict[str, Any]], leaves: Sequence[bytes]) -> Iterator[str]:
    replay = Replay(leaves)
    for entry in entries:
        replay.take(entry)
    replay.require_complete()
    seals = sum(entry["kind"] == "sealed" for entry in entries)
    yield f"each entry follows from those before it; {len(replay.comments)} comments received, {seals} seals"
    joiners = sum(len(comment.joiners) for comment in replay.comments.values())
    if replay.joinings:
        yield f"{replay.joinings} joined a comment, of whom {replay.joinings - joiners} took it back"
    opened, answers = check_comments(replay, gathered.comments)
    yield f"every comment is as the entries say; {opened} public texts open, {answers} public answers are as logged"
    sums = gathered.sums if isinstance(gathered.sums, dict) else {}
    difference = replay.difference(sums.get("outcome"), sums.get("visibility"))
    if difference is not None:
        raise Failed(f"the public sums: {difference}")
    yield f"outcome: {spelled(sums['outcome'])}"
    yield f"visibility: {spelled(sums['visibility'])}"
    yield "both public sums follow from the entries (in check and quarantined only together)"


def spelled(sums: Mapping[str, Any]) -> str:
    return ", ".join(f"{term} {canonical(number)}" for term, number in sums.items())


# ---------------------------------------------------------------------------------------------------------------------
# The sealed archive of a matter (docs/ledger.md, "The archive")
# ---------------------------------------------------------------------------------------------------------------------

MANIFEST = "SHA256SUMS"
LARGEST_END = 22 + 65_535
"""How far from its last byte the end of a ZIP may begin."""
LARGEST_PART = 2**31
BOMB_FROM = 64 * 1024 * 1024
BOMB_RATIO = 100
MOST_PARTS = 65_534
PART_NAME = re.compile(r"[0-9A-Za-z_-][0-9A-Za-z_.-]*(/[0-9A-Za-z_-][0-9A-Za-z_.-]*)*", re.ASCII)
LINE_OF_MANIFEST = re.compile(r"([0-9a-f]{64})  (\S+)", re.ASCII)
MARKED = re.compile(r'<([a-z0-9]+) data-of="([^"<>]*)">([^<>]*)</\1>', re.ASCII)
STATE = re.compile(r'<article id="c([0-9]+)" data-state="([a-z]+) ([a-z]+)">', re.ASCII)
TAG = re.compile(r'<(?:!doctype html|/?([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"<>]*")?)*))>', re.I | re.ASCII)
ATTRIBUTE = re.compile(r' ([a-z-]+)(?:="([^"<>]*)")?', re.I | re.ASCII)
ACTIVE = {"script", "iframe", "object", "embed", "base", "form", "svg", "math", "style"}
LINK = re.compile(r"https?://[!-~]*|[0-9a-z_./#-]*")
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
ENTITIES = {"&lt;": "<", "&gt;": ">", "&#34;": '"', "&#39;": "'", "&amp;": "&"}
SAID_TEXTS = ("quote", "text", "proposed", "reason")
WORDS_COLUMNS = {
    "number": 2, "organisation": 11, "sender": 14, "area": 15, "joiners": 16, "stance": 19, "quote": 20, "text": 21,
    "proposed": 22, "reason": 23, "answer": 27, "change": 28,
}  # fmt: skip
"""Where these stand in the table in words."""

ARCHIVE_PARTS = {
    "zip": ("Tệp nén: mỗi tên một lần, không có gì giấu bên ngoài", "The ZIP: each name once, nothing hidden beside"),
    "manifest": ("Danh mục mã băm nêu đủ mọi tệp", "The manifest lists every file"),
    "files": ("Mã băm của từng tệp", "The hash of every file"),
    "log": ("Nhật ký: đúng dạng, liền mạch, mục sau khớp mục trước", "The log: canonical, without gaps, consistent"),
    "signature": ("Điểm kiểm tra có chữ ký của trang, đúng mã gốc", "The checkpoint is signed and has the root"),
    "witnesses": ("Điểm kiểm tra nhân chứng đã ký thuộc nhật ký này", "What witnesses signed begins this log"),
    "tiles": ("Các ô băm khớp nhật ký", "The tiles agree with the log"),
    "matter": ("Tên đợt, tài liệu, thời hạn, dự thảo", "Title, documents, periods, drafts"),
    "comments": ("Nội dung ý kiến và trả lời đúng như đã ghi", "Texts of comments and answers are as logged"),
    "sums": ("Hai bảng số tính lại được từ nhật ký", "Both sums follow from the log"),
    "tables": ("Các bảng (CSV, JSON, XLSX) khớp nhật ký", "The tables (CSV, JSON, XLSX) agree with the log"),
    "pages": ("Các trang khớp nhật ký và bảng", "The pages agree with log and tables"),
}
"""What is checked of an archive, in this order, in both languages."""


class BadPart(Failed):
    """A part of an archive does not hold."""

    def __init__(self, of: str, message: str) -> None:
        super().__init__(message)
        self.of = of


class Archived:
    """The answers that stand in an archive. Raises BadPart("zip") for one that is no plain ZIP."""

    def __init__(self, path: Path) -> None:
        try:
            self.zip = zipfile.ZipFile(path)
            self.parts = plain_parts(path, self.zip)
        except (zipfile.BadZipFile, struct.error, UnicodeError, ValueError, NotImplementedError) as error:
            raise BadPart("zip", str(error)) from error
        self.slug = ""

    def data(self, name: str) -> bytes:
        """A part; Failed when it is not there or cannot be read."""
        if name not in self.parts:
            raise Failed(f"{name} is not in the archive")
        try:
            data = self.zip.read(self.parts[name])
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise Failed(f"{name} cannot be read: {error}") from error
        if len(data) != self.parts[name].file_size:
            raise Failed(f"{name} is not as long as it says")
        return data

    def text(self, name: str) -> str:
        try:
            return self.data(name).decode("utf-8")
        except UnicodeDecodeError as error:
            raise Failed(f"{name} is not UTF-8") from error

    def value(self, name: str) -> Any:
        try:
            return json.loads(self.text(name))
        except (ValueError, RecursionError) as error:
            raise Failed(f"{name} is not JSON: {error}") from error

    def get(self, name: str, **query: Any) -> Any:
        return self.value(f"nhat-ky/{self.slug}/{file_name(name, query)}")

    def file_hash(self, document: int, revision: int) -> str:
        listed = self.get("files")
        return sha256_hex(self.data(part(listed, f"file-{document}-{revision}", is_text, "files")))

    def pages(self, folder: str) -> Iterator[str]:
        """The texts of the pages of a folder."""
        names = [name for name in self.parts if name.startswith(f"{folder}/") and name.endswith(".html")]
        yield from (self.text(name) for name in sorted(names) if name.count("/") == 1)


def plain_parts(path: Path, opened: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The parts by name: each once, by a plain name, one after the other from the first byte, and nothing between them
    nor behind them."""
    found: dict[str, zipfile.ZipInfo] = {}
    infos = opened.infolist()
    if not 0 < len(infos) <= MOST_PARTS:
        raise ValueError("no parts, or too many")
    at = 0
    with path.open("rb") as file:
        for info in infos:
            if info.filename in found or not PART_NAME.fullmatch(info.orig_filename) or ".." in info.filename:
                raise ValueError(f"a part twice, or by no plain name: {info.orig_filename!r}")
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or info.flag_bits & ~0x800:
                raise ValueError(f"{info.filename} is packed in an unknown way")
            if info.file_size > LARGEST_PART or (
                info.file_size > BOMB_FROM and info.file_size > BOMB_RATIO * info.compress_size
            ):
                raise ValueError(f"{info.filename} would be too large")
            if info.header_offset != at:
                raise ValueError(f"something lies before {info.filename}")
            file.seek(at)
            header = struct.unpack("<4sHHHHHIIIHH", file.read(30))
            if header[0] != b"PK\3\4" or file.read(header[9]) != info.filename.encode("ascii"):
                raise ValueError(f"{info.filename} bears another name where it lies")
            at += 30 + header[9] + header[10] + info.compress_size
            found[info.filename] = info
        file.seek(0, os.SEEK_END)
        size = file.tell()
        file.seek(max(0, size - 22))
        end = struct.unpack("<4sHHHHIIH", file.read(22))
    if end[0] != b"PK\5\6" or end[7] or end[6] != at or end[5] + at + 22 != size or end[4] != len(infos):
        raise ValueError("something lies behind the parts")
    return found


def verify_archive(source: Archived, extras: Extras, manifest: str = "") -> Iterator[tuple[str, str]]:
    """Checks an archive part by part: gives each part that holds with what it has, and raises BadPart at the first that
    does not."""
    state: dict[str, Any] = {}
    for of in ARCHIVE_PARTS:
        if of == "zip":
            yield of, str(len(source.parts))
            continue
        try:
            yield of, globals()[f"archive_{of}"](source, extras, state, manifest)
        except (Failed, Unanswered) as failure:
            raise BadPart(of, str(failure)) from failure
        except (LookupError, TypeError, ValueError, AttributeError, RecursionError) as fault:
            raise BadPart(of, f"it is malformed ({fault!r})") from fault


def archive_manifest(source: Archived, extras: Extras, state: dict[str, Any], manifest: str) -> str:
    data = source.data(MANIFEST)
    if manifest and sha256_hex(data) != manifest.lower():
        raise Failed(f"the manifest has the hash {sha256_hex(data)}, not the one that you gave")
    hashes: dict[str, str] = {}
    for line in source.text(MANIFEST).split("\n")[:-1]:
        found = LINE_OF_MANIFEST.fullmatch(line)
        if found is None or found[2] in hashes:
            raise Failed(f"the manifest has the line {line!r}")
        hashes[found[2]] = found[1]
    if not data.endswith(b"\n") or list(hashes) != sorted(hashes):
        raise Failed("the manifest is not in its order")
    if set(hashes) != set(source.parts) - {MANIFEST}:
        raise Failed(f"the manifest and the files differ: {sorted(set(hashes) ^ (set(source.parts) - {MANIFEST}))[:3]}")
    state["hashes"] = hashes
    return sha256_hex(data)


def archive_files(source: Archived, extras: Extras, state: dict[str, Any], manifest: str) -> str:
    for name, expected in state["hashes"].items():
        if sha256_hex(source.data(name)) != expected:
            raise Failed(f"{name} has another hash than the manifest says")
    return str(len(state["hashes"]))


def archive_log(source: Archived, extras: Extras, state: dict[str, Any], manifest: str) -> str:
    slugs = {name.split("/")[1] for name in source.parts if name.startswith("nhat-ky/") and name.count("/") == 2}
    if len(slugs) != 1:
        raise Failed("it holds the log of none, or of several matters")
    [source.slug] = slugs
    state["gathered"] = gathered = gather(source)
    state["entries"], state["leaves"] = check_entries(gathered.entries)
    state["replay"] = replay = Replay(state["leaves"])
    for entry in state["entries"]:
        replay.take(entry)
    replay.require_complete()
    return str(gathered.size)


def archive_signature(source: Archived, extras: Extras, state: dict[str, Any], manifest: str) -> str:
    gathered: Gathered = state["gathered"]
    given = [read_key(text) for text in extras.keys]
    state["keys"] = [key for one in given for key in (one, *of_a_later_epoch(one, gathered.origin))] or gathered.keys
    checkpoint = read_note(gathered.note, state["keys"], gathered.origin)
    if checkpoint.size != gathered.size:
        raise Failed(f"the checkpoint covers {checkpoint.size} entries, the archive has {gathered.size}")
    if tree_root(state["leaves"]) != checkpoint.root:
        raise Failed("the entries do not lead to the signed root")
    list(check_epochs(state["entries"], gathered.origin, state["keys"], state["leaves"]))
    check_proofs(source, state["leaves"], False)
    return gathered.origin


def archive_witnesses(source: Archived, extras: Extras, state: dict[str, Any], manifest: str) -> str:
    """What witnesses signed, and whatever else of the log people hold: a checkpoint, printed sheets, a receipt."""
    gathered: Gathered = state["gathered"]
    keys, origin, entries, leaves = state["keys"], gathered.origin, state["entries"], state["leaves"]
    witnesses = [read_witness(text) for text in extras.witnesses]
    lines = list(check_witnessed(gathered.witnessed, witnesses, keys, origin, entries, leaves))
    if extras.checkpoint is not None:
        old, end = check_old(extras.checkpoint, keys, origin, entries, leaves, "your checkpoint")
        lost = f", but for those from {end['index']} on, which were lost" if end is not None else ""
        lines.append(f"the log begins as your checkpoint of {old.size} entries says{lost}")
    lines += [check_paper(text, origin, entries, leaves) for text in extras.papers]
    if extras.receipt is not None:
        lines += check_receipt(extras.receipt, keys, origin, gathered.entries, witnesses)
    return "; ".join([str(len(gathered.witnessed)), *lines])


def archive_tiles(source: Archived, extras: Extras, state: dict[str, Any], manifest: str) -> str:
    """Every tile that there is for a log of this size, and no other; a bundle may lack for an entry too long for it."""
    leaves, texts = state["leaves"], state["gathered"].entries
    epoch = state["replay"].epochs[-1]["epoch"] if state["replay"].epochs else 1
    there = {name for name in source.parts if name.startswith("tlog/")}
    expected = {f"tlog/{epoch}/checkpoint": state["gathered"].note.encode()}
    for start in range(0, len(texts), 256):
        some = [text.encode() for text in texts[start : start + 256]]
        if all(len(one) < 2**16 for one in some):
            name = f"tlog/{epoch}/tile/entries/{tile_address(start // 256, len(some))}"
            expected[name] = b"".join(len(one).to_bytes(2, "big") + one for one in some)
    level, hashes = 0, list(leaves)
    while hashes:
        for start in range(0, len(hashes), 256):
            some = hashes[start : start + 256]
            expected[f"tlog/{epoch}/tile/{level}/{tile_address(start // 256, len(some))}"] = b"".join(some)
        hashes = [tree_root(hashes[start : start + 256]) for start in range(0, len(hashes) - 255, 256)]
        level += 1
    if there != set(expected):
        raise Failed(f"tiles are missing, or more than there should be: {sorted(there ^ set(expected))[:3]}")
    for name, data in expected.items():
        if source.data(name) != data:
            raise Failed(f"{name} is not what follows from the log")
    return str(len(expected))


def tile_address(number: int, width: int) -> str:
    digits = f"{number:03}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    path = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
    return path if width == 256 else f"{path}.p/{width}"


def archive_matter(source: Archived, extras: Extras, state: dict[str, Any], manifest: str) -> str:
    acts, revisions = check_published(source, state["entries"])
    check_matter(state["gathered"].matter, facts_of(source) if acts else {}, state["entries"])
    return str(revisions)


def archive_comments(source: Archived, extras: Extras, state: dict[str, Any], manifest: str) -> str:
    check_comments(state["replay"], state["gathered"].comments)
    return str(len(state["gathered"].comments))


def archive_sums(source: Archived, extras: Extras, state: dict[str, Any], manifest: str) -> str:
    sums = state["gathered"].sums
    difference = state["replay"].difference(
        part(sums, "outcome", is_object, "sums"), part(sums, "visibility", is_object, "sums")
    )
    if difference is not None:
        raise Failed(difference)
    return str(sums["outcome"]["received"])


def expected_row(shown: dict[str, Any]) -> dict[str, str]:
    """What tables say of a comment, as text; "" for what is not public or not said."""
    text, answer = shown["text"] or {}, shown["answer"] or {}
    row = {name: str(text.get(name) or "") for name in SAID_TEXTS}
    if shown.get("transcript") is not None:
        row["text"] = spoken_words(shown["transcript"]["value"])
    for name in ("sender", "organisation", "area"):
        row[name] = str(shown.get(name) or "")
    row |= {"number": str(shown["number"]), "joiners": str(shown.get("joiners", 0))}
    row |= {"answer": str(answer.get("text") or ""), "change": str(answer.get("change") or "")}
    return row


def coded_row(shown: dict[str, Any]) -> dict[str, str]:
    """The same, with what only the tables for programs say."""
    row = expected_row(shown) | {"stance": str((shown["text"] or {}).get("stance") or "")}
    answer = shown["answer"] or {}
    row |= {"submission_kind": shown["submission_kind"], "channel": shown["channel"], "received_on": shown["day"]}
    row |= {"visibility": shown["visibility"], "outcome": shown["outcome"]}
    row |= {"outcome_reason": str(shown["outcome_reason"] or ""), "part_of": str(shown["part_of"] or "")}
    row |= {"author_left": "true" if shown.get("author_left") else ""}
    row |= {"response": str(answer.get("response") or ""), "disposition": str(answer.get("disposition") or "")}
    if shown["visibility"] == "withheld":
        row["visibility_reason"] = str(shown["visibility_reason"] or "")
    return row


def spoken_words(value: Any) -> str:
    """A voice is told by the translation of what was written down of it, or by that."""
    return str(value.get("translation") or value.get("transcript") or "") if isinstance(value, dict) else ""


def same_cell(cell: str, expected: str) -> bool:
    """A cell bears no sign that turns lines around, and an apostrophe before what would be a formula."""
    plain = TURNING.sub("", expected)
    return cell == plain or cell == f"'{plain}"


def csv_rows(source: Archived, name: str) -> list[list[str]]:
    try:
        text = source.text(name).removeprefix("\ufeff")
        csv.field_size_limit(2**31 - 1)
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise Failed(f"{name}: {error}") from error


def archive_tables(source: Archived, extras: Extras, state: dict[str, Any], manifest: str) -> str:
    comments = state["gathered"].comments
    coded = [coded_row(shown) for shown in comments]
    check_coded_csv(csv_rows(source, "du-lieu/tong-hop.csv"), coded)
    check_coded_json(source.value("du-lieu/tong-hop.json"), coded, state["gathered"].sums)
    state["in_words"] = in_words = csv_rows(source, "du-lieu/tong-hop.vi.csv")
    if len(in_words) != len(comments) + 1:
        raise Failed(f"tong-hop.vi.csv has {len(in_words) - 1} rows, there are {len(comments)} comments")
    for row, shown in zip(in_words[1:], comments, strict=True):
        expected = expected_row(shown)
        for name, column in WORDS_COLUMNS.items():
            if name != "stance" and (len(row) <= column or not same_cell(row[column], expected[name])):
                raise Failed(f"tong-hop.vi.csv: {name} of comment {shown['number']} is another")
    check_workbook(source, in_words)
    return str(len(comments))


def check_coded_csv(rows: list[list[str]], coded: list[dict[str, str]]) -> None:
    if len(rows) != len(coded) + 1:
        raise Failed(f"tong-hop.csv has {len(rows) - 1} rows, there are {len(coded)} comments")
    for row, expected in zip(rows[1:], coded, strict=True):
        if len(row) != len(rows[0]):
            raise Failed("tong-hop.csv: a row has not as many cells as there are columns")
        found = dict(zip(rows[0], row, strict=True))
        for name, value in expected.items():
            if name not in found or not same_cell(found[name], value):
                raise Failed(f"tong-hop.csv: {name} of comment {expected['number']} is another")


def check_coded_json(table: Any, coded: list[dict[str, str]], sums: Any) -> None:
    rows = part(table, "comments", items(is_object), "tong-hop.json")
    if len(rows) != len(coded):
        raise Failed(f"tong-hop.json has {len(rows)} rows, there are {len(coded)} comments")
    for row, expected in zip(rows, coded, strict=True):
        found = flat_row(row)
        for name, value in expected.items():
            if found.get(name) != value:
                raise Failed(f"tong-hop.json: {name} of comment {expected['number']} is another")
    said = part(table, "sums", is_object, "tong-hop.json")
    if canonical_or_none(said.get("outcome")) != canonical_or_none(sums["outcome"]):
        raise Failed("tong-hop.json: the sum of outcomes is another")
    shown = {name: term for name, term in (said.get("visibility") or {}).items() if name in sums["visibility"]}
    if canonical_or_none(shown) != canonical_or_none(sums["visibility"]):
        raise Failed("tong-hop.json: the sum of visibility is another")


def flat_row(row: dict[str, Any]) -> dict[str, str]:
    """A row of the JSON as the text of the columns of the CSV."""
    contributor = row.get("contributor") if is_object(row.get("contributor")) else {}
    anchor = row.get("anchor") if is_object(row.get("anchor")) else {}
    answer = row.get("answer") if is_object(row.get("answer")) else {}
    found = {name: "" if value is None else str(value) for name, value in row.items()}
    found["author_left"] = "true" if row.get("author_left") is True else ""
    found["quote"] = str((anchor or {}).get("quote") or "")
    for name, of in (("sender", "name"), ("organisation", "organisation"), ("area", "area")):
        found[name] = str((contributor or {}).get(of) or "")
    for name, of in (
        ("answer", "text"),
        ("change", "change"),
        ("response", "response"),
        ("disposition", "disposition"),
    ):
        found[name] = str((answer or {}).get(of) or "")
    return found


CELL = re.compile(r'<c/>|<c><v>(-?[0-9]+)</v></c>|<c t="inlineStr"><is><t xml:space="preserve">([^<>]*)</t></is></c>')


def check_workbook(source: Archived, rows: list[list[str]]) -> None:
    """The workbook has the cells of the table in words, as far as one takes them."""
    try:
        with zipfile.ZipFile(io.BytesIO(source.data("du-lieu/tong-hop.xlsx"))) as book:
            info = book.getinfo("xl/worksheets/sheet1.xml")
            if (
                info.file_size > LARGEST_PART
                or info.file_size > BOMB_FROM
                and info.file_size > 1000 * info.compress_size
            ):
                raise Failed("tong-hop.xlsx would be too large")
            sheet = book.read(info).decode("utf-8")
    except (zipfile.BadZipFile, zlib.error, KeyError, UnicodeError, EOFError, NotImplementedError) as error:
        raise Failed(f"tong-hop.xlsx cannot be read: {error}") from error
    found = re.findall(r"<row>(.*?)</row>", sheet, re.S)
    if len(found) != len(rows):
        raise Failed("tong-hop.xlsx has another number of rows")
    for number, (line, row) in enumerate(zip(found, rows, strict=True)):
        cells = [match[1] or plain_text(match[2] or "") for match in CELL.finditer(line)]
        if "".join(match[0] for match in CELL.finditer(line)) != line or len(cells) != len(row):
            raise Failed(f"tong-hop.xlsx: row {number} is malformed")
        for cell, expected in zip(cells, row, strict=True):
            whole = NO_XML.sub("", expected)
            if cell not in (whole[:LONGEST_CELL], whole.removeprefix("'")[:LONGEST_CELL]):
                raise Failed(f"tong-hop.xlsx: row {number} has another cell than the CSV")


NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LONGEST_CELL = 32_767


def plain_text(marked: str) -> str:
    """What an escaped text says."""
    return re.sub("&lt;|&gt;|&#34;|&#39;|&amp;", lambda found: ENTITIES[found[0]], marked)


def archive_pages(source: Archived, extras: Extras, state: dict[str, Any], manifest: str) -> str:
    for name in source.parts:
        ending = name.casefold().endswith((".html", ".htm", ".svg", ".xhtml", ".xht"))
        shown = ending and not name.startswith("tep/")
        if shown and name != "kiem-tra/index.html" and (found := active_in(source.text(name))):
            raise Failed(f"{name} holds {found!r}, which no page of an archive does")
    check_marks("y-kien", source, marks_of_comments(state))
    check_states(source, state["gathered"].comments)
    check_marks("tra-loi", source, marks_of_answers(state))
    check_marks("bang", source, marks_of_table(state))
    entries = state["gathered"].entries
    check_marks(
        "nhat-ky", source,
        {f"e{index}": text for index, text in enumerate(entries)}
        | {f"e{index}.leaf": leaf.hex() for index, leaf in enumerate(state["leaves"])},
    )  # fmt: skip
    check_marks("du-thao", source, marks_of_drafts(source, state))
    check_marks("", source, marks_of_matter(source, state))
    return str(sum(name.endswith(".html") for name in source.parts))


def active_in(text: str) -> str:
    """What in a page may do something, or is written as no page of an archive is; "" where nothing is. What people
    wrote bears no `<`: it may name whatever it likes."""
    tags = list(TAG.finditer(text))
    if len(tags) != text.count("<"):
        starts = {one.start() for one in tags}
        at = next(one.start() for one in re.finditer("<", text) if one.start() not in starts)
        return text[at : at + 80]
    return next((one[0] for one in tags if (one[1] or "").lower() in ACTIVE or not all_plain(one[2] or "")), "")


def all_plain(attributes: str) -> bool:
    """Whether the attributes of a tag do nothing, and lead to a file beside it or to a page at most."""
    for name, value in ATTRIBUTE.findall(attributes.lower()):
        if name.startswith("on") or name == "http-equiv" or (name in ("href", "src") and not LINK.fullmatch(value)):
            return False
    return True


def check_marks(folder: str, source: Archived, expected: dict[str, str]) -> None:
    """The marked words of the pages of a folder are these, each once, and none is missing."""
    left = {name: value for name, value in expected.items() if value}
    for text in source.pages(folder) if folder else [source.text("index.html")]:
        if text.count("data-of=") != len(MARKED.findall(text)):
            raise Failed(f"{folder or 'index.html'}: a marked text is malformed")
        for _tag, of, said in MARKED.findall(text):
            if of in left and plain_text(said) == left[of]:
                del left[of]
            elif said or of in expected and expected[of]:
                raise Failed(f"{folder or 'index.html'}: {of} is not what it should be, or stands twice")
    if left:
        raise Failed(f"{folder or 'index.html'}: {next(iter(left))} is missing")


def marks_of_comments(state: dict[str, Any]) -> dict[str, str]:
    marks = {}
    for shown, row in zip(state["gathered"].comments, state["in_words"][1:], strict=True):
        c, text, spoken = f"c{shown['number']}", shown["text"] or {}, shown.get("transcript") or {}
        for name, value in expected_row(shown).items():
            marks[f"{c}.{name}"] = value
        marks |= {f"{c}.{name}": str(text.get(name) or "") for name in SAID_TEXTS}
        value = spoken.get("value") or {}
        marks |= {f"{c}.{name}": str(value.get(name) or "") for name in ("transcript", "translation")}
        del marks[f"{c}.number"]
        marks[f"{c}.joiners"] = str(shown.get("joiners") or "")
        marks[f"{c}.day"] = "/".join(reversed(shown["day"].split("-")))
        moves = shown.get("moves") or []
        marks[f"{c}.label"] = str((moves[-1] if moves else shown).get("label") or "")
        marks[f"{c}.stance"] = row[WORDS_COLUMNS["stance"]] if text.get("stance") else ""
    return marks


def check_states(source: Archived, comments: Sequence[dict[str, Any]]) -> None:
    found = [match for text in source.pages("y-kien") for match in STATE.findall(text)]
    expected = [(str(one["number"]), one["outcome"], one["visibility"]) for one in comments]
    if found != expected:
        wrong = next((one for one in expected if one not in found), ("?",))
        raise Failed(f"y-kien: comment {wrong[0]} is missing, out of its place or in another state")


def marks_of_answers(state: dict[str, Any]) -> dict[str, str]:
    marks: dict[str, str] = {}
    for shown in state["gathered"].comments:
        answer = shown["answer"] or {}
        if answer.get("text") is not None:
            marks[f"r{answer['response']}.text"] = answer["text"]
            marks[f"r{answer['response']}.change"] = answer["change"] or ""
    return marks


def marks_of_table(state: dict[str, Any]) -> dict[str, str]:
    """The printed table leaves out what was withdrawn, declared invalid or split; once concluded, all but answered."""
    concluded = any(entry["kind"] == "concluded" for entry in state["entries"])
    marks = {}
    for shown in state["gathered"].comments:
        if shown["outcome"] == "answered" or (shown["outcome"] == "open" and not concluded):
            row = expected_row(shown)
            for name in (*SAID_TEXTS, "organisation", "sender", "answer", "change"):
                marks[f"t{shown['number']}.{name}"] = row[name]
    return marks


def marks_of_drafts(source: Archived, state: dict[str, Any]) -> dict[str, str]:
    marks: dict[str, str] = {}

    def take(nodes: Any, d: str) -> None:
        for node in nodes:
            for name in ("marker", "heading", "text"):
                marks[f"{d}.{node['path']}.{name}"] = str(node.get(name) or "")
            take(node["children"], d)

    for one in part(state["gathered"].matter, "documents", items(is_object), "matter"):
        told = source.get(f"revisions/{one['document']}/{one['revision']}")
        d = f"d{one['document']}.{one['revision']}"
        marks[f"{d}.title"] = str(told["title"] or "")
        take(told["provisions"], d)
        marks |= {f"{d}.p{page['number']}": page["text"] for page in told["pages"]}
    return marks


def marks_of_matter(source: Archived, state: dict[str, Any]) -> dict[str, str]:
    matter, sums, gathered = state["gathered"].matter, state["gathered"].sums, state["gathered"]
    ledger = source.get("ledger")
    marks = {"m.title": matter["title"], "m.summary": matter["summary"], "m.checkpoint": gathered.note}
    for name in BODIES:
        marks[f"m.{name}"] = str(matter[name].get("name") or "")
    marks |= {"m.opens": matter["opens"] or "", "m.concluded": matter["concluded_at"] or ""}
    marks |= {"m.withdrawn": matter["withdrawn_reason"] or "", "m.witnessed": ledger.get("witnessed") or ""}
    marks |= {f"m.key.{number}": key["vkey"] for number, key in enumerate(ledger["keys"], start=1)}
    for one in matter["documents"]:
        marks[f"m.file.{one['document']}.{one['revision']}"] = one["sha256"]
    for sum_name in ("outcome", "visibility"):
        for term, number in sums[sum_name].items():
            if isinstance(number, dict):
                marks |= {f"m.{sum_name}.{term}.{reason}": str(count) for reason, count in number.items()}
            else:
                marks[f"m.{sum_name}.{term}"] = str(number)
    return marks


SEALED_WORDS = {
    "vi": (
        "Kiểm tra gói lưu trữ", "ĐÚNG", "SAI ", "Mọi phần đều khớp.",
        "Trang có đưa cho người khác một nhật ký khác hay không thì chỉ so điểm kiểm tra với nhau mới biết.",
        "Khóa dùng để kiểm tra chữ ký là khóa ghi trong gói; dùng --key để kiểm tra bằng khóa ông/bà đã biết.",
        "Gói này không khớp ở phần nêu trên. Xin giữ nguyên tệp và báo cho cơ quan đang lấy ý kiến. Chỗ sai:",
        "Mã băm của SHA256SUMS, để so với trang nhật ký:",
    ),
    "en": (
        "Check of an archive", "ok  ", "FAIL", "Every part holds.",
        "Whether others are shown another log, only comparing checkpoints can tell.",
        "The key is the one that the archive names; --key checks with one that you know.",
        "The archive does not hold at the part above. Keep the file, and tell the body that asked for comments. Where:",
        "Hash of SHA256SUMS, to compare with the page of the log:",
    ),
}  # fmt: skip


def told_of_archive(path: Path, extras: Extras, manifest: str, english: bool) -> int:
    """One page on an archive; gives the exit code."""
    title, good, bad, holds, forks, key, broken, seal = SEALED_WORDS["en" if english else "vi"]
    print(f"{title}: {path.name} (verify_ledger.py {VERSION})")
    try:
        for of, what in verify_archive(Archived(path), extras, manifest):
            print(f"  {good}  {ARCHIVE_PARTS[of][english]} ({what})")
            if of == "manifest":
                print(f"        {seal}\n        {what}")
    except BadPart as failure:
        print(f"  {bad}  {ARCHIVE_PARTS[failure.of][english]}\n\n{broken}\n  {failure.of}: {failure}")
        return 1
    print(f"\n{holds}\n{forks}" + ("" if extras.keys else f"\n{key}"))
    return 0


def read_text_file(path: Path) -> str:
    """What a file that was named holds; a page that was saved in its place is none."""
    try:
        text = path.read_bytes().decode("utf-8", "replace")
    except OSError as error:
        raise Unanswered("no_file", path, why(error)) from error
    if is_page(text):
        raise Unanswered("wrong_file", path, "HTML")
    return text


def read_receipt_file(path: Path) -> Any:
    try:
        receipt = json.loads(read_text_file(path))
    except (ValueError, RecursionError) as error:
        raise Unanswered("wrong_file", path, why(error)) from error
    if not isinstance(receipt, dict):
        raise Unanswered("wrong_file", path, type(receipt).__name__)
    return receipt


def read_policy_file(path: Path) -> Policy:
    text = read_text_file(path)
    try:
        return read_policy(text)
    except Failed as failure:
        raise Unanswered("wrong_file", path, failure) from failure


def check_given(chosen: argparse.Namespace) -> None:
    """Unanswered for a key that is none, a source that is nowhere, and a file that is no whole archive: of these the
    ledger says nothing."""
    for read, texts in ((read_key, chosen.key), (read_witness, chosen.witness)):
        for text in texts:
            try:
                read(text)
            except Failed as failure:
                raise Unanswered("no_key", repr(text), failure) from failure
    named = chosen.source or ""
    if named and not named.startswith(("http://", "https://")):
        if not Path(named).exists():
            raise Unanswered("no_source", named)
        if Path(named).is_file():
            check_whole(Path(named))


def check_whole(path: Path) -> None:
    """Unanswered when a file does not begin as a ZIP, or lacks the end of one."""
    with path.open("rb") as file:
        begins = file.read(4) == b"PK\3\4"
        file.seek(max(0, file.seek(0, os.SEEK_END) - LARGEST_END))
        ends = b"PK\5\6" in file.read()
    if not begins:
        raise Unanswered("no_archive", path)
    if not ends:
        raise Unanswered("half_archive", path)


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Checks the public ledger of a consultation or programme.")
    parser.add_argument("--version", action="version", version=f"verify_ledger.py {VERSION}")
    parser.add_argument(
        "source", nargs="?", help="address of the site (https://…), a folder filled by --save, or an archive"
    )
    parser.add_argument("slug", nargs="?", help="the consultation or programme, as in its address")
    parser.add_argument("--receipt", type=Path, help="a receipt file to check against the log")
    parser.add_argument("--key", action="append", default=[], help="a verifier key to trust instead of the site's list")
    parser.add_argument(
        "--checkpoint", type=Path, help="an older checkpoint (signed note) the log must still begin with"
    )
    parser.add_argument("--witness", action="append", default=[], help="the key of a witness that must have signed")
    parser.add_argument("--paper", action="append", default=[], help="what the code of a printed sheet says (…#nk=…)")
    parser.add_argument("--every-proof", action="store_true", help="ask for the proof of every entry, not of a few")
    parser.add_argument("--programme", action="store_true", help="SLUG names a coordination programme")
    parser.add_argument("--manifest", default="", help="the hash of the list of hashes of an archive, as the site says")
    parser.add_argument("--english", action="store_true", help="says of an archive in English what holds")
    parser.add_argument("--save", type=Path, help="a folder to keep everything that was fetched")
    parser.add_argument("--site-log", action="store_true", help="check the log of the whole site, and SLUG against it")
    parser.add_argument("--proof", type=Path, help="a .tlog-proof file to check without a site")
    parser.add_argument("--policy", type=Path, help="a .tlog-policy file that says whose signatures are enough")
    # What is named may stand before, between and behind the options.
    chosen = parser.parse_intermixed_args(given)
    if chosen.proof is None and (chosen.source is None or not (chosen.slug or chosen.site_log or is_archive(chosen))):
        parser.error("name the site and the consultation (SOURCE SLUG), an archive, or a file (--proof)")
    if chosen.proof is not None and not chosen.key and chosen.policy is None:
        parser.error("a proof is checked against a key that you know: --key or --policy")
    if wrong := left_out(chosen):
        parser.error(wrong)
    return chosen


def left_out(chosen: argparse.Namespace) -> str:
    """Why something that was asked for would not be looked at; "" when all of it is. Nothing is passed over in silence:
    who reads that everything holds takes it for checked."""
    held = chosen.receipt or chosen.checkpoint or chosen.paper
    if chosen.proof is not None and (chosen.source or chosen.site_log or held):
        return "a proof (--proof) is checked by itself: name the site, receipts and checkpoints in another call"
    if chosen.policy is not None and chosen.proof is None:
        return "--policy says whose signatures are enough under a proof: --proof FILE"
    if is_archive(chosen) and (chosen.site_log or chosen.programme):
        return "an archive has neither the log of the site nor that of a programme"
    if chosen.manifest and not is_archive(chosen):
        return "--manifest is the hash of the list of an archive, and SOURCE is no file"
    if chosen.proof is None and not is_archive(chosen) and not chosen.slug and held:
        return "receipts, checkpoints and printed sheets are of one consultation: name it (SLUG)"
    return ""


def is_archive(chosen: argparse.Namespace) -> bool:
    """Whether what is named is the archive of a matter: one file."""
    named = chosen.source or ""
    return chosen.proof is None and not named.startswith(("http://", "https://")) and Path(named).is_file()


def lines_of(chosen: argparse.Namespace) -> Iterator[str]:
    """What the command line asks for, checked: a line for each thing that holds."""
    if chosen.proof is not None:
        policy = read_policy_file(chosen.policy) if chosen.policy else None
        witnesses = [read_witness(text) for text in chosen.witness]
        yield from check_proof(read_text_file(chosen.proof), [read_key(one) for one in chosen.key], policy, witnesses)
        return
    extras = extras_of(chosen)
    if chosen.site_log:
        said: list[dict[str, Any]] = []
        yield from verify_site_log(source_of(chosen, SITE_LOG, ""), extras, said)
        extras = replace(extras, said=said)
    if chosen.slug is not None:
        of = "programmes" if chosen.programme else "consultations"
        yield from verify(source_of(chosen, chosen.slug, of), extras)


def source_of(chosen: argparse.Namespace, slug: str, of: str) -> Source:
    """The site, or the folder, that a log is read from."""
    over_http = chosen.source.startswith(("http://", "https://"))
    return Site(chosen.source, slug, chosen.save, of) if over_http else Folder(Path(chosen.source), slug)


def extras_of(chosen: argparse.Namespace) -> Extras:
    return Extras(
        tuple(chosen.key),
        read_receipt_file(chosen.receipt) if chosen.receipt else None,
        read_text_file(chosen.checkpoint) if chosen.checkpoint else None,
        chosen.every_proof,
        tuple(chosen.witness),
        tuple(chosen.paper),
        chosen.programme,
    )


def main(given: Sequence[str] | None = None) -> int:
    """Runs the checks of the command line and gives the exit code."""
    chosen = arguments(given)
    try:
        check_given(chosen)
        if is_archive(chosen):
            return told_of_archive(Path(chosen.source), extras_of(chosen), chosen.manifest, chosen.english)
        print("verify_ledger.py, version", VERSION)
        for line in lines_of(chosen):
            print("ok     ", line)
    except Failed as failure:
        print("FAILED ", failure)
        return 1
    except (Unanswered, OSError) as problem:
        told = (
            problem
            if isinstance(problem, Unanswered)
            else Unanswered("no_file", problem.filename or chosen.source, why(problem))
        )
        print(f"could not ask: {told}.\nchưa kiểm tra được: {told.vietnamese}.", file=sys.stderr)
        return 2
    if chosen.witness:
        print("Everything holds. Up to what these witnesses signed, nobody was shown another log.")
    else:
        print("Everything holds. Whether others are shown the same log, only comparing checkpoints can tell.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
