"""What the page of a promise shows of it, for who says something of it or decides about that."""

from collections.abc import Sequence

from consult.consultations.matter import queries
from consult.programme.facts import day
from consult.programme.promised.mine import readable
from consult.shown import About, Kind, Shown, digest


def _promise(about: About) -> Sequence[Shown]:
    matter = queries.logged(about.session, about.values["slug"])
    one = readable(about.session, matter, about.values["number"], about.actor)
    said = [
        [act.kind, act.text, day(act.day), act.released_at, act.refused_at, [kept.file_hash for kept in act.pictures]]
        for act in one.acts
    ]
    texts = {"text": one.text, "due_on": day(one.due_on), **{f"act.{act.number}": act.text for act in one.acts}}
    return [Shown(str(one.id), {"promise": digest(one.text, one.due_on, one.ended_on, said)}, texts)]


def _label(name: str) -> tuple[str, dict[str, object]]:
    return ("promise.act", {"number": name[4:]}) if name.startswith("act.") else (f"shown_field.{name}", {})


PROMISE = Kind("promise", _promise, label=_label)
