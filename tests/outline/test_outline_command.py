"""`flask --app consult outline FILE [--json]`, through the sandbox."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from consult.outline.commands import outline_command, sentence
from tests.outline.docx_builder import docx, paragraph

TEXT = "QUYẾT ĐỊNH\nVề rác\nĐiều 1. Phạm vi\n1. Một.\n1. Một nữa.\nĐiều 2. Hiệu lực\nTừ hôm nay.\n"


def call(*arguments: str) -> Result:
    return CliRunner().invoke(outline_command, list(arguments))


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "dự thảo.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_readable(draft: Path) -> None:
    result = call(str(draft))
    assert result.exit_code == 0
    assert result.output.splitlines()[0] == "QUYẾT ĐỊNH Về rác [articles]"
    assert "  d1  Điều 1. Phạm vi" in result.output.splitlines()
    assert "article 2, clause 2, paragraph 2" in result.output
    assert "! repeated_label d1.k1~2:" in result.output


def test_json_is_what_the_design_says(draft: Path) -> None:
    result = call(str(draft), "--json")
    assert result.exit_code == 0
    data = json.loads(result.output)
    assert list(data) == ["title", "grammar", "provisions", "warnings"]
    article = data["provisions"][2]
    assert list(article) == ["path", "kind", "label", "marker", "marker_auto", "heading", "text", "children"]
    assert (article["path"], article["kind"], article["marker"], article["heading"]) == (
        "d1",
        "article",
        "Điều 1.",
        "Phạm vi",
    )
    assert [set(warning) for warning in data["warnings"]] == [{"code", "path", "message"}]


def test_a_word_file(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx(paragraph("Điều 1. Phạm vi") + paragraph("1. Một.")))
    assert "  d1  Điều 1. Phạm vi" in call(str(path)).output.splitlines()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.docx", b"PK\x03\x04 torn", "damaged"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "wrong_type"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(40), "wrong_type"),
    ],
)
def test_a_refusal_is_one_sentence(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    result = call(str(path))
    assert result.exit_code == 1
    assert result.output == f"Lỗi: {sentence(code)}\n"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.docx", tmp_path):
        result = call(str(path))
        assert (result.exit_code, result.output) == (1, f"Lỗi: {sentence('no_file')}\n")


def test_an_unknown_code_has_a_sentence_too() -> None:
    assert sentence("something_new") == sentence("other")
