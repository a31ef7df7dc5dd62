"""What somebody may do to an archive, and which part tells: after each, everything that could be made to agree again
does (the list of hashes, and where a log is forged its signature, proofs and tiles)."""

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


TAMPERINGS: tuple[tuple[str, str, Act], ...] = (
    ("two parts of one name", "zip", same_name),
    ("a name that leads out of the folder", "zip", with_part("../index.html")),
    ("a name that begins at the root", "zip", with_part("/etc/passwd")),
    ("a name with a backslash", "zip", with_part("tep\\x.html")),
    ("a name with a blank", "zip", with_part("tep/x y.html")),
    ("a bomb", "zip", with_part("tep/bomb.bin", bytes(65 * 1024 * 1024))),
    ("bytes before the parts", "zip", twisted(lambda made: b"MZ before" + made)),
    ("bytes behind the parts", "zip", twisted(lambda made: made + b"behind")),
    ("a remark at the end", "zip", twisted(lambda made: made[:-2] + b"\5\0words")),
    ("hidden words between parts", "zip", twisted(gap)),
    ("another name where it lies", "zip", twisted(other_local_name)),
    ("an encrypted part", "zip", twisted(flag)),
    ("cut off", "zip", twisted(lambda made: made[:-200])),
    ("a part that the list does not name", "manifest", unlisted(more("them.html", b"x"))),
    ("a part that is missing", "manifest", unlisted(less(PRINTED))),
    ("no list of hashes", "manifest", unlisted(less(SUMS))),
    ("a list without a line", "manifest", manifest(lambda lines: lines[1:])),
    ("a list with a line twice", "manifest", manifest(lambda lines: [*lines, lines[-1]])),
    ("a list in another order", "manifest", manifest(lambda lines: lines[::-1])),
    ("a list with a malformed hash", "manifest", manifest(lambda lines: [f"X{lines[0][1:]}", *lines[1:]])),
    ("a page that was changed", "files", unlisted(words(COMMENTS, "Ma Văn", "Mã Văn"))),
    ("two files in each other's place", "files", unlisted(swapped_parts)),
    ("a verifier that finds nothing", "files", unlisted(words("verify_archive.js", "'use strict'", "//"))),
    ("a part that cannot be unpacked", "files", twisted(corrupt)),
    ("a changed hash in the list", "files", manifest(other_hash)),
    ("an entry that was dropped", "log", log(lambda texts: [*texts[:5], *texts[6:]])),
    ("an entry that was dropped, and all numbered anew", "log", log(without(5))),
    ("an entry twice", "log", log(lambda texts: [*texts[:4], texts[3], *texts[4:]])),
    ("an entry twice, and all numbered anew", "log", log(lambda texts: renumbered([*texts[:4], *texts[3:]]))),
    ("another order", "log", log(unordered)),
    ("an entry that is not canonical", "log", log(lambda texts: [texts[0].replace(":", ": ", 1), *texts[1:]])),
    ("a day that there is not", "log", log(entry(2, day="2026-02-30"))),
    ("an entry of another version", "log", log(entry(1, v=2))),
    ("a seal of another root", "log", log(entry(77, root="0" * 64))),
    ("a seal of fewer comments", "log", log(entry(77, received=26))),
    ("a comment that nobody received is answered", "log", nobody_answered),
    ("an entry without a field", "log", log(lambda texts: [texts[0], texts[1].replace("reason", "s"), *texts[2:]])),
    ("another key", "signature", log(lambda texts: texts, OTHER_KEY)),
    ("a signature that is not good", "signature", edited("/ledger.json", signature)),
    ("another root under the old signature", "signature", edited("/ledger.json", root)),
    ("the last entry dropped under the old signature", "signature", lambda f: f.unsigned(f.entries()[:-1])),
    ("another moment under the old signature", "signature", moment),
    ("another proof", "signature", edited("proof-index-0-size-78.json", lambda told: told["hashes"].reverse())),
    ("a fork by the site's own key", "witnesses", forked),
    ("a changed tile", "tiles", change_tile),
    ("a tile that is missing", "tiles", drop_tile),
    ("a tile more", "tiles", more("tlog/1/tile/1/000.p/1", bytes(32))),
    ("a changed bundle of entries", "tiles", change_bundle),
    ("another title", "matter", said("/matter.json", "Quyết định khác", "title")),
    ("another last day", "matter", said("/matter.json", "2027-01-01T17:00:00Z", "closes")),
    ("another draft", "matter", said("/revisions-1-1.json", "Khác", "provisions", 0, "heading")),
    ("another file of a draft", "matter", other_file),
    ("other facts", "matter", said("/facts.json", "Khác", "facts", "summary")),
    ("a document less", "matter", edited("/matter.json", drop_document)),
    ("another text of a comment", "comments", of_comment(10, "Đồng ý.", "text", "text")),
    ("another stance", "comments", of_comment(10, "support", "text", "stance")),
    ("words that two people withheld", "comments", of_comment(3, {"text": "Lộ ra"}, "text")),
    ("withheld in the log no more", "comments", released),
    ("another answer", "comments", of_comment(1, "Không tiếp thu.", "answer", "text")),
    ("another disposition", "comments", of_comment(1, "noted", "answer", "disposition")),
    ("another day of receipt", "comments", of_comment(10, NEVER, "day")),
    ("a comment less", "comments", edited("/comments.json", lambda told: told["comments"].pop())),
    ("two comments in the other order", "comments", edited("/comments.json", lambda told: told["comments"].reverse())),
    ("answered though it waits", "comments", of_comment(10, "answered", "outcome")),
    ("another transcript", "comments", of_comment(19, "Khác", "transcript", "value", "transcript")),
    ("another second word", "comments", of_comment(11, "Hài lòng.", "second_word", "remark")),
    ("another sum", "sums", said("/sums.json", 20, "outcome", "answered")),
    ("a reason less in a sum", "sums", edited("/sums.json", lambda told: told["visibility"]["withheld"].popitem())),
    ("another text in the table", "tables", rows(CODED, row(10, TEXT, "Đồng ý."))),
    ("a row less", "tables", rows(CODED, lambda table: table.pop())),
    ("a row twice", "tables", rows(CODED, lambda table: table.append(table[-1]))),
    ("rows in another order", "tables", rows(CODED, lambda table: table.insert(1, table.pop()))),
    ("another day in the table", "tables", rows(CODED, row(10, DAY, NEVER))),
    ("a name without consent in the table", "tables", rows(CODED, name_in_csv)),
    ("another answer in the JSON", "tables", said(TABLE, "Không.", "comments", 0, "answer", "text")),
    ("another sum in the JSON", "tables", said(TABLE, 28, "sums", "outcome", "received")),
    ("another text in the table in words", "tables", rows(IN_WORDS, row(10, TEXT_IN_WORDS, "Đồng ý."))),
    ("another cell in the workbook", "tables", workbook),
    ("another text on a page", "pages", words(COMMENTS, TEN, "Đồng ý.")),
    ("a name without consent on a page", "pages", article(named)),
    ("a comment less on a page", "pages", article(lambda own: "")),
    ("a comment twice on a page", "pages", article(lambda own: own * 2)),
    ("another state on a page", "pages", article(lambda own: own.replace("open public", "answered public"))),
    ("another answer on a page", "pages", words(ANSWERS, "Tiếp thu ý kiến.", "Không tiếp thu.")),
    ("another text on the page of the table", "pages", words(PRINTED, TEN, "Đồng ý.")),
    ("another entry on the page of the log", "pages", words(LOG, "Theo đề nghị.", "Theo lệnh.")),
    ("another clause on the page of a draft", "pages", words("du-thao/1-2.html", "chuyển tiếp", "kết thúc")),
    ("another sum on the first page", "pages", page("index.html", "outcome.received\">27", "outcome.received\">28")),
    ("a script in a page", "pages", page(COMMENTS, "</main>", "<script>x()</script></main>")),
    ("a page that does something", "pages", page(COMMENTS, "<main>", '<main onclick="x()">')),
)  # fmt: skip
"""What was done, the part that tells, and how it is done."""
