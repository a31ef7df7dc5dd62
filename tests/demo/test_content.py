"""The demonstration's content holds together: every key resolves, every anchor exists, nothing poses as official."""

import json
import re
from collections import Counter
from importlib.resources import files

import pytest

from consult.consultations.words import Disclosure, DocumentRole, Kind, Procedure
from consult.demo.drawn.typesetting import pdf_of
from consult.demo.drawn.word_file import docx_of
from consult.demo.letters import part_keys
from consult.outline import read_outline
from consult.outline.entry import take_in
from consult.people.words import Level, OrganisationKind, Role
from consult.responses.words import NEEDS_REASON, Disposition
from consult.submissions import anchors
from consult.submissions.words import (
    CRITIQUE_CRITERIA,
    IMPACT_FACETS,
    Channel,
    ContactKind,
    CritiqueForm,
    Stance,
)

CONTENT = files("consult").joinpath("demo", "content")


def read(*path):
    return json.loads(CONTENT.joinpath(*path).read_text(encoding="utf-8"))


MATTERS = read("consultations.json")["consultations"]
SLUGS = [matter["slug"] for matter in MATTERS]
BODIES = read("organisations.json")
ORGANISATIONS = {organisation["key"]: organisation for organisation in BODIES["organisations"]}
USERS = {user["key"]: user for user in BODIES["users"]}


def submissions(slug):
    return read(slug, "comments.json")["submissions"]


def letters(slug):
    return read(slug, "formal_opinions.json")["opinions"] + read(slug, "critique.json")["critiques"]


def all_comments(slug):
    return [comment for sent in submissions(slug) + letters(slug) for comment in sent["comments"]]


def answerable(slug):
    """The keys of everything that is owed an answer, with the day on which it came."""
    came = {comment["key"]: sent["day"] for sent in submissions(slug) for comment in sent["comments"]}
    for letter in letters(slug):
        keys = [comment["key"] for comment in letter["comments"]] + part_keys(letter)
        came |= dict.fromkeys(keys, letter["received"])
    return came


def answers(slug):
    return read(slug, "answers.json")["answers"]


@pytest.fixture(scope="module")
def area_keys():
    rows = json.loads(files("consult").joinpath("data", "areas.json").read_text(encoding="utf-8"))["areas"]
    return {(area["code"], area["valid_from"]) for area in rows}


def paths_of(file):
    """Every path of the outline of a draft."""
    outline = read_outline(CONTENT.joinpath(*file.split("/")).read_bytes(), file)
    found, waiting = set(), list(outline["provisions"])
    while waiting:
        node = waiting.pop()
        found.add(node["path"])
        waiting.extend(node["children"])
    return found


def test_six_matters_in_every_stage_kind_and_procedure():
    assert len(set(SLUGS)) == 6
    assert {matter["expected_stage"] for matter in MATTERS} == {"open", "responding", "concluded", "announced"}
    assert {Procedure(matter["procedure"]) for matter in MATTERS} == set(Procedure)
    assert {Kind(matter["kind"]) for matter in MATTERS} == {Kind.LEGAL_DRAFT, Kind.PLAN, Kind.EIA_REPORT}
    assert {Disclosure(matter["disclosure"]) for matter in MATTERS} == set(Disclosure)


@pytest.mark.parametrize("matter", MATTERS, ids=SLUGS)
def test_a_matter_names_what_exists(matter):
    for role in ("lead", "answering_body", "issuing_authority"):
        assert matter[role] in ORGANISATIONS
    for person in [*matter["officers"], matter["publisher"]]:
        assert USERS[person]["memberships"][0]["organisation"] == matter["lead"]
    assert USERS[matter["leader"]]["memberships"][0]["organisation"] == matter["answering_body"]
    assert (matter["lead"] != matter["answering_body"]) == (matter["procedure"] == "eia_statutory")
    roles = [DocumentRole(document["role"]) for document in matter["documents"]]
    assert roles.count(DocumentRole.MAIN) == 1
    for document in matter["documents"]:
        assert CONTENT.joinpath(*document["file"].split("/")).is_file()
    assert matter["announced"] <= matter["opens"] < matter["closes"]


@pytest.mark.parametrize("matter", MATTERS, ids=SLUGS)
def test_every_anchor_is_in_the_draft(matter):
    slug, [main] = matter["slug"], [row for row in matter["documents"] if row["role"] == "main"]
    paths = paths_of(main["file"])
    named = {comment["anchor"] for comment in all_comments(slug)} | {answer["changes"] for answer in answers(slug)}
    on_pages = {anchor for anchor in named - {None} if anchor.startswith("tai-lieu/")}
    assert named - {None} - on_pages <= paths
    pages = {number: pages_of(row) for number, row in enumerate(matter["documents"], start=1) if "printed_with" in row}
    for anchor in map(anchors.parse, on_pages):
        assert anchor.revision == 1 and anchor.page <= pages[anchor.document]


def test_a_word_file_has_its_pictures_in_their_places():
    [document] = [row for matter in MATTERS for row in matter["documents"] if row.get("in_word")]
    told = take_in(docx_of(CONTENT.joinpath(*document["file"].split("/")).read_text(encoding="utf-8")), "a.docx")
    clauses = [clause for part in told["provisions"] for clause in part["children"]]
    pictures = [child for clause in clauses for child in clause["children"] if child["kind"] == "picture"]
    assert [one["path"] for one in pictures] == ["ri.k1.h1", "rii.k1.h1"] and all(one["text"] for one in pictures)


def pages_of(document):
    """How many pages a printed document has."""
    texts = [CONTENT.joinpath(*file.split("/")).read_text() for file in (*document["printed_with"], document["file"])]
    return take_in(pdf_of(texts), "a.pdf")["pages_total"]


@pytest.mark.parametrize("slug", SLUGS)
def test_clauses_say_what_anchors_mean(slug):
    for comment in all_comments(slug):
        article = re.search(r"(?:^|\.)d(\d+)", comment["anchor"] or "")
        if article:
            assert f"Điều {article[1]}" in comment["clause"], comment["key"]
        clause = re.search(r"\.k(\d+)", comment["anchor"] or "")
        if clause and "bảng" not in comment["clause"]:
            assert f"khoản {clause[1]}" in comment["clause"], comment["key"]


def test_no_draft_carries_a_number_and_all_are_called_drafts():
    for matter in MATTERS:
        for document in matter["documents"]:
            text = CONTENT.joinpath(*document["file"].split("/")).read_text(encoding="utf-8")
            assert text.startswith("**DỰ THẢO**")
            assert not re.search(r"Số:\s*\d", text)
            assert not re.search(r"ngày\s+\d+\s+tháng\s+\d+\s+năm", text[:600])


def test_comments_are_many_and_their_keys_differ():
    sent = [comment for slug in SLUGS for submission in submissions(slug) for comment in submission["comments"]]
    assert len(sent) >= 200
    keys = Counter(comment["key"] for slug in SLUGS for comment in all_comments(slug))
    assert set(keys.values()) == {1}
    assert {Stance(comment["stance"]) for comment in sent} == set(Stance)
    treatments = {"invalid", "quarantine", "redact", "withdraw", "propose_withholding"}
    assert {comment["treatment"] for comment in sent} == {None, *treatments}
    assert max(Counter(comment["group"] for comment in sent if comment["group"]).values()) == 12


@pytest.mark.parametrize("matter", MATTERS, ids=SLUGS)
def test_submissions_are_in_time_and_invented(matter, area_keys):
    for sent in submissions(matter["slug"]):
        assert matter["opens"] <= sent["day"] <= min(matter["closes"], -1)
        assert re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", sent["time"])
        assert Channel(sent["channel"])
        assert tuple(sent["sender"]["area"]) in area_keys
        contact = sent["sender"]["contact"]
        invented = {
            ContactKind.NONE: contact["value"] is None,
            ContactKind.MAIL: str(contact["value"]).endswith("@example.vn"),
            ContactKind.TELEPHONE: str(contact["value"]).startswith("0900 000 "),
        }
        assert invented[ContactKind(contact["kind"])]
        assert not sent["sender"]["publish_name"] or sent["sender"]["name"]
        if sent["received_day"] is not None and sent["received_day"] < sent["day"]:
            assert sent["received_reason"]


def test_bodies_and_people(area_keys):
    for organisation in ORGANISATIONS.values():
        assert OrganisationKind(organisation["kind"])
        assert Level(organisation["level"])
        assert tuple(organisation["area"]) in area_keys
        assert organisation["successor"] is None or organisation["successor"] in ORGANISATIONS
    units = {unit["key"]: unit["organisation"] for unit in BODIES["units"]}
    assert set(units.values()) <= set(ORGANISATIONS)
    held = set()
    for user in USERS.values():
        for membership in user["memberships"]:
            assert membership["organisation"] in ORGANISATIONS
            assert membership["unit"] is None or units[membership["unit"]] == membership["organisation"]
            held |= {Role(role) for role in membership["roles"]}
    assert held == set(Role)
    wanted = set(OrganisationKind) - {OrganisationKind.PEOPLES_COUNCIL}
    assert wanted <= {OrganisationKind(organisation["kind"]) for organisation in ORGANISATIONS.values()}


@pytest.mark.parametrize("slug", SLUGS)
def test_letters_are_prepared_by_one_and_sent_by_another(slug):
    for letter in letters(slug):
        assert letter["number"]
        assert letter["dated"] <= letter["received"] <= -1
        assert letter["drafter"] != letter["sender"]
        for person, role in ((letter["drafter"], "drafter"), (letter["sender"], "sender")):
            [membership] = USERS[person]["memberships"]
            assert membership["organisation"] == letter["organisation"]
            assert role in membership["roles"]
    asked = [row["organisation"] for row in read(slug, "asked.json")["asked"]]
    assert len(asked) == len(set(asked))
    assert set(asked) <= set(ORGANISATIONS)


def test_formal_opinions_come_from_bodies_of_many_kinds():
    opinions = [opinion for slug in SLUGS for opinion in read(slug, "formal_opinions.json")["opinions"]]
    assert len(opinions) >= 6
    kinds = {ORGANISATIONS[opinion["organisation"]]["kind"] for opinion in opinions}
    assert kinds == set(OrganisationKind) - {OrganisationKind.PEOPLES_COUNCIL}


def test_what_is_changed_and_what_is_not_sent_yet_names_what_exists():
    came = {sent["key"]: sent for slug in SLUGS for sent in submissions(slug)}
    for changed in read("phan-loai-rac", "amendments.json")["amendments"]:
        sent = came[changed["submission"]]
        assert changed["comment"] in {comment["key"] for comment in sent["comments"]}
        assert (sent["day"], sent["time"]) < (changed["day"], changed["time"])
        assert Stance(changed["stance"])
    drafts = read("phan-loai-rac", "drafts.json")["drafts"]
    assert {draft["handed_over"] for draft in drafts} == {True, False}
    for draft in drafts:
        [membership] = USERS[draft["drafter"]]["memberships"]
        assert (membership["organisation"], membership["roles"]) == (draft["organisation"], ["drafter"])
        assert {comment["anchor"] for comment in draft["comments"]} - {None} <= paths_of("phan-loai-rac/draft.md")


def test_critiques_cover_what_the_law_lists():
    critiques = {slug: read(slug, "critique.json")["critiques"] for slug in SLUGS}
    assert critiques["phan-loai-rac"]
    assert critiques["nuoc-thai-lang-nghe"]
    for critique in [row for rows in critiques.values() for row in rows]:
        assert CritiqueForm(critique["form"])
        assert set(critique["criteria"]) == set(CRITIQUE_CRITERIA)
        assert set(critique["criteria"]["impact"]) == set(IMPACT_FACETS)
        assert critique["conclusion"]
        assert critique["participants"]
        assert critique["comments"]


@pytest.mark.parametrize("slug", SLUGS)
def test_an_answer_follows_what_it_answers(slug):
    came = answerable(slug)
    for answer in answers(slug):
        days = [answer["drafted_day"], answer["approved_day"], answer["published_day"]]
        happened = [day for day in days if day is not None]
        assert happened == sorted(happened)
        assert len(happened) == {"drafted": 1, "approved": 2, "published": 3}[answer["state"]]
        assert max(came[key] for key in answer["comments"]) < happened[0]


@pytest.mark.parametrize("slug", SLUGS)
def test_an_answer_is_reasoned_and_approved_by_another(slug):
    known = set(answerable(slug))
    answered = Counter(key for answer in answers(slug) for key in answer["comments"])
    assert set(answered) <= known
    assert set(answered.values()) <= {1}
    for answer in answers(slug):
        assert answer["text"]
        assert answer["drafter"] != answer["approver"]
        assert answer["state"] in {"drafted", "approved", "published"}
        if Disposition(answer["disposition"]) in NEEDS_REASON:
            assert answer["reason"]


def test_every_disposition_is_there_and_the_concluded_matter_is_answered_in_full():
    assert {Disposition(answer["disposition"]) for slug in SLUGS for answer in answers(slug)} == set(Disposition)
    answered = {key for answer in answers("nuoc-thai-lang-nghe") for key in answer["comments"]}
    assert answered == set(answerable("nuoc-thai-lang-nghe"))
    assert {"pb-ln/necessity", "pb-ln/differing-1"} <= answered
    assert {answer["state"] for answer in answers("nuoc-thai-lang-nghe")} == {"published"}
    half = sum(len(answer["comments"]) for answer in answers("ke-hoach-5-nam"))
    assert 0.4 <= half / len(all_comments("ke-hoach-5-nam")) <= 0.7
