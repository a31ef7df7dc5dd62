"""No act is silent by accident: every event, act and entry of the log says whom it tells, or why nobody."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from consult.ledger.kinds import KINDS
from consult.notices.who_is_told import ALL, OF_COMMENTS, OF_MATTERS, OF_PEOPLE, Nobody, Told, Whom
from consult.submissions.words import CommentActKind
from tests.house.rooms import CHECKOUT, modules, nodes_of
from tests.outbox.test_wiring import emitted

TEMPLATES = CHECKOUT / "templates" / "notices"
TOGETHER = {"answers", "several"}
OF_OPERATORS = {"failed", "operator/alert"}
DOCS = CHECKOUT / "docs" / "mails.md"
OF_PROGRAMMES = {
    "programme_agreed", "plan_agreed", "promise_made", "promise_changed", "promise_said", "promise_moved",
    "promise_ended", "round_step", "inspection_published", "exchange_agreed", "report_agreed", "practice_act",
    "area_criteria", "area_scored", "material_version", "survey_opened", "survey_published",
    "course_step", "case_joined", "case_reopened", "campaign_version", "campaign_result", "commendation_published",
    "commendation_withdrawn",
    "indicators_set", "result_confirmed",
}  # fmt: skip
WITHOUT_EVENT = {
    "brought_back", "epoch", "log_checkpoint", "proposals_bundled", "scan_set_aside", "majority_answered",
    *OF_PROGRAMMES,
}  # fmt: skip
"""Entries of the log that come beside an event, or from the command line, or change nothing that anybody waits for."""

EVENTS: dict[str, tuple[str, ...]] = {
    "comment_received": ("received",),
    "comment_changed": tuple(name for name in OF_COMMENTS if name not in ("received", "answered", *WITHOUT_EVENT)),
    "answers_published": ("answered",),
    "matter_published": ("published",),
    "body_asked": ("asked",),
    "bodies_reminded": ("reminded",),
    "matter_changed": (
        "extended",
        "answers_extended",
        "issued",
        "in_force",
        "year_later",
        "withdrawn_matter",
        "concluded",
        "revised",
        "submitted",
        "handed_to_appraisal",
        "signed_copy",
        "signed_copy_set_aside",
    ),
    "matter_closed_period": ("sealed",),
    "remarked": ("remarked", "second_word", "second_word_paper"),
}
"""What the events of matters tell of, by the names above; every other event is its own name."""


def mails() -> list[Told]:
    """Every mail of the rules."""
    return [one for rule in ALL.values() if not isinstance(rule, Nobody) for one in rule]


def calls(name: str) -> Iterator[tuple[Path, ast.Call]]:
    """Every call of a function of this name in the house."""
    for path in modules():
        for node in nodes_of(path):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == name:
                yield path, node


def test_every_event_says_whom_it_tells() -> None:
    told = {name for event in set(emitted()) for name in EVENTS.get(event, (event,))}
    assert told | WITHOUT_EVENT == set(ALL)
    assert set(EVENTS) <= set(emitted())


def test_every_act_on_a_comment_says_whom_it_tells() -> None:
    assert {kind.value for kind in CommentActKind} <= set(OF_COMMENTS)
    changes = set()
    for path, call in calls("tell"):
        if path.name in ("act_recording.py",) or len(call.args) < 4:
            continue
        change = call.args[3]
        assert isinstance(change, ast.Constant) or ast.unparse(change).endswith("kind.value"), (path, change)
        if isinstance(change, ast.Constant):
            changes.add(change.value)
    assert changes and changes <= set(OF_COMMENTS)


def test_every_change_of_a_matter_says_whom_it_tells() -> None:
    changes = set()
    for path, call in calls("emit"):
        if len(call.args) > 1 and ast.unparse(call.args[1]) == "'matter_changed'":
            [change] = [one.value for one in call.keywords if one.arg == "change"]
            assert isinstance(change, ast.Constant), path
            changes.add(change.value)
    assert changes == set(EVENTS["matter_changed"])


def test_every_entry_of_the_log_says_whom_it_tells() -> None:
    assert set(KINDS) <= set(OF_COMMENTS) | set(OF_MATTERS)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_mail_has_its_template_and_every_template_its_mail(language: str) -> None:
    wanted = {name for one in mails() for name in (one.template, one.letter) if name}
    folder = TEMPLATES / language
    there = {path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.txt")}
    assert there == wanted | TOGETHER | OF_OPERATORS


def test_no_line_of_a_mail_runs_into_the_next() -> None:
    """The end of a line is gone behind a block: a subject would go on with the salutation."""
    for path in sorted(TEMPLATES.glob("??/**/*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert not [line for line in lines if line.endswith("%}") and not re.fullmatch(r"\{%[^%]*%\}", line)], path


def test_whoever_sends_is_told_of_what_is_decided_of_it() -> None:
    """What the public log says of a comment or a matter is told, unless its sender did it or nothing was decided."""
    silent = {name for name, rule in {**OF_COMMENTS, **OF_MATTERS}.items() if isinstance(rule, Nobody)}
    assert silent == {
        "amended", "letter_amended", "withdrawn", "author_left", "name_hidden", "joined", "joining_withdrawn",
        "transcribed", "quarantined", "divided", "submitted", "sealed", "epoch", "log_checkpoint", "brought_back",
        "scan_set_aside", "majority_answered", "signed_copy", "signed_copy_set_aside",
        "erased", "closed_again", "proposals_bundled", *OF_PROGRAMMES,
    }  # fmt: skip


def test_the_docs_have_the_same_table() -> None:
    rows = [line for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert rows == [row(name) for names in (OF_COMMENTS, OF_MATTERS, OF_PEOPLE) for name in names]


def row(name: str) -> str:
    """The line of the table in the docs."""
    rule = ALL[name]
    if isinstance(rule, Nobody):
        return f"| `{name}` | – | {rule.why} |"
    whom = ", ".join(who.value for one in rule for who in one.whom)
    by = ", ".join(f"`{name}`" for one in rule for name in (one.template, one.letter) if name)
    return f"| `{name}` | {whom} | {by} |"


def test_every_kind_of_recipient_is_told_of_something() -> None:
    assert {who for one in mails() for who in one.whom} == set(Whom)
