"""What is public of a programme, a promise, what was said of it and a step, as the log hashes it: one way for who
writes the log and for who checks it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from consult.programme.head_models import Programme
from consult.programme.promise_models import Promise, PromiseAct

Told = dict[str, Any]


def of_programme(one: Programme) -> Told:
    """Parties, units, number and days, and the sentences; of two parties nothing of further ones, as the log always had
    it."""
    further = [[str(each.body_id), each.unit, each.signs_as] for each in one.further]
    return {
        **({"further_parties": further} if further else {}),
        "first_party": str(one.first_party_id), "second_party": str(one.second_party_id),
        "first_unit": one.first_unit, "second_unit": one.second_unit, "number": one.number,
        "signed_on": day(one.signed_on), "valid_from": day(one.valid_from), "valid_to": day(one.valid_to),
        "parent": str(one.parent_id or ""), "sentences": [[said["label"], said["text"]] for said in one.sentences],
    }  # fmt: skip


def of_promise(one: Promise, details: Mapping[str, Any]) -> Told:
    """What is promised by whom to whom; `details` are those of its kind."""
    return {
        "promise": one.number, "text": one.text, "by": str(one.by_id), "keeper": str(one.keeper_id),
        "area": str(one.area_id or ""), "details": dict(details),
    }  # fmt: skip


def of_act(promise: Promise, one: PromiseAct) -> Told:
    """What was said of a promise, for which body; and its pictures where it has some: what was hashed before there were
    any agrees still."""
    told = {
        "promise": promise.number, "act": one.number, "kind": one.kind.value, "text": one.text, "day": day(one.day),
        "body": str(one.for_id),
    }  # fmt: skip
    pictures = [[picture.file_hash, picture.caption] for picture in one.pictures]
    return told | ({"pictures": pictures} if pictures else {})


def of_withdrawal(promise: Promise, reason: str) -> Told:
    """Why a task was taken out of a public plan."""
    return {"promise": promise.number, "reason": reason}


def of_taking_over(promise: Promise, slug: str, number: int) -> Told:
    """By which programme, at which address, and as which promise of it, what was left open goes on."""
    return {"promise": promise.number, "programme": slug, "as": number}


def day(value: date | None) -> str:
    """A day as the log writes it; empty for none."""
    return value.isoformat() if value is not None else ""
