"""A store is reached over TLS, and only where somebody whom this machine trusts says who it is."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from consult.files.places.opening import place_at
from consult.files.s3.address import address_of
from consult.files.s3.client import client_of
from consult.files.s3.failures import StoreAway, Why
from tests.s3_server import S3Server

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Key and certificate of a server that vouches for itself, at the address of this machine."""
    key, own = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "kho")])
    made = x509.CertificateBuilder().subject_name(own).issuer_name(own).public_key(key.public_key()).serial_number(7)
    made = made.not_valid_before(BEGIN).not_valid_after(BEGIN + timedelta(days=36500))
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    signed = made.add_extension(names, critical=False).sign(key, hashes.SHA256())
    pem, clear = serialization.Encoding.PEM, serialization.NoEncryption()
    (tmp_path / "kho.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, clear) + signed.public_bytes(pem)
    )
    return tmp_path / "kho.pem"


@pytest.fixture
def secure(s3: S3Server, certificate: Path) -> Iterator[S3Server]:
    """A store behind TLS."""
    server, context = S3Server(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.server.socket = context.wrap_socket(server.server.socket, server_side=True)
    server.start()
    yield server
    client_of(address_of(https(server))).exchange.connections.close()
    server.stop()


def https(server: S3Server) -> str:
    """Its address."""
    return server.url.replace("http://", "https://")


def test_a_server_that_nobody_vouches_for_is_told_nothing(secure: S3Server) -> None:
    with pytest.raises(StoreAway, match="CERTIFICATE_VERIFY_FAILED") as told:
        place_at(https(secure)).write("a", b"noi dung")
    assert told.value.why is Why.AWAY and not secure.store.asked


def test_one_that_is_trusted_takes_what_it_is_given(
    secure: S3Server, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    place = place_at(https(secure))
    place.write("a", b"noi dung" * 100_000)
    with place.open("a") as file:
        assert file.read() == b"noi dung" * 100_000
