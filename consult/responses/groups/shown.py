"""What pages show of groups: the texts of a page of one, and what the comments say that one answer would be for."""

from collections.abc import Sequence

from consult import clock
from consult.policy import Action, decide
from consult.responses.groups import forms
from consult.responses.groups.opened import opened
from consult.shown import About, Kind, Shown, digest
from consult.similar.arriving import texts


def _group(about: About) -> Sequence[Shown]:
    """The sample and the texts of the page of a group; who says one of them too changes nothing."""
    number, page = about.values["number"], about.values.get("page") or forms.page(about.form)
    senders = decide(about.actor, Action.SEE_SENDERS, about.matter, about.now) is None
    found = opened(about.session, about.matter, number, page, clock.local_day(about.now), senders)
    told = [found.sample.text, [one.said for one in found.texts]] if found else []
    texts = {"text": found.sample.text, "number_of_comments": str(found.group.size)} if found else {}
    return [Shown(str(number), {"texts": digest(told)}, texts)]


def _answered(about: About) -> Sequence[Shown]:
    """The words of the comments that an answer would be for."""
    numbers = about.values.get("covers") or forms.covers(about.form)
    said = texts.by_number(about.session, about.matter.id, numbers)
    told = [[one.number, one.said, one.takes_part] for one in said]
    return [Shown(str(about.values["number"]), {"texts": digest(told)})]


GROUP = Kind("group", _group)
GROUP_ANSWERED = Kind("group_answered", _answered)
