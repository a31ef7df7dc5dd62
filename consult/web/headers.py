"""Headers that every answer carries."""

import re

from flask import Flask, Response, request

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
# Where one may comment, and therefore speak: the form, and the texts beneath whose clauses it opens.
SPEAKING = re.compile(r"/lay-y-kien/[^/]+/(?:|gop-y/|(?:du-thao|tai-lieu)/.*)")
# Where one may say where something was seen, by the place of the telephone.
LOCATING = re.compile(r"/lay-y-kien/[^/]+/gop-y/")
# The pages that a device keeps, each by a service worker of its own: of a branch, and of a village of a survey.
WITHOUT_LINE = re.compile(r"/thu-thap/(?:\d+/\d+|khao-sat/[0-9a-f-]{36})/ngoai-tuyen/.*")
ABOUT_ONE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
PRIVATE = (
    "/tra-cuu/",
    "/to-chuc/",
    "/xu-ly/",
    "/quan-tri/",
    "/phoi-hop/",
    "/lam-viec/",
    "/dang-nhap/",
    "/dang-xuat/",
    "/tai-khoan/",
    "/thu-thap/",
    "/phan-anh/xong-chua/",
    "/tap-huan/vao/",
    "/theo-doi/thu/",
    "/api/v1/status/",
)
"""The beginnings of addresses that only who is signed in opens, or who holds a secret that is part of them."""


def about_one(path: str) -> bool:
    """Whether a page of this path is about one person: what they send, sent, or work on."""
    return path.startswith(PRIVATE) or "/gop-y/" in path or path.endswith("/cung-y-kien/")


def add(response: Response) -> Response:
    """Content policy, no sniffing, no framing; pages about one person are neither stored nor passed on by referrer."""
    speaking = SPEAKING.fullmatch(request.path) is not None
    microphone = "(self)" if speaking else "()"
    worker = "'self'" if WITHOUT_LINE.fullmatch(request.path) else "'none'"
    own = {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
    }
    if not _begins_nothing(response):
        # A voice is heard back from the memory of the browser.
        heard = "; media-src 'self' blob:" if speaking else ""
        own["Content-Security-Policy"] = f"{POLICY}; worker-src {worker}{heard}"
        place = "(self)" if LOCATING.fullmatch(request.path) else "()"
        own["Permissions-Policy"] = f"geolocation={place}, camera=(), microphone={microphone}"
    hidden = about_one(request.path)
    given = {name.lower() for name, _ in response.headers}
    for name, value in (own | ABOUT_ONE if hidden else own).items():
        if name.lower() not in given:
            response.headers.add(name, value)
        elif hidden and name in ABOUT_ONE:
            response.headers[name] = value
    return response


def _begins_nothing(response: Response) -> bool:
    """Whether an answer is a style sheet, a script or a picture, which start no worker, no sound and no camera: every
    byte of its headers is paid for on a bad line."""
    return request.path.startswith("/static/") or (response.mimetype or "").startswith("image/")


def register(app: Flask) -> None:
    """Adds the headers to everything `app` answers."""
    app.after_request(add)
