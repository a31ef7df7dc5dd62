"""References that were right in the draft before, and mean another clause since that one got another number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from consult.outline.references.draft import Scope, Standing, standing, words_of
from consult.outline.references.findings import Finding
from consult.outline.references.mentions import THIS, Mention, mentions
from consult.outline.references.resolving import scope_of, targets
from consult.outline.tree import Node, Outline

Heirs = Mapping[str, Sequence[str]]
"""What became of each provision of the draft before, by paths; nothing of one that is gone."""


def outdated(old: Outline, new: Outline, heirs: Heirs) -> list[Finding]:
    """The references that stand in the new draft as they stood in the old one while what they meant has another place
    now, or none. Certain where the sentence is the same, and so are the words of what it means."""
    before = {one.node.path: one for one in standing(old)}
    after = standing(new)
    forebears: dict[str, list[Standing]] = {}
    for path, later in heirs.items():
        for heir in later if path in before else ():
            forebears.setdefault(heir, []).append(before[path])
    nodes = {node.path: node for node in new.walk()}
    old_main, new_main = _main(before.values()), _main(after)
    told: dict[Finding, None] = {}
    for one in after:
        for earlier in () if one.amends else forebears.get(one.node.path, ()):
            for mention, meant in _kept(earlier, one, old_main):
                told.update(dict.fromkeys(_moved(mention, meant, earlier, one, new_main, heirs, nodes)))
    return sorted(told, key=lambda finding: not finding.certain)


def _kept(earlier: Standing, one: Standing, main: Scope) -> Iterator[tuple[Mention, list[Node]]]:
    """What both say in the same words, with what it meant in the draft before."""
    still = set(mentions(words_of(one.node)))
    for mention in mentions(words_of(earlier.node)):
        scope = scope_of(mention, earlier, main)
        numbered = {mention.point, mention.clause, mention.article} - {"", THIS}
        if mention in still and scope is not None and numbered:
            yield mention, targets(mention, earlier, scope)


def _moved(
    mention: Mention, meant: Sequence[Node], earlier: Standing, one: Standing,
    main: Scope, heirs: Heirs, nodes: Mapping[str, Node],
) -> Iterator[Finding]:  # fmt: skip
    scope = scope_of(mention, one, main)
    if len(meant) != 1 or scope is None:
        return
    now = {node.path for node in targets(mention, one, scope)}
    became = heirs.get(meant[0].path, ())
    if now & set(became) or not (now or became):
        return
    alike = any(words_of(nodes[path]) == words_of(meant[0]) for path in became if path in nodes)
    certain = mention.sure and alike and words_of(earlier.node) == words_of(one.node)
    code = "renumbered" if became else "removed_target"
    yield Finding(code, one.node.path, certain, mention.words, became[0] if became else "")


def _main(found: Iterable[Standing]) -> Scope:
    scopes = (one.scope for one in found if not one.scope.annexed)
    return next(scopes, Scope())
