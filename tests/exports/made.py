"""Heads and lines of tables for tests of the files, without a database."""

import json
from typing import Any

from consult.exports.lines import TableHead, TableLine
from tests.builders import NOW
from tests.house.rooms import HOUSE


def table_of(form: str) -> dict[str, Any]:
    """The table rules of the project's first profile with that form."""
    profiles = json.loads((HOUSE / "data" / "legal_profiles.json").read_text(encoding="utf-8"))["profiles"]
    found: dict[str, Any] = next(each["table"] for each in profiles if each["table"]["form"] == form)
    return found


def head(form: str = "mau_10", **given: Any) -> TableHead:
    """The head of a table in the project's own form."""
    table = table_of(form)
    outcome = {"received": 4, "withdrawn": 0, "invalid": {}, "split": 0, "passed_on": 0, "answered": 3, "awaiting": 1}
    facts: dict[str, Any] = {
        "slug": "phan-loai-rac",
        "title": "Quyết định về phân loại chất thải",
        "kind": "legal_draft",
        "procedure": "comment",
        "stage": "responding",
        "body": "Sở Nông nghiệp và Môi trường",
        "above": "Ủy ban nhân dân tỉnh",
        "place": "Thái Nguyên",
        "form": form,
        "columns": tuple(table["columns"]),
        "headings": table["headings"],
        "blocks": tuple((code, words) for code, words in table.get("blocks", ())),
        "heading": table["title"].replace("{title}", "Quyết định về phân loại chất thải"),
        "intro": "Trên cơ sở ý kiến góp ý, Sở tổng hợp, tiếp thu, giải trình như sau:",
        "counting_rule": table["counting_rule"],
        "asked": 24,
        "opinions": 4,
        "joiners": 0,
        "dispositions": {"accepted": 2, "not_accepted": 1},
        "outcome": outcome,
        "visibility": {"total": 4, "in_check": 0, "public": 4, "redacted": 0, "withheld": {}, "quarantined": 0},
        "counted_at": NOW,
    }
    return TableHead(**{**facts, **given})


def line(number: int, group: str = "d1", **given: Any) -> TableLine:
    """A public opinion on Điều 1 that was accepted."""
    facts: dict[str, Any] = {
        "place": "Điều 1",
        "document": 1,
        "revision": 1,
        "path": "d1",
        "organisation": "Sở Tài chính",
        "visibility": "public",
        "stance": "support",
        "text": f"Nội dung thứ {number}.",
        "outcome": "answered",
        "response": number,
        "disposition": "accepted",
        "answer": f"Trả lời thứ {number}.",
    }
    return TableLine(number=number, group=group, **{**facts, **given})
