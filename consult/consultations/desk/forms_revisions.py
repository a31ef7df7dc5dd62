"""The forms of further revisions, as plain values."""

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict

from consult.consultations.revisions.match_corrections import Side
from consult.consultations.words import MatchKind
from consult.errors import NotFound
from consult.text import one_line

LAST_PAGE = 10_000


def kind(args: MultiDict[str, str]) -> MatchKind | None:
    """The kind of change that `?loai=` asks for; None for all. Raises NotFound for one that there is not."""
    asked = args.get("loai", "")
    if not asked:
        return None
    if asked not in set(MatchKind):
        raise NotFound
    return MatchKind(asked)


def page(args: MultiDict[str, str]) -> int:
    """The page that `?trang=` asks for, from 1; raises NotFound when it is no such number."""
    given = args.get("trang", "1")
    if not given.isascii() or not given.isdigit() or not 1 <= int(given[:9]) <= LAST_PAGE:
        raise NotFound
    return int(given[:9])


def shown_revision(form: MultiDict[str, str]) -> int:
    """The number of the revision that was shown; 0 when the form says none."""
    given = form.get("revision", "")
    return int(given[:9]) if given.isascii() and given.isdigit() else 0


def pairing(form: MultiDict[str, str]) -> tuple[Side, str, list[str], str]:
    """Of which revision the provision is, its path, the paths of those that were ticked, and what was typed of more."""
    return side(form), one_line(form.get("path", "")), form.getlist("others"), form.get("more", "")


def side(form: Mapping[str, str]) -> Side:
    """Of which revision the provision is; of the new one whatever else the form says."""
    return Side.OLD if form.get("side") == Side.OLD.value else Side.NEW
