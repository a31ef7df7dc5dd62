"""The languages in which a matter may be told in short, beside Vietnamese; the catalogues have their own
names (`endonym.tyz`)."""

import re

KNOWN = ("tyz", "nut", "ium", "mji", "hmn", "hnj", "en")
"""BCP 47 codes. Dao and Mông are several languages: the code says which."""

OTHER_LIMIT = 35
_CODE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?")


def is_code(text: str) -> bool:
    """Whether `text` is a language with perhaps its script and region, as BCP 47 writes them; and not Vietnamese."""
    return len(text) <= OTHER_LIMIT and _CODE.fullmatch(text) is not None and text.split("-")[0] != "vi"
