"""What the site signs and seals with is read in one place, so that every secret and key can be changed."""

import ast
from pathlib import Path

from tests.house.rooms import HOUSE, imports_of, modules, nodes_of

SIGNING = HOUSE / "session_secret.py"
GIVEN = HOUSE / "command_line" / "secret_setting.py"
"""What the environment says of it becomes a setting here."""
RING = HOUSE / "keys" / "ring.py"
SETTINGS = {"SECRET_KEY", "SECRET_KEY_FALLBACKS", "WTF_CSRF_SECRET_KEY"}


def signers_of(path: Path) -> set[str]:
    """What a file has from the library that signs, and may name but not make."""
    names = {found.name.removeprefix("itsdangerous.") for found in imports_of(path) if "itsdangerous" in found.name}
    return names - {"BadSignature"}


def test_nobody_reads_the_session_secret_by_themselves() -> None:
    wrong = [
        f"{path.relative_to(HOUSE)}:{node.lineno}"
        for path in modules()
        if path not in {SIGNING, GIVEN}
        for node in nodes_of(path)
        if (isinstance(node, ast.Constant) and node.value in SETTINGS)
        or (isinstance(node, ast.Attribute) and node.attr == "secret_key")
    ]
    assert not wrong, f"context.secrets() and signing.secrets_of() have it: {wrong}"


def test_nobody_signs_by_themselves() -> None:
    """A signature that knows only the newest secret dies with the one before."""
    wrong = [
        f"{path.relative_to(HOUSE)}:{node.lineno}"
        for path in modules()
        if path != SIGNING
        for node in nodes_of(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in signers_of(path)
    ]
    assert not wrong, f"consult/session_secret.py signs: {wrong}"


def test_only_the_key_ring_reads_its_folder() -> None:
    wrong = [
        f"{path.relative_to(HOUSE)}:{node.lineno}"
        for path in modules()
        if path != RING
        for node in nodes_of(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith(".key")
    ]
    assert not wrong, f"keys.ring.load() reads keys: {wrong}"
