"""Everything that collections print, with names and words that no font has."""

from flask import Flask
from sqlalchemy.orm import Session

from consult.clock import now
from consult.collections.branches import keys
from consult.collections.branches import service as branches
from consult.collections.branches.service import NewBranch
from consult.collections.consolidating import service as consolidating
from consult.collections.inputs import NewOpinion
from consult.collections.kit import service as kits
from consult.collections.kit.service import KitClause, NewKit
from consult.collections.recording import service as recording
from consult.people.words import Role
from consult.submissions.views_frame import site_codes
from tests.application import sign_in
from tests.builders import make_user
from tests.collections.scene import collecting, key, paper
from tests.pages import Browser, Page
from tests.responses.paper.filled import sheets_of

ODD = "Nước 漢字 😀"


def printed(app: Flask, session: Session) -> dict[str, Page]:
    """By the route that gives it."""
    with app.app_context():
        codes = site_codes()
    scene = collecting(session, f"Xã {ODD}", codes=codes, at=now(), standing=True)
    [branch] = scene.branches.values()
    [hamlet] = branches.add(session, scene.collection, branch, [NewBranch(f"Thôn {ODD}")], codes, now())
    recording.record(session, hamlet, paper(), [NewOpinion(ODD)], key("b"), None, codes, now())
    recording.record(session, branch, paper(), [NewOpinion(ODD)], key(), None, codes, now())
    consolidating.leave_out(session, scene.collection, [1, 2], ODD, scene.secretary, now())
    kits.save(session, scene.collection, NewKit(ODD, [KitClause("", ODD, ODD)]), scene.secretary, now())
    work, village = Browser(app), Browser(app)
    sign_in(work, make_user(session, scene.front, [Role.DRAFTER]))
    village.get(f"/thu-thap/vao/{keys.of_branch(branch, codes)}/")
    number = scene.collection.number
    of_work = sheets_of(work, f"/to-chuc/dot-thu-thap/{number}/phieu/", {"branch": str(branch.number)})
    sheets = sheets_of(village, f"/thu-thap/{number}/{branch.number}/phieu/")
    session.commit()
    desk, own = f"/to-chuc/dot-thu-thap/{number}/", f"/thu-thap/{number}/{branch.number}/"
    return {
        "collecting.branches.printed": work.get(f"{desk}ma-qr.pdf"),
        "collecting.branches.printed_one": work.get(f"{desk}dau-moi/{branch.number}/ma-qr.pdf"),
        "collecting.answers.printed": work.get(f"{desk}chuyen-xuong/{branch.number}/to-doc.pdf"),
        "collecting.kit.printed": work.get(f"{desk}tai-lieu-hop.pdf"),
        "branch.below.printed": village.get(f"{own}ben-duoi/ma-qr.pdf"),
        "branch.answers_below.printed": village.get(f"{own}ben-duoi/tra-loi/{hamlet.number}/to-doc.pdf"),
        "branch.answers.printed": village.get(f"{own}tra-loi/to-doc.pdf"),
        "branch.kit.printed": village.get(f"{own}tai-lieu-hop.pdf"),
        "branch.paper.printed": village.get(sheets),
        "collecting.paper.printed": work.get(of_work),
    }
