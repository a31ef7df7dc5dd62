"""What any one page loads of scripts is light: the one of all pages, and those that can stand beside it."""

import re

from sqlalchemy.orm import Session

from consult.clock import now
from tests.builders import make_consultation
from tests.house.rooms import CHECKOUT
from tests.house.test_assets import STATIC, on_the_wire
from tests.pages import Browser, Page

MOST = 4_000
TEMPLATES = CHECKOUT / "templates"
SCRIPT = re.compile(r"asset\('(js/[a-z]+\.js)'\)")
# What a template stands on or takes in; of what it imports, the names.
USED = re.compile(
    r"{%-?\s*(?:extends|include|import) '([^']+)'|{%-?\s*from '([^']+)' import ([^%]+?)(?: with context)?\s*-?%}"
)
MACRO = re.compile(r"({%-?\s*macro (\w+)\(.*?{%-?\s*endmacro)", re.DOTALL)
TEXT = "reading/texts/text.html"
FORM, SPEAKING = "submissions/form/write.html", "submissions/form/speak.html"
BRINGS_FORM = ("components/provision.html", "provision")
NOT_BROUGHT = {
    ("submissions/form/ways.html", "redline_typed"),
    ("components/fields.html", "file_limit"),
    # What is seen at a place is no matter with a text.
    ("submissions/form/sighting.html", "sighting_fields"),
}
Part = tuple[str, str]
"""A template, or with a name one macro of it."""


def source_of(template: str) -> str:
    """The words of a template; of several where only the beginning of its name is written."""
    path = TEMPLATES / template
    folder = path if template.endswith("/") else path.parent
    names = [path] if template.endswith(".html") else sorted(folder.rglob("*.html"))
    return "".join(path.read_text(encoding="utf-8") for path in names)


def words_of(part: Part) -> str:
    """The words of a macro, or of a template without those of its macros."""
    source = source_of(part[0])
    return {name: whole for whole, name in MACRO.findall(source)}.get(part[1], "") if part[1] else MACRO.sub("", source)


def parts_of(template: str) -> set[Part]:
    """Everything that can stand on a page of `template`, by what the templates say."""
    seen: set[Part] = set()
    waiting: list[Part] = [(template, "")]
    while waiting:
        part = waiting.pop()
        # Beneath a clause one writes: a link leads from there to where one speaks and attaches files.
        if part in seen or (part in NOT_BROUGHT and template == TEXT):
            continue
        seen.add(part)
        for whole, module, names in USED.findall(source_of(part[0])):
            waiting += [(whole, "")] if whole else [(module, name) for name in re.findall(r"\w+", names)]
        own = {name for _whole, name in MACRO.findall(source_of(part[0]))}
        waiting += [(part[0], name) for name in re.findall(r"(\w+)\(", words_of(part)) if name in own]
        # Only where the frame for it is: elsewhere a link leads to the page of the form.
        waiting += [(FORM, "")] if part == BRINGS_FORM and template == TEXT else []
    return seen


def scripts_of(parts: set[Part]) -> set[str]:
    """The scripts that these parts load, at once or later."""
    return {name for part in parts for name in SCRIPT.findall(words_of(part))}


def weight(scripts: set[str]) -> int:
    return on_the_wire([STATIC / name for name in scripts])


def test_every_script_is_loaded_by_some_template() -> None:
    loaded = {name for path in TEMPLATES.rglob("*.html") for name in SCRIPT.findall(path.read_text(encoding="utf-8"))}
    assert loaded == {path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.js")}


def test_no_template_can_load_more_than_a_page_may() -> None:
    names = [path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html")]
    loads = {name: scripts_of(parts_of(name)) | {"js/site.js"} for name in names}
    assert not {name: scripts for name, scripts in loads.items() if weight(scripts) > MOST}


def test_what_stands_with_what_is_seen() -> None:
    said = {"js/site.js", "js/form.js", "js/letters.js", "js/files.js"}
    assert scripts_of(parts_of(FORM)) == said | {"js/redline.js", "js/point.js"}
    assert scripts_of(parts_of(SPEAKING)) == said | {"js/voice.js"}
    assert scripts_of(parts_of(TEXT)) == {"js/site.js", "js/place.js", "js/form.js", "js/letters.js"}
    assert scripts_of(parts_of("reading/texts/page.html")) == {"js/site.js", "js/box.js", "js/form.js"}
    # Whatever has fields could have one for a file, as far as templates tell.
    assert scripts_of(parts_of("responses/desk/index.html")) == {
        "js/site.js",
        "js/rows.js",
        "js/files.js",
        "js/letters.js",
    }


def referenced(page: Page) -> set[str]:
    """The scripts that a served page names, those it loads later too."""
    names = page.find("//script/@src | //link[@rel='modulepreload']/@href | //*[@data-script]/@data-script")
    return {str(name).removeprefix("/static/").partition("?")[0] for name in names}


def test_a_served_page_and_the_form_that_comes_to_it_load_no_more(browser: Browser, app_session: Session) -> None:
    make_consultation(app_session, now=now(), slug="phan-loai-rac")
    text = browser.get("/lay-y-kien/phan-loai-rac/du-thao/1/")
    form = browser.get("/lay-y-kien/phan-loai-rac/gop-y/?tai=d2.k1")
    spoken = browser.get("/lay-y-kien/phan-loai-rac/gop-y/?tai=d2.k1&buoc=noi")
    brought = browser.get("/lay-y-kien/phan-loai-rac/gop-y/?tai=d2.k1&trong=1")
    assert referenced(text) == {"js/site.js", "js/place.js", "js/form.js"}
    assert referenced(form) == {"js/site.js", "js/form.js", "js/letters.js", "js/files.js", "js/redline.js"}
    assert referenced(spoken) == {"js/site.js", "js/form.js", "js/files.js", "js/voice.js"}
    assert max(weight(referenced(form)), weight(referenced(spoken))) <= MOST
    assert weight(referenced(text) | referenced(brought)) <= MOST


def test_a_microphone_is_asked_for_only_where_one_may_comment(browser: Browser, app_session: Session) -> None:
    make_consultation(app_session, now=now(), slug="phan-loai-rac")
    matter = "/lay-y-kien/phan-loai-rac/"
    for path in (matter, f"{matter}du-thao/1/", f"{matter}gop-y/?tai=d2.k1", f"/en{matter}gop-y/?tai=d2.k1"):
        headers = browser.get(path).headers
        assert "microphone=(self)" in headers["Permissions-Policy"], path
        assert headers["Content-Security-Policy"].endswith("; media-src 'self' blob:"), path
    for path in ("/", "/lay-y-kien/", f"{matter}y-kien/", "/dang-nhap/", "/tra-cuu/"):
        headers = browser.get(path).headers
        assert "microphone=()" in headers["Permissions-Policy"], path
        assert "blob:" not in headers["Content-Security-Policy"], path
