"""A provider of short messages on this machine, which keeps what it gets and answers as it is told."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class Provider:
    """What came: headers and words; `status` is what it answers."""

    status: int = 200
    location: str = ""
    came: list[tuple[dict[str, str], dict[str, Any]]] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        """The messages."""
        return [words["text"] for _headers, words in self.came]


@contextmanager
def serving(provider: Provider) -> Iterator[str]:
    """The address of the provider, as long as it is there."""

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            provider.came.append((dict(self.headers), json.loads(body)))
            self.send_response(provider.status)
            if provider.location:
                self.send_header("Location", provider.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *arguments: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/gui?v=1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
