"""The OpenAPI 3.1 document, built from the table of routes and the schemas beside the views."""

from typing import Any

from flask import Response, jsonify

from consult.api import views_comments, views_figures, views_ledger, views_matters, views_submissions
from consult.api.routes import OPERATIONS, Operation, Parameter, blueprint, get
from consult.api.schema_parts import Schema
from consult.api.schemas import COMPONENTS
from consult.web.guard import public

__all__ = ["blueprint", "views_comments", "views_figures", "views_ledger", "views_matters", "views_submissions"]

VERSION = "1.7.0"
DESCRIPTIONS = {
    200: "as asked",
    201: "received; the same again for the same key and body",
    404: "there is no such thing, or it is not public",
    409: "not taken, and why",
    413: "too large",
    415: "the body is not application/json",
    422: "what is wrong, by field",
    429: "too many attempts; try again after the seconds of Retry-After",
    503: "`busy`, `storage_unavailable` or `files_unavailable`: nothing was recorded; send the same again, with the "
    "same Idempotency-Key and the header Arrived of the answer, after the seconds of Retry-After",
}


@get("/openapi.json", "This document", {"type": "object"})
@public()
def openapi() -> Response:
    """What the API takes and gives."""
    return jsonify(document())


def document() -> dict[str, Any]:
    """The whole document."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        path = f"/api/v1{operation.path}".replace("<", "{").replace(">", "}")
        paths.setdefault(path, {})[operation.method] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Consult",
            "version": VERSION,
            "description": "Consultations, comments, answers and the public ledger; docs/ledger.md describes the last.",
        },
        "paths": paths,
        "components": {"schemas": COMPONENTS},
    }


def _operation(operation: Operation) -> dict[str, Any]:
    given = [Parameter(name, schema, "", True, "path") for name, schema in operation.in_path.items()]
    described: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": [_parameter(one) for one in (*given, *operation.parameters)],
        "responses": {
            str(status): {"description": DESCRIPTIONS[status], "content": _json(schema)}
            for status, schema in sorted(operation.answers.items())
        },
    }
    if operation.body is not None:
        described["requestBody"] = {"required": True, "content": _json(operation.body)}
    return described


def _parameter(one: Parameter) -> dict[str, Any]:
    described = {"name": one.name, "in": one.place, "required": one.required, "schema": one.schema}
    return {**described, "description": one.description} if one.description else described


def _json(schema: Schema) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
