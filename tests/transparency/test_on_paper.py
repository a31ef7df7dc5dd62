"""What printed codes say of the log: read back from the sheet, and held against the log of today."""

import base64
import re
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from consult.consultations.models import Consultation
from consult.ledger import merkle, on_paper
from consult.submissions import views_on_paper
from tests.builders import DRAFT
from tests.live import PHONE, Visitor, served
from tests.pages import Browser
from tests.transparency import set_back
from tests.transparency.set_back import SetBack, verified


def send(app: Flask, slug: str, words: str) -> Any:
    return set_back.send(app, slug, words, key=words.encode().hex().zfill(40))


def mark_of(app: Flask, matter: Consultation) -> str:
    with app.test_request_context():
        return views_on_paper.mark(matter.id)


def test_a_mark_names_log_epoch_size_and_root(app: Flask, matter: Consultation) -> None:
    send(app, matter.slug, "Một.")
    mark = mark_of(app, matter)
    assert on_paper.is_mark(mark) and mark.startswith(f"{str(matter.id)[-8:]}.1.")
    assert on_paper.behind("https://a.vn/x/", mark) == f"https://a.vn/x/#nk={mark}"
    assert on_paper.behind("https://a.vn/x/", "") == "https://a.vn/x/" and not on_paper.is_mark(mark + "=")


def test_slips_and_notices_carry_it(app: Flask, matter: Consultation) -> None:
    browser = Browser(app)
    form = browser.get(f"/lay-y-kien/{matter.slug}/gop-y/")
    page = form.walk({"comments.0.text": "Đề nghị giữ."}, button="Xem lại trước khi gửi").submit({}, button="Gửi")
    [shown] = page.find("//img[contains(@src, 'qr.svg')]/@src")
    assert shown.endswith(f"?nk={mark_of(app, matter)}")
    plain = app.test_client().get(shown.partition("?")[0]).data
    marked, other = app.test_client().get(shown).data, app.test_client().get(f"{shown}x").data
    assert plain == other != marked
    assert app.test_client().get(f"/lay-y-kien/{matter.slug}/niem-yet/thong-bao.pdf").status_code == 200


def test_the_verifier_holds_papers_to_the_log(app: Flask, matter: Consultation, verifier: ModuleType) -> None:
    app.extensions["consult.files"].put(DRAFT.encode())
    send(app, matter.slug, "Một.")
    first = mark_of(app, matter)
    send(app, matter.slug, "Hai.")
    second = mark_of(app, matter)

    def said(*papers: str) -> list[str]:
        with served(app) as address:
            source = verifier.Site(address, matter.slug, None)
            return list(verifier.verify(source, verifier.Extras(papers=papers)))

    lines = said(f"https://a.vn/tra-cuu/123/#nk={first}", second)
    assert [line for line in lines if "paper" in line] == [
        "the log begins as the paper of 2 entries says", "the log begins as the paper of 3 entries says"
    ]  # fmt: skip
    forged = first[:-1] + ("A" if first[-1] != "A" else "E")
    for wrong, why in (
        (forged.replace(".2.", ".1."), "two histories"),
        (second.replace(".3.", ".9."), "only 3"),
        ("0" * 8 + first[8:], "another log"),
        (first.replace(".1.", ".2.", 1), "does not know"),
        ("nothing", "no checkpoint stands"),
    ):
        with pytest.raises(verifier.Failed, match=why):
            said(wrong)


def test_a_paper_from_before_a_restore(restored: SetBack, verifier: ModuleType) -> None:
    with restored.session as session:
        own_id = session.query(Consultation.id).filter_by(slug=restored.slug).scalar()
    kept = restored.app.extensions["consult.log_guard"].store.last(own_id)
    lost = on_paper.written(own_id, 1, kept.note)
    restored.app.extensions["consult.files"].put(DRAFT.encode())
    restored.command("ledger", "new-epoch", restored.slug, "--reason", "Khôi phục", "--yes")
    assert any(
        "of the paper those from 2 on were lost" in line for line in verified(verifier, restored, papers=(lost,))
    )
    with pytest.raises(verifier.Failed, match="not of what entry"):
        verified(verifier, restored, papers=(lost[:-43] + 42 * "A" + "E",))


def beyond_the_root(app: Flask, matter: Consultation) -> tuple[bytes, list[bytes]]:
    """A root of no log, and a proof that a log of six entries begins it, had it an end where there is none."""
    data = app.test_client().get(f"/nhat-ky/{matter.slug}/tlog/1/tile/0/000.p/6").data
    leaves = [data[at : at + 32] for at in range(0, len(data), 32)]
    first, other = merkle.root_of(leaves[:4]), bytes(32)
    deeper = merkle.node_hash(leaves[4], merkle.node_hash(leaves[5], other))
    return merkle.node_hash(first, deeper), [leaves[5], other, leaves[4], first]


@pytest.mark.browser
def test_the_browser_compares_two_papers_by_itself(
    app: Flask, matter: Consultation, visitor: Callable[..., Visitor]
) -> None:
    marks = []
    for number in range(5):
        send(app, matter.slug, f"Ý kiến {number}.")
        marks.append(mark_of(app, matter))
    changed = marks[1][:-1] + ("A" if marks[1][-1] != "A" else "E")
    person = visitor(screen=PHONE)
    page = person.open("/nhat-ky/so-sanh/")
    first, second = page.get_by_label("Tờ thứ nhất"), page.get_by_label("Tờ thứ hai")
    for one, two, said in (
        (f"https://a.vn/x/#nk={marks[1]}", marks[4], "nhật ký 3 mục là phần đầu của nhật ký 6 mục"),
        (marks[3], marks[0], "nhật ký 2 mục là phần đầu của nhật ký 5 mục"),
        (marks[2], "", "nhật ký 4 mục là phần đầu của nhật ký 6 mục"),
        (changed, marks[4], "Không cùng một nhật ký."),
        (changed, marks[1], "Không cùng một nhật ký."),
        (marks[0].replace(".1.", ".2.", 1), marks[1], "hai kỳ nhật ký"),
        ("https://a.vn/", "", "Không thấy điểm kiểm tra"),
        ("0" * 8 + marks[0][8:], "", "không thuộc cùng một đợt"),
    ):
        first.fill(one)
        second.fill(two)
        page.get_by_role("button", name="So sánh").click()
        expect(page.get_by_role("status")).to_contain_text(said, use_inner_text=True)
    # A proof that goes on after the root: it "proves" a tree that no log of eight entries has.
    forged, proof = beyond_the_root(app, matter)
    page.route(re.compile("/consistency"), lambda asked: asked.fulfill(json={"hashes": [one.hex() for one in proof]}))
    first.fill(marks[4])
    second.fill(marks[4][:11] + "8." + base64.urlsafe_b64encode(forged).decode().rstrip("="))
    page.get_by_role("button", name="So sánh").click()
    expect(page.get_by_role("status")).to_contain_text("Không cùng một nhật ký.", use_inner_text=True)
    assert person.troubles == []
