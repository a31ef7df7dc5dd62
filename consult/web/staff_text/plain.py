"""What staff wrote as lines of mere text, for sheets that are printed and read out."""

import html
import re

from consult.web.staff_text.markdown import html_of

_ITEM = re.compile(r"<li[^<>]*>")
_END = re.compile(r"<br[^<>]*>|</(?:p|li|ul|ol|h\d|blockquote|div)>")
_TAG = re.compile(r"<[^<>]*>")


def lines_of(text: str | None) -> list[str]:
    """The paragraphs and items of a text that staff wrote, in which Markdown stands."""
    return lines_of_page(html_of(text)) if text else []


def lines_of_page(page: str) -> list[str]:
    """The same of a piece of a page."""
    lined = _END.sub("\n", _ITEM.sub("\n– ", page.replace("\n", " ")))
    lines = (" ".join(html.unescape(_TAG.sub("", line)).split()) for line in lined.split("\n"))
    return [line for line in lines if line.strip("– ")]


def shortened(lines: list[str], most: int) -> tuple[list[str], bool]:
    """So many lines as `most` letters hold, the last one cut between words; and whether anything is left out."""
    kept: list[str] = []
    left = most
    for line in lines:
        if len(line) > left:
            cut = line[:left].rpartition(" ")[0] if left > most // 10 else ""
            return ([*kept, f"{cut}…"] if cut else kept), True
        kept.append(line)
        left -= len(line)
    return kept, False
