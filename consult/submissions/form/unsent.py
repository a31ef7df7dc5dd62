"""Forms that are being filled in: each waits for an hour under its ticket, so that every step of it is an address
of its own, and Back, forward, reload and a second tab find what was typed last."""

import hashlib
import json
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from consult import clock
from consult.clock import Uptime
from consult.files.places.opening import Where, place_at
from consult.submissions.form.forms import CommentForm
from consult.submissions.form.forms_comment import FormComment

KEPT = timedelta(hours=1)
BEFORE = 12
"""Signs of a hash that tell a comment from what it was."""
SENDER = ("name", "publish_name", "area", "area_id", "area_of", "contact")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Step:
    """A page of the form with all that it holds: `write`, `who`, `check` or `choose`. `errors`, `notice` (why it
    was not sent yet), `arrived` (when that first came) and `status` are those of the page that answers what was
    sent; `sent_under` is the ticket under which the same form was received before."""

    page: str
    form: CommentForm
    errors: Mapping[str, str] = field(default_factory=dict)
    notice: str = ""
    arrived: str = ""
    status: int = 200
    sent_under: str = ""


class UnsentForms:
    """Forms at a place of their own, each in a file whose name is a hash of its ticket's key: in its first line since
    when it waits, by a clock that nobody puts right, and then the form."""

    def __init__(self, where: Where, uptime: Callable[[], Uptime] = clock.uptime) -> None:
        self.place = place_at(where)
        self.uptime = uptime

    def keep(self, key: str, step: Step, now: datetime) -> None:
        """Keeps a step under `key` from `now` on, in the place of what stood there. A form need not outlive a power
        cut."""
        since = json.dumps(clock.noted(now, self.uptime()))
        said = json.dumps(asdict(step), ensure_ascii=False)
        self.place.write(_named(key), f"{since}\n{said}".encode(), durable=False)

    def find(self, key: str, now: datetime) -> Step | None:
        """What was kept under `key` last; None when nothing was, or too long ago."""
        try:
            waited, said = self._read(_named(key), now)
            if waited > KEPT:
                return None
            held = json.loads(said)
        except (FileNotFoundError, ValueError):
            return None
        form = held.pop("form")
        comments = tuple(FormComment(**one) for one in form.pop("comments"))
        tuples = {"comments": comments, "also": tuple(form.get("also", ())), "steps": ("", "")}
        return Step(form=CommentForm(**{**form, **tuples}), **held)

    def drop(self, key: str) -> None:
        """Lets go of what was received. Where that cannot be it goes within the hour: the receipt is not held up."""
        try:
            self.place.remove(_named(key))
        except OSError:
            log.warning("a form that was received could not be let go yet")

    def sweep(self, _session: Any, now: datetime) -> None:
        """Lets go of every form that nobody went on with."""
        before = (now - KEPT).timestamp()
        for old in [one.name for one in self.place.listed() if one.modified < before]:
            # Its file may look old because the clock was put ahead meanwhile.
            with suppress(FileNotFoundError):
                if self._waited(old, now) > KEPT:
                    self.place.remove(old)

    def _waited(self, name: str, now: datetime) -> timedelta:
        try:
            return self._read(name, now)[0]
        except ValueError:
            return timedelta.max

    def _read(self, name: str, now: datetime) -> tuple[timedelta, bytes]:
        """How long what is kept there has waited, and what it is; as an earlier release kept it, without its first
        line, by the age of its file. Raises FileNotFoundError, ValueError."""
        first, _, said = self.place.read(name).partition(b"\n")
        if not said:
            return timedelta(seconds=now.timestamp() - self.place.modified(name)), first
        return clock.waited(json.loads(first), now, self.uptime()), said


def _named(key: str) -> str:
    return f"{hashlib.sha256(key.encode()).hexdigest()}.json"


def seen(form: CommentForm) -> str:
    """What a page shows of a form, as its next step says it: a hash of each comment, of the files and of the sender."""
    sender = [getattr(form, name) for name in SENDER]
    return ".".join([*(_hash(asdict(one)) for one in form.comments), _hash(form.files), _hash(sender)])


def laid_over(sent: CommentForm, newest: CommentForm) -> CommentForm:
    """What was sent from one page when the form was changed on another meanwhile: `newest`, with what was typed on this
    page. A comment that both changed is kept twice."""
    was, now = sent.seen.split("."), seen(newest).split(".")
    comments, current = list(newest.comments), newest.current
    for place, comment in enumerate(sent.comments):
        before, after = was[place] if place < len(was) - 2 else "", _hash(asdict(comment))
        if after == before or after in now[:-2]:
            continue
        if before in now[:-2]:
            target = now.index(before)
            comments[target] = comment
        else:
            target = len(comments)
            comments.append(comment)
        current = target if place == sent.current else current
    typed = seen(sent).split(".")
    files = newest.files if typed[-2] == was[-2:][0] else sent.files
    sender = newest if typed[-1] == was[-1] else sent
    own = {name: getattr(sender, name) for name in SENDER}
    return replace(sent, comments=tuple(comments), current=min(current, len(comments) - 1), files=files, **own)


def _hash(said: Any) -> str:
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()[:BEFORE]
