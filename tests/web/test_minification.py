"""What is served of style sheets and scripts means the same as what is written."""

import re
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from consult.web.files import assets
from consult.web.files.minification import stripped
from tests.house.rooms import CHECKOUT

SOURCES = sorted((CHECKOUT / "static").rglob("*.[cj]s*"))
TOKEN = re.compile(
    r"""(?P<comment>/\*.*?\*/|//[^\n]*)|(?P<space>\s+)
    |(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`
    |(?<=[(,=:!&|?;{}])[ ]?/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*
    |[\w$#@.%-]+|.)""",
    re.DOTALL | re.VERBOSE,
)
GOES_ON = {"\n", ";", "{", ",", "("}
"""What a line break after it ends nothing."""


def tokens(source: str, line_comments: bool) -> list[str]:
    """The words and signs of a source, and those line breaks between them that may end a statement of a script."""
    found: list[str] = []
    for token in TOKEN.finditer(source if line_comments else source.replace("//", "/\0/")):
        if token["text"]:
            found.append(token["text"].strip())
        elif "\n" in token[0] and found and found[-1] not in GOES_ON:
            found.append("\n")
    return found


def strings(source: str) -> list[str]:
    """The strings of a source, letter by letter."""
    return [token["text"] for token in TOKEN.finditer(source) if (token["text"] or "")[:1] in {"'", '"', "`"}]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_our_own_files_lose_comments_and_blanks_alone(path: Path) -> None:
    source, is_script = path.read_text(encoding="utf-8"), path.suffix == ".js"
    given = stripped(source, line_comments=is_script)
    assert tokens(given, is_script) == tokens(source.lstrip(), is_script)
    assert strings(given) == strings(source)
    assert stripped(given, line_comments=is_script) == given
    assert len(given) < len(source)
    assert not re.search(r"^\s|^/\*|^//|\n\n", given, re.MULTILINE)


LINES = (
    "const a = 'x // y';", 'const b = "/* x */";', "const c = `// ${a} /* ${b} */`;", "f(/[/*]+/g, 'https://x.vn/');",
    "if (a) {", "}", "a /", "b", "// alone", "/* alone */", "/* of\n   two lines */", "/*\n * many\n */", "", "   ",
    "const d = /^\\/\\/[^/]+$/;", "d = a / b; // beside", "e(); /* beside */", "return", "x => ({ y: `  z` })",
    "const s = 'a  =  b ; { , ( }'; // ends, (", "k( a , +b, - -c ) ;", "l ? .5 : [ 1 ]", "m", "+ n", "( o )", "[ p ]",
    "q = r", "return ( s )", "/* begins */ g();", "/** doc */", "//", "/**/",
)  # fmt: skip
DOUBTFUL = (
    "const t = `one", "/* of two\n lines */ h();", "i(); /* of\n // two */", "'goes on \\\n  here'", "'`'",
    "`\\``", "accept('image/*')",
)  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(("", "  ", "\t", "      ")), st.sampled_from(LINES)), max_size=30))
def test_comments_and_blanks_go_and_nothing_else(lines: list[tuple[str, str]]) -> None:
    source = "".join(f"{indent}{line}\n" for indent, line in lines)
    given = stripped(source, line_comments=True)
    assert tokens(given, True) == tokens(source.lstrip(), True)


FEW = st.lists(st.sampled_from(LINES), max_size=6)


@given(FEW, st.sampled_from(DOUBTFUL), FEW)
def test_what_is_doubtful_is_served_as_it_was_written(before: list[str], doubtful: str, after: list[str]) -> None:
    source = "\n".join([*before, doubtful, *after])
    assert stripped(source, line_comments=True) == source
    assert stripped(f"{source}\n/* never ended", line_comments=True) == f"{source}\n/* never ended"


def test_in_a_style_sheet_two_slashes_begin_no_comment() -> None:
    source = "a {\n  background: url(\n    //x.vn/a.png);\n}\n"
    assert stripped(source, line_comments=False) == "a{background:url(//x.vn/a.png);}\n"


def test_the_site_serves_them_so_under_an_address_that_names_what_is_served(app: Flask) -> None:
    client = app.test_client()
    for path in SOURCES:
        name = f"{path.parent.name}/{path.name}"
        with app.app_context():
            address = assets.address(name)
        answer = client.get(address)
        assert answer.data == assets.served(path) and b"\n  " not in answer.data
        assert answer.content_type == ("text/css" if path.suffix == ".css" else "text/javascript") + "; charset=utf-8"
        assert address.endswith(assets.hashlib.sha256(answer.data).hexdigest()[:10])
        assert client.head(address).headers["Content-Length"] == str(len(answer.data))
    assert client.get("/static/css/none.css").status_code == 404
    assert client.get("/static/img/mark.svg").data == (CHECKOUT / "static" / "img" / "mark.svg").read_bytes()
