"""What a later draft made of every wording that was accepted for an earlier one: read by itself, and what a person said
of it."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from consult.consultations.document_models import Revision
from consult.consultations.models import Consultation
from consult.consultations.revisions import matching, successors
from consult.consultations.revisions.change_groups import closure, words_of
from consult.consultations.revisions.changes import Changes, changes
from consult.responses.changes import confirmed
from consult.responses.changes.followed import with_below
from consult.responses.changes.kept_wording import Kept, changes_of, is_telling, judged
from consult.responses.changes.models import AcceptedChange
from consult.responses.redlines.promises import Promise, promises
from consult.submissions import anchors
from consult.submissions.anchors import NamedPlace
from consult.text import one_line


@dataclass(frozen=True)
class Carried:
    """An accepted wording: what became of it by its words, where the later draft has it or the clause it was for
    (`path`, empty for none), and whether that is `certain`. `said` is what a person said of it."""

    promise: Promise
    place: NamedPlace
    state: Kept
    path: str
    certain: bool
    before: str
    after: str
    said: AcceptedChange | None
    said_path: str = ""

    @property
    def is_settled(self) -> bool:
        """Whether nobody has to look: it is certain, or was looked at."""
        return self.said is not None or self.certain

    @property
    def is_kept(self) -> bool:
        """Whether the later draft has it, as far as is known for certain."""
        if self.said is not None:
            return self.said.provision_id is not None
        return self.certain and self.state is Kept.KEPT


def carried(session: Session, consultation: Consultation, revision: Revision) -> list[Carried]:
    """All wordings accepted for the drafts before `revision`, by the comments' numbers; nothing for a first draft, and
    for one that was not matched with the one before. Statements grow with drafts, not with comments."""
    before = matching.previous(session, revision)
    if before is None or not matching.is_matched(session, revision):
        return []
    line = [*successors.line_to(session, before), revision]
    said = confirmed.confirmed(session, [revision])
    made = [row for row in promises(session, consultation) if row.version and row.provision_id]
    own = [row for row in made if row.proposed and row.worded_here]
    found: list[Carried] = []
    for start, earlier in enumerate(line[:-1]):
        mine = [row for row in own if row.revision_id == earlier.id and row.document == anchors.MAIN]
        if mine:
            reader = _Reader(changes(session, line[start:]), len(line))
            found += [reader.read(row, said.get(row.comment_id)) for row in mine]
    return sorted(found, key=lambda one: one.promise.number)


class _Reader:
    """Two drafts, and what became of what."""

    def __init__(self, between: Changes, drafts: int) -> None:
        self._between, self._drafts = between, drafts
        self._paths = {one: row.path for one, row in between.new.provisions.items()}

    def read(self, row: Promise, said: AcceptedChange | None) -> Carried:
        """One wording."""
        olds = [one for one in (row.provision_id,) if one is not None and one in self._between.old.provisions]
        heirs = closure(olds, self._between.later)
        news = [one for one in self._between.new.provisions if one in heirs]
        before, after = with_below(self._between.old, olds), with_below(self._between.new, news)
        state, certain = judged(before, row.proposed, after) if news else (Kept.GONE, False)
        path = self._paths[news[0]] if news else ""
        elsewhere = self._elsewhere(before, row.proposed) if state in _MAY_BE_ELSEWHERE else ""
        if elsewhere:
            state, certain, path = Kept.ELSEWHERE, False, elsewhere
            after = with_below(self._between.new, [one for one, known in self._paths.items() if known == elsewhere])
        said_path = self._paths.get(said.provision_id, "") if said is not None and said.provision_id else ""
        named = NamedPlace(anchors.MAIN, "", row.revision or 0, self._drafts, row.path)
        return Carried(row, named, state, path, certain, before, after, said, said_path)

    def _elsewhere(self, before: str, proposed: str) -> str:
        """The provision of the later draft that says in another place what is new in a wording, and the earlier draft
        says nowhere; empty where there is none."""
        for change in changes_of(before, proposed):
            if is_telling(change.added) and change.added not in self._old_words:
                at = self._new_words.find(change.added)
                if at >= 0:
                    starts, paths = self._starts
                    return paths[bisect_right(starts, at) - 1]
        return ""

    @cached_property
    def _old_words(self) -> str:
        return "\n".join(_flat(words_of(row)) for row in self._between.old.provisions.values())

    @cached_property
    def _new_words(self) -> str:
        return "\n".join(_flat(words_of(row)) for row in self._between.new.provisions.values())

    @cached_property
    def _starts(self) -> tuple[list[int], list[str]]:
        """Where each provision begins in all words of the later draft."""
        starts, at = [], 0
        for row in self._between.new.provisions.values():
            starts.append(at)
            at += len(_flat(words_of(row))) + 1
        return starts, list(self._paths.values())


_MAY_BE_ELSEWHERE = frozenset({Kept.OTHERWISE, Kept.UNCHANGED, Kept.GONE})


def _flat(text: str) -> str:
    return one_line(text).lower()
