"""The table of everything the API answers: each view is declared here with what it takes and gives, and the OpenAPI
document is built from the table, so that neither can say what the other does not."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Response, request

from consult.api.schema_parts import Schema, named, whole
from consult.api.schemas import QUARTER, SLUG

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")

View = Callable[..., Any]

HIGHEST = 999_999
NUMBER_IN_PATH = f"int(min=1,max={HIGHEST})"
_IN_PATH: dict[str, Schema] = {
    "slug": SLUG,
    "quarter": QUARTER,
    "document": whole(1, HIGHEST),
    "number": whole(1, HIGHEST),
    "code": {"type": "string", "minLength": 1, "pattern": r"^[0-9 .\-]+$"},
}


@dataclass(frozen=True)
class Parameter:
    """Something in the query or a header of a request."""

    name: str
    schema: Schema
    description: str
    required: bool = False
    place: str = "query"


@dataclass(frozen=True)
class Operation:
    """One address with one method: what it takes, and what it gives by status."""

    method: str
    path: str
    name: str
    summary: str
    answers: dict[int, Schema]
    parameters: tuple[Parameter, ...] = ()
    body: Schema | None = None
    in_path: dict[str, Schema] = field(default_factory=dict)


OPERATIONS: list[Operation] = []


def get(
    path: str,
    summary: str,
    gives: Schema,
    parameters: tuple[Parameter, ...] = (),
    also: dict[int, Schema] | None = None,
) -> Callable[[View], View]:
    """Declares a view that reads. `path` is relative to /api/v1; `<document>` and `<number>` are public numbers."""
    # Nothing is found under an address or a query with NUL in it (consult/web/addresses.py), wherever it is asked.
    answers = {200: gives, 404: named("Reason"), **(also or {})}
    if parameters:
        answers[422] = named("Errors")
    return _declare("get", path, summary, answers, parameters, None)


def post(
    path: str, summary: str, takes: Schema, parameters: tuple[Parameter, ...], answers: dict[int, Schema]
) -> Callable[[View], View]:
    """Declares a view that does something."""
    return _declare("post", path, summary, answers, parameters, takes)


def _declare(
    method: str,
    path: str,
    summary: str,
    answers: dict[int, Schema],
    parameters: tuple[Parameter, ...],
    body: Schema | None,
) -> Callable[[View], View]:
    def declare(view: View) -> View:
        # What is wrong in the query of a program is told to it (`asking.py`), and nothing of the API is kept.
        view.asks = None  # type: ignore[attr-defined]
        # The database may be away, or others write for too long, wherever something is asked.
        answers[503] = named("Reason")
        named_in_path = {name: schema for name, schema in _IN_PATH.items() if f"<{name}>" in path}
        OPERATIONS.append(Operation(method, path, view.__name__, summary, answers, parameters, body, named_in_path))
        rule = path.replace("<document>", f"<{NUMBER_IN_PATH}:document>")
        rule = rule.replace("<number>", f"<{NUMBER_IN_PATH}:number>")
        blueprint.add_url_rule(rule, view.__name__, view, methods=[method.upper()])
        return view

    return declare


@blueprint.after_request
def shared(response: Response) -> Response:
    """What is read may be read from pages of any site, without cookies; nothing may be sent from them. Nothing is kept
    by caches on the way without asking again, so that nobody sees less than the newest checkpoint says."""
    if request.method in {"GET", "HEAD"}:
        response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers.setdefault("Cache-Control", "no-cache")
    return response
