"""`python -m bench.searching [SIZES]`: both search engines side by side at 2,000 to 200,000 comments.

The comments are made of Vietnamese sentences (`CONSULT_SAMPLES/volume`, otherwise of syllables as common as in them);
common words are as common as in a consultation on the environment.
"""

import argparse
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.site import ROOT
from consult.db import new_id
from consult.search.engines.fts5_index import Fts5Index
from consult.search.engines.seam import Document, Search, SearchFilters
from consult.search.engines.tokens import terms
from consult.search.engines.whoosh_index import WhooshIndex
from consult.search.words import Thing, result_fact, source_fact, year_fact

SIZES = (2_000, 20_000, 100_000, 200_000)
MATTERS = [new_id() for _ in range(40)]
COMMON = ("bảo vệ môi trường", "giao đất cho hộ", "của người dân", "đề nghị quy định rõ", "rác thải sinh hoạt")
SYLLABLES = re.findall(
    r"\w+",
    "các và của có cho không được người một là trong với dân nhà xã thôn đường nước rừng ruộng đất cây lúa chợ trường "
    "học trạm y tế công an thu gom xử lý nguồn phân loại hỗ trợ kinh phí thời gian đúng ngày tháng năm quy hoạch dự án "
    "đầu tư xây dựng giải phóng mặt bằng tái định cư khu công nghiệp làng nghề",
)
RARE = "khoáng thạch anh"
QUERIES = {
    "rare words": (f"{RARE}", SearchFilters()),
    "môi trường": ("môi trường", SearchFilters()),
    "đất": ("đất", SearchFilters()),
    "của": ("của", SearchFilters()),
    "three common words": ("của môi đất", SearchFilters()),
    "phrase": ('"bảo vệ môi trường"', SearchFilters()),
    "phrase that is nowhere": ('"trường của đất"', SearchFilters()),
    "common, one matter": ("môi trường", SearchFilters(matter=MATTERS[7])),
    "common, result and year": ("đất", SearchFilters(facts=(result_fact("not_accepted"), year_fact(2024)))),
    "common, page 20": ("môi trường", SearchFilters()),
    "ten common words": ("của môi trường đất và các có cho không người", SearchFilters()),
}
SECONDS, LEAST, MOST = 1.5, 3, 200


def main() -> None:
    """Prints a table for each size and engine."""
    parser = argparse.ArgumentParser(prog="python -m bench.searching", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES))
    sizes = parser.parse_args().sizes
    print(f"{'milliseconds for a page of ten, CPU':36}" + "".join(f"{size:>22,}" for size in sizes))
    print(f"{'':36}" + f"{'FTS5':>11}{'Whoosh':>11}" * len(sizes))
    columns = [column for size in sizes for column in (measured(Fts5Index, size), measured(WhooshIndex, size))]
    for name in columns[0]:
        print(f"{name:36}" + "".join(f"{column[name]:>11,.2f}" for column in columns))


def measured(kind: type[Fts5Index] | type[WhooshIndex], size: int) -> dict[str, float]:
    """What one engine takes at one size."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="consult-searching-") as name:
        engine: Search = kind(Path(name))
        began = time.process_time()
        engine.rebuild(lambda: comments(size))
        found["index, seconds"] = time.process_time() - began
        sizes = (path.stat().st_size for path in Path(name).rglob("*") if path.is_file() and not path.is_symlink())
        found["index, MB"] = sum(sizes) / 1e6
        for label, (words, filters) in QUERIES.items():
            found[label] = _milliseconds(engine, words, filters, 20 if label.endswith("page 20") else 1)
        print(f"{kind.__name__} {size:,}: done", file=sys.stderr)
    return found


def comments(size: int) -> Iterator[Document]:
    """So many comments, always the same ones."""
    chance, sentences = random.Random(2026), _sentences()
    start = datetime(2022, 1, 1, tzinfo=UTC)
    for number in range(1, size + 1):
        said = [chance.choice(sentences) for _ in range(chance.randint(1, 3))]
        said += [f"Đề nghị {chance.choice(COMMON)}." for _ in range(chance.randint(0, 2))]
        if chance.random() < 20 / size:
            said.append(f"Có mỏ {RARE} ở đây.")
        matter = chance.choice(MATTERS)
        at = start + timedelta(days=1400 * number / size)
        result = chance.choice(("accepted", "noted", "not_accepted", "unanswered"))
        facts = (source_fact("comment"), result_fact(result), year_fact(at.year))
        text = " ".join(said)
        yield Document(f"comment:{matter.hex}:{number}", Thing.COMMENT, matter, text, "", {"number": number}, facts, at)


def _sentences() -> list[str]:
    folder = Path(os.environ.get("CONSULT_SAMPLES") or ROOT.parent / "shared" / "data") / "volume"
    path = folder / "vlsp2013_pos_test_sentences.txt"
    if path.is_file():
        lines = path.read_text(encoding="utf-8").splitlines()
        return [line.replace("_", " ")[:300] for line in lines if len(line) > 40]
    chance = random.Random(7)
    return [" ".join(chance.choices(SYLLABLES, k=chance.randint(8, 30))) for _ in range(3000)]


def _milliseconds(engine: Search, words: str, filters: SearchFilters, page: int) -> float:
    """The CPU time of one query, the middle way between patience and exactness."""
    asked = terms(words)
    engine.query(asked, filters, page)
    began, times = time.process_time(), 0
    while times < LEAST or (times < MOST and time.process_time() - began < SECONDS):
        engine.query(asked, filters, page)
        times += 1
    return 1000 * (time.process_time() - began) / times


if __name__ == "__main__":
    main()
