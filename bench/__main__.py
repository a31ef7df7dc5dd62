"""`make bench`, or `python -m bench [--quick]`: measures, prints, and ends by itself within ten minutes."""

import argparse
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import func, select

from bench import form, grouping, many, plans, report, statements, tables
from bench.application import EMPTY
from bench.generators import Generators, Measured, generators, get
from bench.matter import Bench, begin
from bench.site import ROOT, environment, served
from consult.people.words import Role
from consult.search.handlers import IndexHandlers
from consult.sign_in import sessions
from consult.submissions.models import Submission

FEW, MANY = 200, 2_000
WORDS = ("moi%20truong", "dat", "rac%20thai", "h%E1%BB%97%20tr%E1%BB%A3", "ho%20gia%20dinh", "ph%C3%A2n%20lo%E1%BA%A1i")
NOTHING_KEPT = {"CONSULT_PAGE_CACHE_BYTES": "0"}
"""The setting of a site that has no room for pages, and so makes each anew."""


def main() -> int:
    """Prints the tables; 0 when everything wanted is reached, 1 when something is below."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round: to see that everything still runs")
    parser.add_argument("--comments", type=int, default=0,
                        help="also every page with so many comments, 2000 or more, on both databases")  # fmt: skip
    asked = parser.parse_args()
    quick = asked.quick
    rounds, seconds, sent = (1, 0.7, 600) if quick else (5, 1.6, 1_200)
    pairs: dict[str, many.Pair] = {}
    with tempfile.TemporaryDirectory(prefix="consult-bench-") as name:
        folder = Path(name)
        given = environment(folder)
        made, counts = prepare(given)
        with served({**given, **NOTHING_KEPT}) as port, generators(port) as load:
            empty_anew, anew = repeated(load, made_each_time(made), rounds, seconds)
        with served(given) as port, generators(port) as load:
            empty, rows = measure(load, made.slug, rounds, seconds, sent)
            if not quick:
                great = many.begin(made, datetime.now(UTC))
                pairs = many.measure(load, made.slug, great.slug, WORDS, 2 * rounds, seconds / 2)
        _check_kept(made, sum(len(one.times) for one in (rows["durable submission"],)))
    rates = report.rates(empty, rows), report.rates(empty_anew, anew)
    print(report.heading(MANY), *rates, report.statements(FEW, MANY, *counts), sep="\n\n")
    print("", *grouping.table(2_000 if quick else grouping.SIZE // 4), sep="\n")
    files, slow = tables.table(FEW if quick else tables.SHORT, tables.HELD_TO)
    print("", *files, sep="\n")
    if pairs:
        print("", many.table(pairs, MANY), sep="\n")
    held, wrong = plans.table(asked.comments) if asked.comments else ([], [])
    print("", *held, sep="\n")
    below = [*wrong, *report.verdicts(empty, rows), *report.verdicts(empty_anew, anew), *many.verdicts(pairs), *slow]
    print("", *below, sep="\n")
    return 1 if below and not quick else 0


def prepare(given: dict[str, str]) -> tuple[Bench, tuple[dict[str, int], dict[str, int]]]:
    """The matter with all its comments and the search index; the statements of each page with few and with many."""
    subprocess.run(
        [sys.executable, "-m", "flask", "--app", "consult", "db", "upgrade"],
        cwd=ROOT, env=given, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    now = datetime.now(UTC)
    made = begin(given, now)
    made.fill(FEW, now)
    before = count(made, now)
    made.fill(MANY - FEW, now)
    after = count(made, now)
    made.app.extensions["consult.database"].engine.dispose()
    return made, (before, after)


def count(made: Bench, now: datetime) -> dict[str, int]:
    """The statements of each page, the index being up to date."""
    with made.app.extensions["consult.database"].session() as session:
        IndexHandlers(made.app.extensions["consult.search"]).rebuild(session, now)
    start, client = f"/lay-y-kien/{made.slug}", made.app.test_client()
    pages = {
        "reading page, from the cache": f"{start}/du-thao/1/",
        "reading page, made": f"{start}/du-thao/1/",
        "overview, made": f"{start}/",
        "comment list, made": f"{start}/y-kien/",
        "one comment, made": f"{start}/y-kien/1/",
        "comment form": form.address(made.slug),
        "search": f"/tim-kiem/?q={WORDS[0]}",
    }
    client.get(pages["reading page, from the cache"])
    client.get(pages["search"])
    counts = {}
    for name, path in pages.items():
        if name != "reading page, from the cache":
            forget_pages(made)
        counts[name] = statements.statements(made.app, client, path)
    client.get(pages["reading page, from the cache"])
    officer = signed_in(made, now)
    counts["reading page, signed in"] = statements.statements(made.app, officer, pages["reading page, from the cache"])
    forget_pages(made)
    counts["reading page, signed in, made"] = statements.statements(made.app, officer, pages["reading page, made"])
    ticket = form.ticket_in(client.get(form.address(made.slug), follow_redirects=True).get_data(as_text=True))
    counts["sending the form"] = statements.statements(
        made.app, client, form.address(made.slug), method="POST", data=form.body(ticket, 1),
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip
    return counts


def forget_pages(made: Bench) -> None:
    """Empties what the bench's own site keeps, so that the next page is made anew."""
    for room in ("consult.page_cache", "consult.search_pages"):
        made.app.extensions[room].clear()


def made_each_time(made: Bench) -> dict[str, list[str]]:
    """The pages that are also measured where nothing is kept, for anybody and for an officer."""
    start = f"/lay-y-kien/{made.slug}"
    officer = cookie_of(made, signed_in(made, datetime.now(UTC)))
    made.app.extensions["consult.database"].engine.dispose()
    return {
        "reading page, made each time": [get(f"{start}/du-thao/1/")],
        "comment list, made each time": [get(f"{start}/y-kien/")],
        "reading page, signed in, made": [as_officer(f"{start}/du-thao/1/", officer)],
        "comment list, signed in, made": [as_officer(f"{start}/y-kien/", officer)],
        "search, made each time": [get(f"/tim-kiem/?q={words}") for words in WORDS],
    }


def repeated(
    load: Generators, pages: dict[str, list[str]], rounds: int, seconds: float
) -> tuple[Measured, dict[str, Measured]]:
    """The empty view and every page in turn, round after round."""
    empty, rows = Measured(), {name: Measured() for name in pages}
    for turn in range(-1, rounds):
        for one, requests in ((empty, [get(EMPTY)]), *((rows[name], pages[name]) for name in pages)):
            # The first round only warms up.
            load.repeat(Measured() if turn < 0 else one, requests, 0.3 if turn < 0 else seconds)
    return empty, rows


def cookie_of(made: Bench, client: FlaskClient) -> str:
    """The session of who is signed in, as a request carries it."""
    kept = client.get_cookie(made.app.config["SESSION_COOKIE_NAME"])
    assert kept is not None
    return f"{kept.key}={kept.value}"


def as_officer(path: str, cookie: str) -> str:
    """The request of somebody signed in for an address."""
    return get(path).replace("\r\n\r\n", f"\r\nCookie: {cookie}\r\n\r\n")


def signed_in(made: Bench, now: datetime) -> FlaskClient:
    """An officer of the matter, signed in."""
    client, user_id = made.app.test_client(), made.desk[Role.OFFICER].user_id
    assert user_id is not None
    with made.app.extensions["consult.database"].session() as session:
        token = sessions.begin(session, user_id, "bench", now)
    with client.session_transaction() as kept:
        kept["_user_id"], kept["_fresh"] = token, True
    return client


def measure(
    load: Generators, slug: str, rounds: int, seconds: float, sent: int
) -> tuple[Measured, dict[str, Measured]]:
    """Every address in turn, round after round, each round with its own empty view. `sent` is how many submissions are
    ready for each round."""
    start = f"/lay-y-kien/{slug}"
    kept = {
        "reading page": [get(f"{start}/du-thao/1/")],
        "comment list": [get(f"{start}/y-kien/")],
        "search": [get(f"/tim-kiem/?q={words}") for words in WORDS],
    }
    empty, rows = Measured(), {name: Measured() for name in (*kept, "durable submission")}
    tickets = form.sending(load.port, slug, (rounds + 1) * sent)
    for request in (get(EMPTY), *(requests[0] for requests in kept.values())):
        load.repeat(Measured(), request, 0.3)
    load.once(Measured(), tickets[rounds * sent :], 0.3)
    for turn in range(rounds):
        load.repeat(empty, get(EMPTY), seconds)
        for name, requests in kept.items():
            load.repeat(rows[name], requests, seconds)
        # More tickets than the seconds last for: as with every other row, nobody waits for the slowest at the end.
        load.once(rows["durable submission"], tickets[turn * sent : (turn + 1) * sent], seconds)
    return empty, rows


def _check_kept(made: Bench, acknowledged: int) -> None:
    """What was acknowledged is in the database: otherwise the figures would be of nothing."""
    with made.app.extensions["consult.database"].session() as session:
        kept = session.scalar(select(func.count()).select_from(Submission)) or 0
    if kept < acknowledged + MANY // 5:
        raise RuntimeError(f"{acknowledged} submissions were acknowledged, but the database holds only {kept}")


if __name__ == "__main__":
    sys.exit(main())
