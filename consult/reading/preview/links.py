"""A public page as it is looked at before it is public: what it leads to is looked at too, or leads nowhere."""

import re
from collections.abc import Callable, Iterable
from html import escape
from html.parser import HTMLParser

READABLE = re.compile(
    r"(?:(?:du-thao/\d+|tai-lieu/\d+/\d+(?:/trang/\d+)?|tai-ve/\d+/\d+)/)?(?:[?#].*)?"
    r"|tai-lieu/\d+/\d+/(?:trang/\d+/anh(?:-nhe)?|hinh/[0-9a-f]+)\.webp"
)
"""What of a matter's public addresses can be looked at before; the rest is about comments, and there are none."""

Attribute = tuple[str, str | None]


def kept_inside(page: str, public: str, preview: str) -> str:
    """The HTML of a `page` of ours, its links into the matter's `public` address turned to those under `preview`.

    Links to anything else lose their address, forms can not be sent, and no script runs that would fetch something.
    """

    def turned(address: str) -> str | None:
        if address.startswith(("#", "?")) or "/xu-ly/" in address:
            return address
        rest = address.removeprefix(public) if address.startswith(public) else None
        return preview + rest if rest is not None and READABLE.fullmatch(rest) else None

    copy = _Copy(turned)
    copy.feed(page)
    copy.close()
    return "".join(copy.pieces)


class _Copy(HTMLParser):
    """Writes a page again as it is, but for what leads or does something."""

    def __init__(self, turned: Callable[[str], str | None]) -> None:
        super().__init__(convert_charrefs=False)
        self.turned = turned
        self.pieces: list[str] = []
        self.in_script = False

    def handle_starttag(self, tag: str, attrs: list[Attribute]) -> None:
        """Writes a tag that opens, or another in its place."""
        if tag == "script":
            self.in_script = True
        else:
            self.pieces.append(self._opened(tag, attrs))

    def handle_startendtag(self, tag: str, attrs: list[Attribute]) -> None:
        """The same of one that closes itself."""
        self.pieces.append(self._opened(tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        """Writes a tag that closes."""
        if tag == "script":
            self.in_script = False
        else:
            self.pieces.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Writes text."""
        if not self.in_script:
            self.pieces.append(data)

    def handle_entityref(self, name: str) -> None:
        """Writes a sign by its name."""
        self.pieces.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Writes a sign by its number."""
        self.pieces.append(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        """Writes the type of the document."""
        self.pieces.append(f"<!{decl}>")

    def _opened(self, tag: str, attrs: list[Attribute]) -> str:
        kept = [one for one in attrs if one[0] != "data-refresh"]
        given = dict(kept)
        if tag == "a" and "href" in given:
            return self._link(kept, given["href"] or "")
        if tag == "img":
            return self._image(kept, given.get("src") or "")
        if tag == "form":
            return _tag("form", [one for one in kept if one[0] == "hidden"])
        if tag == "input" and given.get("type") == "hidden":
            # Nothing is sent from here, and no ticket stands in an address.
            return ""
        if tag == "button":
            return _tag("button", [("disabled", None), *kept])
        return (self.get_starttag_text() or "") if len(kept) == len(attrs) else _tag(tag, kept)

    def _link(self, attrs: list[Attribute], address: str) -> str:
        target = self.turned(address)
        if target is not None:
            return _tag("a", [(name, target if name == "href" else value) for name, value in attrs])
        styled = [one for one in attrs if one[0] == "class"]
        return _tag("a", [("role", "link"), ("aria-disabled", "true"), *styled])

    def _image(self, attrs: list[Attribute], address: str) -> str:
        target = address if address.startswith("/static/") else self.turned(address)
        if target is None:
            return ""
        return _tag("img", [(name, target if name == "src" else value) for name, value in attrs])


def _tag(name: str, attrs: Iterable[Attribute]) -> str:
    written = "".join(f" {one}" if value is None else f' {one}="{escape(value)}"' for one, value in attrs)
    return f"<{name}{written}>"
