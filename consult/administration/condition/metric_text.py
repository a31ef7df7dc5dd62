"""Numbers in the text format of Prometheus (0.0.4): what the processes counted, and what is measured when asked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from consult.traces.measurements import Key
from consult.web.requests.marking import BUCKETS, SLOWEST

PREFIX = "consult_"
KIND = "text/plain; version=0.0.4; charset=utf-8"
HISTOGRAM = "request_seconds"
HELP = {
    "statements": "Statements that requests have run in the database, by route.",
    "page_cache": "Public pages that were answered from memory (kept) or made anew (made).",
    "submissions": "Submissions that were accepted, or refused for a reason.",
    "sandbox_runs": "Confined runs over files from outside, by how they ended.",
}
"""What is counted, beside how long requests take."""


@dataclass(frozen=True)
class Gauge:
    """One measured number; several of one name follow each other."""

    name: str
    help: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


def text_of(totals: Mapping[Key, float], gauges: Iterable[Gauge]) -> str:
    """All of it as lines."""
    lines = [*_histogram(totals)]
    for name, told in HELP.items():
        found = sorted((labels, number) for (one, labels), number in totals.items() if one == name)
        lines += _head(f"{name}_total", told, "counter")
        lines += [_line(f"{name}_total", dict(labels), number) for labels, number in found]
    named = ""
    for gauge in gauges:
        if gauge.name != named:
            lines += _head(gauge.name, gauge.help, "gauge")
            named = gauge.name
        lines.append(_line(gauge.name, gauge.labels, gauge.value))
    return "\n".join([*lines, ""])


def _histogram(totals: Mapping[Key, float]) -> list[str]:
    """How long requests took, by route and class of status: of each bound how many took no longer."""
    counted: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    sums: dict[tuple[str, str], float] = {}
    for (name, labels), number in totals.items():
        about = dict(labels)
        of = about.get("route", ""), about.get("status", "")
        if name == f"{HISTOGRAM}_bucket":
            counted[of][about.get("le", SLOWEST)] = number
        elif name == f"{HISTOGRAM}_sum":
            sums[of] = number
    lines = _head(HISTOGRAM, "Seconds from the first byte read to the last answered.", "histogram")
    for of in sorted(counted):
        about, so_far = {"route": of[0], "status": of[1]}, 0.0
        for bound in (*map(str, BUCKETS), SLOWEST):
            so_far += counted[of].get(bound, 0)
            lines.append(_line(f"{HISTOGRAM}_bucket", about | {"le": bound}, so_far))
        lines.append(_line(f"{HISTOGRAM}_sum", about, sums.get(of, 0)))
        lines.append(_line(f"{HISTOGRAM}_count", about, so_far))
    return lines


def _head(name: str, told: str, kind: str) -> list[str]:
    return [f"# HELP {PREFIX}{name} {told}", f"# TYPE {PREFIX}{name} {kind}"]


def _line(name: str, labels: Mapping[str, str], value: float) -> str:
    said = ",".join(f'{one}="{_escaped(text)}"' for one, text in labels.items())
    number = str(int(value)) if value == int(value) else repr(round(value, 6))
    return f"{PREFIX}{name}{{{said}}} {number}" if said else f"{PREFIX}{name} {number}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
