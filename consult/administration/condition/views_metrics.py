"""`/metrics`: the numbers of the site for Prometheus, for whoever knows the token that the settings name."""

import hmac

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue

from consult.administration.condition import measured
from consult.administration.condition.findings import look_at
from consult.administration.condition.metric_text import KIND, Gauge, text_of
from consult.errors import NotFound
from consult.timed_cache import TimedCache
from consult.traces import measurements
from consult.web import context
from consult.web.guard import public

blueprint = Blueprint("metrics", __name__)
TRUSTED_FOR = 5.0
"""Seconds for which what was measured holds in one process, however often it is asked for."""
BEARER = "Bearer "


@blueprint.get("/metrics")
@public()
def metrics() -> ResponseReturnValue:
    """Every number as text. Without a token in the settings there is no such address; without it in the request 401."""
    token: str = current_app.config["METRICS_TOKEN"]
    if not token:
        raise NotFound
    given = request.headers.get("Authorization", "")
    if not hmac.compare_digest(given.encode("utf-8", "replace"), f"{BEARER}{token}".encode()):
        return "", 401, {"WWW-Authenticate": "Bearer", "Cache-Control": "no-store"}
    kept: TimedCache[list[Gauge]] = current_app.extensions.setdefault("consult.measured", TimedCache([]))
    found = kept.now(lambda: (_measured(), TRUSTED_FOR))
    return text_of(measurements.totals(), found), 200, {"Content-Type": KIND, "Cache-Control": "no-store"}


def _measured() -> list[Gauge]:
    session, now = context.session(), context.arrived_at()
    found = look_at(current_app.extensions["consult.checks"], session, now)
    return measured.gauges(current_app.config, session, found, now, current_app.extensions["consult.gauges"])
