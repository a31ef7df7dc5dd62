"""What staff write becomes safe HTML, and a plain text reads as it was typed."""

import csv
import html
import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.web.staff_text.markdown import LONGEST, html_of

TAG = re.compile(r"<[^>]*>")
ALLOWED = re.compile(
    r'</?(?:p|ul|ol|li|strong|em)>|<ol start="\d{1,3}">|</a>'
    r'|<a href="(?:https?://|mailto:)[^"<>\s]*" rel="nofollow noopener">'
)
SIGNS = "*_[]()<>&;:\"'\\`#-+.!|~= \t\n0123456789"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Một.\nHai.\n\nBa.", "<p>Một.\nHai.</p><p>Ba.</p>"),
        ("Hai lý do:\n- a **đậm**\n- b\nVậy.",
         "<p>Hai lý do:</p><ul><li>a <strong>đậm</strong></li><li>b</li></ul><p>Vậy.</p>"),
        ("1. Về đất:\n- a\n+ x\n- b\n2. Về nước",
         "<ol><li>Về đất:<ul><li>a<ul><li>x</li></ul></li><li>b</li></ul></li><li>Về nước</li></ol>"),
        ("* a\n    * b\n* c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("*nghiêng* và **[luật](https://vbpl.vn/?a=1&b=2)**",
         '<p><em>nghiêng</em> và <strong><a href="https://vbpl.vn/?a=1&amp;b=2" rel="nofollow noopener">luật</a>'
         "</strong></p>"),
        ("[thư](mailto:so@example.vn)", '<p><a href="mailto:so@example.vn" rel="nofollow noopener">thư</a></p>'),
    ],
)  # fmt: skip
def test_what_can_be_used(typed: str, shown: str) -> None:
    assert html_of(typed) == html_of(typed.replace("\n", "\r\n")) == shown


@pytest.mark.parametrize(
    "typed",
    [
        "1. Điều 5 sửa như sau:\na) một;\nb) hai.\n2. Điều 6 giữ nguyên.", "1. Một\n3. Ba", "7. Kinh phí", "- một ý",
        "2026. Năm\n2027. Năm", "1) a\n2) b", "file_name và _x_", "5*3*2 = 30", "(*) ghi chú (*)", "* ghi chú",
        "a < b & c > d &lt; &amp; &#60;", "# Điều 1", "Điều 1\n------", "> trích", "`x`", "    thụt vào",
        "____ (ký tên)",
        "[1]: http://x.vn", "[1] và [2](không)", "![ảnh](https://x.vn/a.png)", "C:\\*\\x", "***", "* * *", "a  \nb",
        "\x02klzzwxh:0000\x03 *đậm", "1.\n2.", "-\n-", "+ \n+ ",
    ],
)  # fmt: skip
def test_what_only_looks_like_markdown_reads_as_it_was_typed(typed: str) -> None:
    made = html_of(typed)
    assert not {tag for tag in TAG.findall(made) if tag not in {"<p>", "</p>"} and not tag.startswith("<a ")} - {"</a>"}
    typed = typed.replace("![ảnh](https://x.vn/a.png)", "!ảnh").translate({2: None, 3: None})
    assert words(made) == typed.split()


def words(made: str) -> list[str]:
    """The words of a page, as somebody reads them."""
    return html.unescape(TAG.sub("", made.replace("</p>", "\n"))).split()


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHN2Zz4=)", "[x](JaVaScRiPt:alert(1))", "[x](&#106;avascript:alert(1))",
        '[x](https://a.vn/"onmouseover="alert(1))', "[x](https://a.vn/'onclick='alert(1))", "[<b>x</b>](https://a.vn)",
        "[x](https://a.vn/><script>alert(1)</script>)", "**<i onclick=x>**", "- <a href=//x>\n- </ul><script>",
        "<http://x.vn>", "[x](//x.vn)", "[x](\njavascript:alert(1))", "[x](https://a.vn 'title')", "&lt;script&gt;*a*",
        "[a]: javascript:alert(1)\n[a]", "<!-- -- > *x*", "<![CDATA[*x*]]>", "<?php *x* ?>",
        "<math><mi>*x*", "\x00<b>*x*",
    ],
)  # fmt: skip
def test_no_tag_and_no_address_of_the_author_gets_through(typed: str) -> None:
    for made in (html_of(typed), html_of(f"*a* {typed}"), html_of(f"- a\n- {typed}")):
        assert all(ALLOWED.fullmatch(tag) for tag in TAG.findall(made)), made


@settings(deadline=None, max_examples=300)
@given(
    st.text(alphabet=st.sampled_from(SIGNS) | st.sampled_from("aĐ\x02\x03\u2028"), max_size=200) | st.text(max_size=60)
)
def test_whatever_is_typed_is_safe_and_no_word_is_lost(typed: str) -> None:
    made = html_of(typed)
    assert all(ALLOWED.fullmatch(tag) for tag in TAG.findall(made)), made
    kept = re.sub(r"[\W\d_]+", "", html.unescape(TAG.sub("", made)))
    without_links = re.sub(r"\]\((?:https?://|mailto:)[^\s()]*\)", "", typed)
    assert kept == re.sub(r"[\W\d_]+", "", without_links)


def test_a_text_that_is_read_looks_like_one_that_need_not_be() -> None:
    plain = 'Tiếp thu “khoản 3” & sửa: a < b, "c".\nDòng hai\n\n7. Đoạn hai'
    assert html_of(f"{plain} *x*") == html_of(plain).removesuffix("</p>") + " <em>x</em></p>"


@pytest.mark.real
def test_real_letters_and_comments_lose_no_word(samples: Path) -> None:
    letters = json.loads((samples / "comments" / "vn_real_excerpts.json").read_text("utf-8"))
    texts = [one["text"] for one in letters if "text" in one]
    for path in (samples / "comments").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            texts += [row["text"] for row in csv.DictReader(file) if row["text"]][:300]
    assert len(texts) > 300
    for text in texts:
        made = html_of(text)
        assert "".join(re.findall(r"[^\W\d_]+", html.unescape(TAG.sub(" ", made)))) == "".join(
            re.findall(r"[^\W\d_]+", "".join(one for one in text if one >= " " or one in "\t\n"))
        )


BOMBS = [
    "*", "**a ", "*a* ", "[", "[a](", "[a](http://", "[a](http://a.b)", "[[a](http://b)](http://c) ", "\n",
    "- \n", "- a\n",
    "+ a\n- b\n", "1. a\n- b\n", "> ", "<", "&", "\\", "`", "_a_ ", "- a\n\n", "<svg onload=alert(1)>",
    "((", "**a** *b\n",
]  # fmt: skip


@pytest.mark.parametrize(
    "typed",
    [
        *((unit * LONGEST)[:LONGEST] for unit in BOMBS),
        "\n".join(f"{' ' * depth}- a" for depth in range(190)),
        "\n".join(f"{' ' * (depth % 40)}- a" for depth in range(900)),
        "- " * 10_000,
        "> " * 10_000,
        "\n".join(f"{number}. a" for number in range(1, 1000)) + "\n- b" * 2000,
        "- a\n" + "  b\n" * 4000,
    ],
)
def test_no_text_takes_long_or_goes_deep(typed: str) -> None:
    began = time.process_time()
    made = html_of(typed[:LONGEST])
    assert time.process_time() - began < 3, "the worst took half a second when this was written"
    depth = deepest = 0
    for tag in TAG.findall(made):
        depth += 0 if tag.startswith("<a") or tag == "</a>" else -1 if tag.startswith("</") else 1
        deepest = max(deepest, depth)
    assert deepest <= 8


def test_what_is_longer_than_staff_may_type_is_plain() -> None:
    assert html_of("- *a*\n" * LONGEST) == "<p>" + ("- *a*\n" * LONGEST).strip() + "</p>"
