"""What may be done to a comment as it stands: each rule once, for the act that refuses and the page that offers it.

Who may do it, and at which stage of the matter, the policy says.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Protocol

from consult.consultations.words import Disclosure
from consult.errors import Left, NoneTaken
from consult.submissions.comments import comment_state, visible
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.comments.outcome import Outcome, Visibility, is_ahead_of_log
from consult.submissions.disclosure import told_with_answers
from consult.submissions.words import CommentActKind, SubmissionKind


class Matter(Protocol):
    """What the rules need to know of the matter."""

    @property
    def disclosure(self) -> Disclosure:
        """When texts become public."""


Rule = tuple[str, Callable[[CommentState, Matter], bool]]
"""The code of the refusal, and whether an act on this comment is allowed."""

Rules = Mapping[CommentActKind, tuple[Rule, ...]]
"""In the order in which they are asked, by the kind of act."""

GONE = frozenset({Outcome.WITHDRAWN, Outcome.PASSED_ON})
ANSWERABLE = frozenset({Outcome.AWAITING, Outcome.ANSWERED})


def _is_to_be_answered(one: CommentState, _matter: Matter) -> bool:
    return one.outcome in ANSWERABLE


def _awaits(one: CommentState, _matter: Matter) -> bool:
    return one.outcome is Outcome.AWAITING


def _owed_no_answer(one: CommentState, _matter: Matter) -> bool:
    """Whatever a critique says is answered: it does not end in any other way but its sender's."""
    return one.kind is not SubmissionKind.CRITIQUE


def _is_invalid(one: CommentState, _matter: Matter) -> bool:
    return one.outcome is Outcome.INVALID


def _is_here(one: CommentState, _matter: Matter) -> bool:
    return one.outcome not in GONE


def _heard(one: CommentState, _matter: Matter) -> bool:
    return not one.unheard


def _nothing_waits(one: CommentState, _matter: Matter) -> bool:
    return one.open_proposal is None


def _sender_stands_by(one: CommentState, _matter: Matter) -> bool:
    return not one.author_left


def _not_with_answers(one: CommentState, matter: Matter) -> bool:
    return not (told_with_answers(matter.disclosure) and one.outcome is Outcome.AWAITING)


def _not_kept_back(one: CommentState, _matter: Matter) -> bool:
    return not one.kept_back


def _to_be_released_by_two(one: CommentState, _matter: Matter) -> bool:
    return one.kept_back or visible.is_quarantined(one.visibility)


def _has_words(one: CommentState, _matter: Matter) -> bool:
    # A salt is erased with its words.
    return one.version.text_salt is not None


def _not_withheld_in_the_log(one: CommentState, _matter: Matter) -> bool:
    return one.visibility is not Visibility.WITHHELD or is_ahead_of_log(one.deciding_act)


def _seen_as(*seen: Visibility) -> Callable[[CommentState, Matter], bool]:
    return lambda one, _matter: one.visibility in seen


BY_ONE: Rules = MappingProxyType(
    {
        CommentActKind.RELEASED: (
            ("disclosed_with_answers", _not_with_answers),
            ("has_outcome", _is_here),
            ("not_releasable_by_one", _not_kept_back),
            ("not_releasable", _seen_as(*visible.UNSEEN)),
            ("not_transcribed", _heard),
        ),
        CommentActKind.QUARANTINED: (
            ("has_outcome", _is_here),
            ("not_in_check", _seen_as(Visibility.IN_CHECK)),
        ),
        # The parts are of the same submission, whose sender does not stand beside what they left; and what was spoken
        # is written down by one person and checked by another, in parts as well.
        CommentActKind.SPLIT: (
            ("has_outcome", _awaits),
            ("already_proposed", _nothing_waits),
            ("sender_left", _sender_stands_by),
            ("not_transcribed", _heard),
        ),
        CommentActKind.PASSED_ON: (
            ("has_outcome", _awaits),
            ("of_a_critique", _owed_no_answer),
            ("is_public", _seen_as(*visible.UNSEEN, Visibility.WITHHELD)),
            ("not_transcribed", _heard),
        ),
        # What is answered was answered there; what is set apart is dealt with elsewhere until that ends; and what a
        # critique says by its contents is about no clause.
        CommentActKind.MOVED: (
            ("answered_not_moved", lambda one, _matter: one.outcome is not Outcome.ANSWERED),
            ("has_outcome", _awaits),
            ("set_apart_not_moved", lambda one, _matter: not visible.is_set_apart(one.outcome, one.visibility)),
            ("part_of_critique", lambda one, _matter: one.comment.critique_part is None),
        ),
    }
)
"""What one person of the desk does at once."""

BY_TWO: Rules = MappingProxyType(
    {
        CommentActKind.WITHHELD: (
            ("has_outcome", _is_here),
            ("nothing_to_change", _not_withheld_in_the_log),
        ),
        CommentActKind.REDACTED: (
            ("has_outcome", _is_here),
            ("words_erased", _has_words),
            ("not_transcribed", _heard),
        ),
        CommentActKind.RELEASED: (
            ("has_outcome", _is_here),
            ("words_erased", _has_words),
            ("nothing_to_change", _to_be_released_by_two),
            ("not_transcribed", _heard),
        ),
        CommentActKind.INVALID: (
            ("has_outcome", _awaits),
            ("of_a_critique", _owed_no_answer),
            ("not_transcribed", _heard),
        ),
        CommentActKind.REINSTATED: (("not_invalid", _is_invalid),),
    }
)
"""What one person proposes and another confirms."""


ASSIGNED: tuple[Rule, ...] = (("nobody_answers", _is_to_be_answered),)
"""For giving comments to somebody in hand: what is never answered is nobody's work."""

ANSWERED: tuple[Rule, ...] = (
    ("not_transcribed", lambda one, _matter: not one.unheard),
    ("not_answerable", lambda one, _matter: answerable(one.outcome, one.unheard)),
)
"""For beginning an answer."""

WITHDRAWN: tuple[Rule, ...] = (("has_outcome", lambda one, _matter: withdrawable(one.outcome)),)
"""For what a sender takes back of their own."""


ERASED: tuple[Rule, ...] = (
    ("passed_on_not_erased", lambda one, _matter: not visible.is_set_apart(one.outcome, one.visibility)),
    ("critique_not_erased", _owed_no_answer),
)
"""For erasing words: what is dealt with under another law is kept under that, and a critique is no person's."""


def assignable(one: CommentState, matter: Matter) -> bool:
    """Whether a comment may be given to somebody in hand."""
    return all(allows(one, matter) for _code, allows in ASSIGNED)


def possible_acts(one: CommentState, matter: Matter) -> frozenset[CommentActKind]:
    """What one person of the desk may do to this comment at once."""
    return _possible(BY_ONE, one, matter)


def possible_proposals(one: CommentState, matter: Matter) -> frozenset[CommentActKind]:
    """What may be proposed for this comment: nothing while something waits for a second person."""
    return _possible(BY_TWO, one, matter) if _nothing_waits(one, matter) else frozenset()


def refuse_unless(rules: Rules, kind: CommentActKind, found: list[CommentState], matter: Matter) -> None:
    """Raises Refused with the code of the first rule that stands against `kind`, and the numbers of all comments that
    it stands against."""
    for code, allows in rules[kind]:
        comment_state.refuse_unless((allows(one, matter) for one in found), found, code)


def sorted_out(
    rules: Rules, kind: CommentActKind, found: list[CommentState], matter: Matter
) -> tuple[list[CommentState], Left]:
    """Those to which `kind` may be done, and of the others the numbers by the code of the first rule that stands
    against it. Raises NoneTaken when there are none such."""
    return sorted_by(rules[kind], found, matter)


def sorted_by(rules: Iterable[Rule], found: Iterable[CommentState], matter: Matter) -> tuple[list[CommentState], Left]:
    """The same by any rules in their order: the one way in which an act on many takes those it can."""
    asked, taken = tuple(rules), list[CommentState]()
    left: dict[str, list[int]] = {}
    for one in found:
        why = next((code for code, allows in asked if not allows(one, matter)), None)
        if why is None:
            taken.append(one)
        else:
            left.setdefault(why, []).append(one.comment.number)
    if not taken:
        raise NoneTaken(left)
    return taken, left


def released_beside(one: CommentState, matter: Matter) -> bool:
    """Whether a comment may be made public in the act of approving or publishing its answer."""
    return visible.is_in_check(one.visibility) and CommentActKind.RELEASED in possible_acts(one, matter)


def answerable(outcome: Outcome, unheard: bool) -> bool:
    """Whether an answer to a comment may be begun: not while nobody knows all that it says."""
    return outcome is Outcome.AWAITING and not unheard


def amendable(outcome: Outcome, shared: bool) -> str:
    """Why a sender may not change a comment any more (a code), empty when they may; `shared` when others joined it."""
    if outcome is not Outcome.AWAITING:
        return "has_outcome"
    return "joined_by_others" if shared else ""


def withdrawable(outcome: Outcome) -> bool:
    """Whether a sender may still withdraw a comment, as far as what became of it goes."""
    return outcome in ANSWERABLE


def _possible(rules: Rules, one: CommentState, matter: Matter) -> frozenset[CommentActKind]:
    return frozenset(kind for kind, own in rules.items() if all(allows(one, matter) for _code, allows in own))
