"""The word of a provider is taken when all of it is right, and for nothing else."""

import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from threading import Event, Thread
from typing import Any

import pytest

from consult.errors import Refused
from consult.sign_in.providers import exchange, tokens, wire
from consult.sign_in.providers.discovery import LEFT_ALONE, Directory
from consult.sign_in.providers.settings import Provider as Settings
from consult.sign_in.providers.wire import Unreachable
from tests.sign_in.providers.provider import CLIENT, SECRET, Provider, ec, rsa

BACK = "http://localhost/dang-nhap/tu/vneid/"


def settings(provider: Provider, **more: Any) -> Settings:
    return replace(Settings("vneid", provider.issuer, CLIENT, SECRET, "vneid"), **more)


def subject(provider: Provider, own: Settings, directory: Directory | None = None) -> str:
    """Whom the provider names, the whole way."""
    directory, now = directory or Directory(), datetime.now(UTC)
    leaving = exchange.leave(own, int(now.timestamp()))
    metadata = directory.metadata(own)
    sent = provider.authorize(exchange.address(own, metadata, leaving, BACK))
    answer = exchange.tokens(own, metadata, leaving, sent["code"], BACK)
    return tokens.subject_of(own, directory, answer, leaving.nonce, now)


@pytest.mark.parametrize("auth", ["client_secret_basic", "client_secret_post"])
@pytest.mark.parametrize("key", [rsa, ec])
def test_both_kinds_of_keys_and_of_secrets_are_known(provider: Provider, key: Callable[[], Any], auth: str) -> None:
    provider.key = provider.told_key = key()
    assert subject(provider, settings(provider, client_auth=auth)) == "person-7"


def test_whom_it_knows_by_another_claim(provider: Provider) -> None:
    provider.claims = {"personal": "0123"}
    assert subject(provider, settings(provider, subject_claim="personal")) == "0123"


@pytest.mark.parametrize(
    "wrong",
    [
        {"aud": "another"}, {"aud": ["another", CLIENT]}, {"aud": None}, {"iss": "https://khac.vn"}, {"nonce": "x"},
        {"nonce": None}, {"exp": 1_000_000_000}, {"exp": None}, {"iat": 1_000_000_000}, {"iat": 9_000_000_000},
        {"azp": "another"}, {"sub": None}, {"sub": ""}, {"sub": 7}, {"sub": "x" * 300}, {"at_hash": "wrong"},
    ],
)  # fmt: skip
def test_a_token_that_is_not_right_names_nobody(provider: Provider, wrong: dict[str, Any]) -> None:
    provider.claims = wrong
    with pytest.raises(Refused, match="provider_wrong_answer"):
        subject(provider, settings(provider))


def test_a_bad_signature_or_none_at_all_names_nobody(provider: Provider) -> None:
    none = "eyJhbGciOiJub25lIn0."
    spoils: list[Callable[[str], str]] = [
        lambda token: token[:-6] + "AAAAAA", lambda token: none + token.split(".")[1] + ".", lambda _token: "",
        lambda token: token.split(".")[0] + "." + token.split(".")[1], lambda _token: "x" * 99_999,
    ]  # fmt: skip
    for provider.spoil in spoils:
        with pytest.raises(Refused, match="provider_wrong_answer"):
            subject(provider, settings(provider))


def test_a_key_that_it_never_told_of_names_nobody(provider: Provider) -> None:
    provider.key = ec("two")
    with pytest.raises(Refused):
        subject(provider, settings(provider))


def test_new_keys_are_asked_for_once_a_minute(provider: Provider) -> None:
    now = [0.0]
    directory, own = Directory(clock=lambda: now[0]), settings(provider)
    assert subject(provider, own, directory) == "person-7"
    provider.key = provider.told_key = rsa("three")
    with pytest.raises(Refused):
        subject(provider, own, directory)
    assert provider.asked == 1, "kept for a minute, whatever tokens name"
    now[0] = 61.0
    assert subject(provider, own, directory) == "person-7" and provider.asked == 2


def test_clocks_may_differ_by_less_than_a_minute(provider: Provider) -> None:
    ahead = int(datetime.now(UTC).timestamp()) + 30
    provider.claims = {"iat": ahead, "exp": ahead + 60}
    assert subject(provider, settings(provider)) == "person-7"
    provider.claims = {"exp": ahead - 70}
    assert subject(provider, settings(provider)) == "person-7"


def test_a_level_that_is_asked_for_must_be_said(provider: Provider) -> None:
    own = settings(provider, levels=("muc-2", "muc-3"))
    for said in (None, "muc-1"):
        provider.claims = {"acr": said}
        with pytest.raises(Refused, match="provider_level"):
            subject(provider, own)
    provider.claims = {"acr": "muc-3"}
    assert subject(provider, own) == "person-7"


def test_who_sends_back_says_who_they_are(provider: Provider) -> None:
    own = settings(provider)
    exchange.check_issuer(own, {}, "")
    exchange.check_issuer(own, {}, own.issuer)
    for metadata, told in (
        ({}, "https://khac.vn"), ({"authorization_response_iss_parameter_supported": True}, "")
    ):  # fmt: skip
        with pytest.raises(Refused, match="provider_wrong_answer"):
            exchange.check_issuer(own, metadata, told)


def test_a_provider_that_says_to_be_another_is_not_asked(provider: Provider) -> None:
    for wrong in ({"issuer": "https://khac.vn"}, {"jwks_uri": "file:///etc/passwd"}, {"token_endpoint": None}):
        provider.metadata = wrong
        with pytest.raises(Unreachable):
            Directory().metadata(settings(provider))


def test_a_provider_that_does_not_answer_is_left_alone_for_a_while(provider: Provider) -> None:
    asked, at = list[str](), [100.0]

    def fetched(url: str) -> dict[str, object]:
        asked.append(url)
        if len(asked) == 1:
            raise Unreachable("TimeoutError")
        return {"issuer": "https://khac.vn"} if len(asked) == 2 else wire.fetched(url)

    directory = Directory(fetched, lambda: at[0])
    for times in (1, 2):
        for _ in range(3):
            with pytest.raises(Unreachable):
                directory.metadata(settings(provider))
        assert len(asked) == times
        at[0] += LEFT_ALONE
    assert directory.metadata(settings(provider))["issuer"] == provider.issuer


def test_nobody_waits_for_a_provider_that_is_gone_or_slow(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unreachable):
        wire.fetched("http://127.0.0.1:1/")
    with pytest.raises(Unreachable):
        wire.fetched(f"{provider.issuer}/nowhere")
    monkeypatch.setattr(wire, "SECONDS_IN_ALL", 0.05)
    monkeypatch.setattr(provider, "told", lambda _path: Event().wait(0.3) and None)
    with pytest.raises(Unreachable):
        wire.fetched(f"{provider.issuer}/keys")


def test_nobody_is_led_on_by_a_provider(provider: Provider) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:

        def lead_on() -> None:
            line, _ = door.accept()
            line.recv(4096)
            line.sendall(f"HTTP/1.1 302 Found\r\nLocation: {provider.issuer}/keys\r\n\r\n".encode())
            line.close()

        thread = Thread(target=lead_on, daemon=True)
        thread.start()
        with pytest.raises(Unreachable):
            wire.fetched(f"http://127.0.0.1:{door.getsockname()[1]}/")
        thread.join()
    assert provider.asked == 0
