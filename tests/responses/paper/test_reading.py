"""Sixty scans of a real printed form: each page is known however it lies, and no tick is told wrongly."""

from collections import Counter, defaultdict

import pytest
from flask import Flask

from consult.files import scan_pictures
from consult.files.paper_forms import layout, reading
from consult.files.paper_forms.ticks import MARKED, Tick
from tests.responses.paper import form as forms
from tests.responses.paper import pictures


def test_the_set_is_read(app: Flask) -> None:
    """One reading of all sixty: what must hold of each kind, and of all together."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    form = forms.make_form()
    pdf = forms.printed(app, form)
    pages = layout.pages(len(form.clauses))
    for scan in pictures.scans(pdf, forms.marks(form), pages):
        count(scan, reading.read(scan.data, 0, {form.tag: len(form.clauses)}), counts[scan.kind])
    every = sum(counts.values(), Counter())
    assert sum(pictures.KINDS.values()) == 60
    assert every["wrong"] == 0
    assert every["invented"] == 0
    assert every["found"] >= 0.95 * every["pages"]
    assert every["right"] + every["unsure"] >= 0.99 * every["ticks"]
    assert counts["clean"]["right"] == counts["clean"]["ticks"]
    assert counts["clean"]["found"] == counts["clean"]["pages"]
    assert counts["strange"]["set aside"] == pictures.KINDS["strange"]
    # Unsure is asked, so it costs a person's time: not much of it.
    assert every["unsure"] <= 0.05 * every["ticks"]


def count(scan: pictures.Scan, found: list[dict[str, object]], counts: Counter[str]) -> None:
    """Adds what was read of one scan to the counts of its kind."""
    read = {(page["tag"], page["sheet"], page["page"]): page for page in found if page["tag"]}
    counts["pages"] += len(scan.truth)
    counts["set aside"] += not read
    for mark, truth in scan.truth.items():
        page = read.pop((mark.tag, mark.sheet, mark.page), None)
        counts["found"] += page is not None
        for name, there in truth.items() if page is not None else ():
            counts["ticks"] += 1
            counts[judged(page["ticks"][name], there)] += 1
    counts["invented"] += len(read)


def judged(said: str, there: str) -> str:
    """Right, unsure or wrong: whether a mark is a cross or a filled box is nothing that anybody goes by."""
    if said == Tick.UNSURE:
        return "unsure"
    return "right" if (said in MARKED) == (there in MARKED) else "wrong"


def test_what_is_no_picture_is_refused() -> None:
    for data in (b"", b"%PDF-1.7 nothing", b"\xff\xd8\xff"):
        with pytest.raises(scan_pictures.Unreadable):
            reading.read(data, 0, {})
        with pytest.raises(scan_pictures.Unreadable):
            scan_pictures.count(data)
