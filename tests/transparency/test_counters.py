"""Every number that a matter gives out is counted by a row which the verifier knows: one that it does not know would be
told as tampering."""

import ast
from pathlib import Path

from sqlalchemy.orm import Session

from consult.files.store import FileStore
from consult.similar.arriving.following import rebuild
from consult.transparency.verification.service import verify
from tests.house.rooms import CHECKOUT, modules, nodes_of
from tests.responses.desk_builder import SIGNER
from tests.transparency.lively import make_lively


def test_the_verifier_knows_every_counter() -> None:
    given = {
        ast.literal_eval(node.args[2])
        for path in modules()
        for node in nodes_of(path)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "next_number"
    }
    folder = CHECKOUT / "consult/transparency/verification"
    known = "".join((folder / name).read_text(encoding="utf-8") for name in ("matter.py", "programme/service.py"))
    assert {"comment", "submission", "similar_group"} <= given
    assert not {name for name in given if f'"{name}"' not in known}


def test_rows_agree_with_the_log_where_there_are_groups_and_when_they_were_made_anew(
    session: Session, tmp_path: Path
) -> None:
    files = FileStore(tmp_path)
    lively = make_lively(session, files)
    for _ in range(2):
        assert rebuild(session, lively.matter.id) > 2
        assert list(verify(session, lively.matter, files, SIGNER))
