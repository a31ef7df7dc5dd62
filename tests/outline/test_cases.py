"""Small documents of the kinds that went wrong (`cases/README.md` has the right values), and every document there is:
no word is lost, and every doubt about a place names one."""

from collections import Counter
from pathlib import Path

import pytest

from consult.outline import Outline, Unreadable, outline_of
from consult.outline.blocks import Source
from consult.outline.paths import parse
from consult.outline.readers import read
from tests.outline.outlines import at, codes, paths, squeezed
from tests.outline.reading_text import paragraphs, pictures, texts

pytestmark = pytest.mark.real

READ_AS = (".docx", ".txt", ".pdf", ".odt", ".doc")


def made(samples: Path, name: str) -> Outline:
    """The outline of one of the cases."""
    path = samples / "cases" / name
    return outline_of(read(path.read_bytes(), path.name))


def test_letters_below_a_number(samples: Path) -> None:
    found = made(samples, "letters.docx")
    assert [child.marker for child in at(found, "ri.k2.n2_1").children] == ["A)", "B)"]
    assert [child.marker for child in at(found, "ri.k2.n2_2").children] == ["A)", "B)"]
    assert paths(found, "roman", "clause") == ["ri", "ri.k1", "ri.k2", "ri.k3", "rii", "rii.k1"]
    assert codes(found) == []


def test_an_excerpt(samples: Path) -> None:
    found = made(samples, "excerpt.txt")
    assert (found.grammar, paths(found, "article")) == ("articles", ["d12", "d15"])
    assert codes(found) == [("sequence_start", "d12"), ("sequence_gap", "d15")]


def test_a_quotation_opened_in_the_preamble(samples: Path) -> None:
    found = made(samples, "prefquote.txt")
    assert paths(found, "article") == ["d1", "d2", "d3"]
    assert codes(found) == [("unclosed_quotation", "q1")]


def test_sentences_below_a_title_without_a_stop(samples: Path) -> None:
    found = made(samples, "plan1.txt")
    assert [child.text[:8] for child in at(found, "ri.k1.pb").children] == ["Phấn đấu", "Phấn đấu"]
    assert len(at(found, "ri.k2.pb").children) == 1


def test_a_long_point(samples: Path) -> None:
    found = made(samples, "a15_longpoint.docx")
    assert len(at(found, "d1.k1.pa").children) == 15
    assert paths(found, "clause", "point") == ["d1.k1", "d1.k1.pa", "d1.k1.pb", "d1.k2"]


def test_a_heading_without_a_number(samples: Path) -> None:
    found = made(samples, "unnumbered.docx")
    (heading,) = [node for node in found.walk() if node.heading == "KẾ HOẠCH NĂM 2027"]
    assert [child.heading for child in heading.children] == ["Mục tiêu", "Giải pháp"]
    assert codes(found) == [("unnumbered_heading", heading.path)]


def test_alternatives(samples: Path) -> None:
    found = made(samples, "b08_alternatives.docx")
    assert paths(found, "alternative", "clause") == ["d2.a1", "d2.a1.k1", "d2.a1.k2", "d2.a2", "d2.a2.k1", "d2.a2.k2"]
    assert paths(found, "article") == ["d1", "d2", "d3"]


def test_a_capital_point(samples: Path) -> None:
    found = made(samples, "a11_capital_points.docx")
    assert paths(found, "point") == [f"d1.k1.p{label}" for label in ("a", "b", "c", "d", "dd", "e")]
    assert codes(found) == [("capital_label", "d1.k1.pdd")]


def test_a_list_of_174_people(samples: Path) -> None:
    found = made(samples, "a18_174.docx")
    assert paths(found, "clause") == [f"d1.k{number}" for number in range(1, 161)]


def documents(samples: Path) -> list[tuple[Path, Source, Outline]]:
    """Every document that can be read here."""
    found = []
    for folder in ("legal", "eia", "cases"):
        for path in sorted((samples / folder).rglob("*")):
            if path.suffix in READ_AS:
                try:
                    source = read(path.read_bytes(), path.name)
                except Unreadable:
                    continue
                found.append((path, source, outline_of(source)))
    return found


def test_no_word_is_lost_and_every_doubt_has_its_place(samples: Path) -> None:
    for path, source, outlined in documents(samples):
        notes = [note for paragraph in paragraphs(source.blocks) for note in paragraph.footnotes]
        drawn = [one.alt for one in pictures(source.blocks)]
        words_in = Counter(squeezed([*texts(source.blocks), *notes, *drawn]))
        assert Counter(squeezed([outlined.plain_text()])) == words_in, path
        known = set(paths(outlined))
        assert len(known) == len(paths(outlined)), path
        assert all(parse(node.path)[-1].kind == node.kind for node in outlined.walk()), path
        for warning in outlined.warnings:
            assert warning.path in known or 0 < warning.page <= len(source.pages), (path, warning)
