"""`flask --app consult similar FILE.csv --text COLUMN [--json]`."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from consult.similar.commands import similar_command

TEXT = "Đề nghị tỉnh giữ nguyên khoản hỗ trợ tại Điều 12 cho các hộ nghèo ở vùng cao trong năm tới."
ROWS = ((TEXT, "1"), ("Không.", "2"), (TEXT.upper(), "3"), (TEXT.replace("12", "12a"), "4"), ("", "5"))


def call(*arguments: Path | str) -> Result:
    return CliRunner().invoke(similar_command, [str(argument) for argument in arguments])


def written(path: Path, separator: str = ",", encoding: str = "utf-8") -> Path:
    kept = io.StringIO()
    writer = csv.writer(kept, delimiter=separator)
    writer.writerows([("ý kiến", "số"), *ROWS])
    path.write_bytes(kept.getvalue().encode(encoding))
    return path


def groups(result: Result) -> list[int]:
    assert result.exit_code == 0, result.output
    return [row["group"] for row in json.loads(result.stdout)]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_row_has_its_group(tmp_path: Path, separator: str, encoding: str) -> None:
    file = written(tmp_path / "ý kiến.csv", separator, encoding)
    assert groups(call(file, "--text", "ý kiến", "--json")) == [1, 2, 1, 4, 5]


def test_a_family_is_one_line(tmp_path: Path) -> None:
    result = call(written(tmp_path / "a.csv"), "--text", "ý kiến")
    assert result.exit_code == 0
    assert "2 y nguyên · 1 khác số điều" in result.stdout
    assert len(result.stdout.splitlines()) == 2


def test_a_file_without_rows_is_an_empty_list(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("ý kiến\n", encoding="utf-8")
    assert groups(call(file, "--text", "ý kiến", "--json")) == []


def test_what_goes_wrong_is_told_in_one_sentence(tmp_path: Path) -> None:
    for wrong in (call(tmp_path / "không có.csv", "--text", "a"), call(tmp_path, "--text", "a")):
        assert wrong.exit_code == 1
        assert len(wrong.stderr.splitlines()) == 1
    column = call(written(tmp_path / "a.csv"), "--text", "nội dung")
    assert column.exit_code == 1
    assert "ý kiến, số" in column.stderr


@pytest.mark.real
def test_the_dockets_are_read(samples: Path) -> None:
    for file in sorted((samples / "comments").glob("*.csv")):
        with file.open(encoding="utf-8", errors="replace", newline="") as lines:
            rows = list(csv.DictReader(lines))
        found = groups(call(file, "--text", "text", "--json"))
        by_text: dict[str, set[int]] = {}
        for row, group in zip(rows, found, strict=True):
            by_text.setdefault(row["text"], set()).add(group)
        assert all(len(one) == 1 for one in by_text.values())
