"""The part of an address that names a matter, and how a matter is named whose slug the site has since taken for itself.

The log fixes the slug of a matter, so none is ever changed. Where a page of the site stands at its place
(`/nhat-ky/toan-trang/`), the matter has a sign behind its slug that no slug has (`toan-trang_`). Every address that
`url_for` writes has it, and every other that would lead to the page of the site (`in_address`); the rest of the matter
is found with it and without.
"""

import re

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LIMIT = 80
RESERVED = frozenset({
    "ban-giao", "dot", "dot-thu-thap", "ke-hoach-phan-bien", "kiem-tra-bien-nhan", "kiem-tra-goi", "kiem-tra-the-thuc",
    "nghe", "nguoi-thay", "nhan-chung", "phoi-hop", "so-lieu", "so-sanh", "toan-trang", "xong-chua",
})  # fmt: skip
"""Words that stand in addresses of the site where the slug of a matter stands in others, so that no page of a new
matter is hidden by another (`tests/house/routes/test_reserved.py`); and the slug of the site log."""
MARK = "_"


def in_address(slug: str) -> str:
    """The slug as it stands in addresses."""
    return slug + MARK if slug in RESERVED else slug


def meant(word: str) -> str:
    """The slug that stands in an address as `word`."""
    return word[:-1] if word[-1:] == MARK and word[:-1] in RESERVED else word
