"""`python -m bench.desk [COMMENTS]`: what each screen of the desk costs with few comments and with very many.

Statements, and seconds of processor of this one process, the least of three. Both matters are on sites of their own.
"""

import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask.testing import FlaskClient

from bench import volume
from bench.deadline import end
from bench.matter import Bench, begin
from bench.site import ROOT, environment
from bench.statements import statements
from consult.people.words import Role
from consult.responses.kept_words import handlers as kept_words
from consult.sign_in import sessions

FEW, MANY = 500, 50_000
TIMES = 3
SCREENS = (
    (Role.OFFICER, "/xu-ly/"),
    (Role.OFFICER, "{desk}"),
    (Role.OFFICER, "{desk}?page=9"),
    (Role.OFFICER, "{desk}?outcome=awaiting"),
    (Role.OFFICER, "{desk}?draft=none"),
    (Role.OFFICER, "{desk}?draft=published"),
    (Role.OFFICER, "{desk}?visibility=in_check"),
    (Role.OFFICER, "{desk}?kind=critique"),
    (Role.OFFICER, "{desk}?mine=1"),
    (Role.OFFICER, "{desk}?unit=none"),
    (Role.OFFICER, "{desk}?overdue=1"),
    (Role.OFFICER, "{desk}?soon=1"),
    (Role.OFFICER, "{desk}?stance=oppose"),
    (Role.OFFICER, "{desk}?sort=joiners"),
    (Role.OFFICER, "{desk}?q=thu gom"),
    (Role.OFFICER, "{desk}?q=thu gom&outcome=awaiting"),
    (Role.OFFICER, "{desk}?q=không có từ này"),
    (Role.OFFICER, "{desk}?path=d3"),
    (Role.OFFICER, "{desk}y-kien/250/"),
    (Role.OFFICER, "{desk}y-kien/250/?tu=outcome%3Dawaiting"),
    (Role.OFFICER, "{desk}tra-loi/?comment=250"),
    (Role.OFFICER, "{desk}nhom/"),
    (Role.OFFICER, "{desk}van-ban/"),
    (Role.OFFICER, "{desk}dong-tinh/"),
    (Role.OFFICER, "{desk}chu-de/"),
    (Role.OFFICER, "{desk}de-trong/"),
    (Role.OFFICER, "{desk}so-lieu/"),
    (Role.LEADER, "/xu-ly/"),
    (Role.LEADER, "{desk}de-xuat/"),
    (Role.LEADER, "{desk}phe-duyet/"),
    (Role.PUBLISHER, "{desk}cong-bo/"),
    (Role.PUBLISHER, "{desk}ket-thuc/"),
)


def main() -> int:
    """Prints one row a screen."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    few, more = _costs(FEW), _costs(many)
    print(f"| screen | statements with {FEW:,} | with {many:,} | s of processor with {FEW:,} | with {many:,} | ratio |")
    print("|---|---:|---:|---:|---:|---:|")
    for (role, path), (count, seconds), (counts, longer) in zip(SCREENS, few, more, strict=True):
        name = f"{path.format(desk='…/')} ({role})"
        print(f"| {name} | {count} | {counts} | {seconds:.3f} | {longer:.3f} | {longer / seconds:.1f} |")
    return 0


def _costs(comments: int) -> list[tuple[int, float]]:
    """Statements and seconds of each screen, on a site with so many comments."""
    with tempfile.TemporaryDirectory(prefix="consult-desk-") as name:
        given = environment(Path(name))
        subprocess.run([sys.executable, "-m", "flask", "--app", "consult", "db", "upgrade"], cwd=ROOT, env=given,
                       check=True, stdout=subprocess.DEVNULL)  # fmt: skip
        now = datetime.now(UTC)
        made = begin(given, now)
        volume.fill(made, comments, now)
        end(made, now - timedelta(minutes=30))
        with made.app.extensions["consult.database"].session() as session:
            kept_words.prepare(session, now)
        return [
            _cost(made, signed_in(made, role, now), path.format(desk=f"/xu-ly/{made.slug}/")) for role, path in SCREENS
        ]


def _cost(made: Bench, client: FlaskClient, path: str) -> tuple[int, float]:
    least = float("inf")
    statements(made.app, client, path)
    for _ in range(TIMES):
        began = time.process_time()
        client.get(path)
        least = min(least, time.process_time() - began)
    return statements(made.app, client, path), least


def signed_in(made: Bench, role: Role, now: datetime) -> FlaskClient:
    """Somebody with that role in the matter's desk, signed in."""
    client, user_id = made.app.test_client(), made.desk[role].user_id
    assert user_id is not None
    with made.app.extensions["consult.database"].session() as session:
        token = sessions.begin(session, user_id, "bench", now)
    with client.session_transaction() as kept:
        kept["_user_id"], kept["_fresh"] = token, True
    return client


if __name__ == "__main__":
    sys.exit(main())
