"""A part of a page that is put into it as it was sent before."""

from flask import Flask

from consult.web import ready_parts

PAGE = f"<p>Đầu</p>{ready_parts.BEGINS}<p>Điều 1</p>{ready_parts.ENDS}<p>Cuối</p>"
EMPTY = f"<p>Khác</p>{ready_parts.BEGINS}{ready_parts.ENDS}<p>Cuối</p>"


def test_a_part_is_cut_out_of_its_page_and_put_into_others(app: Flask) -> None:
    with app.test_request_context():
        first, part = ready_parts.answered(PAGE, None)
        second, same = ready_parts.answered(EMPTY, part)
    assert first.get_data(as_text=True) == "<p>Đầu</p><p>Điều 1</p><p>Cuối</p>" == ready_parts.whole(PAGE)
    assert second.get_data(as_text=True) == "<p>Khác</p><p>Điều 1</p><p>Cuối</p>"
    assert same is part and first.content_type == "text/html; charset=utf-8"
