"""The lines that `make mutants` breaks: what is there, what takes its place, and the tests that should notice."""

from typing import NamedTuple


class Line(NamedTuple):
    """`before` stands once in `file`; `tests` are arguments of pytest."""

    file: str
    before: str
    after: str
    tests: str


ACTS, STATE = "tests/submissions/test_acts.py", "tests/submissions/test_state.py"

LINES = (
    # Who may.
    Line(
        "consult/policy/__init__.py",
        "action in STAGED and action not in ALLOWS[stage]:",
        "False:",
        "tests/consultations/test_stages.py",
    ),
    Line(
        "consult/policy/__init__.py",
        "Stage.RESPONDING if stage is Stage.OPEN and matter.sealed_at is not None else stage",
        "stage",
        "tests/responses/test_sealing.py",
    ),
    Line("consult/submissions/acts/decisions.py", "if one.version.at > act.at:", "if False:", ACTS),
    Line("consult/submissions/acts/decisions.py", "if act.by_id == actor.user_id:", "if False:", ACTS),
    # What is public.
    Line(
        "consult/submissions/comments/outcome.py",
        "effective = [act for act in acts if act.effective_at is not None]",
        "effective = list(acts)",
        f"{STATE} {ACTS}",
    ),
    Line(
        "consult/submissions/comments/outcome.py",
        "effective = {act.kind for act in acts if act.effective_at is not None}",
        "effective = {act.kind for act in acts}",
        f"{STATE} {ACTS}",
    ),
    Line(
        "consult/submissions/comments/outcome.py",
        "CommentAct.kind == kind, CommentAct.effective_at.is_not(None))",
        "CommentAct.kind == kind)",
        f"{STATE} {ACTS}",
    ),
    Line(
        "consult/submissions/comments/outcome.py",
        "and act.effective_at >= changed_at]",
        "]",
        f"{STATE} {ACTS}",
    ),
    Line(
        "consult/submissions/receiving/anchor_resolution.py",
        'bindparam("consultation"), Revision.published_at.is_not(None))',
        'bindparam("consultation"))',
        "tests/submissions/test_receiving.py",
    ),
    Line(
        "consult/reading/comments/filters.py",
        'f"{anchor.path}.", autoescape',
        'f"{anchor.path}", autoescape',
        "tests/reading/test_comment_pages.py",
    ),
    Line(
        "consult/responses/answers/public_sums.py",
        ".where(CommentAct.effective_at >= changed.c.at, CommentAct.comment_id.not_in(withdrawn))",
        ".where(CommentAct.effective_at >= changed.c.at)",
        "tests/responses/test_sums.py",
    ),
    # What is in time, and taken once.
    Line("consult/web/tickets.py", "named != scope or ", "", "tests/web/test_tickets.py"),
    Line("consult/web/tickets.py", "not 0 <= age <= ", "not 0 <= ", "tests/web/test_tickets.py"),
    Line("consult/web/arrival/resubmission.py", "if held == _held():", "if held:", "tests/spine/test_second_try.py"),
    Line(
        "consult/web/context.py",
        "min(arrived_at(), moment)",
        "moment",
        "tests/web/test_tickets.py",
    ),
    Line(
        "consult/web/arrival/arrived_at.py",
        "return max(moment, now - LONGEST_WAY)",
        "return moment",
        "tests/web/test_arriving.py tests/spine/test_second_try.py",
    ),
    # What is kept and given to all.
    Line("consult/web/page_cache.py", 'name.lower() != "set-cookie"', "True", "tests/reading/test_page_cache.py"),
    Line(
        "consult/web/page_cache.py",
        "return environ[LANGUAGE], path, urlencode(parts)",
        'return "vi", path, urlencode(parts)',
        "tests/reading/test_page_cache.py",
    ),
    # What no log of errors holds, and what a database must not lose.
    Line("consult/db.py", "            session.expire_all()", "            pass", "tests/spine/test_database.py"),
    Line(
        "consult/db.py",
        "return value.replace(tzinfo=UTC) if value.tzinfo is None else",
        "return value if value.tzinfo is None else",
        "tests/spine/test_database.py",
    ),
    Line("consult/sqlite.py", '"BEGIN IMMEDIATE" if', '"BEGIN" if', "tests/spine/test_database.py"),
    Line("consult/sqlite.py", "fcntl.flock(descriptor, fcntl.LOCK_EX)", "pass", "tests/spine/test_database.py"),
)
