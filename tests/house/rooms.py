"""The picture of the house as data, and a reader of imports, for the tests that keep the house as it is drawn."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
HOUSE = CHECKOUT / "consult"

# Bottom first. A room uses what stands on a lower floor, and what stands on its own only by PASSAGES.
FLOORS: tuple[tuple[str, ...], ...] = (
    (
        "text",
        "clock",
        "errors",
        "shown",
        "size_limits",
        "stages",
        "db",
        "relationships",
        "transactions",
        "locks",
        "sqlite",
        "postgresql",
        "replica",
        "group_commit",
        "writer_queue",
        "timed_cache",
        "traces",
        "storage_faults",
        "outgoing",
        "compiled_statements",
        "compiled_entities",
        "schema",
        "session_secret",
        "data",
        "version",
        "resource_paths",
        "catalogues",
        "command_line",
    ),
    (
        "outline",
        "comparison",
        "official_papers",
        "files",
        "sandbox",
        "edxml",
        "people",
        "keys",
        "ledger",
        "outbox",
        "hints",
    ),
    ("policy",),
    ("web",),
    ("consultations", "sign_in", "administration"),
    ("submissions",),
    ("responses", "workspace", "similar"),
    ("collections",),
    (
        "tracking",
        "reading",
        "search",
        "exports",
        "notices",
        "programme",
        "transparency",
        "api",
        "appraisal",
        "archive",
        "work",
        "relocation",
        "witness",
    ),
    ("demo",),
    # Wiring: what knows everybody and is known by nobody.
    ("__init__", "wiring", "models"),
)

TOP = len(FLOORS) - 1

# On one floor, who may use whom, and why.
PASSAGES: dict[tuple[str, str], str] = {
    ("workspace", "responses"): "a body remarks on the answers to its letter",
    ("responses", "similar"): "the desk shows groups of like comments, decides about them and answers them",
    ("outline", "sandbox"): "its command reads the file of a stranger in a confined process",
    ("comparison", "outline"): "it compares trees, and its command reads both files as that of the outline does",
    ("comparison", "sandbox"): "its command reads the files of strangers in a confined process",
    ("ledger", "keys"): "it signs with those keys of the site that are for it",
    ("files", "sandbox"): "the file of a stranger is opened in a confined process before it is kept",
    ("hints", "people"): "a mail address in a text is what the one rule takes for one",
    ("people", "edxml"): "the code of a body is what the document network takes for one",
    ("administration", "sign_in"): "an account is made with an invitation and closed with its sign-ins",
    ("administration", "consultations"): "holidays and legal profiles are tables of the matters they are for",
    ("reading", "transparency"): "the page of a matter shows both public sums",
    ("exports", "transparency"): "the consolidated table prints its counts",
    ("notices", "work"): "everybody at a desk is told in the morning what waits",
    ("notices", "programme"): "the people of the Front are reminded of the plan of the next year",
    ("programme", "exports"): "a table that leaves is neutral to spreadsheets as all are",
    ("transparency", "programme"): "the log of a programme is shown and verified as that of a matter",
    ("witness", "programme"): "a witness is asked about the log of a programme as about that of a matter",
    ("api", "programme"): "programs read the log of a programme as that of a matter",
    ("work", "programme"): "what a body promised waits on the first page of its desk",
    ("exports", "reading"): "the file of critiques holds what the pages of critiques tell",
    ("tracking", "exports"): "what one sent is taken away as a letter, written as the table is",
    ("api", "transparency"): "programs get the same sums",
    ("appraisal", "exports"): "the package holds the consolidated table",
    ("appraisal", "api"): "the package holds what the verifier of the log asks of the site",
    ("appraisal", "transparency"): "who appraises sees whether the rows agree with the log",
    ("archive", "api"): "the archive of a matter holds what the verifier of the log asks of the site",
    ("archive", "exports"): "the archive of a matter holds the consolidated table",
    ("archive", "transparency"): "the archive of a matter holds the tiles of its log",
    ("archive", "reading"): "the archive of a matter holds its critiques",
    ("api", "reading"): "programs get what the pages show",
    ("api", "tracking"): "programs look a code up as people do",
    ("api", "search"): "programs search as people do",
}

# Only these know that there is HTTP. In every other room it is the files with these names, and commands.
ROOMS_OF_HTTP = {"web", "api", "demo", "__init__", "wiring"}
FILES_OF_HTTP = ("views", "forms")


@dataclass(frozen=True)
class Import:
    """One imported module or name, absolute, with the place it is imported at."""

    path: Path
    line: int
    name: str

    @property
    def place(self) -> str:
        """Where it stands, for the message of a test."""
        return f"{self.path.relative_to(CHECKOUT)}:{self.line}"


def modules() -> list[Path]:
    """Every Python file of the house."""
    return sorted(HOUSE.rglob("*.py"))


@cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Every node of that tree."""
    return tuple(ast.walk(tree_of(path)))


def room_of(path: Path) -> str:
    """The first name below `consult`: a folder or a module."""
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def is_http(path: Path) -> bool:
    """Whether a file is one of those that may know about requests."""
    if room_of(path) in ROOMS_OF_HTTP or path.parent.name in FILES_OF_HTTP:
        return True
    return path.stem.startswith(FILES_OF_HTTP) or path.stem.endswith("commands")


@cache
def imports_of(path: Path) -> tuple[Import, ...]:
    """Everything a file imports, wherever in it. `from a import b` counts as `a.b`: b may be a module."""
    return tuple(_imports_of(path))


def _imports_of(path: Path) -> Iterator[Import]:
    package = path.relative_to(CHECKOUT).parent.parts
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            yield from (Import(path, node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*start, *([node.module] if node.module else [])))
            yield from (Import(path, node.lineno, f"{module}.{alias.name}") for alias in node.names)


def floor_of(room: str) -> int | None:
    """How high a room stands; None when the picture does not show it. Commands at the top are wiring."""
    if room.endswith("commands"):
        return TOP
    return next((height for height, rooms in enumerate(FLOORS) if room in rooms), None)
