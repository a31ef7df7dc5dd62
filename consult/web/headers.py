"""Headers that every answer carries."""

import re

from flask import Flask, Response, request

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
# Where one may comment, and therefore speak: the form, and the texts beneath whose clauses it opens.
SPEAKING = re.compile(r"/lay-y-kien/[^/]+/(?:|gop-y/|(?:du-thao|tai-lieu)/.*)")
PRIVATE = ("/tra-cuu/", "/to-chuc/", "/xu-ly/", "/quan-tri/", "/dang-nhap/", "/tai-khoan/")


def add(response: Response) -> Response:
    """Content policy, no sniffing, no framing; pages about one person are neither stored nor passed on by referrer."""
    speaking = SPEAKING.fullmatch(request.path) is not None
    # A voice is heard back from the memory of the browser.
    response.headers.setdefault("Content-Security-Policy", f"{POLICY}; media-src 'self' blob:" if speaking else POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    microphone = "(self)" if speaking else "()"
    allowed = f"geolocation=(), camera=(), microphone={microphone}, interest-cohort=()"
    response.headers.setdefault("Permissions-Policy", allowed)
    if request.path.startswith(PRIVATE) or "/gop-y/" in request.path or request.path.endswith("/cung-y-kien/"):
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def register(app: Flask) -> None:
    """Adds the headers to everything `app` answers."""
    app.after_request(add)
