"""Contrast that is worked out agrees with what axe finds."""

import pytest
from playwright.sync_api import Browser as Chromium

from tests.live import DESK, Visitor

pytestmark = pytest.mark.browser

WORDS = "Nội dung ý kiến"
# Pairs as axe judges them: what it refuses comes first, then the nearest to it that it takes.
HARD = (
    f'<p style="color:#777">{WORDS}</p>',
    f'<p style="color:#000a">{WORDS}</p><p style="color:#0008">{WORDS}</p>',
    f'<p style="color:#959595;font-size:24px">{WORDS}</p>',
    f'<p style="color:#959595;font-size:19px;font-weight:700">{WORDS}</p>',
    f'<p style="color:#767676;background:#eee">{WORDS}</p>',
    f'<div style="background:#123"><p style="color:#345">{WORDS}</p></div>',
    f'<div style="background:#000"><div style="background:#fff8"><p style="color:#555">{WORDS}</p></div></div>',
    f'<div style="opacity:.5"><p style="color:#333">{WORDS}</p></div>',
    f'<p style="color:color-mix(in srgb, #777 60%, white)">{WORDS}</p>',
    f'<a href="/" style="color:#7a9">{WORDS}</a>',
    '<label>Tên <input value="Lò Văn Ký" style="color:#888;background:#fff"></label>',
    f'<button style="color:#aaa;background:#fff">{WORDS}</button>',
)
EASY = (
    f'<p style="color:#767676">{WORDS}</p>',
    f'<p style="color:#000b">{WORDS}</p>',
    f'<p style="color:#949494;font-size:24px">{WORDS}</p>',
    f'<p style="color:#949494;font-size:19px;font-weight:700">{WORDS}</p>',
    f'<p style="color:#6b6b6b;background:#eee">{WORDS}</p>',
    f'<div style="background:#123"><p style="color:#89a">{WORDS}</p></div>',
    f'<div style="background:#000"><div style="background:#fff8"><p style="color:#000">{WORDS}</p></div></div>',
    f'<div style="opacity:.8"><p style="color:#333">{WORDS}</p></div>',
    f'<p hidden style="color:#eee">{WORDS}</p>',
    f'<p style="color:#eee;visibility:hidden">{WORDS}</p>',
    f'<button disabled style="color:#aaa;background:#fff">{WORDS}</button>',
    '<label style="color:#aaa">Tên <input disabled></label>',
    f'<p style="background-image:linear-gradient(#fff,#000);color:#777">{WORDS}</p>',
)


@pytest.mark.parametrize("contrast_by_axe", [True, False])
def test_what_is_hard_to_read_is_found_and_nothing_else(chromium_program: Chromium, contrast_by_axe: bool) -> None:
    visitor = Visitor(chromium_program, "http://127.0.0.1", True, DESK)
    found = {True: [], False: []}
    for hard, parts in ((True, HARD), (False, EASY)):
        for part in parts:
            visitor.page.set_content(
                '<!doctype html><html lang="vi"><title>Màu</title><style>:root{background:#fff;color:#000}</style>'
                f"<main><h1>Màu</h1>{part}</main></html>"
            )
            try:
                visitor.check_colours() if not contrast_by_axe else visitor.check(True)
            except AssertionError as problem:
                assert "color-contrast" in str(problem)
                found[hard].append(part)
    visitor.leave()
    assert found[False] == []
    assert [part for part in HARD if part not in found[True]] == []
