"""What the views of following share: the blueprint, and what an address names."""

from flask import Blueprint

from consult.notices.following import subjects
from consult.notices.following.subjects import Subject
from consult.notices.words import OF_PROGRAMMES, Followed
from consult.submissions import anchors
from consult.web import context
from consult.web.catalogue import say

blueprint = Blueprint("following", __name__)
KINDS = f"any({', '.join(repr(kind.value) for kind in Followed)})"
"""The kinds, as the converter of an address takes them."""
MATTERS = f"any({', '.join(repr(kind.value) for kind in Followed if kind not in OF_PROGRAMMES)})"
"""Those that have a feed and a calendar of their own: what is about matters."""


def found(followed: str, key: str) -> Subject:
    """What an address names. Raises NotFound."""
    return subjects.find(context.session(), Followed(followed), key, context.arrived_at())


def name_of(subject: Subject) -> str:
    """What is followed, in words."""
    if subject.matter is None:
        return subject.name
    if subject.place is None:
        return subject.matter.title
    return f"{anchors.label_of(subject.place, say)} – {subject.matter.title}"
