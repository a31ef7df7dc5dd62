"""The two sums are partitions of everything received, whatever happens to whom and in whatever order."""

from types import ModuleType

from hypothesis import given, settings
from hypothesis import strategies as st

from consult.ledger import comment_entries
from tests.ledger.fake_site import FakeSite, salt_for

COMMENTS = 5
HASH = salt_for("any").hex()
ACTS = {
    "released": comment_entries.released,
    "withheld": lambda number: comment_entries.withheld(number, "personal_data"),
    "redacted": lambda number: comment_entries.redacted(number, "personal_data", HASH),
    "withdrawn": comment_entries.withdrawn,
    "invalid": lambda number: comment_entries.invalid(number, "off_topic"),
    "answered": lambda number: comment_entries.answered([number], number, 1, "accepted", HASH),
    "passed_on": lambda number: comment_entries.passed_on(1),
}
STORIES = st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(1, COMMENTS)), max_size=20)
OUTCOMES = ("withdrawn", "invalid", "answered")


@settings(deadline=None)
@given(STORIES)
def test_both_sums_are_partitions(verifier: ModuleType, story: list[tuple[str, int]]) -> None:
    site = FakeSite()
    for number in range(1, COMMENTS + 1):
        site.receive(number, "Ý kiến")
    for kind, number in story:
        site.add(ACTS[kind](number))
    replay = verifier.Replay(site.leaves)
    try:
        for index, text in enumerate(site.texts):
            replay.take(verifier.read_entry(index, text))
        replay.require_complete()
    except verifier.Failed:
        # More was passed on than was open: the only way in which this story can be impossible.
        assert any(kind == "passed_on" for kind, _ in story)
        return
    outcome, visibility = replay.outcome(), replay.visibility()
    assert (outcome["received"], visibility["total"]) == (COMMENTS, COMMENTS)
    assert (
        sum(outcome["invalid"].values())
        + sum(outcome[term] for term in ("withdrawn", "split", "passed_on", "answered", "awaiting"))
        == COMMENTS
    )
    assert (
        sum(visibility["withheld"].values()) + sum(visibility[term] for term in ("unreleased", "public", "redacted"))
        == COMMENTS
    )
    assert min(outcome["awaiting"], visibility["unreleased"]) >= 0
    check_each(replay.comments, story)


def check_each(comments: dict, story: list[tuple[str, int]]) -> None:
    """Each comment's term, worked out from the story alone."""
    for number, comment in comments.items():
        happened = [kind for kind, about in story if about == number and kind != "passed_on"]
        assert comment.outcome == next((kind for kind in OUTCOMES if kind in happened), "open")
        before = happened[: happened.index("withdrawn")] if "withdrawn" in happened else happened
        looks = [kind for kind in before if kind in ("released", "withheld", "redacted")]
        shown = {"released": "public"}.get(looks[-1], looks[-1]) if looks else "unreleased"
        assert comment.visibility == ("withheld" if "withdrawn" in happened else shown)
