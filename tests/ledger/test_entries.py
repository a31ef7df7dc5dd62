"""The bytes of entries, as docs/ledger.md writes them: canonical JSON, moments in UTC to the second, codes as codes."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from consult.ledger import comment_entries, entries
from consult.ledger.entries import Act, Anchor, written

IN_HANOI = datetime(2026, 11, 23, 10, 4, 5, 999_999, tzinfo=timezone(timedelta(hours=7)))
AT = '"at":"2026-11-23T03:04:05Z"'
HASH = "0f" * 32
FOUR = {"text": HASH, "identity": "1" * 64, "contact": "2" * 64, "attachments": "3" * 64}


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (comment_entries.released(17), f'{{{AT},"comment":17,"index":4,"kind":"released","v":1}}'),
        (comment_entries.withdrawn(17), f'{{{AT},"comment":17,"index":4,"kind":"withdrawn","v":1}}'),
        (comment_entries.author_left(17), f'{{{AT},"comment":17,"index":4,"kind":"author_left","v":1}}'),
        (comment_entries.joined(17, 3), f'{{{AT},"comment":17,"index":4,"joiner":3,"kind":"joined","v":1}}'),
        (
            comment_entries.withheld(17, "insult"),
            f'{{{AT},"comment":17,"index":4,"kind":"withheld","reason":"insult","v":1}}',
        ),
        (
            comment_entries.redacted(17, "insult", HASH),
            f'{{{AT},"comment":17,"index":4,"kind":"redacted","reason":"insult","text":"{HASH}","v":1}}',
        ),
        (
            comment_entries.amended(17, 2, HASH),
            f'{{{AT},"comment":17,"index":4,"kind":"amended","text":"{HASH}","v":1,"version":2}}',
        ),
        (
            comment_entries.split(17, [20, 18, 19]),
            f'{{{AT},"comment":17,"index":4,"into":[18,19,20],"kind":"split","v":1}}',
        ),
        # Which ones were passed on is not said: another law protects who wrote them.
        (comment_entries.passed_on(2), f'{{{AT},"count":2,"index":4,"kind":"passed_on","v":1}}'),
        (
            entries.withdrawn_matter("Soạn lại."),
            f'{{{AT},"index":4,"kind":"withdrawn_matter","reason":"Soạn lại.","v":1}}',
        ),
        (
            comment_entries.answered([17, 3], 2, 1, "accepted", HASH),
            f'{{{AT},"comments":[3,17],"disposition":"accepted","hash":"{HASH}","index":4,"kind":"answered",'
            '"response":2,"v":1,"version":1}',
        ),
        (
            entries.sealed(9, b"\x0f" * 32, 7),
            f'{{{AT},"index":4,"kind":"sealed","received":7,"root":"{HASH}","size":9,"v":1}}',
        ),
        (
            comment_entries.received(17, 9, "comment", "web", date(2026, 11, 23), Anchor(1, 2, "d1.k2"), FOUR),
            '{"anchor":{"document":1,"page":null,"path":"d1.k2","quote":false,"revision":2},'
            f'{AT},"channel":"web","comment":17,"commitments":{{"attachments":"{"3" * 64}","contact":"{"2" * 64}",'
            f'"identity":"{"1" * 64}","text":"{HASH}"}},"day":"2026-11-23","index":4,"kind":"received",'
            '"part_of":null,"submission":9,"submission_kind":"comment","v":1}',
        ),
        (
            entries.extended("public", datetime(2026, 12, 14, 17, tzinfo=UTC), "Thêm thời gian"),
            f'{{{AT},"audience":"public","closes":"2026-12-14T17:00:00Z","index":4,"kind":"extended",'
            '"reason":"Thêm thời gian","v":1}',
        ),
    ],
    ids=lambda given: given.kind if isinstance(given, Act) else "",
)  # fmt: skip
def test_the_bytes_are_the_documented_ones(act: Act, expected: str) -> None:
    assert written(act, 4, IN_HANOI).decode() == expected


def test_what_is_no_entry_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        written(comment_entries.released(1), 0, datetime(2026, 11, 23))
    for reason in ("Xúc phạm", "", "INSULT", "1st", "two words"):
        with pytest.raises(ValueError, match="not a code"):
            comment_entries.withheld(1, reason)
    for missing in FOUR:
        left = {name: value for name, value in FOUR.items() if name != missing}
        with pytest.raises(ValueError, match="commits to exactly"):
            comment_entries.received(1, 1, "comment", "web", date(2026, 11, 23), None, left)
    with pytest.raises(ValueError, match="a path or a page"):
        comment_entries.received(1, 1, "comment", "web", date(2026, 11, 23), Anchor(1, 1, "d1", 7), FOUR)
    with pytest.raises(ValueError, match="at least one"):
        comment_entries.passed_on(0)
