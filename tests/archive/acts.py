"""How an archive is tampered with: each act is done to its parts, or to the finished ZIP."""

import io
import json
import re
import struct
import zipfile
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consult.ledger import merkle
from consult.ledger.canonical import canonical
from tests.archive.forged import SUMS, Forged, packed

Act = Callable[[Forged], object]
CODED, IN_WORDS, TABLE = "du-lieu/tong-hop.csv", "du-lieu/tong-hop.vi.csv", "du-lieu/tong-hop.json"
COMMENTS, ANSWERS, PRINTED, LOG = "y-kien/00001.html", "tra-loi/00001.html", "bang/00001.html", "nhat-ky/00001.html"
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(b"8" * 32)
DAY, TEXT, TEXT_IN_WORDS = 3, 26, 21
"""Where these stand in the tables."""
TEN = "Đề nghị thêm thùng rác."
"""What comment 10 says."""
NEVER = "2026-11-01"


def twisted(twist: Callable[[bytes], bytes]) -> Act:
    """Done to the finished ZIP."""
    return lambda forged: forged.twisted.append(twist)


def with_part(name: str, data: bytes = b"x") -> Act:
    """A further part at the end of the finished ZIP, whatever its name."""

    def add(made: bytes) -> bytes:
        file = io.BytesIO(made)
        with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
            info = zipfile.ZipInfo(name)
            info.filename, info.compress_type = name, zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
        return file.getvalue()

    return twisted(add)


def same_name(forged: Forged) -> None:
    """Two parts of one name, the list of hashes fitting the first."""
    made = forged.bytes()
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    name = "GIAY-PHEP.txt"
    changed = packed([*parts, ("GIAY-PHEP.tx_", b"Cam su dung.")]).replace(b"GIAY-PHEP.tx_", name.encode())
    forged.twisted.append(lambda _made: changed)


def gap(made: bytes) -> bytes:
    """Bytes that no list names between the parts and the list."""
    size, at = struct.unpack("<II", made[-10:-2])
    hidden = b"hidden words"
    return made[:at] + hidden + made[at : at + size] + made[-22:-6] + struct.pack("<IH", at + len(hidden), 0)


def flag(made: bytes) -> bytes:
    """The first part of the list says that it is encrypted."""
    at = struct.unpack("<I", made[-6:-2])[0]
    return made[: at + 8] + b"\x01\x00" + made[at + 10 :]


def other_local_name(made: bytes) -> bytes:
    """The first part bears another name where it lies than in the list."""
    return made[:30] + b"X" + made[31:]


def corrupt(made: bytes) -> bytes:
    """A byte of the first packed part is another."""
    name, extra = struct.unpack("<HH", made[26:30])
    at = 30 + name + extra + 12
    return made[:at] + bytes([made[at] ^ 0x55]) + made[at + 1 :]


def other_hash(lines: list[str]) -> list[str]:
    """The first part has another hash, says the list."""
    return [sha256(b"").hexdigest() + lines[0][64:], *lines[1:]]


def manifest(change: Callable[[list[str]], list[str]]) -> Act:
    """Other lines in the list of hashes."""

    def act(forged: Forged) -> None:
        forged.bytes()
        lines = forged.parts[SUMS].decode().splitlines()
        forged.parts[SUMS] = "".join(f"{line}\n" for line in change(lines)).encode()
        forged.own_sums = True

    return act


def unlisted(act: Act) -> Act:
    """Done while the list of hashes stays as it was."""

    def done(forged: Forged) -> None:
        forged.own_sums = True
        act(forged)

    return done


def swapped_parts(forged: Forged) -> None:
    """Two files in each other's place."""
    one, two = (name for name in sorted(forged.parts) if name.startswith("tep/"))
    forged.parts[one], forged.parts[two] = forged.parts[two], forged.parts[one]


def log(change: Callable[[list[str]], list[str]], key: Ed25519PrivateKey | None = None) -> Act:
    """Another log, signed anew."""
    return lambda forged: forged.signed(change(forged.entries()), key)


def entry(index: int, **said: Any) -> Callable[[list[str]], list[str]]:
    """Something else in an entry."""

    def change(texts: list[str]) -> list[str]:
        return [
            canonical({**json.loads(text), **said}).decode() if place == index else text
            for place, text in enumerate(texts)
        ]

    return change


def renumbered(texts: list[str]) -> list[str]:
    """The same entries, each saying the place at which it stands."""
    return [canonical({**json.loads(text), "index": index}).decode() for index, text in enumerate(texts)]


def without(index: int) -> Callable[[list[str]], list[str]]:
    """Without an entry, and numbered anew."""
    return lambda texts: renumbered([*texts[:index], *texts[index + 1 :]])


def place_of(forged: Forged, kind: str, **said: Any) -> int:
    """The index of the first entry that says so."""
    entries = (json.loads(text) for text in forged.entries())
    return next(
        one["index"] for one in entries if one["kind"] == kind and all(one[name] == said[name] for name in said)
    )


def resealed(texts: list[str]) -> list[str]:
    """The same log with a seal, at its end, of what is before it."""
    seal = json.loads(texts[-1])
    leaves = [merkle.leaf_hash(text.encode()) for text in texts[:-1]]
    return [*texts[:-1], canonical({**seal, "size": len(leaves), "root": merkle.root_of(leaves).hex()}).decode()]


def forked(forged: Forged) -> None:
    """Another history of the same size by the same key, though a witnessed checkpoint of the first is in it."""
    forged.edit("/ledger.json", lambda value: value.update(witnessed=value["checkpoint"]))
    index = place_of(forged, "extended")
    forged.signed(resealed(entry(index, reason="Theo yêu cầu.")(forged.entries())))


def released(forged: Forged) -> None:
    """What two people withheld was never withheld, says a log that is signed anew."""
    index = place_of(forged, "withheld", comment=3)
    forged.signed(resealed(without(index)(forged.entries())))


def moment(forged: Forged) -> None:
    """An entry says that it was recorded at another moment, under the old signature."""
    index = place_of(forged, "answered")
    forged.unsigned(resealed(entry(index, at="2026-01-01T00:00:00Z")(forged.entries())))


def inserted(texts: list[str], kind: str, **said: Any) -> list[str]:
    """The same log with a further entry before its seal, which seals it too."""
    seal = json.loads(texts[-1])
    own = {"v": 1, "index": 0, "at": seal["at"], "kind": kind, **said}
    return resealed(renumbered([*texts[:-1], canonical(own).decode(), texts[-1]]))


def with_entry(kind: str, **said: Any) -> Act:
    """A log with a further entry, signed anew."""
    return log(lambda texts: inserted(texts, kind, **said))


def taken_back(forged: Forged) -> None:
    """The sender of comment 1 took the name back, says the log; it is shown all the same."""
    received = json.loads(forged.entries()[place_of(forged, "received", comment=1)])
    forged.signed(inserted(forged.entries(), "name_hidden", submission=received["submission"]))


def unordered(texts: list[str]) -> list[str]:
    """Two comments are received in the other order."""
    return renumbered([*texts[:2], texts[3], texts[2], *texts[4:]])


def signature(value: dict[str, Any]) -> None:
    """A letter of the signature is another."""
    note = value["checkpoint"]
    at = len(note) - 20
    value["checkpoint"] = note[:at] + ("A" if note[at] != "A" else "B") + note[at + 1 :]


def root(value: dict[str, Any]) -> None:
    """The root is another, the signature the same."""
    lines = value["checkpoint"].split("\n")
    lines[2] = ("A" if lines[2][0] != "A" else "B") + lines[2][1:]
    value["checkpoint"] = "\n".join(lines)


def drop_tile(forged: Forged) -> None:
    """A tile is missing."""
    del forged.parts[forged.find("tile/0/000.p/78")]


def change_tile(forged: Forged) -> None:
    """A byte of a tile is another."""
    name = forged.find("tile/0/000.p/78")
    forged.parts[name] = b"\0" + forged.parts[name][1:]


def change_bundle(forged: Forged) -> None:
    """The last byte of a bundle of entries is another."""
    name = forged.find("tile/entries/000.p/78")
    forged.parts[name] = forged.parts[name][:-1] + b"]"


def page(name: str, old: str, new: str) -> Act:
    """Something else on the page of that very name."""

    def act(forged: Forged) -> None:
        text = forged.parts[name].decode()
        assert old in text
        forged.parts[name] = text.replace(old, new, 1).encode()

    return act


def row(number: int, column: int, cell: str) -> Callable[[list[list[str]]], object]:
    """Something else in a cell of the row of a comment."""

    def change(table: list[list[str]]) -> None:
        table[number][column] = cell

    return change


def workbook(forged: Forged) -> None:
    """Other words in the workbook."""
    book = Forged({})
    with zipfile.ZipFile(io.BytesIO(forged.parts["du-lieu/tong-hop.xlsx"])) as archive:
        book.parts = {name: archive.read(name) for name in archive.namelist()}
    book.own_sums = True
    book.swap("sheet1.xml", "Tiếp thu ý kiến.", "Không tiếp thu ý kiến.")
    forged.parts["du-lieu/tong-hop.xlsx"] = book.bytes()


def article(change: Callable[[str], str]) -> Act:
    """Something done to the page of comments with the article of comment 10."""

    def act(forged: Forged) -> None:
        text = forged.parts[COMMENTS].decode()
        found = re.search(r'<article id="c10".*?</article>\n', text, re.S)
        assert found
        forged.parts[COMMENTS] = text.replace(found[0], change(found[0])).encode()

    return act


def said(ending: str, value: object, *path: str | int) -> Act:
    """Another value at the end of a path into a JSON."""

    def change(told: Any) -> None:
        for step in path[:-1]:
            told = told[step]
        told[path[-1]] = value

    return lambda forged: forged.edit(ending, change)


def of_comment(number: int, value: object, *path: str | int) -> Act:
    """The same of a comment."""
    return said("/comments.json", value, "comments", number - 1, *path)


def edited(ending: str, change: Callable[[Any], object]) -> Act:
    """A JSON that was changed otherwise."""
    return lambda forged: forged.edit(ending, change)


def rows(name: str, change: Callable[[list[list[str]]], object]) -> Act:
    """A CSV with other rows."""
    return lambda forged: forged.table(name, change)


def words(ending: str, old: str, new: str) -> Act:
    """Other words in a part."""
    return lambda forged: forged.swap(ending, old, new)


def more(name: str, data: bytes) -> Act:
    """A part more."""
    return lambda forged: forged.parts.update({name: data})


def less(name: str) -> Act:
    """A part less."""
    return lambda forged: forged.parts.pop(name, None)


def nobody_answered(forged: Forged) -> None:
    """An answer to a comment that was never received."""
    forged.signed(entry(place_of(forged, "answered"), comments=[99])(forged.entries()))


def named(own: str) -> str:
    """The article of a comment with a name."""
    return own.replace("<p>", '<p data-of="c10.sender">Nông Văn Ký</p><p>', 1)


def drop_document(value: dict[str, Any]) -> None:
    """One revision less."""
    value["documents"].pop()


def name_in_csv(table: list[list[str]]) -> None:
    """A name of somebody who had none published."""
    table[10][17] = "Nông Văn Ký"


def other_file(forged: Forged) -> None:
    """A document that is another file."""
    forged.parts[forged.find("tep/1-1-du-thao.md")] = b"Another draft."
