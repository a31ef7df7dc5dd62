"""The kinds of entries in one table: entries, replay, the outsiders' verifier and docs/ledger.md all say the same."""

import inspect
import re
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.ledger import comment_entries, entries, programme_entries, site_entries, survey_entries
from consult.ledger.entries import Act, written
from consult.ledger.kinds import KINDS, OUTCOMES, wrong_fields
from consult.ledger.models import LedgerEntry
from consult.submissions.receiving.service import receive
from consult.submissions.words import CommentActKind
from consult.transparency.replay import Log, LoggedComment
from consult.transparency.row_reading import Tampered
from consult.transparency.verification import log as verifying_log
from tests.house.rooms import CHECKOUT
from tests.ledger.fake_site import NOW, FakeSite, salt_for
from tests.submissions.rows import CODES, MIDWAY, SIGNER, matter, new

HASH = salt_for("any").hex()
DONE: dict[str, Act] = {
    "extended": entries.extended("public", NOW, "Theo đề nghị."),
    "withdrawn_matter": entries.withdrawn_matter("Không làm nữa."),
    "amended": comment_entries.amended(1, 2, HASH),
    "withdrawn": comment_entries.withdrawn(1),
    "transcribed": comment_entries.transcribed(1, 1, HASH),
    "released": comment_entries.released(1),
    "withheld": comment_entries.withheld(1, "insult"),
    "redacted": comment_entries.redacted(1, "insult", HASH),
    "invalid": comment_entries.invalid(1, "off_topic"),
    "moved": comment_entries.moved(1, 2, None, HASH),
    "passed_on": comment_entries.passed_on(1),
    "answered": comment_entries.answered([1], 1, 1, "accepted", HASH),
}
"""One entry of each kind that may follow a comment that nobody has joined or split."""


def test_the_verifier_has_the_same_kinds_with_the_same_fields(verifier: ModuleType) -> None:
    assert {kind: frozenset(tests) for kind, tests in verifier.KINDS.items()} == {
        kind: own.fields for kind, own in KINDS.items()
    }


def test_the_page_of_the_log_has_the_same_kinds_with_the_same_fields() -> None:
    text = (CHECKOUT / "docs" / "ledger.md").read_text("utf-8")
    table = text[text.index("| kind | fields | meaning |") : text.index("`documents` is an array")]
    told = {}
    for kind, fields in re.findall(r"^\| `([a-z_]+)` \| (.*?) \| ", table, re.M):
        told[kind] = frozenset(re.findall(r"`([a-z_]+)`", re.sub(r"\([^)]*\)", "", fields)))
    assert told == {kind: own.fields for kind, own in KINDS.items()}


def test_the_pages_of_the_site_have_words_for_every_kind() -> None:
    words = (CHECKOUT / "templates/transparency/words.html").read_text("utf-8")
    assert set(re.findall(r"entry\.kind == '([a-z_]+)'", words)) == set(KINDS)


def test_there_is_a_function_for_every_kind() -> None:
    made = {
        name
        for name, one in (
            vars(entries) | vars(comment_entries) | vars(programme_entries) | vars(survey_entries) | vars(site_entries)
        ).items()
        if inspect.isfunction(one) and one.__annotations__.get("return") is Act
    }
    assert made == set(KINDS)


@pytest.mark.parametrize("kind", DONE)
def test_a_kind_has_the_effect_on_the_sums_that_the_table_says(verifier: ModuleType, kind: str) -> None:
    before, after = FakeSite(), FakeSite()
    for site in (before, after):
        site.receive(1, "Ý kiến")
        site.receive(2, "Ý kiến khác")
    after.add(DONE[kind])
    sums = [both(verifier, site) for site in (before, after)]
    assert (sums[0] != sums[1]) is (KINDS[kind].changes_sums and kind != "amended")
    outcome, visibility = sums[1]
    term = KINDS[kind].outcome
    assert not term or outcome[term] in (1, {"off_topic": 1})
    seen = KINDS[kind].visibility
    assert not seen or visibility[seen] in (1, 2, {"insult": 1}, {"withdrawn": 1})


def both(verifier: ModuleType, site: FakeSite) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both sums as the verifier counts them, which are those of the site's own replay."""
    replay = verifier.Replay(site.leaves)
    told = [verifier.read_entry(index, text) for index, text in enumerate(site.texts)]
    for entry in told:
        replay.take(entry)
    own = Log(told)
    assert (own.outcome(), own.visibility()) == (replay.outcome(), replay.visibility())
    return replay.outcome(), replay.visibility()


def test_outcomes_are_those_of_the_table() -> None:
    terms = {own.outcome for own in KINDS.values()}
    assert set(OUTCOMES) == terms - {"", "open", "passed_on"}


@pytest.mark.parametrize(
    "act",
    [
        Act("x_future", {"anything": 1}),
        Act("released", {}),
        Act("released", {"reason": "x"}, 1),
        Act("received", {"submission": 1}, 1),
    ],
)
def test_the_site_writes_no_other_kinds_and_no_other_fields(act: Act) -> None:
    with pytest.raises(ValueError, match="kind|fields"):
        written(act, 0, NOW)


def test_the_site_names_what_it_did_not_write_itself(session: Session) -> None:
    consultation = matter(session)
    receive(session, consultation, new(), MIDWAY, SIGNER, CODES)
    last = session.scalars(select(LedgerEntry).order_by(LedgerEntry.index.desc())).first()
    assert last is not None
    original, kind = last.body, last.kind
    for body, said in (
        (original.replace('"kind":"received"', '"kind":"x_future"'), "entry 0: its kind is 'x_future'"),
        (original.replace('"v":1}', '"v":1,"x_more":2}'), "fields of 'received': x_more"),
        (original.replace('"channel":"web",', ""), "fields of 'received': channel"),
    ):
        assert body != original
        last.body, last.kind = body, "x_future" if "x_future" in body else kind
        session.flush()
        with pytest.raises(Tampered, match=said):
            verifying_log.entries(session, consultation.id)
    session.rollback()


def test_why_fields_are_wrong_is_said_whole() -> None:
    assert wrong_fields("released", frozenset({"v", "index", "kind", "at", "comment"})) == ""
    assert wrong_fields("released", frozenset({"v", "index", "kind", "why"})).endswith("at, comment, why")


def test_what_is_no_act_on_a_comment_is_read_beside_its_acts() -> None:
    """Whatever is among the acts of a comment needs an act of the desk or of its sender, or the matter is called
    tampered."""
    acts = {kind.value for kind in CommentActKind}
    for kind, one in KINDS.items():
        if "comment" not in one.fields or kind in {"received", "answered", "amended"}:
            continue
        told = LoggedComment({})
        told.take(dict.fromkeys(one.fields, 1) | {"kind": kind})
        assert not told.acts or kind in acts, kind
