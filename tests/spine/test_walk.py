"""The whole spine on a real decree, through HTTP: from the imported file to the table, checked from outside."""

import csv
import io
import json
import re
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter import queries
from consult.people.words import OrganisationKind
from consult.submissions.inputs import CONSENT_VERSION
from tests.live import served
from tests.pages import Browser
from tests.responses.intake.test_service import PDF
from tests.spine.server import CHECKOUT
from tests.spine.walking import Walk

pytestmark = [pytest.mark.real, pytest.mark.slow]

DECREE = "08_2022_ND-CP_m_479457.docx"
PLACES = ("", "d1", "d4.k6", "d4.k6.pdd", "d5.k1.pa", "d25", "pli", "plvi.t1", "plviii.pl1", "d4.k6.pdd")
"""The whole matter, articles, clauses, points, appendices, a table of one, and a form inside one."""
LONG = "Đề nghị làm rõ trách nhiệm của từng cấp trong việc kiểm tra, giám sát môi trường. " * 60
LETTER = {
    "letter_number": "12/BC",
    "signing_line": "TM. BAN THƯỜNG VỤ",
    "signatory_office": "Phó Chủ tịch",
    "signatory_name": "Hoàng Văn Én",
}
CRITIQUE = {
    "form": "written",
    "criteria.necessity": "Cần thiết ban hành.",
    "criteria.conformity": "Phù hợp với chủ trương, pháp luật.",
    "criteria.soundness": "Cần làm rõ kinh phí.",
    "impact.society": "Tác động đến hộ nghèo.",
    "criteria.balance": "Bảo đảm hài hòa.",
    "conclusion": "Thống nhất về chủ trương, đề nghị chỉnh sửa.",
}
DISPOSITIONS = ("accepted", "partly_accepted", "not_accepted", "clarified", "noted", "referred")
CHANGES = (
    ("UPDATE comment_version SET text = 'X' || substr(text, 2) WHERE rowid = 5", "ý kiến số "),
    ("UPDATE provision SET text = text || '.' WHERE path = 'd1.k1' OR path = 'd1'", "bản dự thảo lần "),
    ("UPDATE response_version SET text = 'X' || substr(text, 2) WHERE rowid = 2", "trả lời số "),
    ("UPDATE ledger_entry SET body = replace(body, 'web', 'wab') WHERE \"index\" = 7", "mục 7"),
    ('UPDATE ledger_node SET hash = zeroblob(32) WHERE level = 1 AND "index" = 3', "1"),
    ("UPDATE submission SET sender_name = 'X' || sender_name WHERE number = 3", "phiếu số 3"),
    ("UPDATE period SET closes_at = '2030-01-01 00:00:00.000000'", "thời hạn "),
    ("UPDATE consultation SET title = title || '.'", ""),
)
"""What is changed behind the site's back, and what `ledger verify` names then."""


@pytest.fixture
def walk(app: Flask, app_session: Session) -> Walk:
    return Walk(app, app_session)


def test_the_whole_spine_on_a_real_decree(walk: Walk, samples: Path, tmp_path: Path) -> None:
    walk.slug = brought_in(walk, samples / "legal" / DECREE)
    receipt = citizens_comment(walk)
    organisations_answer(walk)
    a_letter_comes_on_paper(walk)
    released(walk)
    walk.wait_until((queries.by_slug(walk.session, walk.slug).closes_at or walk.now) + timedelta(hours=8))
    nothing_is_taken_any_more(walk)
    answered_and_concluded(walk)
    the_table_holds_everything(walk)
    outsiders_find_it_whole(walk, receipt, tmp_path)
    what_is_changed_is_named(walk)


def brought_in(walk: Walk, file: Path) -> str:
    """Imported and published by one command, which prints its slug."""
    options = ["--title", "Nghị định quy định chi tiết một số điều của Luật Bảo vệ môi trường", "--kind", "legal_draft"]
    said = walk.app.test_cli_runner().invoke(args=["import-draft", str(file), *options, "--publish"])
    assert said.exit_code == 0, said.output
    return said.output.split()[-1]


def citizens_comment(walk: Walk) -> bytes:
    """30 comments at different depths, three in each submission; the receipt file of the first."""
    browser, receipts = Browser(walk.app), []
    for number, place in enumerate(PLACES):
        texts = [f"Ý kiến {number}.{part} của công dân. {LONG if part == 2 else ''}".strip() for part in range(3)]
        told = {"name": f"Công dân số {number}", "contact": f"cong.dan{number}@example.invalid"}
        page = walk.comment(browser, place, texts, **told)
        assert page.heading == "Đã tiếp nhận ý kiến", page.text[:500]
        receipts.append(page)
    file = receipts[0].submit(button="Tải tệp biên nhận")
    assert file.status == 200
    return file.body


def organisations_answer(walk: Walk) -> None:
    """Two văn bản góp ý and a văn bản phản biện xã hội, each prepared by one person and sent by another."""
    formal, critique = "Soạn văn bản góp ý", "Soạn văn bản phản biện xã hội"
    for kind, name, what, fields in (
        (OrganisationKind.SOCIO_POLITICAL, "Hội Nông dân tỉnh", formal, {}),
        (OrganisationKind.RELIGIOUS, "Giáo hội Phật giáo tỉnh", formal, {}),
        (OrganisationKind.FRONT_COMMITTEE, "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", critique, CRITIQUE),
    ):
        walk.engage(kind, name)
        day = clock.local_day(walk.now).isoformat()
        days = {"letter_on": day, **({"held_on": day} if fields else {})}
        texts = [f"{name}: thống nhất về chủ trương.", f"{name}: đề nghị có lộ trình."]
        page = walk.opinion(kind, what, {**LETTER, **fields, **days, "scan": (PDF, "quet.pdf")}, texts)
        assert page.heading == "Đã tiếp nhận văn bản", page.text[:500]
        # Each content of the critique, and its conclusion, is owed an answer like any comment.
        walk.texts += [text for name, text in fields.items() if name != "form"]


def a_letter_comes_on_paper(walk: Walk) -> None:
    """An officer enters it with its scan; its sender gets a slip with both codes."""
    walk.engage_desk()
    text = "Thư của cụ Lý: đề nghị thu gom rác ở thôn."
    page = walk.as_one("officer").get(walk.at("tiep-nhan/"))
    slip = page.submit(
        {
            "received_on": clock.local_day(walk.now).isoformat(), "channel": "post", "name": "Lý Thị Hoa",
            "scan": (PDF, "thu.pdf"), "comments.0.place": "khoản 6 Điều 4", "comments.0.text": text,
        },
        "Tiếp nhận và in phiếu",
    )  # fmt: skip
    assert slip.heading == "Phiếu tiếp nhận ý kiến", slip.text[:500]
    walk.texts.append(text)


def released(walk: Walk) -> None:
    """Everything is made public, as many at a time as the list shows."""
    officer = walk.as_one("officer")
    for _ in range(len(walk.texts)):
        page = officer.get(walk.at("?visibility=in_check"))
        numbers = page.find("//input[@name = 'comment']/@value")
        if not numbers:
            return
        done = page.submit({"comment": [str(number) for number in numbers]}, "Cho công khai")
        assert done.status == 200, done.text[:500]
    raise AssertionError("there is always something left to release")


def nothing_is_taken_any_more(walk: Walk) -> None:
    """The period is over: the form says so, and so does the API."""
    page = Browser(walk.app).get(f"/lay-y-kien/{walk.slug}/gop-y/", 409)
    assert page.heading == "Chưa gửi được ý kiến", page.text[:300]
    answer = walk.app.test_client().post(
        f"/api/v1/consultations/{walk.slug}/submissions",
        json={"consent": CONSENT_VERSION, "comments": [{"text": "Muộn."}]},
        headers={"Idempotency-Key": f"{7:032x}"},
    )
    assert (answer.status_code, answer.get_json()["reason"]) == (409, "too_late")


def answered_and_concluded(walk: Walk) -> None:
    """Answers of every disposition are drafted, approved by another, published together; then it is concluded."""
    publisher, officer = walk.as_one("publisher"), walk.as_one("officer")
    refused = publisher.get(walk.at("ket-thuc/"))
    assert f"Còn {len(walk.texts)} ý kiến chờ trả lời" in refused.text
    groups = [range(start, min(start + 4, len(walk.texts) + 1)) for start in range(1, len(walk.texts) + 1, 4)]
    for place, group in enumerate(groups):
        form = officer.get(walk.at("tra-loi/?" + "&".join(f"comment={number}" for number in group)))
        said = {"disposition": DISPOSITIONS[place % 6], "text": f"Trả lời nhóm {place}. {LONG}"}
        saved = form.submit(said, "Lưu bản trả lời")
        if "Xin xem lại trước khi lưu" in saved.text:
            saved = saved.submit({"Tôi đã xem các lưu ý trên và vẫn lưu như vậy": True}, "Lưu bản trả lời")
        assert "Đã lưu" in saved.text
    sheet = walk.as_one("leader").get(walk.at("phe-duyet/"))
    seen = {"Tôi đã xem các lưu ý ở những câu trả lời được chọn": True}
    sheet.submit(seen, f"Phê duyệt tất cả {len(groups)} câu trả lời")
    approved = publisher.get(walk.at("cong-bo/"))
    every = approved.find("//button[@value = 'publish_all']")
    approved.submit({}, f"Công bố tất cả {len(groups)} câu trả lời" if every else "Công bố các trả lời đã chọn")
    ended = publisher.get(walk.at("ket-thuc/")).submit({}, "Kết thúc và công bố kết quả")
    assert "đã công bố kết quả" in ended.text


def the_table_holds_everything(walk: Walk) -> None:
    """Every comment with its answer, whole, in the order of the document, in each of the three files."""
    client = walk.app.test_client()
    start = f"/lay-y-kien/{walk.slug}/tong-hop"
    files = {suffix: client.get(f"{start}.{suffix}") for suffix in ("json", "csv", "docx")}
    assert {answer.status_code for answer in files.values()} == {200}
    table = json.loads(files["json"].get_data())
    rows = table["comments"]
    assert sorted(row["text"] for row in rows) == sorted(text.strip() for text in walk.texts)
    assert all(row["answer"]["text"].endswith(LONG.strip()) for row in rows)
    assert {row["answer"]["disposition"] for row in rows} == set(DISPOSITIONS)
    lines = list(csv.reader(io.StringIO(files["csv"].get_data().decode("utf-8-sig"))))
    cells = [cell for line in lines for cell in line]
    words = words_of_word_file(files["docx"].get_data())
    for row in rows:
        assert any(row["text"] in cell for cell in cells) and any(row["answer"]["text"] in cell for cell in cells)
        assert squeezed(row["text"]) in words and squeezed(row["answer"]["text"]) in words
    in_order_of_the_document(walk, sorted(rows, key=lambda row: words.index(squeezed(row["text"]))))
    for answer in files.values():
        answer.close()


def in_order_of_the_document(walk: Walk, rows: list[dict[str, Any]]) -> None:
    """As the Word file has them: general remarks first, then by place as the decree is read."""
    tree = walk.app.test_client().get(f"/api/v1/consultations/{walk.slug}/revisions/1/1").get_json()
    order = {path: position for position, path in enumerate(paths_of(tree["provisions"]))}
    places = [order[row["anchor"]["path"]] if row["anchor"] else -1 for row in rows]
    assert len(places) > 30 and places == sorted(places) and places[0] == -1


def paths_of(nodes: list[dict[str, Any]]) -> Iterator[str]:
    for node in nodes:
        yield node["path"]
        yield from paths_of(node["children"])


def words_of_word_file(data: bytes) -> str:
    """All the text of a Word file, without white space."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return squeezed("".join(ElementTree.fromstring(packed.read("word/document.xml")).itertext()))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def outsiders_find_it_whole(walk: Walk, receipt: bytes, folder: Path) -> None:
    """docs/verify_ledger.py checks the log, both sums and the first receipt from the API alone."""
    file = folder / "receipt.json"
    file.write_bytes(receipt)
    with served(walk.app) as address:
        said = subprocess.run(
            [sys.executable, "docs/verify_ledger.py", address, walk.slug, "--receipt", str(file), "--every-proof"],
            cwd=CHECKOUT, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
    assert said.returncode == 0, said.stdout + said.stderr
    assert "awaiting 0" in said.stdout and f"{len(walk.texts)} comments received" in said.stdout


def what_is_changed_is_named(walk: Walk) -> None:
    """`ledger verify` holds; one byte changed behind its back, and it says where; put back, and it holds again."""
    walk.session.rollback()
    runner, url = walk.app.test_cli_runner(), walk.app.extensions["consult.database"].engine.url
    assert runner.invoke(args=["ledger", "verify", walk.slug]).output.endswith("(số đợt đã kiểm tra: 1).\n")
    with closing(sqlite3.connect(url.database)) as raw, closing(sqlite3.connect(":memory:")) as kept:
        raw.backup(kept)
        for change, named in CHANGES:
            assert raw.execute(change).rowcount > 0, change
            raw.commit()
            said = runner.invoke(args=["ledger", "verify", walk.slug])
            assert said.exit_code == 1 and "Không khớp: " in said.output and named in said.output, (
                change,
                said.output,
            )
            kept.backup(raw)
    assert runner.invoke(args=["ledger", "verify", walk.slug]).exit_code == 0
