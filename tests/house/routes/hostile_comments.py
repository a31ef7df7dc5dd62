"""Sends comments of every hostile kind and opens every page and file on which they stand, each step within a few
seconds of the processor.

Run as a program of its own (`python -m tests.house.routes.hostile_comments URL FOLDER KIND…`), since nothing that has
begun to take the square of a length can be interrupted: what it was doing stands in what it has written last.
"""

import gc
import json
import math
import os
import re
import resource
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bench.form import ticket_in
from consult import clock
from consult.consultations.words import Disclosure
from consult.stages import Stage
from consult.submissions.inputs import CONSENT_VERSION
from tests.application import make_app
from tests.builders import make_consultation

LONGEST = 19_000
"""Letters of each field. Twenty thousand is the bound, and many marks upon one letter become a few more."""
SECONDS = 4
"""Of the processor, for one step: what is linear in nearly sixty thousand letters takes a tenth of one."""

AT_ONCE = 1
"""The same for what many comments together may cost whoever opens them."""
MANY = 16
"""Comments that come close to what a table may hold that is made while somebody waits."""

Step = Callable[[str, Callable[[], Any]], Any]

KINDS: dict[str, str] = {
    "blanks": " ",
    "tabs": "\t",
    "lines": "a\n",
    "empty lines": "\n",
    "one letter": "a",
    "one vowel": "ạ",
    "no spaces": "đườngvàoxã",
    "words of the clause": "hộ gia đình giao chất thải đúng ngày ",
    "two words": "đúng ngày ",
    "signs": ".,;:!?…-–—/*_~`|\\@#%&+=<>",
    "dots": ".",
    "brackets": "([{",
    "quotes": "“\"'”",
    "digits": "1",
    "numbers": "1.1) ",
    "marks": "\u0301\u0323",
    "letters with marks": "a\u0323\u0302\u0301",
    "joiners": "👩\u200d",
    "no width": "\u200b",
    "references": "khoản 1 Điều 2 ",
    "markup": "&lt;<b>",
    "formulas": "=1+\n",
}


CROWDS: dict[str, str] = {
    "many lines": "a\n",
    "many empty lines": "\n",
    "many lines of one blank": " \n",
    "many tabs": "\t",
    "many tabs between letters": "a\t",
    "many lines with tabs": "a\t\n",
    "many short lines": "đúng ngày\n",
    "many long lines": "hộ gia đình giao chất thải đúng ngày, đúng nơi, đúng giờ của tổ dân phố\n",
    "many words": "hộ gia đình ",
}
"""As KINDS, in each of many comments."""
TABLE = ("tong-hop/", "tong-hop.docx", "tong-hop.csv", "tong-hop.json")


def main(url: str, folder: Path, kinds: Sequence[str]) -> None:
    """Every step for these kinds of text, each on a matter of its own."""
    app = make_app(url, folder)
    _warm_up(app.test_client())
    for kind in kinds:
        with app.extensions["consult.database"].session() as session:
            slug = make_consultation(session, Stage.OPEN, now=clock.now(), disclosure=Disclosure.AT_ONCE).slug
        text = "a" + ((KINDS | CROWDS)[kind] * LONGEST)[: LONGEST - 2] + "b"
        if kind in CROWDS:
            _send_many_and_open(app.test_client(), slug, text, _steps_of(kind, AT_ONCE), _steps_of(kind))
        else:
            _send_and_open(app.test_client(), slug, text, _steps_of(kind))


def _warm_up(client: Any) -> None:
    """What a process reads and compiles when it is asked for the first time is none of what a comment costs."""
    for address in ("/", "/tim-kiem/?q=rac", "/api/v1/consultations"):
        _get(client, address)
    gc.collect()
    gc.freeze()


def _send_and_open(client: Any, slug: str, text: str, step: Step) -> None:
    here = f"/lay-y-kien/{slug}/"
    typed = {f"comments.0.{name}": text for name in ("text", "proposed", "reason")}
    page = step("form", lambda: _get(client, f"{here}gop-y/?tai=d2.k2"))
    typed |= {"ticket": ticket_in(page), "current": "0", "comments.0.anchor": "du-thao/1/d2.k2", "name": text[:280]}
    checked = step("check", lambda: _post(client, f"{here}gop-y/", {**typed, "do": "check"}))
    sent = {**typed, "ticket": ticket_in(checked), "do": "send"}
    receipt = step("send", lambda: _post(client, f"{here}gop-y/", sent))
    _work(client, step)
    for address in ("", "du-thao/1/", "y-kien/", "y-kien/?tai=d2", "y-kien/1/", "y-kien/thong-ke/", *TABLE, "so-lieu/"):
        step(address, lambda address=address: _get(client, here + address))  # type: ignore[misc]
    for address in (f"/nhat-ky/{slug}/", f"/api/v1/consultations/{slug}/comments", f"/tim-kiem/?q={quote(text[:300])}",
                    f"/tim-kiem/?q={quote(text)}", "/tim-kiem/?q=giao+rac"):  # fmt: skip
        step(address[:60], lambda address=address: _get(client, address))  # type: ignore[misc]
    code, secret = re.findall(r'<strong class="code">([0-9 -]+)<', receipt)
    status = f"/tra-cuu/{code.replace(' ', '')}/"
    found = step("status", lambda: _get(client, status))
    own = {"ticket": ticket_in(found), "ma_bi_mat": secret}
    assert "hidden" in step("own", lambda: _post(client, status, own))


def _send_many_and_open(client: Any, slug: str, text: str, step: Step, beside: Step) -> None:
    """The table as somebody is given it before any worker came, and after. What is done `beside` may take longer."""
    here, address = f"/lay-y-kien/{slug}/", f"/api/v1/consultations/{slug}/submissions"
    said = {"consent": CONSENT_VERSION, "comments": [{name: text for name in ("text", "proposed", "reason")}]}
    for number in range(MANY):
        key = {"Idempotency-Key": f"{slug[:8]}{number:024}"}
        sent = step("send", lambda key=key: client.post(address, json=said, headers=key))  # type: ignore[misc]
        assert sent.status_code == 201, sent.get_data(as_text=True)
    for path in TABLE:
        asked = step(path, lambda path=path: client.get(here + path))  # type: ignore[misc]
        assert asked.status_code in {200, 503}
    _work(client, beside)
    for path in ("", "y-kien/", *TABLE):
        step(f"made {path}", lambda path=path: _get(client, here + path))  # type: ignore[misc]


def _work(client: Any, step: Step) -> None:
    """What the worker does, and what it has others do beside it."""
    extensions = client.application.extensions
    while step("index", lambda: extensions["consult.worker"].work_once(clock.now())):
        pass
    step("table", lambda: extensions["consult.following_tables"].close(finish=True))


def _steps_of(kind: str, seconds: int = SECONDS) -> Step:
    def step(name: str, do: Callable[[], Any]) -> Any:
        print(json.dumps([kind, name]), flush=True)
        used = resource.getrusage(resource.RUSAGE_SELF)
        until = math.ceil(used.ru_utime + used.ru_stime) + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))
        return do()

    return step


def _get(client: Any, address: str) -> str:
    answer = client.get(address, follow_redirects=True)
    assert answer.status_code < 500, (address[:80], answer.status_code)
    return str(answer.get_data().decode("utf-8", "replace"))


def _post(client: Any, address: str, typed: dict[str, str]) -> str:
    answer = client.post(address, data=typed, follow_redirects=True)
    assert answer.status_code in {200, 303}, (address, answer.status_code, answer.get_data(as_text=True)[-3000:])
    return str(answer.get_data(as_text=True))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
    sys.stdout.flush()
    # Nor is what it takes to end: thousands of modules are not taken down within the bound of the last step.
    os._exit(0)
