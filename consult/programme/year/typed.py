"""A programme and a task in the names of their forms."""

from collections.abc import Mapping

from consult.programme.facts import day
from consult.programme.head_models import Programme
from consult.programme.year import task_list
from consult.programme.year.models import Task


def programme(one: Programme) -> Mapping[str, str]:
    """What the form of a programme begins with."""
    further = {
        f"{name}-{each.number}": value
        for each in one.further
        for name, value in (
            ("further", str(each.body_id)), ("further_unit", each.unit), ("signs_as", each.signs_as)
        )
    }  # fmt: skip
    lines = [f"{said['label']} | {said['text']}" if said["label"] else said["text"] for said in one.sentences]
    return {
        "title": one.matter.title, "first_party": str(one.first_party_id), "second_party": str(one.second_party_id),
        "first_unit": one.first_unit, "second_unit": one.second_unit, "number": one.number,
        "signed_on": day(one.signed_on), "valid_from": day(one.valid_from), "valid_to": day(one.valid_to),
        "parent": str(one.parent_id or ""), "sentences": "\n".join(lines), **further,
    }  # fmt: skip


def task(one: Task | None) -> Mapping[str, str]:
    """What the form of a task begins with; nothing for a new one."""
    if one is None:
        return {}
    told = task_list.told(one)
    return {**told, "by": told["by_id"], "area": told["area_id"], "due_on": day(one.promise.due_on)}
