"""Headers that every answer carries."""

from flask import Flask, Response, request

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
PRIVATE = ("/tra-cuu/", "/to-chuc/", "/xu-ly/", "/quan-tri/", "/dang-nhap/", "/tai-khoan/")


def add(response: Response) -> Response:
    """Content policy, no sniffing, no framing; pages about one person are neither stored nor passed on by referrer."""
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Permissions-Policy", "geolocation=(), camera=(), interest-cohort=()")
    if request.path.startswith(PRIVATE) or "/gop-y/" in request.path or request.path.endswith("/cung-y-kien/"):
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def register(app: Flask) -> None:
    """Adds the headers to everything `app` answers."""
    app.after_request(add)
