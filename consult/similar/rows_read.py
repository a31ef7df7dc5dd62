"""The texts of one column of a CSV file, in whatever of the usual ways it was saved."""

import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path


class Unreadable(Exception):
    """The file cannot be read so; `code` is that of a sentence, `values` what it names."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code, self.values = code, values


_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_OLDER = "cp1258"
_SEPARATORS = ",;\t|"


def column(file: Path, name: str) -> Iterator[str]:
    """The texts under `name`, row by row; the row of a file that is short there is empty.

    Raises OSError; Unreadable.
    """
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    with file.open(encoding=_encoding(file), errors="replace", newline="") as lines:
        head = lines.readline()
        lines.seek(0)
        reader = csv.DictReader((line.replace("\0", "") for line in lines), delimiter=_separator(head))
        try:
            names = [one.strip() for one in reader.fieldnames or ()]
            if name not in names:
                raise Unreadable("similar.no_column", name=name, names=", ".join(filter(None, names)))
            reader.fieldnames = names
            for row in reader:
                yield row[name] or ""
        except csv.Error as error:
            raise Unreadable("similar.not_csv") from error


def _encoding(file: Path) -> str:
    """By its mark; else UTF-8 if the whole file is; else the code page of older Vietnamese Windows."""
    with file.open("rb") as raw:
        first = raw.read(4)
    for mark, encoding in _MARKS:
        if first.startswith(mark):
            return encoding
    try:
        with file.open(encoding="utf-8") as lines:
            while lines.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return _OLDER
    return "utf-8"


def _separator(head: str) -> str:
    found = next(csv.reader(io.StringIO(head)), [])
    if len(found) > 1:
        return ","
    return max(_SEPARATORS, key=head.count) if any(sign in head for sign in _SEPARATORS) else ","
