"""What every HTML answer of the site keeps to, whoever it is for: `problems_of` lists what is wrong with one."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from tests.house.texts import catalogue
from tests.html_parsing import parse

LANGUAGES = {"vi", "en"}
# Controls that say by themselves what they are.
SELF_NAMED_INPUTS = {"hidden", "submit", "reset", "button", "image"}
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-details", "list", "form")
LOADERS = ("src", "poster", "data", "srcset", "background")
READ_ALOUD = ("aria-label", "title", "alt", "placeholder")
LATIN_WORD = re.compile("[a-z]{4}")
GAP = re.compile(r"%\(\w+\).")
VIETNAMESE = re.compile("[\u00c0-\u1ef9]")
CODE = re.compile(r"(?:error|reason|outcome|shown|shown_field|shown_kind|stance|tag)\.[a-z0-9_]+")
FORM_PROTECTION = {"csrf_token", "ticket"}
_REFERRING = etree.XPath(f"//*[{' or '.join(f'@{name}' for name in REFERENCES)}]")
_SCRIPTED = etree.XPath("//*[@*[starts-with(name(), 'on')]]")


def words_of(element: Any) -> str:
    """The text of an element with its white space as single spaces."""
    return " ".join("".join(element.itertext()).split())


def problems_of(html: str) -> list[str]:
    """Everything that is wrong with a whole page; empty when it is as it should be."""
    return problems_in(*parse(html))


def problems_in(root: Any, said: list[str]) -> list[str]:
    """The same for a page that is parsed already, with what the parser said."""
    rules = (
        _outline,
        _landmarks,
        _identifiers,
        _controls,
        _forms,
        _nothing_inline,
        _nothing_foreign,
        _pictures,
        _languages,
        _codes,
    )
    return [*said, *(problem for rule in rules for problem in rule(root))]


def _outline(root: Any) -> Iterator[str]:
    if root.get("lang") not in LANGUAGES:
        yield f"<html lang> is {root.get('lang')!r}, not one of {sorted(LANGUAGES)}"
    titles = root.xpath("/html/head/title")
    if len(titles) != 1 or not words_of(titles[0]):
        yield "there is not exactly one <title> with words in it"
    headings = root.xpath("//h1")
    if len(headings) != 1 or not words_of(headings[0]):
        yield f"there are {len(headings)} <h1>; one with words in it is wanted"
    if len(root.xpath("//main")) != 1:
        yield "there is not exactly one <main>"


def _landmarks(root: Any) -> Iterator[str]:
    """Whoever goes from part to part by ear hears their names: two regions of one name cannot be told apart."""
    found = root.xpath("//section[@aria-labelledby] | //*[@role = 'region'][@aria-labelledby]")
    names = Counter(element.get("aria-labelledby") for element in found)
    yield from (f"{times} regions are named by {name!r}" for name, times in names.items() if times > 1)


def _identifiers(root: Any) -> Iterator[str]:
    known = Counter(root.xpath("//@id"))
    yield from (f"id {name!r} stands {times} times" for name, times in known.items() if times > 1)
    for element in _REFERRING(root):
        for attribute in REFERENCES:
            for name in (element.get(attribute) or "").split():
                if name not in known:
                    yield f"<{element.tag} {attribute}> names {name!r}, which is no id here"
    for target in root.xpath("//a/@href[starts-with(., '#') and string-length(.) > 1]"):
        if target[1:] not in known:
            yield f"a link leads to {target!r}, which is no id here"


def _controls(root: Any) -> Iterator[str]:
    for control in root.xpath("//input | //select | //textarea"):
        if control.get("type", "text") not in SELF_NAMED_INPUTS and not label_of(root, control):
            yield f"<{control.tag} name={control.get('name')!r}> has no label"
        # One without a name is read by the browser alone and never sent.
        sent = control.get("type") == "file" and control.get("name")
        if sent and not (control.get("data-largest") and control.get("data-too-large")):
            yield f"<input name={control.get('name')!r}> does not say before sending how large a file may be"
        if control.get("capture") is not None:
            yield f"<input name={control.get('name')!r}> keeps a telephone from choosing a file"
    for button in root.xpath("//button | //a[@href]"):
        if not (words_of(button) or button.get("aria-label") or button.xpath(".//img[@alt != '']")):
            yield f"<{button.tag}> {button.get('href') or button.get('name') or ''} says nothing"


def _languages(root: Any) -> Iterator[str]:
    if root.get("lang") != "en":
        return
    for element in root.xpath("//*[ancestor-or-self::*[@lang][1]/@lang = 'vi']"):
        said = [element.text, *(child.tail for child in element), *(element.get(name) for name in READ_ALOUD)]
        for words in (" ".join(text.split()) for text in said if text):
            if _is_english(words):
                yield f"<{element.tag}> says {words!r}, which is English, as if it were Vietnamese"


def _codes(root: Any) -> Iterator[str]:
    for words in root.xpath("//body//text()[not(ancestor::script)]"):
        if CODE.fullmatch(words.strip()):
            yield f"the code {words.strip()!r} stands there, for which no catalogue has a sentence"


@cache
def _is_english(words: str) -> bool:
    """Whether the site says just this in English, where it is no Vietnamese; the same is asked of many pages."""
    latin = LATIN_WORD.search(words) and not VIETNAMESE.search(words)
    return bool(latin and (words in _english() or _english_with_gaps().fullmatch(words)))


@cache
def _english() -> frozenset[str]:
    """Whatever the site says in English."""
    return frozenset(words for words in catalogue("en").values() if LATIN_WORD.search(GAP.sub("", words)))


@cache
def _english_with_gaps() -> re.Pattern[str]:
    """Those of it in which something is filled."""
    with_gaps = [GAP.split(words) for words in _english() if GAP.search(words)]
    return re.compile("|".join(".+".join(map(re.escape, parts)) for parts in with_gaps))


class Named:
    """What names the controls of a page, looked up once: a page may have hundreds of them."""

    def __init__(self, root: Any) -> None:
        self.labels: dict[str, list[Any]] = {}
        self.elements: dict[str, list[Any]] = {}
        for found, attribute, tag in ((self.labels, "for", "label"), (self.elements, "id", "*")):
            for element in root.xpath(f"//{tag}[@{attribute}]"):
                found.setdefault(element.get(attribute), []).append(element)

    def label_of(self, control: Any) -> str:
        """What a person reads, or hears, beside a control; empty when nothing names it."""
        if control.get("aria-label"):
            return control.get("aria-label").strip()
        names = (control.get("aria-labelledby") or "").split()
        labels = [found for name in names for found in self.elements.get(name, ())]
        if not labels and control.get("id"):
            labels = self.labels.get(control.get("id"), [])
        if not labels:
            labels = control.xpath("ancestor::label[1]")
        return " ".join(words_of(label) for label in labels).strip()


@lru_cache(maxsize=2)
def _named(root: Any) -> Named:
    return Named(root)


def label_of(root: Any, control: Any) -> str:
    """What a person reads, or hears, beside a control of the page `root`; empty when nothing names it."""
    return _named(root).label_of(control)


def _forms(root: Any) -> Iterator[str]:
    for form in root.xpath("//form"):
        method = form.get("method", "get").lower()
        if method not in {"get", "post"}:
            yield f"a form has the method {method!r}, which browsers don't know"
        names = set(form.xpath(".//input[@type = 'hidden']/@name"))
        if method == "post" and not names & FORM_PROTECTION:
            yield f"the form to {form.get('action')!r} carries neither csrf_token nor ticket"
        if method == "get" and names & FORM_PROTECTION:
            yield f"the form to {form.get('action')!r} would put its token into the address"
    if root.xpath("//form//form"):
        yield "a form stands inside a form"


def _nothing_inline(root: Any) -> Iterator[str]:
    if root.xpath("//style | //*[@style]"):
        yield "there is inline style, which the content security policy refuses"
    if root.xpath("//script[not(@src)][not(@type = 'application/json' or @type = 'application/ld+json')]"):
        yield "there is an inline script, which the content security policy refuses"
    for element in _SCRIPTED(root):
        yield from (f"<{element.tag} {name}> is an inline script" for name in element.attrib if name.startswith("on"))
    if root.xpath("//@href[starts-with(., 'javascript:')] | //@action[starts-with(., 'javascript:')]"):
        yield "an address is a script"


def _nothing_foreign(root: Any) -> Iterator[str]:
    addresses = [(element.tag, element.get("href")) for element in root.xpath("//link[@href]")]
    addresses += [(element.tag, element.get("action")) for element in root.xpath("//form[@action]")]
    addresses += [(element.tag, element.get(name)) for name in LOADERS for element in root.xpath(f"//*[@{name}]")]
    for tag, address in addresses:
        parts = urlsplit(address.strip())
        # What only names a page, or the same in another language, loads nothing.
        naming = "//link[@href = $it][@rel = 'canonical' or (@rel = 'alternate' and @hreflang)]"
        if (parts.scheme or parts.netloc) and not (tag == "link" and root.xpath(naming, it=address)):
            yield f"<{tag}> loads or sends to {address!r}, which is not the site's own path"


def _pictures(root: Any) -> Iterator[str]:
    yield from (f"<img src={image.get('src')!r}> has no alt" for image in root.xpath("//img[not(@alt)]"))
    for drawing in root.xpath("//svg[not(ancestor::svg)]"):
        if drawing.get("aria-hidden") != "true" and not (drawing.get("aria-label") or drawing.get("aria-labelledby")):
            yield "an <svg> is neither named nor hidden from those who listen"
