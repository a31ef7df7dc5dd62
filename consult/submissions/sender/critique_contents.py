"""Which contents of a critique that are comments of their own change, are added or are taken out when it is amended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from consult.submissions.inputs import CommentInput
from consult.submissions.models import Comment
from consult.submissions.receiving.critique_parts import CritiqueTexts, answerable_parts
from consult.submissions.words import CritiquePart


@dataclass(frozen=True)
class Contents:
    """The comments whose words change, with the new ones; what is said that was not; the comments said no more."""

    changed: Mapping[int, str]
    added: tuple[CommentInput, ...] = ()
    gone: frozenset[int] = frozenset()


def differing(comments: Sequence[Comment], before: CritiqueTexts, after: CritiqueTexts) -> Contents:
    """What becomes of the `comments` of a critique, by their numbers. Contents that say the same are the same ones; so
    many as stand in the place of others are these in other words."""
    points = sum(one.critique_part is None for one in comments)
    old, new = (_by_part(answerable_parts(one, points)) for one in (before, after))
    changed: dict[int, str] = {}
    added: list[CommentInput] = []
    gone: set[int] = set()
    for part in dict.fromkeys([*old, *new]):
        those = [one.number for one in comments if one.critique_part is part and one.split_from_id is None]
        then, now = old.get(part, []), new.get(part, [])
        for _tag, start, end, begin, finish in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
            numbers, texts = those[start:end], now[begin:finish]
            pairs = zip(numbers, then[start:end], texts, strict=False)
            changed |= {number: text for number, was, text in pairs if text != was}
            added += [CommentInput(text, critique_part=part) for text in texts[len(numbers) :]]
            gone |= set(numbers[len(texts) :])
    return Contents(changed, tuple(added), frozenset(gone))


def _by_part(said: Sequence[CommentInput]) -> dict[CritiquePart, list[str]]:
    found: dict[CritiquePart, list[str]] = {}
    for one in said:
        if one.critique_part is not None:
            found.setdefault(one.critique_part, []).append(one.text)
    return found
