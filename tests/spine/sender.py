"""One process that sends submissions through the API: `python -m tests.spine.sender PORT SLUG`, the keys on stdin.

For every submission whose 201 was read to its end it writes one line of JSON, {"key", "code", "numbers"}. It ends when
the site does: what it had not written by then was not acknowledged. The standard library alone, as any program may.
"""

import http.client
import json
import os
import sys

from consult.submissions.inputs import CONSENT_VERSION


def body_of(key: str) -> str:
    """What is sent under a key: two comments that name it."""
    comments = [
        {"anchor": "d2.k1", "stance": "oppose", "text": f"Đề nghị giữ nguyên ba nhóm ({key})."},
        {"anchor": None, "text": f"Cần tập huấn cho các thôn ({key})."},
    ]
    return json.dumps({"name": "Lò Thị Én", "consent": CONSENT_VERSION, "comments": comments})


def send(site: http.client.HTTPConnection, slug: str, key: str) -> dict[str, object]:
    """Sends one submission and reads its answer to the end. Raises AssertionError for any other answer than 201."""
    headers = {"Content-Type": "application/json", "Idempotency-Key": key}
    site.request("POST", f"/api/v1/consultations/{slug}/submissions", body_of(key).encode(), headers)
    answer = site.getresponse()
    told = json.loads(answer.read())
    assert answer.status == 201, told
    return {"key": key, "code": told["code"], "numbers": told["comments"]}


def main() -> None:
    """Sends everything, until it is done or the site is gone."""
    site = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=60)
    try:
        for key in json.load(sys.stdin):
            # In one piece: several processes write to one pipe.
            os.write(1, (json.dumps(send(site, sys.argv[2], key)) + "\n").encode())
    except (OSError, http.client.HTTPException):
        return


if __name__ == "__main__":
    main()
