"""Whether what a draft refers to is there: "khoản 3 Điều 12 Nghị định này", "điểm b khoản này"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from consult.outline.references.draft import Scope, Standing, in_sequence, parts, words_of
from consult.outline.references.findings import Finding
from consult.outline.references.mentions import INSTRUMENTS, THIS, Mention, mentions, names_a_document
from consult.outline.tree import Node

_ARTICLE = re.compile(r"(?<!\w)điều\s+\d", re.IGNORECASE)


def unresolved(found: Sequence[Standing]) -> Iterator[Finding]:
    """The references that lead nowhere, or name a level that is not there. Certain are those that say of which text
    they are, and can be read in one way alone, where nothing of that text was missed in reading it."""
    main = next((one.scope for one in found if not one.scope.annexed), Scope())
    for one in found:
        if one.article is None or one.amends:
            continue
        judged = (_judged(mention, one, main) for mention in mentions(words_of(one.node)))
        wrong = [finding for finding in judged if finding is not None]
        for finding in wrong:
            # "khoản 3 Điều 12" says all that "Điều 12" does.
            if not any(other.words != finding.words and other.words.endswith(finding.words) for other in wrong):
                yield finding


def targets(mention: Mention, one: Standing, scope: Scope) -> list[Node]:
    """The provisions that a mention may mean; none where it leads nowhere."""
    articles = _articles(mention, one, scope)
    if mention.level == "article":
        return articles
    clauses = _clauses(mention, one, articles)
    if mention.level == "clause":
        return clauses
    holders = clauses if mention.clause or (not mention.article and clauses) else articles
    if mention.point == THIS:
        return [one.point] if one.point is not None else []
    return [node for holder in holders for node in parts(holder, "point") if node.label == mention.point]


def scope_of(mention: Mention, one: Standing, main: Scope) -> Scope | None:
    """The text that a mention speaks of; None for one that is not in this file."""
    if not mention.kind:
        return one.scope
    if not mention.own:
        return None
    if mention.kind in one.scope.kinds:
        return one.scope
    return main if mention.kind in main.kinds else None


def _judged(mention: Mention, one: Standing, main: Scope) -> Finding | None:
    scope = scope_of(mention, one, main)
    if scope is None or not scope.articles or _says_little(mention, one):
        return None
    if targets(mention, one, scope) or (not mention.sure and _otherwise(mention, one)):
        return None
    certain = mention.sure and _is_explicit(mention) and _is_read_whole(mention, one, scope)
    code = "wrong_level" if _wrong_level(mention, one) else "unresolved"
    return Finding(code, one.node.path, certain, mention.words)


def _says_little(mention: Mention, one: Standing) -> bool:
    """Whether a mention that names no text may be of another one, which the sentence or what it stands in names."""
    if mention.kind or THIS in (mention.article, mention.clause, mention.point):
        return False
    if one.scope.amending:
        return True
    said = (*one.around, words_of(one.node))
    return any(names_a_document(words) or (not mention.article and _ARTICLE.search(words)) for words in said)


def _articles(mention: Mention, one: Standing, scope: Scope) -> list[Node]:
    if mention.article == THIS or not mention.article:
        return [one.article] if one.article is not None else []
    return scope.articles.get(mention.article, [])


def _clauses(mention: Mention, one: Standing, articles: Sequence[Node]) -> list[Node]:
    if mention.clause == THIS or (not mention.clause and not mention.article):
        return [one.clause] if one.clause is not None else []
    return [node for article in articles for node in parts(article, "clause") if node.label == mention.clause]


def _otherwise(mention: Mention, one: Standing) -> bool:
    """Whether it is there when the sentence is read in the other way: of this article, or this clause."""
    if one.article is None:
        return False
    label = mention.clause if mention.level == "clause" else mention.point
    kind = mention.level
    return kind == "article" or any(node.label == label for node in parts(one.article, kind))


def _is_explicit(mention: Mention) -> bool:
    """Whether it says of which text it is, and of which article."""
    return (mention.own and mention.kind in INSTRUMENTS and bool(mention.article)) or mention.article == THIS


def _is_read_whole(mention: Mention, one: Standing, scope: Scope) -> bool:
    """Whether the level at which it leads nowhere was read without a gap, so that what it names cannot just have been
    missed."""
    articles = _articles(mention, one, scope)
    if not articles:
        return in_sequence([nodes[0] for nodes in scope.articles.values()])
    if len(articles) > 1:
        return False
    clauses = parts(articles[0], "clause")
    if mention.clause and not any(node.label == mention.clause for node in clauses):
        return in_sequence(clauses) and not parts(articles[0], "quoted")
    held = _clauses(mention, one, articles) if mention.clause else articles
    return len(held) == 1 and in_sequence(parts(held[0], "point"))


def _wrong_level(mention: Mention, one: Standing) -> bool:
    """Whether a word is one of another level: a clause with a letter, a point with a number, "khoản này" where there
    is none."""
    if mention.clause == THIS and one.clause is None or mention.point == THIS and one.point is None:
        return True
    return mention.clause[:1].isalpha() and mention.clause != THIS or mention.point[:1].isdigit()
