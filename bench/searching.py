"""`python -m bench.searching [SIZES]`: the search engines side by side at 2,000 to 200,000 comments.

For FTS5 and Whoosh the CPU time of the process; for PostgreSQL, where there is one (`--postgresql`, started for it in a
temporary folder), the time that passes, since its work is another process's: the machine should have nothing else to
do.

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
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import text

from bench.site import ROOT
from consult.db import connect, new_id
from consult.search.engines.fts5_index import Fts5Index
from consult.search.engines.postgresql_index import PostgresqlIndex
from consult.search.engines.seam import Document, Search, SearchFilters
from consult.search.engines.tokens import terms
from consult.search.engines.whoosh_index import WhooshIndex
from consult.search.words import Thing, result_fact, source_fact, year_fact
from tests.database import postgresql_server

SIZE = """SELECT sum(pg_total_relation_size(oid)) FROM pg_class
WHERE relkind = 'r' AND relnamespace::regnamespace::text = 'consult_search'"""
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
    parser.add_argument("--postgresql", action="store_true", help="PostgreSQL's index in Whoosh's place")
    asked = parser.parse_args()
    sizes, other = asked.sizes, "PostgreSQL" if asked.postgresql else "Whoosh"
    print(f"{'milliseconds for a page of ten':36}" + "".join(f"{size:>22,}" for size in sizes))
    print(f"{'':36}" + f"{'FTS5':>11}{other:>11}" * len(sizes))
    beside = measured_on_server if asked.postgresql else partial(measured, WhooshIndex)
    columns = [column for size in sizes for column in (measured(Fts5Index, size), beside(size))]
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


def measured_on_server(size: int) -> dict[str, float]:
    """What PostgreSQL takes at one size, in time that passes."""
    with postgresql_server() as server:
        database = connect(server.render_as_string(hide_password=False))
        engine = PostgresqlIndex(database)
        began = time.perf_counter()
        engine.rebuild(lambda: comments(size))
        found = {"index, seconds": time.perf_counter() - began}
        with database.connect() as connection:
            found["index, MB"] = float(connection.scalar(text(SIZE)) or 0) / 1e6
        for label, (words, filters) in QUERIES.items():
            page = 20 if label.endswith("page 20") else 1
            found[label] = _milliseconds(engine, words, filters, page, time.perf_counter)
        database.dispose()
        print(f"PostgreSQL {size:,}: done", file=sys.stderr)
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


def _milliseconds(
    engine: Search,
    words: str,
    filters: SearchFilters,
    page: int,
    clock: Callable[[], float] = time.process_time,
) -> float:
    """The time of one query, the middle way between patience and exactness."""
    asked = terms(words)
    engine.query(asked, filters, page)
    began, times = clock(), 0
    while times < LEAST or (times < MOST and clock() - began < SECONDS):
        engine.query(asked, filters, page)
        times += 1
    return 1000 * (clock() - began) / times


if __name__ == "__main__":
    main()
