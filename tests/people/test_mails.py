"""One rule says what a mail address is, and one mailbox is counted once, wherever an address is given."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from consult.administration.accounts import service as accounts
from consult.errors import Invalid
from consult.people import mail_addresses, units
from consult.policy import ANYBODY
from consult.submissions.receiving import validation
from consult.submissions.words import ContactKind
from consult.text import one_line

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
NONE = [
    "mai", "mai@", "@example.org", "mai@example", "mai(1)@example.org", "m(x)ai@example.org", "mai@(x)example.org",
    "mai@example.org(x)", '"mai"@example.org', '"m\\ai"@example.org', "m\\ai@example.org", "mai@[192.0.2.1]",
    "mai@example.org.", "mai@.example.org", ".mai@example.org", "mai.@example.org", "m..ai@example.org",
    "mai@chi@example.org", "mai,chi@example.org", "mai;chi@example.org", "Mai:mai@example.org", "<mai@example.org>",
    "m ai@example.org", "mai@exa mple.org", "mai@example\u00ad.org", "\uff4dai@example.org", "mai@example\u3002org",
    "m" * 250 + "@example.org",
]  # fmt: skip


@pytest.mark.parametrize(
    "address",
    ["mai@example.org", "Ba.Mai-2+gop.y@x.thainguyen.gov.vn", "o'hara_1@example.org", "mai@tênmiền.vn", "1@a-b.vn"],
)
def test_an_address(address: str) -> None:
    assert mail_addresses.problem(address) is None


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("nguyễnvăna@example.org", "not_a_mail_accents"), ("mai@example.org.", "not_a_mail_dots"),
        (".mai@example.org", "not_a_mail_dots"), ("mai.@example.org", "not_a_mail_dots"),
        ("m..ai@example.org", "not_a_mail_dots"), ("mai@a..vn", "not_a_mail_dots"),
        ("m ai@example.org", "not_a_mail_blank"), (" mai@example.org", "not_a_mail_blank"),
        ("mai@example.org\n", "not_a_mail_blank"), ("mai@example.org\r\nBcc: b@x.vn", "not_a_mail_name"),
        ("mai@example\u200b.org", "not_a_mail_blank"), ("mai@@example.org", "not_a_mail_twice"),
        ("mai@chi@example.org", "not_a_mail_twice"), ("Mai <mai@example.org>", "not_a_mail_name"),
        ("a@example.org, b@example.org", "not_a_mail_name"), ("m" * 65 + "@example.org", "not_a_mail_long"),
        ("mai@" + "b" * 64 + ".vn", "not_a_mail_long"), ("m" * 64 + "@" + "b.c" * 80 + ".vn", "not_a_mail_long"),
        ("mai@localhost", "not_a_mail_domain"), ("mai@10.0.0.1", "not_a_mail_domain"),
        ("mai@-a.vn", "not_a_mail_domain"), ("mai@a_b.vn", "not_a_mail_domain"), ("mai@xn--a.vn", "not_a_mail_domain"),
        ("mai@stra\u00dfe.vn", "not_a_mail_domain"), ("=?utf-8?q?mai?=@example.org", "not_a_mail"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(address: str, wrong: str) -> None:
    assert mail_addresses.problem(address) == wrong
    with pytest.raises(ValueError):
        mail_addresses.for_server(address)


def test_a_domain_with_accents_goes_by_its_other_name() -> None:
    assert mail_addresses.for_server("mai@tênmiền.vn") == "mai@xn--tnmin-hsa0954c.vn"
    assert mail_addresses.for_server("Mai@Example.org") == "Mai@Example.org"


@pytest.mark.parametrize(
    ("setting", "name", "address"),
    [
        ("gop-y@coquan.vn", "", "gop-y@coquan.vn"), ("Sở TN, MT <a@b.vn>", "Sở TN, MT", "a@b.vn"),
        ('"Sở \\"TN\\"; MT" <a@b.vn>', 'Sở "TN"; MT', "a@b.vn"), ("Cổng (thử) <a@b.vn>", "Cổng (thử)", "a@b.vn"),
    ],
)  # fmt: skip
def test_a_sender(setting: str, name: str, address: str) -> None:
    assert mail_addresses.of_sender(setting) == (name, address)


@pytest.mark.parametrize(
    "setting", ["", "Cổng", "Cổng <a@b>", "a@b.vn, c@d.vn", "Cổng\n<a@b.vn>", "A <a@b.vn> <c@d.vn>"]
)
def test_no_sender(setting: str) -> None:
    with pytest.raises(ValueError):
        mail_addresses.of_sender(setting)


def _as_contact(_session: Session, address: str) -> None:
    if errors := validation.of_contact(ContactKind.MAIL, address):
        raise Invalid(errors)


def _of_account(session: Session, address: str) -> None:
    accounts.create(session, address, "Hoàng Thị Mai", "", ANYBODY, NOW)


def _of_unit(_session: Session, address: str) -> None:
    units._checked("Phòng Nội vụ", address)


@pytest.mark.parametrize("address", [one for one in NONE if one_line(one) == one.strip()])
@pytest.mark.parametrize("given", [_as_contact, _of_account, _of_unit])
def test_no_address(session: Session, given: Callable[[Session, str], None], address: str) -> None:
    with pytest.raises(Invalid, match="not_a_mail"):
        given(session, address)


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("Mai@Example.ORG", True), ("mai+1@example.org", True), ("mai+@example.org", True),
        ("mai+a+b@example.org", True), ("mai@\uff45xample.org", True), ("mai1@example.org", False),
        ("mai@example.com", False), ("+mai@example.org", False),
    ],
)  # fmt: skip
def test_one_mailbox(address: str, same: bool) -> None:
    assert (mail_addresses.mailbox(address) == mail_addresses.mailbox("mai@example.org")) is same
