"""PDFs that are signed by somebody nobody vouches for."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pypdfium2
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def plain() -> bytes:
    """One empty page."""
    document, made = pypdfium2.PdfDocument.new(), io.BytesIO()
    document.new_page(200, 200)
    document.save(made)
    return made.getvalue()


def signed(name: str = "Hoàng Văn Én", data: bytes | None = None, field: str = "Ky1") -> bytes:
    """A PDF with a signature in this name, by a certificate that its owner made."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    own = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(own)
        .issuer_name(own)
        .public_key(key.public_key())
        .serial_number(5)
        .not_valid_before(BEGIN)
        .not_valid_after(BEGIN + timedelta(days=3650))
        .sign(key, hashes.SHA256())
    )
    der, clear = serialization.Encoding.DER, serialization.NoEncryption()
    signer = signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(made.public_bytes(der)),
        signing_key=asn1_keys.PrivateKeyInfo.load(key.private_bytes(der, serialization.PrivateFormat.PKCS8, clear)),
        cert_registry=SimpleCertificateStore(),
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(data or plain()), strict=False)
    # The library signs in a loop of its own, and a thread in which a browser is driven has one already.
    with ThreadPoolExecutor(1) as alone:
        about = signers.PdfSignatureMetadata(field_name=field)
        return bytes(alone.submit(signers.sign_pdf, writer, about, signer=signer).result().getvalue())


def added_to(data: bytes) -> bytes:
    """The same with something written behind it."""
    writer, made = IncrementalPdfFileWriter(io.BytesIO(data), strict=False), io.BytesIO()
    writer.root["/Ghi"] = generic.pdf_string("thêm")
    writer.update_root()
    writer.write(made)
    return made.getvalue()


def changed(data: bytes) -> bytes:
    """The same with other bytes in what was signed."""
    return data.replace(b"/MediaBox", b"/MediaBoX", 1)
