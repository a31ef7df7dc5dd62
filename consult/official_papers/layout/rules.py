"""Where a paper departs from the layout of Nghị định 30/2020/NĐ-CP, Phụ lục I: advice, never a refusal.

Words are compared folded, without accents and case: what a paper says badly is still found, and told.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict

from consult.official_papers.layout import heading
from consult.official_papers.layout.heading import GOOD, Finding, differs, missing, unknown
from consult.official_papers.layout.sheet import Line, Sheet
from consult.text import folded

A4 = (210.0, 297.0)
NEAR = 1.0
SIDES = {"top": (20, 25), "bottom": (20, 25), "left": (30, 35), "right": (15, 20)}
"""In millimetres, at least and at most."""
BODY_SIZES = (13.0, 14.0)
LONG_LINE = 60
SHORT_LINE = 40
LIKE_IT = ("timesnewroman", "times", "libertinusserif", "tinos", "liberationserif", "nimbusroman", "termes")
"""Fonts of the same kind and size, which machines without it put in its stead."""
MOSTLY = 0.9


def findings(sheet: Sheet) -> list[dict[str, str]]:
    """Everything that was looked at, each with whether it is as the decree has it: `code`, `state`, `found`."""
    if not any(line.text.strip() for line in sheet.lines):
        return [asdict(unknown("text"))]
    return [asdict(finding) for finding in (*_page(sheet), *heading.of(sheet.lines), *_ending(sheet.lines))]


def _page(sheet: Sheet) -> Iterator[Finding]:
    yield _paper(sheet)
    yield _margins(sheet)
    yield _font(sheet.fonts)
    yield _size(sheet.lines)
    if sheet.pages_numbered is not None:
        yield GOOD("page_number") if sheet.pages_numbered else missing("page_number")


def _paper(sheet: Sheet) -> Finding:
    size = sorted((sheet.width, sheet.height))
    if not size[0]:
        return unknown("paper")
    fits = all(abs(found - wanted) <= NEAR for found, wanted in zip(size, A4, strict=True))
    return GOOD("paper") if fits else differs("paper", f"{sheet.width:.0f} × {sheet.height:.0f} mm")


def _margins(sheet: Sheet) -> Finding:
    found = {side: value for side, value in asdict(sheet.margins).items() if value is not None}
    if not found:
        return unknown("margins")
    wrong = [side for side, mm in found.items() if not SIDES[side][0] - NEAR <= mm <= SIDES[side][1] + NEAR]
    told = " / ".join(f"{found[side]:.0f}" if side in found else "?" for side in SIDES)
    return differs("margins", told) if wrong else GOOD("margins")


def _font(fonts: Counter[str]) -> Finding:
    every = sum(fonts.values())
    if not every:
        return unknown("font")
    right = sum(count for name, count in fonts.items() if _is_times(name))
    if right >= MOSTLY * every:
        return GOOD("font")
    others = [name for name, _count in fonts.most_common() if not _is_times(name)]
    return differs("font", others[0])


def _is_times(name: str) -> bool:
    bare = re.sub(r"[^a-z]", "", folded(name.rpartition("+")[2]))
    return bare.startswith(LIKE_IT)


def _size(lines: list[Line]) -> Finding:
    sizes: Counter[float] = Counter()
    for line in lines:
        if len(line.text) >= LONG_LINE and not line.tabled:
            sizes[line.size] += len(line.text)
    if not sizes:
        return unknown("size")
    size = sizes.most_common(1)[0][0]
    low, high = BODY_SIZES
    return GOOD("size") if low - 0.3 <= size <= high + 0.3 else differs("size", f"{size:g}")


_SIGNS_FOR = re.compile(r"^(tm|kt|tl|tuq|q)\s*\.")
_OFFICES = re.compile(
    r"^(pho )?(chu tich|giam doc|bi thu|truong ban|truong phong|chanh van phong|chanh thanh tra|cuc truong|tong giam"
    r" doc|hieu truong|thu ky|chu tri|quyen han, chuc vu|dai dien|nguoi lap|truong thon|to truong|bo truong|thu tuong)"
)
_KEPT = re.compile(r"^[-–+]?\s*luu\b")


def _ending(lines: list[Line]) -> Iterator[Finding]:
    said = [(line, folded(line.text).strip()) for line in lines]
    signed = [line for line, words in said if _SIGNS_FOR.match(words) or (_OFFICES.match(words) and _alone(line))]
    if not signed:
        yield missing("signature")
    elif not signed[-1].bold:
        yield differs("signature", signed[-1].text.strip()[:60])
    else:
        yield GOOD("signature")
    if any(words.startswith("bien ban") for _line, words in said):
        return
    yield _recipients(said)


def _alone(line: Line) -> bool:
    """Whether a line is an office, and no sentence that begins with one."""
    return line.text.isupper() or len(line.text) < SHORT_LINE


def _recipients(said: list[tuple[Line, str]]) -> Finding:
    place = next((at for at, (_line, words) in enumerate(said) if words.startswith("noi nhan")), None)
    if place is None:
        return missing("recipients")
    first = said[place][0]
    if not (first.bold and first.italic):
        return differs("recipients", first.text.strip()[:60])
    kept = any(_KEPT.match(words) for _line, words in said[place + 1 :])
    return GOOD("recipients") if kept else missing("archive")
