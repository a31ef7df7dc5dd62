"""A body that was asked is past a day that was suggested to it, never overdue: the law lets it reply later. Only what
the administration owes is overdue."""

import re
from pathlib import Path

from tests.house.rooms import CHECKOUT

OVERDUE = re.compile(r"quá hạn|quá thời hạn|trễ hạn|overdue", re.IGNORECASE)
OWED = frozenset({
    "templates/about/questions.html",
    "templates/components/answer_due.html",
    "templates/components/notices.html",
    "templates/exports/period/desk.html",
    "templates/exports/period/tables.html",
    "templates/programme/proposals/index.html",
    "templates/reading/due/bodies.html",
    "templates/reading/due/figures.html",
    "templates/reading/participation_answers.html",
    "templates/reading/due/late.xml",
    "templates/programme/board/index.html",
    "templates/programme/sightings/index.html",
    "templates/programme/board/late.xml",
    "templates/programme/inspections/public_index.html",
    "templates/papers/programme/exchange_minutes.xml",
    "templates/papers/programme/programme_report.xml",
    "templates/programme/commendations/check.html",
    "templates/programme/exchanges/exchange.html",
    "templates/programme/exchanges/index.html",
    "templates/programme/exchanges/parts.html",
    "templates/programme/front/index.html",
    "templates/programme/front/programme.html",
    "templates/programme/promised/index.html",
    "templates/programme/words.html",
    "templates/notices/en/programme/promises.txt",
    "templates/notices/vi/programme/promises.txt",
    "templates/responses/desk/answers/extend.html",
    "templates/responses/desk/comment/set_apart.html",
    "templates/responses/desk/data_requests/index.html",
    "templates/responses/desk/data_requests/request.html",
    "templates/responses/desk/counted_filters.html",
    "templates/responses/desk/figures/matter.html",
    "templates/responses/desk/figures/units.html",
    "templates/responses/desk/index.html",
    "templates/responses/desk/letters/index.html",
    "templates/responses/desk/letters/letter.html",
    "templates/responses/desk/letters/parts.html",
    "templates/responses/desk/line.html",
    "templates/responses/second_words/word.html",
    "templates/consultations/desk/matters.html",
    "templates/notices/en/daily/work.txt",
    "templates/notices/vi/asked.txt",
    "templates/notices/vi/daily/work.txt",
})  # fmt: skip
"""Who speaks of an answer that is owed, or of what people asked of their data; and the letter that tells what the law
makes of silence after its term; and of tasks, recommendations, remedies and cases that a body owes (`programme/`)."""
ROOMS_OF_ANSWERS = (
    "responses/answers",
    "responses/data_requests",
    "responses/desk",
    "responses/figures",
    "responses/letters",
    "responses/statistics",
    "reading/due",
    "consultations/matter",
    "exports/period",
    "programme/exchanges",
    "programme/reporting",
    "work",
)
"""Where code counts the days of answers, and of requests about personal data."""


def found_in(folder: str, endings: tuple[str, ...]) -> set[str]:
    """The files below a folder that call something overdue."""
    files = [path for path in (CHECKOUT / folder).rglob("*") if path.suffix in endings]
    return {_name(path) for path in files if OVERDUE.search(path.read_text(encoding="utf-8"))}


def test_no_page_or_mail_calls_a_body_that_was_asked_overdue() -> None:
    assert found_in("templates", (".html", ".txt", ".xml", ".typ")) <= OWED


def test_no_code_does() -> None:
    rooms = tuple(f"consult/{room}/" for room in ROOMS_OF_ANSWERS)
    assert not {name for name in found_in("consult", (".py",)) if not name.startswith(rooms)}


def _name(path: Path) -> str:
    return path.relative_to(CHECKOUT).as_posix()
