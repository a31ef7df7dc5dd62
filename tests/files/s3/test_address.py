"""The setting that names a store of files: what it may be, and that nothing secret is said of it."""

import pytest

from consult.command_line.setting_values import Misconfigured
from consult.files.s3.address import address_of
from consult.files.s3.settings import Credentials, credentials_of


@pytest.mark.parametrize(
    ("said", "server", "authority"),
    [
        ("s3://gop-y/trang?endpoint=https://kho.tinh.vn", "https://kho.tinh.vn", "kho.tinh.vn"),
        ("s3://gop-y?endpoint=https://kho.tinh.vn:9000&region=hn", "https://kho.tinh.vn:9000", "kho.tinh.vn:9000"),
        ("s3://gop-y/a/b?endpoint=https://[2001:db8::7]:9000", "https://[2001:db8::7]:9000", "[2001:db8::7]:9000"),
        ("s3://gop-y?endpoint=http://127.0.0.1:9000", "http://127.0.0.1:9000", "127.0.0.1:9000"),
        ("s3://gop-y?endpoint=http://[::1]", "http://[::1]", "[::1]"),
    ],
)
def test_an_address_is_understood_and_said_again(said: str, server: str, authority: str) -> None:
    found = address_of(said)
    assert str(found.endpoint) == server and found.endpoint.authority == authority
    assert address_of(str(found)) == found and address_of(str(found.below("files"))) == found.below("files")


@pytest.mark.parametrize(
    "said",
    [
        "/srv/consult",
        "s3://gop-y",
        "s3://gop-y?endpoint=http://kho.tinh.vn",
        "s3://gop-y?endpoint=ftp://kho.tinh.vn",
        "s3://gop-y?endpoint=https://kho.tinh.vn/duong/dan",
        "s3://gop-y?endpoint=https://khoa:bimat@kho.tinh.vn",
        "s3://khoa:bimat@gop-y?endpoint=https://kho.tinh.vn",
        "s3://gop-y/../khac?endpoint=https://kho.tinh.vn",
        "s3://gop-y?endpoint=https://kho.tinh.vn&secret=bimat",
        "s3://gop-y?endpoint=https://kho.tinh.vn:cong",
        "s3://gop-y?endpoint=https://kho.tinh.vn&region=bimat!",
    ],
)
def test_what_is_none_is_refused_and_not_repeated(said: str) -> None:
    with pytest.raises(Misconfigured, match="CONSULT_FILES_URL") as told:
        address_of(said)
    assert "bimat" not in told.value.format_message()


def test_who_opens_it_comes_from_the_environment_and_shows_nowhere() -> None:
    given = {"CONSULT_FILES_KEY": "khoa", "CONSULT_FILES_SECRET": "bimat"}
    assert credentials_of(given) == Credentials("khoa", "bimat")
    assert "khoa" not in repr(credentials_of(given)) and "bimat" not in repr(credentials_of(given))
    with pytest.raises(Misconfigured, match="CONSULT_FILES_SECRET"):
        credentials_of({"CONSULT_FILES_KEY": "khoa", "CONSULT_FILES_SECRET": " "})
