"""Somebody who finds every form that links lead to, types the suite into its fields and sends it by every button."""

import re
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from consult import clock
from consult.text import one_line
from tests.demo.suite import Suite
from tests.files import made
from tests.files.test_lengths import wav_of
from tests.html_rules import words_of
from tests.page_forms import Form
from tests.pages import SITE, Browser, Page

SCHEME = "translate(., 'ABCDEFGHIJKLMNOPQRSTUVWXYZ\t\n\r ', 'abcdefghijklmnopqrstuvwxyz')"
# What no text of anybody may bring into a page; `tests/html_rules.py` refuses inline scripts, handlers, style and what
# loads from elsewhere on every page besides.
RUNS = (
    "//*[self::iframe or self::frame or self::object or self::embed or self::applet or self::base or self::math]"
    " | //script[not(starts-with(@src, '/static/') or @src = '/nhat-ky/verify_archive.js'"
    " or @type = 'application/json' or @type = 'application/ld+json')]"
    " | //body//*[self::style or self::link or self::meta or self::title[not(ancestor::svg)]]"
    " | //svg//*[self::a or self::use or self::animate or self::set or self::foreignObject or self::image]"
    " | //@*[starts-with(name(), 'on') or name() = 'style' or name() = 'srcdoc' or name() = 'http-equiv']"
    " | //@*[contains('|href|src|action|formaction|data|poster|xlink:href|', concat('|', name(), '|'))]"
    f"[starts-with({SCHEME}, 'javascript:') or starts-with({SCHEME}, 'vbscript:') or starts-with({SCHEME}, 'data:')]"
)
WORDS = {"text", "search", "textarea", "tel", "email", "url", "password"}
# Secrets are asked for anew, never given back.
SECRET = {"totp", "ma_bi_mat", "password", "again", "present", "code"}
EACH = 2
DEEP = 4
MENDED = 3
TRIED = 2
NUMBERS = count(1)
PASSWORD = "sương giăng trên núi"


@dataclass
class Sent:
    """What all people of one site have sent: by kind of form and button how often, and what became of it."""

    tried: Counter[tuple[str, ...]] = field(default_factory=Counter)
    done: set[tuple[str, ...]] = field(default_factory=set)
    files: Counter[tuple[str, str]] = field(default_factory=Counter)
    refused: dict[tuple[str, ...], str] = field(default_factory=dict)


@dataclass
class Walk:
    """One person. `late` says which routes end something, and in which later round they are asked, `bare` which are
    said to take nothing typed; so `deep` goes what comes of what was sent, and so many `tries` has each form; `landed`
    are the pages that what was sent led to, `opened` all pages that were opened by their address."""

    app: Flask
    browser: Browser
    suite: Suite
    sent: Sent
    within: tuple[str, ...]
    late: Mapping[str, int]
    bare: frozenset[str]
    deep: int = DEEP
    tries: int = TRIED
    round: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    waiting: deque[str] = field(default_factory=deque)
    known: set[str] = field(default_factory=set)
    later: dict[int, list[str]] = field(default_factory=dict)
    landed: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)

    def through(self, *start: str) -> None:
        """Everything that links lead to from these addresses."""
        self.waiting.extend(start)
        self.known.update(start)
        while self.waiting:
            page = self._open(self.waiting.popleft())
            if page is not None:
                self._fill(page, self.deep)

    def end(self, number: int, *start: str) -> None:
        """Sends what was left for the round of this number, and looks at what came of the one before."""
        self.round = number
        self.kinds.clear()
        self.through(*dict.fromkeys(self.later.get(number, ())), *start)

    def _open(self, address: str) -> Page | None:
        kind = self.kind(address)
        file = f"{kind} {PurePosixPath(urlsplit(address).path).suffix}"
        if not kind or EACH in {self.kinds[kind], self.kinds[file]}:
            return None
        page = self.browser.get(address, None)
        if not page.is_html:
            self.kinds[file] += page.status == 200
            return None
        harmless(page)
        if page.status == 200:
            self.kinds[kind] += 1
            self.opened.append(page.address)
        return page

    def kind(self, address: str) -> str:
        """The route behind an address, and whether it asks for something."""
        rule = self.rule(address, "GET")
        return f"{rule.rule}?{bool(urlsplit(address).query)}" if rule else ""

    def rule(self, address: str, method: str) -> Rule | None:
        """The route behind an address."""
        try:
            return self.app.url_map.bind("localhost").match(urlsplit(address).path, method, return_rule=True)[0]
        except HTTPException:
            return None

    def _fill(self, page: Page, deep: int) -> None:
        """Sends each form of a page with every one of its buttons, and the forms that come of it; notes its links."""
        found = [local(page.address, link) for link in page.find("//a/@href")]
        new = [one for one in dict.fromkeys(found) if one.startswith(self.within) and one not in self.known]
        self.waiting.extend(new)
        self.known.update(new)
        for index, form in enumerate(page.forms() if deep else ()):
            for button in _buttons(form):
                target = urljoin(page.address, form.target(button))
                rule = self.rule(target, form.method.upper())
                assert rule, f"a form on {page.address} leads to {target}, where nothing is"
                typed = [one.get("name") for one in form.controls() if kind_of(one) in WORDS]
                assert not typed or rule.endpoint not in self.bare, (page.address, rule.endpoint, typed)
                named = (rule.endpoint, _kind_of_name(button), *names(form))
                later = self.late.get(" ".join(named[:2]), self.late.get(named[0], 0))
                if named in self.sent.done or self.sent.tried[named] == self.tries:
                    continue
                if later > self.round:
                    self.later.setdefault(later, []).append(page.address)
                    continue
                self.sent.tried[named] += 1
                self._send(page, index, button, named, deep)

    def _send(self, page: Page, index: int, button: str, named: tuple[str, ...], deep: int) -> None:
        page = self._fresh(page, index, button)
        form = page.forms()[index]
        answer = self._answer(page, form, button, self._type(form, named[0], {}, self.sent.tried[named]))
        for attempt in range(MENDED):
            wrong = mistakes(answer) if answer.status in {409, 422} else {}
            offered = answer.forms() if wrong else ()
            same = [one for one in offered if names(one) == names(form) and button in _buttons(one)]
            if not same:
                break
            again = same[0]
            answer = self._answer(answer, again, button, self._type(again, named[0], wrong, attempt))
        if answer.status < 400:
            self.sent.done.add(named)
            self.sent.refused.pop(named, None)
        elif answer.is_html:
            told = answer.words("//main//*[@role = 'alert' or contains(@class, 'notice')]")[:1]
            self.sent.refused[named] = f"{answer.status} {answer.heading}: {told}"
        if answer.is_html:
            self._keep(answer)
            self._fill(answer, deep - 1)

    def _fresh(self, page: Page, index: int, button: str) -> Page:
        """A page as it is now, where its address opens it: what was sent a moment ago may have changed it."""
        if not page.opened:
            return page
        now = self.browser.get(page.address, None)
        if not now.is_html or len(now.forms()) <= index:
            return page
        form = now.forms()[index]
        return now if names(form) == names(page.forms()[index]) and button in _buttons(form) else page

    def _answer(self, page: Page, form: Form, button: str, typed: dict[str, str]) -> Page:
        answer = self.browser.send(page, form, button)
        if answer.is_html:
            harmless(answer)
            # What a button takes away is not to come back.
            if answer.status in {409, 422} and not button.startswith("remove"):
                given_back(answer, typed)
        return answer

    def _keep(self, page: Page) -> None:
        """Where one has come to, and the secret number that is told only once."""
        if page.status == 200 and self.rule(page.address, "GET"):
            self.landed.append(page.address)
        for form in page.forms():
            if secret := form.values().get("ma_bi_mat"):
                self.codes[_code(form.action or page.address)] = secret

    def _type(self, form: Form, endpoint: str, wrong: Mapping[str, str], attempt: int) -> dict[str, str]:
        """Puts the next strings into every field for words, makes every choice that must be made, and gives every
        field for files one. Once something is `wrong`, that is mended with something plain, and all else stays."""
        typed: dict[str, str] = {}
        for control in form.controls():
            kind, name = kind_of(control), control.get("name") or ""
            if kind == "password" and wrong:
                typed[name] = PASSWORD
            elif kind in WORDS | {"date", "number"} and name in wrong:
                typed[name] = self.codes.get(_code(form.action), "") if name == "ma_bi_mat" else ""
                typed[name] = typed[name] or plain(wrong[name], attempt)
            elif kind in WORDS and not wrong and name not in {"website", ""} and control.get("readonly") is None:
                room = int(control.get("maxlength", 100_000))
                # A password is typed twice, and the same.
                typed[name] = typed["password"] if name == "again" else self.suite.text(kind == "textarea", room)
            elif kind == "file" and (name in wrong or self.sent.files[endpoint, name] < self.tries):
                self.sent.files[endpoint, name] += 1
                form.fields[control] = [file_for(endpoint, name, self.suite, self.sent.files.total())]
            elif kind == "select" and name in wrong:
                form.fields[control] = [""]
            elif kind != "file":
                _choose(form, control, bool(wrong) or attempt == 1)
            if name in typed:
                form.fields[control] = [typed[name]]
        return typed


def local(address: str, link: Any) -> str:
    """The path and query of a link on the page at `address`; empty when it leads elsewhere."""
    parts = urlsplit(urljoin(f"{SITE}{address}", str(link)))
    return parts._replace(scheme="", netloc="", fragment="").geturl() if parts.netloc == urlsplit(SITE).netloc else ""


def kind_of(control: Any) -> str:
    """The type of an input, or what else it is."""
    return str(control.get("type", "text") if control.tag == "input" else control.tag)


def names(form: Form) -> tuple[str, ...]:
    """The names of the fields that one sees, the third of a kind as the first."""
    seen = [one for one in form.controls() if kind_of(one) != "hidden" and one.tag != "button"]
    return tuple(sorted({_kind_of_name(control.get("name") or "") for control in seen}))


def mistakes(page: Page) -> dict[str, str]:
    """The names of the fields that an answer calls wrong, with what it says."""
    told = {}
    for link in page.find("//*[@role = 'alert']//a[starts-with(@href, '#')]"):
        for name in page.find(f"//*[@id = '{link.get('href')[1:]}']/@name"):
            told[str(name)] = words_of(link)
    return told


def given_back(page: Page, typed: dict[str, str]) -> None:
    """Raises AssertionError when a field of an answer is there again without what was typed into it."""
    given: dict[str, list[list[str]]] = {}
    for form in page.forms():
        for control, held in form.fields.items():
            if form.method == "post" and kind_of(control) in WORDS and held:
                given.setdefault(str(control.get("name")), []).append(tidy(held[0]))
    lost = {name for name, held in given.items() if name in typed and tidy(typed[name]) not in held} - SECRET
    assert not lost, (page.address, page.status, {name: (typed[name], given[name]) for name in lost})


def tidy(text: str) -> list[str]:
    """The lines of a text; runs of white space and what is no letter may be tidied up."""
    return [one_line(line) for line in text.splitlines() if one_line(line)]


def harmless(page: Page) -> Page:
    """The page, when nothing on it runs or leads to what runs."""
    assert not page.find(RUNS), (page.address, [str(getattr(one, "tag", one))[:200] for one in page.find(RUNS)])
    return page


def file_for(endpoint: str, name: str, suite: Suite, number: int) -> tuple[bytes, str]:
    """A small file that the field of that route takes, another one each time, under a name from the suite."""
    if name in {"sound", "voice"}:
        return wav_of(number), suite.name("wav")
    if endpoint.startswith("preparing."):
        return f"# Dự thảo {number}\n\nĐiều 1. Thu gom\n\n{suite.whole()}\n".encode(), suite.name("md")
    return made.pdf() + b"%" * number, suite.name("pdf")


def plain(said: str, attempt: int) -> str:
    """Something that a field takes of which a page says that it is wrong so."""
    today = clock.local_day(clock.now())
    answers = {
        "ngày/tháng/năm": today + timedelta(days=40),
        "chưa đến": today - timedelta(days=3),
        "đã qua": today + timedelta(days=40),
        "sau ngày": today + timedelta(days=90),
        "thư điện tử": f"thu{attempt}.{next(NUMBERS)}@example.vn",
        "điện thoại": "0912345678",
        "địa bàn": "Phường Bắc Kạn",
        "xã, phường": "Phường Bắc Kạn",
        "một số": "1",
        "ngôn ngữ": "km",
        "góp ý trong dự thảo": ("Điều 1", "1.1", "")[attempt],
        "Đoạn trích": "",
        "Địa chỉ chỉ gồm": f"dot-{next(NUMBERS)}",
        "này đã được dùng": f"dot-{next(NUMBERS)}",
    }
    told = said.rpartition(": ")[2]
    return str(next((words for part, words in answers.items() if part in told), f"thay-the-{next(NUMBERS)}"))


def _kind_of_name(name: str) -> str:
    return re.sub(r"[0-9a-f]{8}-[-0-9a-f]{27}|\b[0-9a-f]{20}\b|\d+", "n", name)


def _code(address: str) -> str:
    found = re.search(r"/tra-cuu/[^/]+/", address)
    return found[0] if found else ""


def _buttons(form: Form) -> list[str]:
    """What the buttons of a form are called; several of a kind, like one for each line, count once."""
    pressed = [one for one in form.controls() if one.tag == "button" and one.get("type", "submit") == "submit"]
    said = [one.get("value") or words_of(one) for one in pressed if one.get("disabled") is None]
    return list({_kind_of_name(one): one for one in reversed(said)}.values())[::-1]


def _choose(form: Form, control: Any, first: bool) -> None:
    """The first choice, or the last, where one must be made and none is."""
    kind, name = kind_of(control), control.get("name")
    if kind in {"radio", "checkbox"}:
        group = [one for one in form.controls() if kind_of(one) == kind and one.get("name") == name]
        if not any(form.fields[one] for one in group):
            chosen = group[0 if first else -1]
            form.fields[chosen] = [chosen.get("value", "on")]
    elif kind == "select" and form.fields[control] == [""]:
        values = [option.get("value") for option in control.iter("option") if option.get("value")]
        form.fields[control] = (values[:1] if first else values[-1:]) or [""]
    elif kind in {"date", "number"} and not any(form.fields[control]):
        form.fields[control] = ["2099-12-01" if kind == "date" else "1"]
