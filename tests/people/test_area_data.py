"""The file of areas: complete, unambiguous, and true to what happened on 1 July 2025."""

import json
import unicodedata
from collections import Counter
from importlib.resources import files

import pytest


@pytest.fixture(scope="module")
def data():
    return json.loads(files("consult").joinpath("data", "areas.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def by_key(data):
    return {(area["code"], area["valid_from"]): area for area in data["areas"]}


def of(data, level, *, ended):
    return [area for area in data["areas"] if area["level"] == level and (area["valid_to"] is not None) is ended]


def test_counts(data):
    assert len(of(data, "province", ended=True)) == 2
    assert len(of(data, "district", ended=True)) == 8 + 9
    assert len(of(data, "commune", ended=True)) == 108 + 172
    assert len(of(data, "province", ended=False)) == 1
    assert len(of(data, "district", ended=False)) == 0
    assert len(of(data, "commune", ended=False)) == 92


def test_kinds_of_the_old_communes(data):
    bac_kan, thai_nguyen = (
        Counter(area["kind"] for area in of(data, "commune", ended=True) if (area["code"] < "05") is first)
        for first in (True, False)
    )
    assert bac_kan == {"rural_commune": 95, "township": 7, "ward": 6}
    assert thai_nguyen == {"rural_commune": 121, "township": 10, "ward": 41}, "as after resolution 1240/NQ-UBTVQH15"


def test_key_is_code_and_valid_from(data, by_key):
    assert len(by_key) == len(data["areas"])
    codes = Counter(area["code"] for area in data["areas"])
    assert codes["01849"] == 2, "the code of xã Dương Quang is used again by xã Phong Quang"


def test_every_parent_exists_and_was_there(by_key):
    for area in by_key.values():
        if area["parent"] is None:
            assert area["level"] == "province"
            continue
        parent = by_key[tuple(area["parent"])]
        assert parent["valid_from"] <= area["valid_from"]
        assert (parent["valid_to"] or "9999") >= (area["valid_to"] or "9999")


def test_each_old_commune_became_one_of_the_92_and_three_were_divided(data, by_key):
    steps = [step for step in data["successions"] if by_key[tuple(step["from"])]["level"] == "commune"]
    old = Counter(tuple(step["from"]) for step in steps)
    assert set(old) == {(area["code"], area["valid_from"]) for area in of(data, "commune", ended=True)}
    divided = {by_key[key]["name"] for key, count in old.items() if count > 1}
    assert divided == {"Phường Gia Sàng", "Phường Cam Giá", "Xã Thượng Đình"} and max(old.values()) == 2
    new = {tuple(step["to"]) for step in steps}
    assert new == {(area["code"], area["valid_from"]) for area in of(data, "commune", ended=False)}


def test_what_the_resolution_says_of_a_commune_joined_over_the_lines_of_districts(data, by_key):
    joined = {
        by_key[tuple(step["from"])]["name"]
        for step in data["successions"]
        if by_key[tuple(step["to"])]["name"] == "Xã Đại Phúc"
    }
    assert joined == {"Thị trấn Hùng Sơn", "Xã Phúc Xuân", "Xã Phúc Trìu", "Xã Tân Thái", "Xã Phúc Tân"}


def test_successions_join_an_ended_area_to_a_living_one(data, by_key):
    sources = {source["code"] for source in data["sources"]}
    for step in data["successions"]:
        assert by_key[tuple(step["from"])]["valid_to"] < step["on"] == by_key[tuple(step["to"])]["valid_from"]
        assert step["source"] in sources


def test_duong_quang_became_phong_quang(data, by_key):
    [old] = [area for area in of(data, "commune", ended=True) if area["name"] == "Xã Dương Quang"]
    [step] = [step for step in data["successions"] if step["from"] == [old["code"], old["valid_from"]]]
    assert by_key[tuple(step["to"])]["name"] == "Xã Phong Quang"


def test_names_are_composed_unicode(data):
    for area in data["areas"]:
        assert area["name"] == unicodedata.normalize("NFC", area["name"]).strip()
