"""A part of a page that is put into it as it was sent before."""

from consult.reading import ready_parts
from consult.web.markup import PART_BEGINS, PART_ENDS

PAGE = f"<p>Đầu</p>{PART_BEGINS}<p>Điều 1</p>{PART_ENDS}<p>Cuối</p>"
EMPTY = f"<p>Khác</p>{PART_BEGINS}{PART_ENDS}<p>Cuối</p>"


def test_a_part_is_cut_out_of_its_page_and_put_into_others() -> None:
    first, part = ready_parts.sent(PAGE, None)
    second, same = ready_parts.sent(EMPTY, part)
    assert first.decode() == "<p>Đầu</p><p>Điều 1</p><p>Cuối</p>" == ready_parts.whole(PAGE)
    assert second.decode() == "<p>Khác</p><p>Điều 1</p><p>Cuối</p>"
    assert same is part
