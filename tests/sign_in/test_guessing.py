"""Passwords that others would try first are refused, whatever they are made of; a sentence of one's own is not."""

import pytest

from consult.errors import Invalid
from consult.sign_in import passwords
from consult.sign_in.password_strength import MANY, STAND_FOR_LETTERS, weakness

KNOWN = (
    "hang.nong@thainguyen.gov.vn",
    "Nông Thị Hằng",
    "Liên đoàn Lao động tỉnh Thái Nguyên",
    "Cổng góp ý Phong Quang",
)


def refused(password: str) -> str:
    """Why a password is not taken."""
    with pytest.raises(Invalid) as invalid:
        passwords.check_new(password, password, *KNOWN)
    return invalid.value.errors["password"]


@pytest.mark.parametrize(
    "password",
    [
        "congdoan2026", "CongDoan@2026", "Công đoàn 2026", "matkhau123", "M@tkhau123", "mật khẩu 123", "vietnam1234",
        "toiyeuthainguyen", "backan2025!", "phongquang2026", "P@ssw0rd2026", "Admin@123456", "mattrantoquoc",
        "Độc lập Tự do Hạnh phúc", "ubndtinhthainguyen",
        "Caobang@2026", "Cao Bằng 2026", "langson2026!", "vinhphuc@88", "ngaymai2026", "Hoilienhiep@26",
        "hoichuthapdo26", "Nguoi cao tuoi 1", "Daklak@2025",
    ],
)  # fmt: skip
def test_what_many_choose_is_refused(password: str) -> None:
    assert refused(password) in {"password_common", "password_of_own_name"}


@pytest.mark.parametrize("password", ["hangnong2026", "NongThiHang@85", "nông thị hằng"])
def test_names_that_everybody_knows_of_one_are_refused(password: str) -> None:
    assert refused(password) == "password_of_own_name"


@pytest.mark.parametrize("password", ["aaaaaaaaaaaa", "abcdefghij", "abcabcabcabc", "qwertyuiop[]", "zxcvbnm,./"])
def test_runs_are_refused(password: str) -> None:
    assert refused(password) in {"password_run", "password_common"}


@pytest.mark.parametrize("password", ["1234567890", "0912345678", "0912 345 678", "02.09.1945.19", "019085001234"])
def test_telephones_identity_cards_and_dates_are_refused(password: str) -> None:
    assert refused(password) == "password_number"


@pytest.mark.parametrize(
    "password",
    [
        "ruộng bậc thang mùa lúa chín", "k3pQ9wzLm2", "vhxkqprztl", "correct horse battery staple",
        "Sáng nay ăn phở Thìn", "Gà nhà bà Tám đẻ 7 trứng", "một câu hoàn toàn khác",
    ],
)  # fmt: skip
def test_what_nobody_else_would_try_is_taken(password: str) -> None:
    passwords.check_new(password, password, *KNOWN)


@pytest.mark.parametrize("length", [passwords.SHORTEST - 1, passwords.LONGEST + 1])
def test_length_is_kept(length: int) -> None:
    assert refused("k3pQ9wzLm2" * 21 if length > passwords.SHORTEST else "k3pQ9wzLm") != ""


def test_what_follows_an_easy_beginning_of_seventy_letters_is_not_looked_at() -> None:
    assert weakness("matkhau" * 12 + "k3pQ9wzLm2", ()) is not None


def test_long_passwords_of_signs_that_stand_for_letters_cost_little() -> None:
    """Each such sign doubles the ways to read a password: few letters of it are read."""
    signs = "".join(sorted(STAND_FOR_LETTERS))
    assert len(signs) > MANY
    assert weakness((signs[::-2] + signs[::2] + signs[1::3]) * 4, KNOWN * 20) in {None, "password_run"}
