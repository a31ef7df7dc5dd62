"""A provider of identities of our own, on this machine: what VNeID and the like do, without them. What it says can be
made wrong in every way that a test asks for."""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

CLIENT, SECRET = "consult", "a secret & more"
Key = RSAKey | ECKey


def rsa(kid: str = "one") -> Key:
    return RSAKey.generate_key(2048, {"kid": kid})


def ec(kid: str = "two") -> Key:
    return ECKey.generate_key("P-256", {"kid": kid})


class Provider:
    """One provider: the keys it tells of, the key it signs with, and what its tokens say beside what is right."""

    def __init__(self) -> None:
        self.key = self.told_key = ec()
        self.claims: dict[str, Any] = {}
        self.header: dict[str, Any] = {}
        self.metadata: dict[str, Any] = {}
        self.subject, self.issuer, self.waits, self.asked = "person-7", "", 0.0, 0
        self.codes: dict[str, dict[str, str]] = {}
        self.spoil = lambda token: token

    def authorize(self, address: str) -> dict[str, str]:
        """Somebody signs in at the address that a browser was led to: what it is sent back with."""
        query = dict(parse_qsl(urlsplit(address).query))
        assert query["client_id"] == CLIENT and query["response_type"] == "code" and len(query["state"]) > 40
        assert query["code_challenge_method"] == "S256" and "openid" in query["scope"].split()
        code = secrets.token_urlsafe()
        self.codes[code] = query
        return {"code": code, "state": query["state"], "iss": self.issuer}

    def token(self, form: dict[str, str], basic: str) -> dict[str, Any] | None:
        """What the token endpoint gives; None for a code that it never gave, or has taken already."""
        query = self.codes.pop(form.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if query is None or challenge.decode().rstrip("=") != query["code_challenge"]:
            return None
        right = base64.b64encode(b"consult:a%20secret%20%26%20more").decode()
        known = basic == f"Basic {right}" or form.get("client_secret") == SECRET
        if not known or form["redirect_uri"] != query["redirect_uri"]:
            return None
        return {"access_token": "x", "token_type": "Bearer", "id_token": self.spoil(self.id_token(query["nonce"]))}

    def id_token(self, nonce: str) -> str:
        """Its word about a person."""
        now = int(time.time())
        claims = {"iss": self.issuer, "sub": self.subject, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce}
        header = {"alg": "RS256" if isinstance(self.key, RSAKey) else "ES256", "kid": self.key.kid}
        given = {name: value for name, value in (claims | self.claims).items() if value is not None}
        return jwt.encode(header | self.header, given, self.key, algorithms=["RS256", "ES256", "HS256"])

    def told(self, path: str) -> dict[str, Any] | None:
        """What it says of itself."""
        if path == "/.well-known/openid-configuration":
            own = {f"{name}_endpoint": f"{self.issuer}/{name}" for name in ("authorization", "token", "end_session")}
            return {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys", **own, **self.metadata}
        self.asked += path == "/keys"
        return dict(KeySet([self.told_key]).as_dict()) if path == "/keys" else None


@contextmanager
def served(provider: Provider) -> Iterator[Provider]:
    """The provider on a free port of this machine, as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(provider.told(self.path))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._answer(provider.token(form, self.headers.get("Authorization", "")))

        def _answer(self, told: dict[str, Any] | None) -> None:
            said = json.dumps(told or {"error": "invalid_grant"}).encode()
            self.send_response(200 if told else 400)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_said: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
