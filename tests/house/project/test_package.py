"""`pip install .`: the wheel that is built has the whole house in it, and works with no checkout around it."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from consult.version import VERSION
from tests.house.rooms import CHECKOUT

PARTS = ("consult", "templates", "static", "migrations")
SOURCES = (*PARTS, "docs", "config.py", "setup.py", "pyproject.toml", "requirements.txt", "README.md", "LICENSE")
BUILD = ["-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir"]
TRY = """
import config, consult
from consult.sandbox import self_test
app = consult.create_app()
client = app.test_client()
for address in ("/en/", "/nhat-ky/verify_ledger.py", "/static/css/site.css"):
    assert client.get(address).status_code == 200, address
assert all(wall.holds for wall in self_test.walls()), self_test.walls()
print(consult.__file__, config.INSTANCE)
"""


def own_files() -> Iterator[str]:
    """Every file of the house and of what stands beside it, by the name that it has in the package."""
    for part in PARTS:
        for path in (CHECKOUT / part).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".mo":
                name = path.relative_to(CHECKOUT).as_posix()
                yield name if part == "consult" else f"consult/{name}"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the sources: what was built before lies beside them."""
    sources, target = (tmp_path_factory.mktemp(name) for name in ("sources", "wheels"))
    for name in SOURCES:
        if (CHECKOUT / name).is_dir():
            shutil.copytree(CHECKOUT / name, sources / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(CHECKOUT / name, sources)
    subprocess.run([sys.executable, *BUILD, str(target), str(sources)], check=True)
    return next(target.glob("*.whl"))


def test_nothing_of_the_house_is_left_out(wheel: Path) -> None:
    assert wheel.name == f"consult-{VERSION}-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as opened:
        packed = {name for name in opened.namelist() if ".dist-info/" not in name}
        said = opened.read(f"consult-{VERSION}.dist-info/METADATA").decode()
    programs = {f"consult/docs/{path.name}" for path in (CHECKOUT / "docs").glob("*.py")}
    of_archives = {"consult/docs/ledger.md", "consult/docs/verify_archive.js"}
    assert packed == {*own_files(), *programs, *of_archives, "config.py"}
    pinned = [line for line in (CHECKOUT / "requirements.txt").read_text().splitlines() if "==" in line]
    needed = [line for line in said.splitlines() if line.startswith("Requires-Dist: ") and "extra ==" not in line]
    assert len(needed) == len(pinned) > 30
    assert all(f"Requires-Dist: {line}\n" in said for line in pinned) and "License-Expression: EUPL-1.2" in said


def test_it_works_where_there_is_no_checkout(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "site-packages"
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(place)
    environment = {"PATH": os.defpath, "PYTHONPATH": str(place), "CONSULT_INSTANCE": str(tmp_path / "instance")}

    def run(*words: str) -> str:
        command = [sys.executable, *words]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert run("-m", "flask", "--app", "consult", "version") == f"{VERSION}\n"
    run("-m", "flask", "--app", "consult", "db", "upgrade")
    assert run("-c", TRY).split() == [str(place / "consult" / "__init__.py"), f"{sys.prefix}/var/consult-instance"]
    draft = tmp_path / "a.md"
    draft.write_text("# A\n\n## 1. B\n\nC\n")
    assert "k1  1. B" in run("-m", "flask", "--app", "consult", "outline", str(draft))
