"""Documents and status files of the network, as tests need them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from consult.edxml.documents import Enclosed, NetworkDocument, Party, Signer
from consult.edxml.words import NAMESPACES, Dialect

DOCUMENT = NetworkDocument(
    key="0190-thu",
    sender=Party("H00.10", "Sở Nông nghiệp và Môi trường", "Số 1, phường Phan Đình Phùng"),
    recipients=(Party("H00.20.1", "Ủy ban nhân dân xã Phong Quang"), Party("H00.30.2", "Hội Nông dân tỉnh")),
    number="12/SNNMT-MT",
    on=date(2026, 11, 23),
    type_name="Công văn",
    subject="V/v lấy ý kiến <dự thảo> & đề án",
    signer=Signer("Hà Văn A", "Phó Giám đốc", "KT. GIÁM ĐỐC"),
    enclosed=(Enclosed("cong-van.pdf", "application/pdf", b"%PDF-1.7 noi dung"),),
    written_at=datetime(2026, 11, 23, 3, 0, tzinfo=UTC),
    place="Thái Nguyên",
    reply_by=date(2026, 12, 8),
)


def document(**given: Any) -> NetworkDocument:
    """A document with everything it needs, but for what is `given`."""
    return replace(DOCUMENT, **given)


def status(
    code: str = "03",
    organ: str = "H00.20.1",
    number: str = "12/SNNMT-MT",
    on: str = "2026/11/23",
    at: str = "2026/11/24 08:30:00",
    key: str = "",
    sender: str = "H00.10",
    dialect: Dialect = Dialect.NATIONAL,
    head: str = '<?xml version="1.0" encoding="UTF-8"?>\n',
) -> bytes:
    """A status file of a dialect; what is empty is an empty element, as the field writes it."""
    uri, name = NAMESPACES[dialect], "n:" if dialect is Dialect.NATIONAL else ""
    bound = f'xmlns:n="{uri}"' if name else f'xmlns="{uri}"'
    told = (
        f"<{name}ResponseFor><{name}OrganId>{sender}</{name}OrganId><{name}Code>{number}</{name}Code>"
        f"<{name}PromulgationDate>{on}</{name}PromulgationDate><{name}DocumentId>{key}</{name}DocumentId>"
        f"</{name}ResponseFor><{name}From><{name}OrganId>{organ}</{name}OrganId></{name}From>"
        f"<{name}StatusCode>{code}</{name}StatusCode><{name}Description>Đã tiếp nhận</{name}Description>"
        f"<{name}Timestamp>{at}</{name}Timestamp><{name}StaffInfo><{name}Department>Văn thư</{name}Department>"
        f"<{name}Staff>Lý Thị B</{name}Staff></{name}StaffInfo>"
    )
    if dialect is Dialect.PROVINCIAL:
        return f"{head}<edXMLEnvelope {bound}><Status>{told}</Status></edXMLEnvelope>".encode()
    return (
        f'{head}<edXML xmlns="{uri}"><n:edXMLEnvelope {bound}><n:edXMLHeader><n:MessageHeader>{told}</n:MessageHeader>'
        "</n:edXMLHeader></n:edXMLEnvelope></edXML>"
    ).encode()
