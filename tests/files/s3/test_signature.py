"""Signatures are those of the examples that Amazon publishes."""

from datetime import UTC, datetime

from consult.files.s3.settings import Credentials
from consult.files.s3.signature import NOTHING, signed

# The keys of the examples in "Authenticating Requests: Using the Authorization Header" of the Amazon S3 API reference.
EXAMPLE = Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
THEN = datetime(2013, 5, 24, tzinfo=UTC)
HOST = {"host": "examplebucket.s3.amazonaws.com"}


def signature(path: str, asked: dict[str, str], headers: dict[str, str]) -> str:
    """What a GET of the examples is signed with."""
    told = signed("GET", path, asked, HOST | headers, NOTHING, EXAMPLE, "us-east-1", THEN)
    return told["authorization"].rpartition("Signature=")[2]


def test_a_part_of_an_object() -> None:
    right = "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
    assert signature("/test.txt", {}, {"range": "bytes=0-9"}) == right


def test_a_query_without_a_value() -> None:
    right = "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"
    assert signature("/", {"lifecycle": ""}, {}) == right


def test_a_list() -> None:
    right = "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
    assert signature("/", {"prefix": "J", "max-keys": "2"}, {}) == right
