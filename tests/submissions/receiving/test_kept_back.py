"""Which words are the very words that were kept back."""

import pytest

from consult.submissions.inputs import CommentInput
from consult.submissions.receiving import kept_back
from consult.submissions.receiving.kept_back import Decision, KeptBack


@pytest.mark.parametrize(("text", "same"), [("", False), ("Lời xúc phạm", True)])
def test_what_says_nothing_in_writing_is_no_repetition(text: str, same: bool) -> None:
    """A second recording of somebody whose first was withheld, or whose words were erased, is heard by itself."""
    said = CommentInput(text, None)
    kept = KeptBack(1, None, "Hoa", kept_back.words_of(said), Decision(None, None, "insult"))
    assert (kept_back.same([kept], said) is kept) is same
