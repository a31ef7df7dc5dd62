"""The OpenAPI document is true: a program that knows only the document finds nothing else."""

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import just, sampled_from
from schemathesis import Case, GenerationMode
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    positive_data_acceptance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy.orm import Session

from consult import clock
from consult.responses.figures import span
from consult.submissions.inputs import NewSubmission
from consult.submissions.receiving.service import receive
from consult.submissions.words import Channel
from tests.builders import NOW
from tests.responses.desk_builder import CODES, SIGNER, comment
from tests.transparency.lively import Lively

CHECKS: list[CheckFunction] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
# What follows the schema is taken, except where it speaks of what may not be there: an entry of the log, a clause.
SPEAKS_OF_MORE = ("ledger/proof", "ledger/consistency", "submissions")


def test_the_document_is_valid_and_names_every_address(app: Flask) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    schema.validate()
    documented = {path for path in schema.raw_schema["paths"]}
    routed = {
        rule.rule.replace("int(min=1,max=999999):", "").replace("<", "{").replace(">", "}")
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
    }
    assert routed == documented


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_answer_is_as_the_document_says(
    app: Flask, app_session: Session, lively: Lively, mode: GenerationMode
) -> None:
    moment = lively.matter.opens_at or NOW
    # The log is sealed: what may still come is paper that was here in time.
    paper = {"channel": Channel.POST, "received_at": moment, "received_reason": "Theo dấu bưu điện"}
    new = NewSubmission((comment(),), moment, "k" * 32, **paper)
    codes = (receive(app_session, lively.matter, new, NOW, SIGNER, CODES).code, *lively.joined)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    quarter = span.code(*span.quarter_of(clock.local_day(clock.now())))
    real = {"slug": lively.slug, "document": 1, "number": 1, "quarter": quarter}
    for found in schema.get_all_operations():
        operation = found.ok()
        checks = CHECKS if operation.path.endswith(SPEAKS_OF_MORE) else [*CHECKS, positive_data_acceptance]

        @settings(max_examples=12, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
                  suppress_health_check=list(HealthCheck))  # fmt: skip
        @given(case=operation.as_strategy(generation_mode=mode), code=sampled_from((None, *codes)), checks=just(checks))
        def answers_hold(case: Case, code: str | None, checks: list[CheckFunction]) -> None:
            assert case.meta is not None
            path = case.meta.components.get(ParameterLocation.PATH)
            if code and (path is None or path.mode.is_positive):
                known = {**real, "code": code}
                case.path_parameters = {name: known.get(name, given) for name, given in case.path_parameters.items()}
            case.call_and_validate(checks=checks)

        if mode is GenerationMode.POSITIVE or operation.query or operation.headers or operation.body:
            answers_hold()
