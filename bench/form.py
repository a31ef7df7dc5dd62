"""The comment form as a person without JavaScript has it: opened for its ticket, and the request that sends it."""

import re
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlencode

from bench.generators import post

TICKET = re.compile(r'name="ticket" value="([^"]+)"')
READERS = 4


def sending(port: int, slug: str, how_many: int) -> list[str]:
    """So many requests ready to be sent, each with the ticket of a form opened for it over HTTP."""
    shares = [how_many // READERS + (reader < how_many % READERS) for reader in range(READERS)]
    with ThreadPoolExecutor(READERS) as pool:
        tickets = [ticket for found in pool.map(lambda share: _tickets(port, slug, share), shares) for ticket in found]
    return [post(address(slug), body(ticket, number)) for number, ticket in enumerate(tickets, start=1)]


def address(slug: str) -> str:
    """Where the form is and is sent to."""
    return f"/lay-y-kien/{slug}/gop-y/"


def body(ticket: str, number: int) -> str:
    """What the form sends: one comment on a clause, with a name, a wish and a reason."""
    return urlencode(
        {
            "ticket": ticket,
            "current": "0",
            "comments.0.anchor": f"du-thao/1/d{number % 20 + 1}.k{number % 4 + 1}",
            "comments.0.stance": "support_with_changes",
            "comments.0.text": f"Đề nghị quy định rõ thời gian thu gom ở thôn, bản xa trung tâm (ý kiến {number}).",
            "comments.0.proposed": "Thu gom ít nhất hai lần mỗi tuần.",
            "comments.0.reason": "Đường xa, xe khó vào.",
            "name": "Lò Thị Én",
            "publish_name": "1",
            "do": "send",
        }
    )


def ticket_in(page: str) -> str:
    """The ticket of a form; raises LookupError for a page that has none."""
    found = TICKET.search(page)
    if found is None:
        raise LookupError("the page has no form with a ticket")
    return found[1]


def _tickets(port: int, slug: str, how_many: int) -> list[str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    found = []
    for number in range(how_many):
        # A form has an address of its own, to which its opening leads.
        connection.request("GET", f"{address(slug)}?tai=d{number % 20 + 1}")
        opened = connection.getresponse()
        opened.read()
        connection.request("GET", opened.headers["Location"])
        found.append(ticket_in(connection.getresponse().read().decode()))
    connection.close()
    return found
