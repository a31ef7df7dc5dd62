"""A release that whoever installs it can check: an archive, what it is made of, and the signature of both."""

import importlib.util
import json
import os
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from tests.house.rooms import CHECKOUT

DEPLOY = CHECKOUT / "deploy"
REQUIREMENTS = (CHECKOUT / "requirements.txt").read_text()


@pytest.fixture(scope="module")
def bills() -> ModuleType:
    """The script that writes bills of materials."""
    spec = importlib.util.spec_from_file_location("bill_of_materials", DEPLOY / "bill_of_materials.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_bill_names_every_pin_and_nothing_else(bills: ModuleType) -> None:
    made = bills.bill(REQUIREMENTS, "1.2.0", "2026-11-30T00:00:00+00:00")
    pinned = {line for line in REQUIREMENTS.splitlines() if "==" in line and not line.startswith("#")}
    assert {f"{one['name']}=={one['version']}" for one in made["components"]} == pinned
    assert (made["bomFormat"], made["specVersion"], made["version"]) == ("CycloneDX", "1.6", 1)
    assert made["serialNumber"].startswith("urn:uuid:")
    refs = [one["bom-ref"] for one in made["components"]]
    assert len(set(refs)) == len(refs) and made["dependencies"][0]["dependsOn"] == refs
    assert all(one["purl"] == f"pkg:pypi/{one['name']}@{one['version']}" for one in made["components"])
    assert made == bills.bill(REQUIREMENTS, "1.2.0", "2026-11-30T00:00:00+00:00")


@pytest.mark.parametrize("text", ["", "flask>=3\n", "-e .\n", "flask==3.1.3\ngit+https://example.org/x\n"])
def test_a_bill_that_would_leave_something_out_is_none(bills: ModuleType, text: str) -> None:
    with pytest.raises(ValueError, match="pin"):
        bills.pins(text)


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """A release of a small repository with the scripts of this one, signed with a key of its own."""
    home = tmp_path / "code"
    (home / "deploy").mkdir(parents=True)
    for name in ("release", "bill_of_materials.py"):
        shutil.copy(DEPLOY / name, home / "deploy" / name)
    (home / "requirements.txt").write_text("flask==3.1.3\n")
    for words in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "all"], ["tag", "v1.2.0"]):
        subprocess.run(["git", "-C", home, "-c", "user.name=x", "-c", "user.email=x@example.vn", *words], check=True)
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key], check=True)
    (tmp_path / "signers").write_text(f"release {(tmp_path / 'key.pub').read_text()}")
    for folder in ("made", "again"):
        subprocess.run([home / "deploy" / "release", "v1.2.0", key, tmp_path / folder], check=True, capture_output=True)
    return tmp_path


def verified(folder: Path, signers: Path) -> bool:
    """What docs/operating.md has whoever installs a release do."""
    command = f"ssh-keygen -Y verify -f '{signers}' -I release -n consult-release -s SHA256SUMS.sig <SHA256SUMS"
    done = subprocess.run(
        ["sh", "-c", f"{command} && sha256sum --check --quiet SHA256SUMS"], cwd=folder, check=False, capture_output=True
    )
    return done.returncode == 0


def test_a_release_is_checked_and_a_changed_one_is_refused(release: Path) -> None:
    made, again = release / "made", release / "again"
    assert verified(made, release / "signers")
    for name in ("consult-1.2.0.tar.gz", "consult-1.2.0.cdx.json", "SHA256SUMS"):
        assert (made / name).read_bytes() == (again / name).read_bytes(), name
    assert json.loads((made / "consult-1.2.0.cdx.json").read_text())["components"][0]["name"] == "flask"
    archive = made / "consult-1.2.0.tar.gz"
    archive.write_bytes(archive.read_bytes()[:-1] + b"?")
    assert not verified(made, release / "signers")
    (again / "SHA256SUMS").write_text((again / "SHA256SUMS").read_text().replace("0", "1"))
    assert not verified(again, release / "signers")


def test_an_archive_that_was_cut_off_is_not_signed(release: Path) -> None:
    """Git fails in the middle, as on a disk that is full."""
    (release / "bin").mkdir()
    git = release / "bin" / "git"
    git.write_text(f'#!/bin/sh\ncase "$*" in *" archive "*) exit 1;; esac\nexec {shutil.which("git")} "$@"\n')
    git.chmod(0o755)
    done = subprocess.run(
        [release / "code" / "deploy" / "release", "v1.2.0", release / "key", release / "made"],
        env=os.environ | {"PATH": f"{git.parent}:{os.environ['PATH']}"}, check=False, capture_output=True,
    )  # fmt: skip
    assert done.returncode != 0 and not (release / "made" / "SHA256SUMS.sig").exists()


def test_what_could_not_be_asked_is_never_called_good(tmp_path: Path) -> None:
    """Without the program, and with one that cannot reach its list; a fault that is found fails."""
    (tmp_path / "deploy").mkdir()
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(DEPLOY / "audit", tmp_path / "deploy" / "audit")
    program = tmp_path / ".venv" / "bin" / "pip-audit"

    def audited(script: str) -> tuple[int, bool]:
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        return asked()

    def asked() -> tuple[int, bool]:
        done = subprocess.run(
            [tmp_path / "deploy" / "audit"], env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False
        )
        return done.returncode, "NOT AUDITED" in done.stderr

    assert asked() == (0, True)
    assert audited("echo 'no connection' >&2; exit 1") == (0, True)
    assert audited("echo 'Found 2 known vulnerabilities in 1 package'; exit 1") == (1, False)
    assert audited("echo 'No known vulnerabilities found'") == (0, False)
