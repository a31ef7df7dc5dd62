"""The site is reached by IPv6 as by IPv4, and a visitor's line counts as one with all of its addresses."""

import re
import socket

from tests.house.rooms import CHECKOUT
from tests.server.wire import RealSite, answer_on, get


def test_pages_come_by_ipv6(site: RealSite) -> None:
    for path in ("/healthz", "/lay-y-kien/"):
        with socket.create_connection(("::1", site.server.port), 60) as line:
            line.sendall(get(path))
            assert answer_on(line)[0] == 200


def test_the_proxy_of_the_example_counts_a_line_of_ipv6_as_one() -> None:
    """As `limits.line` does in the site itself (tests/web/test_flood.py)."""
    shown = (CHECKOUT / "deploy" / "nginx.conf.example").read_text(encoding="utf-8")
    [pattern] = re.findall(r'"~(\^\(\?<consult_line_of>.+?)"', shown)
    same = re.compile(pattern.replace("(?<", "(?P<"))
    for one, other, counted in (
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
    ):
        lines = {found["consult_line_of"] for found in map(same.match, (one, other)) if found}
        assert len(lines) == (1 if counted else 2)
    assert not same.match("203.0.113.7") and "limit_req_zone $consult_line " in shown
    assert shown.count("listen [::]:") == shown.count("    listen 80") + shown.count("    listen 443")
