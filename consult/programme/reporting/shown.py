"""What the page of a report shows of it, for who writes it, freezes its numbers or agrees to it."""

from collections.abc import Sequence

from consult.programme import heads
from consult.programme.reporting import reports
from consult.shown import About, Kind, Shown, digest


def _report(about: About) -> Sequence[Shown]:
    programme = heads.found(about.session, about.values["slug"])
    heads.require_party(programme, about.actor)
    one = reports.report_of(about.session, programme, about.values["number"])
    texts = {f"text.{name}": str(text) for name, text in one.texts.items()}
    return [Shown(str(one.id), {"report": digest(reports.told(one), one.file_hash, one.agreed_state())}, texts)]


def _label(name: str) -> tuple[str, dict[str, object]]:
    return f"report_section.{name.partition('.')[2]}", {}


REPORT = Kind("report", _report, label=_label)
