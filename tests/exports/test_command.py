"""`export-table` on the command line."""

import json
import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.stages import Stage
from tests.builders import make_consultation
from tests.exports.test_table import everything_happens
from tests.pages import Browser


def whenever(data: bytes) -> str:
    """The words of a file without the minute at which they were counted."""
    if data.startswith(b"PK"):
        with ZipFile(BytesIO(data)) as package:
            data = b"".join(package.read(name) for name in sorted(package.namelist()))
    return re.sub(r"tính đến \d\d:\d\d ngày [\d/]+|\d{4}-\d\d-\d\dT\d\d:\d\d\+07:00", "", data.decode())


@pytest.mark.parametrize("wanted", ["docx", "csv", "json"])
def test_it_writes_what_the_site_gives(
    app: Flask, app_session: Session, browser: Browser, tmp_path: Path, wanted: str
) -> None:
    slug = everything_happens(app_session).matter.slug
    file = tmp_path / f"table.{wanted}"
    told = app.test_cli_runner().invoke(args=["export-table", slug, "--format", wanted, "-o", str(file)])
    assert told.exit_code == 0, told.output
    assert str(file) in told.output
    if wanted == "json":
        assert json.loads(file.read_text())["slug"] == slug
    given = browser.get(f"/lay-y-kien/{slug}/tong-hop.{wanted}").body
    assert whenever(file.read_bytes()) == whenever(given)
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == [file.name]


def test_one_clear_sentence_when_it_cannot(app: Flask, app_session: Session, tmp_path: Path) -> None:
    draft = make_consultation(app_session, Stage.DRAFTING).slug
    runner = app.test_cli_runner()
    for slug in ("there-is-none", draft):
        told = runner.invoke(args=["export-table", slug, "--format", "csv", "-o", str(tmp_path / "t.csv")])
        assert told.exit_code != 0
        assert told.output.strip() == f"Lỗi: Không có đợt lấy ý kiến đã công bố nào có địa chỉ {slug}."
    published = make_consultation(app_session).slug
    told = runner.invoke(args=["export-table", published, "--format", "csv", "-o", str(tmp_path / "none" / "t.csv")])
    assert told.exit_code != 0
    assert "Không ghi được" in told.output and str(tmp_path / "none" / "t.csv") in told.output
    assert not list(tmp_path.glob("*.csv*"))
