"""Runs of a paragraph: cut where a change begins or ends, and how their words look."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from consult.outline.docx.wordml import W
from consult.outline.redlining.characters import Character
from consult.outline.redlining.edits import Edit

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NOT_COPIED = ("rStyle", "ins", "del", "moveFrom", "moveTo", "rPrChange", "vertAlign", "webHidden", "vanish")


def split(paragraph: etree._Element, characters: Sequence[Character], at: int) -> etree._Element | None:
    """The element of the paragraph that begins with the character `at`, once its run was cut there; None at the end.
    Characters before `at` go on naming what they stand in."""
    if at >= len(characters):
        if not characters:
            return None
        return run_after(characters[-1].run, paragraph)
    character = characters[at]
    run, holder = character.run, character.holder
    if character.start:
        text = holder.text or ""
        rest = etree.Element(holder.tag)
        rest.text = text[character.start :]
        rest.set(SPACE, "preserve")
        holder.text = text[: character.start]
        holder.set(SPACE, "preserve")
        holder.addnext(rest)
        holder = rest
    ahead = [child for child in holder.itersiblings(preceding=True) if child.tag != W + "rPr"]
    if not ahead:
        return run
    made = etree.Element(W + "r", run.attrib)
    properties = run.find(W + "rPr")
    if properties is not None:
        made.append(deepcopy(properties))
    for child in [holder, *holder.itersiblings()]:
        made.append(child)
    run.addnext(made)
    return made


def run_after(run: etree._Element, paragraph: etree._Element) -> etree._Element | None:
    """What follows a run: its next sibling, or that of the wrapper which it ends."""
    found: etree._Element | None = run
    while found is not None and found is not paragraph:
        following = found.getnext()
        if following is not None:
            return _first_run(following)
        found = found.getparent()
    return None


def _first_run(element: etree._Element) -> etree._Element:
    """The element itself, or what a wrapper begins with."""
    while element.tag in (W + "smartTag", W + "customXml") and len(element):
        inner = next((child for child in element if not child.tag.endswith("Pr")), None)
        if inner is None:
            break
        element = inner
    return element


def looks_of(characters: Sequence[Character], edit: Edit) -> etree._Element | None:
    """How the words look in whose place others come, or beside which they come."""
    near = characters[edit.start : edit.end] or characters[max(0, edit.start - 1) : edit.start] or characters[:1]
    for character in near:
        properties = character.run.find(W + "rPr")
        if properties is None:
            return None
        kept = deepcopy(properties)
        for name in _NOT_COPIED:
            for child in kept.findall(W + name):
                kept.remove(child)
        return kept
    return None
