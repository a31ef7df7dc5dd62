"""Whether a store of files works: tried, now or a moment ago, as a full or refusing one is known only so."""

from functools import cache
from secrets import token_hex

from consult.files.places.bucket import BucketPlace
from consult.files.s3.client import Client
from consult.files.s3.failures import StoreAway, Taken
from consult.timed_cache import TimedCache

TRUSTED_FOR = 5.0
"""Seconds for which what was found is told again: whoever watches asks often, and of many processes."""
PROBE = b"Consult"
Found = tuple[StoreAway | None, bool]


def trial(place: BucketPlace) -> Found:
    """What is wrong, None when an object was put, found and taken away; and whether the server keeps to conditions, by
    which machines know who makes something."""
    client = place.beside("-trial").client
    return _lately(client).now(lambda: (_tried(client), TRUSTED_FOR))


@cache
def _lately(_client: Client) -> TimedCache[Found]:
    return TimedCache((None, True))


def _tried(client: Client) -> Found:
    # A name of its own for each: machines try at the same time.
    name = f"trial-{token_hex(8)}"
    try:
        client.put(name, PROBE)
        known = _keeps_to_conditions(client, name)
        client.remove(name)
    except StoreAway as failure:
        return failure, True
    return None, known


def _keeps_to_conditions(client: Client, name: str) -> bool:
    try:
        client.put(name, PROBE, {"if-none-match": "*"})
    except Taken:
        return True
    return False
