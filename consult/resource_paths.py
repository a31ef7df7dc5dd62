"""Where that lies what the house uses and is not Python: at the top of a checkout, and in the package itself where that
was installed (pyproject.toml, `package-dir`)."""

from pathlib import Path

HOUSE = Path(__file__).resolve().parent
START = HOUSE.parent
"""Where other processes of ours start, so that they find `consult` and `config`."""


def _of(name: str) -> Path:
    inside = HOUSE / name
    return inside if inside.is_dir() else START / name


TEMPLATES = _of("templates")
STATIC = _of("static")
MIGRATIONS = _of("migrations")
DOCS = _of("docs")
