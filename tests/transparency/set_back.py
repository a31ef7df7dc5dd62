"""A site whose database was set back to a backup, while what was signed last is kept beside: by commands and HTTP."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.stages import Stage
from tests.application import end, make_keys
from tests.builders import DRAFT, make_consultation
from tests.keys.site import site
from tests.live import served
from tests.pages import SITE, Browser

BEFORE, LOST, AFTER = "Gửi trước khi sao lưu.", "Gửi sau khi sao lưu, rồi mất.", "Gửi sau khi khôi phục."


@dataclass
class SetBack:
    """The site after the restore; `slug` is its matter, `lost` what the API answered to who sent what is lost,
    `receipt` the file that they downloaded, and `more` what else was done after the backup."""

    app: Flask
    slug: str
    lost: dict[str, Any]
    receipt: dict[str, Any]
    folder: Path
    more: Any = None

    @property
    def session(self) -> Session:
        """A session on the restored database."""
        opened: Session = self.app.extensions["consult.database"].session()
        return opened

    def command(self, *words: str, given: str = "") -> tuple[int, str]:
        """Runs a command; its exit code and what it printed."""
        done = self.app.test_cli_runner().invoke(args=words, input=given)
        return done.exit_code, done.output

    def send(self, text: str, status: int = 201, key: str = "") -> Any:
        """Sends a comment over the API."""
        return send(self.app, self.slug, text, status, key)


@contextmanager
def set_back(
    urls: tuple[str, str], folder: Path, more: Callable[[Flask, str, Any, Any], Any] | None = None
) -> Iterator[SetBack]:
    """A comment, a backup, another comment, and what `more` does with the site, the matter and both answers; then
    the backup on an empty database, with the same place outside."""
    make_keys(folder / "first" / "instance" / "keys")
    first = site(urls[0], folder / "first")
    assert first.test_cli_runner().invoke(args=["db", "upgrade"]).exit_code == 0
    with first.extensions["consult.database"].session() as session:
        slug = make_consultation(session, Stage.OPEN, now=clock.now()).slug
    first.extensions["consult.files"].put(DRAFT.encode())
    before = send(first, slug, BEFORE)
    assert first.test_cli_runner().invoke(args=["backup", str(folder / "backup")]).exit_code == 0
    lost = send(first, slug, LOST)
    receipt, done = receipt_file(first, lost), more(first, slug, before, lost) if more else None
    end(first)
    kept = {"CHECKPOINTS_FOLDER": first.config["CHECKPOINTS_FOLDER"]}
    empty = site(urls[1], folder / "again", **kept)
    assert empty.test_cli_runner().invoke(args=["restore", str(folder / "backup")]).exit_code == 0
    end(empty)
    app = site(urls[1], folder / "again", **kept)
    yield SetBack(app, slug, lost, receipt, folder, done)
    end(app)


def receipt_file(app: Flask, sent: dict[str, Any]) -> dict[str, Any]:
    """The receipt file that the sender downloads with both codes."""
    browser = Browser(app)
    own = browser.get(f"/tra-cuu/{sent['code']}/").submit({"ma_bi_mat": sent["secret"]}, button="Mở")
    form = own.form("Tải tệp biên nhận")
    answer = browser.client.post(form.target(None), data=form.values(), headers={"Origin": SITE}, base_url=SITE)
    file: dict[str, Any] = json.loads(answer.get_data())
    return file


def send(app: Flask, slug: str, text: str, status: int = 201, key: str = "") -> Any:
    """Sends a comment over the API; raises AssertionError unless it ends in `status`."""
    client = app.test_client()
    consent = client.get("/api/v1/consent").get_json()["version"]
    answer = client.post(
        f"/api/v1/consultations/{slug}/submissions",
        json={"comments": [{"text": text}], "consent": consent},
        headers={"Idempotency-Key": f"{key or text.encode().hex():->32}"[-60:]},
    )
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.get_json()


def verified(verifier: Any, back: SetBack, **extras: Any) -> list[str]:
    """What the outsiders' program says of the log, asked over HTTP. Raises its Failed."""
    with served(back.app) as address:
        source = verifier.Site(address, back.slug, None)
        return list(verifier.verify(source, verifier.Extras(**extras)))
