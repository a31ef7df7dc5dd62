"""A part of a page that is put into it as it was sent before."""

from consult.reading import ready_parts
from consult.web.markup import PART_BEGINS, PART_ENDS

PAGE = f"<p>Đầu</p>{PART_BEGINS}<p>Điều 1</p>{PART_ENDS}<p>Cuối</p>"
EMPTY = f"<p>Khác</p>{PART_BEGINS}{PART_ENDS}<p>Cuối</p>"


def test_a_part_is_cut_out_of_its_page_and_put_into_others() -> None:
    first = ready_parts.sent(PAGE, None)
    second = ready_parts.sent(EMPTY, first[1])
    assert b"".join(first).decode() == "<p>Đầu</p><p>Điều 1</p><p>Cuối</p>" == ready_parts.whole(PAGE)
    assert b"".join(second).decode() == "<p>Khác</p><p>Điều 1</p><p>Cuối</p>"
    assert second[1] is first[1]
