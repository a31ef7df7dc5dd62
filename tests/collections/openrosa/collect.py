"""ODK Collect as it talks: it asks for the list and the form, negotiates with HEAD, divides what it sends into posts of
the size that it was told, and believes nothing but 201 or 202 with the headers of OpenRosa."""

import base64
import re
import uuid
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

BOUNDARY = "----collect-2026"


class Answer:
    """What came back, read whole."""

    def __init__(self, answer: HTTPResponse) -> None:
        self.status, self.headers, self.body = answer.status, answer.headers, answer.read()

    @property
    def text(self) -> str:
        """Its words."""
        return self.body.decode()


class Collect:
    """The program on one telephone; `key` None before anybody entered a password."""

    def __init__(self, site: str, collection: int, key: str | None) -> None:
        self.host, self.at, self.key = urlsplit(site).netloc, f"/thu-thap/odk/{collection}/", key
        self.challenged = False

    def ask(self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None) -> Answer:
        """One request; signs in only once it was asked to, as Collect does."""
        own = {"X-OpenRosa-Version": "1.0", "User-Agent": "org.odk.collect.android/v2026.2 Dalvik", **(headers or {})}
        if self.challenged and self.key is not None:
            own["Authorization"] = "Basic " + base64.b64encode(f"1:{self.key}".encode()).decode()
        connection = HTTPConnection(self.host, timeout=30)
        connection.request(method, self.at + path, body, own, encode_chunked="Transfer-Encoding" in own)  # type: ignore[arg-type]
        answer = Answer(connection.getresponse())
        connection.close()
        if answer.status == 401 and not self.challenged:
            assert answer.headers["WWW-Authenticate"].startswith("Basic ")
            self.challenged = True
            return self.ask(method, path, body, headers)
        return answer

    def post(self, xml: bytes, files: Mapping[str, bytes], chunked: bool = False) -> Answer:
        """One post: the form, and some of its files."""
        parts = [_part("xml_submission_file", "filled.xml", "text/xml", xml)]
        parts += [_part(name, name, "application/octet-stream", data) for name, data in files.items()]
        body, kind = b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()]), f"multipart/form-data; boundary={BOUNDARY}"
        if not chunked:
            return self.ask("POST", "submission", body, {"Content-Type": kind})
        pieces = [body[start : start + 1000] for start in range(0, len(body), 1000)]
        return self.ask("POST", "submission", pieces, {"Content-Type": kind, "Transfer-Encoding": "chunked"})

    def broken(self, xml: bytes, files: Mapping[str, bytes], sent: int) -> None:
        """A post whose line breaks after so many bytes: no answer comes, and it is sent again from its beginning."""
        parts = [_part("xml_submission_file", "filled.xml", "text/xml", xml)]
        parts += [_part(name, name, "application/octet-stream", data) for name, data in files.items()]
        body = b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()])
        connection = HTTPConnection(self.host, timeout=30)
        connection.putrequest("POST", f"{self.at}submission")
        signed = base64.b64encode(f"1:{self.key}".encode()).decode()
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        for name, value in (
            ("Authorization", f"Basic {signed}"),
            ("Content-Type", kind),
            ("Content-Length", len(body)),
        ):
            connection.putheader(name, str(value))
        connection.endheaders(body[:sent])
        connection.close()

    def send(self, xml: bytes, files: Mapping[str, bytes]) -> list[Answer]:
        """The whole way: HEAD, then as many posts as the size asks for, each with the form."""
        head = self.ask("HEAD", "submission")
        assert head.status == 204 and head.headers["X-OpenRosa-Version"] == "1.0", head.status
        assert head.headers["Location"].endswith(f"{self.at}submission")
        most, answers = int(head.headers["X-OpenRosa-Accept-Content-Length"]), []
        for group in divided(files, most - len(xml)):
            answers.append(self.post(xml, group))
            assert answers[-1].status in {201, 202}, answers[-1].text
            assert answers[-1].headers["X-OpenRosa-Version"] == "1.0"
            assert "<OpenRosaResponse" in answers[-1].text
        return answers


def divided(files: Mapping[str, bytes], most: int) -> list[dict[str, bytes]]:
    """Files in groups of this size; one that is larger by itself goes alone."""
    groups: list[dict[str, bytes]] = [{}]
    for name, data in files.items():
        if groups[-1] and sum(map(len, groups[-1].values())) + len(data) > most:
            groups.append({})
        groups[-1][name] = data
    return groups


def filled(
    form: str,
    opinions: Sequence[Mapping[str, str]],
    pages: Sequence[str] = (),
    instance_id: str = "",
    **said: str,
) -> bytes:
    """The form that was downloaded, filled in."""
    found = re.search(r'<data [^>]*id="([^"]+)" version="([^"]+)"', form)
    assert found is not None, form[:2000]
    own = {"how": "meeting", "place": "Nhà văn hóa thôn Bản Mạ", "held_on": "2026-11-21", "people": "40", **said}
    minutes = "".join(f"<minutes><page>{name}</page></minutes>" for name in pages)
    said_by = "".join(f"<opinion>{_inside(one)}</opinion>" for one in opinions)
    instance_id = instance_id or f"uuid:{uuid.uuid4()}"
    return (
        f'<?xml version=\'1.0\' ?><data id="{found[1]}" version="{found[2]}" '
        'xmlns:orx="http://openrosa.org/xforms">'
        f"{_inside(own)}{minutes}{said_by}"
        f"<orx:meta><orx:instanceID>{instance_id}</orx:instanceID></orx:meta></data>"
    ).encode()


def _inside(said: Mapping[str, str]) -> str:
    return "".join(f"<{name}>{escape(words)}</{name}>" for name, words in said.items())


def _part(name: str, file: str, kind: str, data: bytes) -> bytes:
    head = f'Content-Disposition: form-data; name="{name}"; filename="{file}"\r\nContent-Type: {kind}'
    return f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode() + data + b"\r\n"
