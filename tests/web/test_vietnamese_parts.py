"""The Vietnamese words of an English page lie in elements that say so, and nothing else of it is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.web.vietnamese_parts import marked


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>Comments</p>", "<p>Comments</p>"),
        ("<p>Điều 1</p>", '<p><span lang="vi">Điều</span> 1</p>'),
        (
            "<p>page 14, Báo cáo đầy đủ (bản in) of 2026</p>",
            '<p>page 14, <span lang="vi">Báo cáo đầy đủ (bản</span> in) of 2026</p>',
        ),
        ("<p>Hội Người cao tuổi tỉnh A</p>", '<p><span lang="vi">Hội Người cao tuổi tỉnh A</span></p>'),
        ("<p>by Ma Văn Công Khai, and</p>", '<p>by <span lang="vi">Ma Văn Công Khai,</span> and</p>'),
        ("<p>Phan Thanh Tùng, Xã Côn Minh</p>", '<p><span lang="vi">Phan Thanh Tùng, Xã Côn Minh</span></p>'),
        ("<p>A citizen, xã Thần Sa</p>", '<p>A citizen, <span lang="vi">xã Thần Sa</span></p>'),
        (
            "<p>Công nghệ thông tin and Sở</p>",
            '<p><span lang="vi">Công nghệ thông tin</span> and <span lang="vi">Sở</span></p>',
        ),
        ("<p>Letter 12 to Ban Trị sự on 3 May</p>", '<p>Letter 12 to <span lang="vi">Ban Trị sự</span> on 3 May</p>'),
        ("<p>Point đ, clause 2</p>", '<p>Point <span lang="vi">đ,</span> clause 2</p>'),
        ("<p>The Sở Tư pháp. To be read</p>", '<p>The <span lang="vi">Sở Tư pháp.</span> To be read</p>'),
        (
            "<p>Sở Tư pháp said of the draft that Điều 3 is right</p>",
            '<p><span lang="vi">Sở Tư pháp</span> said of the draft that <span lang="vi">Điều</span> 3 is right</p>',
        ),
        ('<p lang="vi">Điều <b>một</b></p>', '<p lang="vi">Điều <b>một</b></p>'),
        ('<p lang="vi"><i lang="en">Hội</i></p>', '<p lang="vi"><i lang="en"><span lang="vi">Hội</span></i></p>'),
        ('<a href="/x?q=Điều" title="Điều">go</a>', '<a href="/x?q=Điều" title="Điều">go</a>'),
        ('<a title="a > b">Xã</a>', '<a title="a > b"><span lang="vi">Xã</span></a>'),
        ("<option value=x>Sở Tư pháp</option>", '<option value=x lang="vi">Sở Tư pháp</option>'),
        ("<textarea>\nĐề nghị\n</textarea>", '<textarea lang="vi">\nĐề nghị\n</textarea>'),
        ("<svg><text>Xã</text></svg>", '<svg><text lang="vi">Xã</text></svg>'),
        ("<script>'Điều'</script><!-- Điều -->", "<script>'Điều'</script><!-- Điều -->"),
        ("<title>Điều</title>", '<title lang="vi">Điều</title>'),
        ("<title>Comment – Dự thảo Quyết định</title>", '<title lang="vi">Comment – Dự thảo Quyết định</title>'),
        ("<title>All the comments on Điều 3</title>", "<title>All the comments on Điều 3</title>"),
        ("<p>Xã<br>Thôn Nà Hái</p>", '<p><span lang="vi">Xã</span><br><span lang="vi">Thôn Nà Hái</span></p>'),
        ("<p>&lt;Điều&gt; a&nbsp;b</p>", '<p><span lang="vi">&lt;Điều&gt;</span> a&nbsp;b</p>'),
        ("<p>o\u0302ng</p>", "<p>o\u0302ng</p>"),
        ("<p>e\u0323m</p>", '<p><span lang="vi">e\u0323m</span></p>'),
    ],
)  # fmt: skip
def test_parts_are_marked(page: str, expected: str) -> None:
    assert marked(page, "en") == expected


@given(
    st.lists(st.sampled_from(["<p>", "</p>", "<b lang='vi'>", "</b>", "<br>", "Điều ", "word ", "&lt;", " ", '"', ">"]))
)
def test_words_and_tags_stay_as_they_are(pieces: list[str]) -> None:
    html = "".join(pieces)
    assert marked(html, "en").replace('<span lang="vi">', "").replace("</span>", "") == html
