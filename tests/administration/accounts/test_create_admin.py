"""`create-admin` on a new site: a link or a password, one clear sentence when it cannot."""

import pytest
from click.testing import Result
from flask import Flask

from tests.pages import Browser
from tests.signing_in import PASSWORD

GIVEN = ["create-admin", "--mail", "quan-tri@example.vn", "--name", "Lương Đức Toàn"]


def run(app: Flask, *arguments: str, typed: str = "") -> Result:
    """Runs the command."""
    return app.test_cli_runner().invoke(args=[*GIVEN, *arguments], input=typed)


def test_the_link_lets_the_first_administrator_in(app: Flask) -> None:
    result = run(app)
    assert result.exit_code == 0, result.output
    link = result.output.split("http://localhost")[1].strip()
    page = Browser(app).get(link)
    page = page.submit({"password": PASSWORD, "again": PASSWORD}, form="again")
    assert page.heading == "Quản trị" and page.address == "/quan-tri/"
    assert Browser(app).get(link, status=409).heading == "Chưa thực hiện được"


def test_a_password_from_standard_input(app: Flask) -> None:
    result = run(app, "--password-stdin", typed=f"{PASSWORD}\n")
    assert result.exit_code == 0 and "loi-moi" not in result.output and PASSWORD not in result.output
    page = (
        Browser(app).get("/dang-nhap/").submit({"mail": "quan-tri@example.vn", "password": PASSWORD}, form="password")
    )
    assert page.address == "/quan-tri/"


@pytest.mark.parametrize("password", ["", "ngắn\n", "aaaaaaaaaaaaaaa\n"])
def test_a_weak_password_is_one_sentence(app: Flask, password: str) -> None:
    result = run(app, "--password-stdin", typed=password)
    assert result.exit_code != 0 and result.output.strip().count("\n") == 0
    assert result.output.startswith("Lỗi: password: ")


def test_twice_is_one_sentence(app: Flask) -> None:
    run(app)
    result = run(app)
    assert result.exit_code != 0
    assert result.output.strip() == "Lỗi: mail: Đã có tài khoản với thư điện tử này."
