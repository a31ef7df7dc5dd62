"""What is taken as it was last made says the same as what is made anew, whatever has happened between."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import Markup
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.preparation import publication
from consult.reading.kept_pieces import KeptPieces, Pieces, kept_pieces
from consult.submissions.words import CommentActKind, Stance
from tests.reading.scene import Scene

Made = Callable[[str], str]


@pytest.fixture
def made(app: Flask) -> Made:
    """Reads a page with the pieces that are kept, once more with none of them, and gives it back if both are one."""
    client: FlaskClient = app.test_client()

    def reads(path: str) -> str:
        app.extensions["consult.page_cache"].clear()
        with_kept = client.get(path).get_data(as_text=True)
        app.extensions["consult.page_cache"].clear()
        before, kept_pieces.kept = kept_pieces.kept, type(kept_pieces.kept)()
        anew = client.get(path).get_data(as_text=True)
        kept_pieces.kept = before
        assert with_kept == anew
        return anew

    return reads


def test_every_change_is_told_as_on_a_page_made_anew(app_session: Session, made: Made) -> None:
    scene = Scene(app_session)
    pages = [f"{language}{scene.url}{page}" for language in ("", "/en") for page in ("du-thao/1/", "y-kien/")]
    seen: dict[str, list[str]] = {page: [] for page in pages}

    def look() -> None:
        for page in pages:
            seen[page].append(made(page))

    look()
    first, second = scene.send(stance=Stance.OPPOSE), scene.send("Đề nghị nêu rõ.", "d1")
    look()
    scene.release(first, second)
    look()
    scene.answer(first, text="Giữ nguyên ba nhóm.")
    look()
    scene.decide(second, CommentActKind.WITHHELD, "personal_data")
    look()
    publication.withdraw(app_session, scene.matter, "Soạn lại.", scene.desk.publisher, clock.now())
    look()
    for page in (f"{scene.url}y-kien/", f"/en{scene.url}y-kien/"):
        told = seen[page]
        assert ["Đề nghị nêu rõ." in one for one in told] == [False, False, True, True, False, False]
        assert ["Giữ nguyên ba nhóm." in one for one in told] == [False, False, False, True, True, True]
    assert all(len(set(told)) >= 3 for told in seen.values()), "what happens changes every page"


def test_only_what_tells_something_else_is_made_again(app: Flask, app_session: Session, made: Made) -> None:
    scene = Scene(app_session)
    scene.send()
    made(f"{scene.url}du-thao/1/")
    before = dict(kept_pieces.kept)
    scene.send("Đề nghị nêu rõ.", "d1")
    made(f"{scene.url}du-thao/1/")
    changed = [key[-1] for key, piece in kept_pieces.kept.items() if key in before and before[key] is not piece]
    assert changed == [("contents",), "d1", ("all",)]


def test_memory_is_bounded_and_what_was_asked_last_stays() -> None:
    kept = KeptPieces(limit=30)
    pieces = Pieces(kept, ("page",), name=str, told=lambda thing: thing)
    for word in ("one", "two", "three"):
        pieces.keep(word, Markup("x" * 10))
    assert pieces.of("one") is not None
    pieces.keep("four", Markup("x" * 10))
    assert (pieces.of("two"), kept.size) == (None, 30)
    assert pieces.of("one") and pieces.of("four")
    kept.keep(("page", "one"), "one", Markup("x"))
    assert kept.size == 21
    assert kept.of(("page", "one"), "told otherwise") is None
