"""A page of parts goes over the wire as one stream that anybody's browser reads."""

import gzip

import pytest

from consult.web.compression import SharedPart, gzipped

LAW = SharedPart(b"".join(b"<p>Dieu %d. Thu gom chat thai ran.</p>" % number for number in range(400)))
HEAD, TAIL = b"<p>Trang chu</p>" * 40, b"<p>Dieu 399. Thu gom chat thai ran.</p>"


@pytest.mark.parametrize(
    "parts",
    [[HEAD], [HEAD, LAW, TAIL], [LAW], [b"", LAW, b""], [HEAD, LAW, TAIL, LAW, HEAD], [SharedPart(b""), TAIL]],
)
def test_parts_are_one_stream(parts: list[bytes]) -> None:
    assert gzip.decompress(gzipped(parts, 6)) == b"".join(parts)


def test_what_follows_a_part_may_refer_to_it() -> None:
    assert len(gzipped([HEAD, LAW, TAIL], 6)) - len(gzipped([HEAD, LAW], 6)) < len(TAIL) // 2


def test_a_part_is_compressed_once() -> None:
    assert LAW.deflated is LAW.deflated
