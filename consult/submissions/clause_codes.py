"""The code of a clause on paper: `2/d12.k3`, its draft and its path, short enough for a hand."""

import re

from consult.errors import NotFound
from consult.submissions import anchors
from consult.submissions.inputs import AnchorInput

_CODE = re.compile(r"(?:(?P<revision>[0-9]{1,6})/)?(?P<path>[^/]+)")
_ARTICLE = re.compile(r"(^|\.)\u0111(?=[0-9])")
_OTHER = re.compile(r"\u0111")
"""The letter that paths write as dd; before a number it stands for the prefix of an article."""


def written(revision: int, path: str) -> str:
    """The code of a provision of the main draft number `revision`."""
    return f"{revision}/{path}"


def read(typed: str) -> AnchorInput:
    """What a code means as a hand wrote it and another typed it: 2 / Đ12, K3 is 2/d12.k3. Without a draft it is a path
    alone. Raises NotFound."""
    matched = _CODE.fullmatch("".join(typed.split()).lower().replace(",", ".").strip("."))
    if matched is None:
        raise NotFound
    path = _OTHER.sub("dd", _ARTICLE.sub(r"\1d", matched["path"]))
    found = anchors.parse(path)
    if found is None or found.page is not None:
        raise NotFound
    return AnchorInput(revision=int(matched["revision"]) if matched["revision"] else None, path=found.path)
