"""Two verifiers that share no code are given the same archives, the honest one and all that were tampered with: both
name the same part of each. The one in JavaScript runs in a page of the archive itself that was opened from a disk."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from tests.archive.forged import Forged
from tests.archive.tamperings import TAMPERINGS
from tests.arriving import given

MANY = 60
CHECK = """
async (place, told) => {
  const { archive, key } = JSON.parse(told);
  const data = Uint8Array.from(atob(archive), (sign) => sign.charCodeAt(0));
  return (await verifyArchive(new Blob([data]), { key })).failed;
}
"""


@pytest.fixture
def opened(honest: Path, chromium_program: Chromium, tmp_path: Path) -> Iterator[Page]:
    """The page of the archive that checks archives, from the disk, without a network."""
    with ZipFile(honest) as archive:
        archive.extractall(tmp_path / "opened")
    context = chromium_program.new_context(offline=True)
    page = context.new_page()
    page.goto((tmp_path / "opened" / "kiem-tra" / "index.html").as_uri())
    yield page
    context.close()


def archives(honest: Path) -> Iterator[tuple[str, str, bytes]]:
    """What was done, the part that tells, and the archive."""
    with ZipFile(honest) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    yield "nothing", "", honest.read_bytes()
    for done, part, act in TAMPERINGS:
        forged = Forged(dict(parts))
        act(forged)
        yield done, part, forged.bytes()


def key_of(honest: Path) -> str:
    """The key of the site, as somebody knows it who asked for it before."""
    with ZipFile(honest) as archive:
        [name] = [one for one in archive.namelist() if one.endswith("/ledger.json")]
        return str(json.loads(archive.read(name))["keys"][0]["vkey"])


def by_python(verifier: ModuleType, path: Path, key: str) -> str:
    """The part that fails, says the verifier in Python."""
    try:
        list(verifier.verify_archive(verifier.Archived(path), verifier.Extras(keys=(key,))))
    except verifier.BadPart as failure:
        return str(failure.of)
    return ""


@pytest.mark.browser
def test_both_name_the_same_part_of_every_archive(
    honest: Path, verifier: ModuleType, opened: Page, tmp_path: Path
) -> None:
    key, wrong, path = key_of(honest), {}, tmp_path / "archive.zip"
    place = opened.locator("#verify-archive")
    expect(place).to_be_visible()
    for done, part, data in archives(honest):
        path.write_bytes(data)
        told = json.dumps({"archive": base64.b64encode(data).decode(), "key": key})
        named = by_python(verifier, path, key), str(place.evaluate(CHECK, told))
        if named != (part, part):
            wrong[done] = (part, *named)
    assert wrong == {} and len(TAMPERINGS) >= MANY


@pytest.mark.browser
def test_a_person_chooses_the_file(honest: Path, opened: Page) -> None:
    given(opened.get_by_label("Tệp gói lưu trữ"), honest)
    status = opened.get_by_role("status")
    expect(status).to_contain_text("Mọi phần đều khớp.")
    with ZipFile(honest) as archive:
        forged = Forged({name: archive.read(name) for name in archive.namelist()})
    dict((done, act) for done, _part, act in TAMPERINGS)["another answer on a page"](forged)
    other = honest.with_name("khac.zip")
    other.write_bytes(forged.bytes())
    given(opened.get_by_label("Tệp gói lưu trữ"), other)
    expect(status).to_contain_text("Gói này không khớp. Xin giữ nguyên tệp")
    expect(status).to_contain_text("pages: tra-loi: r1.text")


def test_one_page_says_what_holds(honest: Path, verifier: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert verifier.main([str(honest)]) == 0
    said = capsys.readouterr().out
    assert "Mọi phần đều khớp." in said and len(said.splitlines()) < 30
    assert verifier.main([str(honest), "--english", "--manifest", "0" * 64]) == 1
    said = capsys.readouterr().out
    assert "FAIL" in said and "manifest: the manifest has the hash" in said
