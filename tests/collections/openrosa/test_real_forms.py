"""The forms of real drafts are taken by pyxform and small enough to be downloaded in a village."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.collections import clause_list, service
from consult.collections.openrosa import xlsform
from consult.collections.service import NewCollection
from consult.consultations.files import uploaded_files
from consult.people.words import Level, OrganisationKind, Role
from tests.builders import NOW, make_actor, make_consultation, make_organisation
from tests.collections.openrosa.xform_rules import problems
from tests.collections.spreadsheet.filled import say

REAL = [
    "168_2024_ND-CP_619502.docx", "49_2019_QH14_402073.docx", "31_2024_QH15_523642.docx", "108_2025_QH15_675268.docx",
    "nghi_dinh_03_2026_ND_CP.docx",
]  # fmt: skip


@pytest.mark.real
@pytest.mark.parametrize("name", REAL)
def test_the_form_of_a_real_draft(app: Flask, app_session: Session, samples: Path, name: str) -> None:
    upload = uploaded_files.read_upload((samples / "legal" / name).read_bytes(), name, app.extensions["consult.files"])
    matter = make_consultation(app_session, upload=upload)
    front = make_organisation(app_session, OrganisationKind.FRONT_COMMITTEE, Level.PROVINCE, "Ủy ban MTTQ tỉnh")
    actor = make_actor(app_session, front, Role.DRAFTER)
    new = NewCollection("Ý kiến", consultation_id=matter.id)
    collection = service.open_collection(app_session, front.id, new, actor, NOW)
    clauses = clause_list.of_collection(app_session, collection, say)
    xform = xlsform.xml(xlsform.form(collection, clauses, say))
    assert 40 < len(clauses) == xform.count("du-thao/1/") and len(xform) < 1_500_000
    assert problems(xform) == []
