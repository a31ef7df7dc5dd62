"""A public page as it is looked at before it is public: what it leads to is looked at too, or leads nowhere."""

import re

READABLE = re.compile(
    r"(?:(?:du-thao/\d+|tai-lieu/\d+/\d+(?:/trang/\d+)?|tai-ve/\d+/\d+)/)?(?:[?#].*)?"
    r"|tai-lieu/\d+/\d+/trang/\d+/anh(?:-nhe)?\.webp"
)
"""What of a matter's public addresses can be looked at before; the rest is about comments, and there are none."""

_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
_LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"[^>]*>')
_IMAGE = re.compile(r'<img\b[^>]*?\bsrc="([^"]*)"[^>]*>')
_CLASS = re.compile(r'\sclass="[^"]*"')
_REFRESH = re.compile(r'\sdata-refresh="[^"]*"')
_FORM = re.compile(r"<form\b[^>]*>")
_BUTTON = re.compile(r"<button\b")


def kept_inside(page: str, public: str, preview: str) -> str:
    """The HTML of a `page` of ours, its links into the matter's `public` address turned to those under `preview`.

    Links to anything else lose their address, forms can not be sent, and no script runs that would fetch something.
    """

    def turned(address: str) -> str | None:
        if address.startswith(("#", "?")) or "/xu-ly/" in address:
            return address
        rest = address.removeprefix(public) if address.startswith(public) else None
        return preview + rest if rest is not None and READABLE.fullmatch(rest) else None

    def link(found: re.Match[str]) -> str:
        target = turned(found[1])
        if target is not None:
            return found[0].replace(f'href="{found[1]}"', f'href="{target}"')
        styled = _CLASS.search(found[0])
        return f'<a role="link" aria-disabled="true"{styled[0] if styled else ""}>'

    def image(found: re.Match[str]) -> str:
        if found[1].startswith("/static/"):
            return found[0]
        target = turned(found[1])
        return found[0].replace(f'src="{found[1]}"', f'src="{target}"') if target is not None else ""

    page = _REFRESH.sub("", _SCRIPT.sub("", page))
    page = _IMAGE.sub(image, _LINK.sub(link, page))
    return _BUTTON.sub("<button disabled", _FORM.sub("<form>", page))
