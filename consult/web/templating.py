"""What templates may call beside their own inputs: sentences, dates in the local calendar, addresses."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote

from flask import Flask, current_app, has_request_context, request, url_for

from consult import clock, size_limits
from consult.catalogues import written_day
from consult.policy import Action
from consult.version import VERSION
from consult.web import context, guard, headers, markup
from consult.web.catalogue import say
from consult.web.files import assets, typesetting


def day(value: date | datetime | str | None) -> str:
    """A day as people write it: 21/3/2027, in English 21 March 2027; a moment is taken in Asia/Ho_Chi_Minh, a text is a
    day as JSON keeps it."""
    if not value:
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value)
    return written_day(local_day(value), context.language())


def moment(value: datetime | None) -> str:
    """An instant as people write it, local time: 10:35 21/3/2027, in English 10:35 21 March 2027."""
    return moment_in(value, context.language())


def moment_in(value: datetime | None, language: str) -> str:
    """The same in a language that is not that of the page."""
    if value is None:
        return ""
    local = value.astimezone(clock.LOCAL_ZONE)
    return f"{local:%H:%M} {written_day(local.date(), language)}"


def lasting(seconds: int) -> str:
    """How long a sound is, in minutes and seconds: 2:05."""
    return f"{seconds // 60}:{seconds % 60:02}"


def last_day(end: datetime) -> date:
    """The last day of a period that ends at the exclusive instant `end`."""
    return clock.local_day(end - timedelta(microseconds=1))


def local_day(value: date | datetime) -> date:
    """The local day of an instant; a day is one already."""
    return clock.local_day(value) if isinstance(value, datetime) else value


def until(end: datetime | None) -> str:
    """An exclusive end as it is shown: "hết ngày 21/3/2027"."""
    return say("time.until", day=day(last_day(end))) if end is not None else ""


def days_left(end: datetime, now: datetime) -> str:
    """How long there is left until the exclusive instant `end`: "còn 6 ngày", or that today is the last day."""
    if now >= end:
        return say("time.over")
    left = (last_day(end) - clock.local_day(now)).days
    return say("time.last_day") if left == 0 else say("time.days_left", days=left)


def localised(endpoint: str, **values: Any) -> str:
    """An address in the language of this page."""
    return url_for(endpoint, **values)


def switch_language_url() -> str:
    """This page in the other language."""
    query = request.query_string.decode("ascii", "ignore")
    path = quote(request.path, safe="/:@!$&'()*+,;=~") + (f"?{query}" if query else "")
    return path if context.language() == "en" else f"/en{path}"


def canonical(spoken: str = "") -> str:
    """The whole address of this page, in the language of the page or the one `spoken`; of its query only what makes it
    another page."""
    start = "/en" if (spoken or context.language()) == "en" else ""
    page = request.args.get("trang", "")
    path = quote(request.path, safe="/:@!$&'()*+,;=~") + (f"?trang={quote(page)}" if page else "")
    return f"{current_app.config['SITE_URL']}{start}{path}"


def shareable() -> bool:
    """Whether others may be shown the address of this page: it is about nobody, and was asked for by its address."""
    return has_request_context() and request.method == "GET" and not headers.about_one(request.path)


def may(action: str, matter: object = None) -> bool:
    """Whether the signed-in person may do the action named by its code."""
    return guard.may(Action(action), matter)


def not_offered(held: Any, choices: Iterable[Sequence[Any]]) -> list[str]:
    """The codes of what a field holds (one, or several) that are none of its choices, each once; nothing held is none.
    A list without them sends its first choice instead, and boxes nothing: whoever saves another field loses them."""
    several = held if isinstance(held, Iterable) and not isinstance(held, str) else [held]
    offered = {str(choice[0]) for choice in choices}
    codes = dict.fromkeys(str(one) for one in several if one is not None and one is not False)
    return [code for code in codes if code and code not in offered]


def _of_this_request() -> dict[str, str]:
    """`root`, the beginning of every address in the language of the page, wherever in a template it is asked for: what
    a frame sets is not yet known to the first lines of the pages that stand on it."""
    return {"root": request.script_root if has_request_context() else ""}


def register(app: Flask) -> None:
    """Gives templates the functions of this module."""
    app.context_processor(_of_this_request)
    spoken = {"_": markup.sentence, "gettext": markup.sentence, "ngettext": markup.counted, "_filled": markup.filled}
    app.jinja_env.globals.update(spoken, not_offered=not_offered)
    app.jinja_env.globals.update(
        say=say,
        localised=localised,
        in_vietnamese=markup.in_vietnamese,
        in_page_language=markup.in_page_language,
        vietnamese=markup.vietnamese,
        prose=markup.prose,
        asset=assets.address,
        switch_language_url=switch_language_url,
        days_left=days_left,
        canonical=canonical,
        shareable=shareable,
        last_day=last_day,
        local_day=local_day,
        may=may,
        language=context.language,
        VERSION=VERSION,
        file_limits=size_limits.of_files(app.config),
        SITE_NAME=app.config["SITE_NAME"],
        SITE_OWNER=app.config["SITE_OWNER"],
        owner=app.config["OWNER"],
        demo=app.config["DEMO"],
    )
    app.jinja_env.filters.update(day=day, moment=moment, until=until, lasting=lasting)
    app.jinja_env.filters.update(typeset=typesetting.quoted, typeset_language=typesetting.language)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
