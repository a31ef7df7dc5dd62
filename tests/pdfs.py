"""PDF files for tests, made here: pages of words, of pictures, with bookmarks."""

from collections.abc import Sequence
from io import BytesIO

import pikepdf
import pypdfium2
import typst
from PIL import Image

_HEAD = '#set page(paper: "a6", margin: 1cm)\n#set text(lang: "vi", font: "Libertinus Serif", size: 12pt)\n'


def words_pdf(pages: Sequence[str], headings: bool = False) -> bytes:
    """A PDF with these words, one page for each; with `headings` the first line of each is a bookmark."""
    parts = []
    for words in pages:
        first, _, rest = words.partition("\n")
        start = f"#heading[{_typed(first)}]" if headings else _typed(first)
        parts.append(f"{start}\n\n" + "\n\n".join(map(_typed, rest.splitlines())))
    made: bytes = typst.compile((_HEAD + "\n#pagebreak()\n".join(parts)).encode())
    return made


def picture_pdf(words: str) -> bytes:
    """A PDF of one page which is a picture of these words, as a scanner makes it."""
    with pypdfium2.PdfDocument(words_pdf([words])) as document:
        drawn = document[0].render(scale=3).to_pil()
    return pictures_pdf([drawn.convert("L")])


def pictures_pdf(pictures: Sequence[Image.Image]) -> bytes:
    """A PDF with one picture on each page."""
    held = BytesIO()
    pictures[0].save(held, "PDF", save_all=True, append_images=list(pictures[1:]), resolution=216)
    return held.getvalue()


def turned_pdf(data: bytes, drawn: int, shown: int = 0) -> bytes:
    """The same pages, drawn so many degrees against the clock, and shown so many clockwise."""
    with pikepdf.open(BytesIO(data)) as file:
        for page in file.pages:
            _left, _bottom, width, height = (float(side) for side in page.mediabox)
            turns = {
                0: (1, 0, 0, 1, 0, 0),
                90: (0, 1, -1, 0, height, 0),
                180: (-1, 0, 0, -1, width, height),
                270: (0, -1, 1, 0, 0, width),
            }
            page.contents_add(f"{' '.join(map(str, turns[drawn]))} cm".encode(), prepend=True)
            page.mediabox = pikepdf.Array([0, 0, height, width] if drawn % 180 else [0, 0, width, height])
            page.Rotate = shown
        made = BytesIO()
        file.save(made)
    return made.getvalue()


def stamped_pdf(words: str, stamp: str) -> bytes:
    """A picture of these words on which a telephone's scanner wrote its own name."""
    with pypdfium2.PdfDocument(words_pdf([words])) as document:
        drawn = BytesIO()
        document[0].render(scale=3).to_pil().convert("L").save(drawn, "PNG")
    whole = "#place(dx: -1cm, dy: -1cm, image(picture, width: 105mm, height: 148mm))\n"
    start = f"#let picture = bytes(({', '.join(map(str, drawn.getvalue()))}))\n"
    made: bytes = typst.compile((_HEAD + start + whole + "#v(1fr)" + _typed(stamp)).encode())
    return made


def _typed(words: str) -> str:
    """Words that typst takes as they are."""
    quoted = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'#"{quoted}"' if words else ""
