"""`flask --app consult compare OLD NEW [--json]`, through the sandbox."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from consult.comparison.commands import compare_command
from consult.outline.commands import sentence
from tests.comparison.texts import LAW, replaced
from tests.outline.docx_builder import docx, paragraph
from tests.outline.pdf.test_pages import one_line_pdf


def call(*arguments: Path | str) -> Result:
    return CliRunner().invoke(compare_command, [str(argument) for argument in arguments])


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "dự thảo lần 1.docx"
    path.write_bytes(docx("".join(paragraph(line) for line in LAW.split("\n") if line)))
    return path


@pytest.fixture
def new(tmp_path: Path) -> Path:
    text = replaced(
        LAW,
        ("mỗi ngày một lần, từ", "mỗi ngày hai lần, từ"),
        ("Hộ nghèo, hộ cận nghèo", "Hộ nghèo và hộ cận nghèo"),
        ("hai nhóm trên.", "hai nhóm trên;\nd) Chất thải cồng kềnh."),
        ("2. Chất thải nguy hại và chất thải y tế không thuộc phạm vi điều chỉnh của Quyết định này.\n", ""),
    )
    path = tmp_path / "dự thảo lần 2.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_json(old: Path, new: Path) -> None:
    result = call(old, new, "--json")
    assert result.exit_code == 0
    told = json.loads(result.output)
    assert list(told) == ["matches", "added", "removed"]
    assert told["added"] == ["d4.k1.pd"]
    assert told["removed"] == ["d1.k2"]
    assert [list(match) for match in told["matches"]][0] == [
        "old", "new", "kind", "similarity", "added_words", "removed_words"
    ]  # fmt: skip
    changed = [match for match in told["matches"] if match["kind"] != "unchanged"]
    assert [(match["old"], match["new"], match["kind"]) for match in changed] == [
        ("d5.k1", "d5.k1", "changed"),
        ("d6.k2", "d6.k2", "changed"),
    ]
    assert [(match["added_words"], match["removed_words"]) for match in changed] == [(["hai"], ["một"]), (["và"], [])]
    assert all(match["similarity"] < 1 for match in changed)
    same = [match for match in told["matches"] if match["kind"] == "unchanged"]
    assert {(match["similarity"], *match["added_words"], *match["removed_words"]) for match in same} == {(1.0,)}


def test_readable(old: Path, new: Path) -> None:
    result = call(old, new)
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[1:8] == [
        "Đổi số: 0", "Chuyển chỗ: 0", "Sửa lời văn: 2", "Tách: 0", "Gộp: 0", "Thêm mới: 1", "Bỏ: 1"
    ]  # fmt: skip
    assert lines[0].startswith("Giữ nguyên: ")
    assert lines[8:11] == ["d5.k1 → d5.k1  Sửa lời văn", "    - một", "    + hai"]
    assert lines[-2:] == ["d1.k2  Bỏ", "d4.k1.pd  Thêm mới"]


def test_a_file_and_itself(old: Path) -> None:
    told = json.loads(call(old, old, "--json").output)
    assert {match["kind"] for match in told["matches"]} == {"unchanged"}
    assert told["added"] == told["removed"] == []


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.docx", b"PK\x03\x04 torn", "damaged"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "wrong_type"),
        ("a.txt", b"", "empty"),
        ("a.pdf", one_line_pdf("One page"), "no_provisions"),
        ("a.md", None, "no_file"),
    ],
)
def test_a_refusal_is_one_sentence_and_names_the_file(
    tmp_path: Path, old: Path, name: str, content: bytes | None, code: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    for arguments in ((path, old), (old, path, "--json")):
        result = call(*arguments)
        assert result.exit_code == 1
        assert result.output == f"Lỗi: {name}: {sentence(code)}\n"
