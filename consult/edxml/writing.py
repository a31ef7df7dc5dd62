"""A document as an .edxml file, in either dialect."""

import base64
import io
import zipfile
from datetime import date, datetime

from lxml import etree

from consult import clock
from consult.edxml.documents import Enclosed, Lacking, NetworkDocument, Party, lacking, parted, says_something
from consult.edxml.words import NAMESPACES, Dialect

NEW = "0"
"""A document of its own: it replaces and recalls none."""
ADMINISTRATIVE = {Dialect.NATIONAL: "1", Dialect.PROVINCIAL: "2"}
"""The type of an administrative document."""
ORDINARY = "0"
"""Of priority, and of steering: neither urgent nor a directive."""
ZIP = "application/zip"


def written(document: NetworkDocument, dialect: Dialect) -> bytes:
    """The file, in UTF-8. Raises Lacking for what is empty and must not be."""
    if missing := lacking(document):
        raise Lacking(missing)
    root = _national(document) if dialect is Dialect.NATIONAL else _provincial(document)
    told: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return told


def document_id(document: NetworkDocument, dialect: Dialect) -> str:
    """What the network knows the document by."""
    if dialect is Dialect.PROVINCIAL or document.on is None:
        return document.key
    return f"{document.sender.code},{_day(document.on)},{document.number}"


class _Tree:
    """Elements of one namespace, made one in another; what is empty is not made."""

    def __init__(self, dialect: Dialect, prefix: str | None) -> None:
        self.dialect, self.uri, self.prefix = dialect, NAMESPACES[dialect], prefix

    def root(self, name: str) -> etree._Element:
        """The outermost element."""
        return etree.Element(etree.QName(self.uri, name), nsmap={self.prefix: self.uri})

    def within(self, parent: etree._Element, name: str, text: str = "", **leaves: str) -> etree._Element:
        """An element with a text, or with those of its `leaves` that say something."""
        made = etree.SubElement(parent, etree.QName(self.uri, name), nsmap={self.prefix: self.uri})
        made.text = text or None
        for leaf, words in leaves.items():
            if says_something(words):
                self.within(made, leaf, words)
        return made


def _national(document: NetworkDocument) -> etree._Element:
    tree = _Tree(Dialect.NATIONAL, "edXML")
    root = etree.Element(etree.QName(tree.uri, "edXML"), nsmap={None: tree.uri})
    envelope = tree.within(root, "edXMLEnvelope")
    header = tree.within(envelope, "edXMLHeader")
    _message(tree, header, document)
    _trace(tree, header, document)
    manifest = tree.within(tree.within(envelope, "edXMLBody"), "edXMLManifest")
    manifest.set("version", "1.0")
    encoded = _Tree(Dialect.NATIONAL, None).within(root, "AttachmentEncoded")
    for number, one in enumerate(document.enclosed, start=1):
        named = {"ContentId": f"cid:{number}", "AttachmentName": one.name, "ContentType": ZIP, "Description": one.name}
        tree.within(manifest, "Reference", **named)
        attachment = _Tree(Dialect.NATIONAL, None).within(encoded, "Attachment", **named)
        tree.within(attachment, "ContentTransferEncoded", base64.b64encode(_zipped(one)).decode())
    return root


def _provincial(document: NetworkDocument) -> etree._Element:
    tree = _Tree(Dialect.PROVINCIAL, None)
    root = tree.root("edXMLEnvelope")
    _message(tree, root, document)
    _trace(tree, root, document)
    for one in document.enclosed:
        content = base64.b64encode(one.data).decode()
        tree.within(root, "Attachment", FileName=one.name, FileType=one.media_type, Content=content)
    return root


def _message(tree: _Tree, parent: etree._Element, document: NetworkDocument) -> None:
    """The head of a document: the same elements in both dialects."""
    message = tree.within(parent, "MessageHeader")
    figure, signs = parted(document.number) or ("", "")
    on = _day(document.on) if document.on else ""
    _party(tree, message, "From", document.sender)
    for one in document.recipients:
        _party(tree, message, "To", one)
    tree.within(message, "DocumentId", document_id(document, tree.dialect))
    tree.within(message, "Code", CodeNumber=figure, CodeNotation=signs)
    tree.within(message, "PromulgationInfo", Place=document.place, PromulgationDate=on)
    tree.within(message, "DocumentType", Type=ADMINISTRATIVE[tree.dialect], TypeName=document.type_name)
    tree.within(message, "Subject", document.subject)
    signer = document.signer
    tree.within(message, "SignerInfo", Competence=signer.line, Position=signer.office, FullName=signer.name)
    if document.reply_by is not None:
        tree.within(message, "DueDate", _day(document.reply_by))
    tree.within(message, "OtherInfo", Priority=ORDINARY)
    tree.within(message, "SteeringType", ORDINARY)


def _party(tree: _Tree, parent: etree._Element, name: str, party: Party) -> None:
    tree.within(
        parent, name, OrganId=party.code, OrganName=party.name, OrganAdd=party.address, Email=party.mail,
        Telephone=party.telephone,
    )  # fmt: skip


def _trace(tree: _Tree, parent: etree._Element, document: NetworkDocument) -> None:
    traces = tree.within(parent, "TraceHeaderList")
    tree.within(traces, "TraceHeader", OrganId=document.sender.code, Timestamp=_moment(document.written_at))
    if tree.dialect is Dialect.NATIONAL:
        tree.within(traces, "Bussiness", BussinessDocType=NEW)


def _zipped(one: Enclosed) -> bytes:
    """The file in an archive of its own, the same bytes each time."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(one.name), one.data, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _day(day: date) -> str:
    return day.strftime("%Y/%m/%d")


def _moment(moment: datetime) -> str:
    return moment.astimezone(clock.LOCAL_ZONE).strftime("%Y/%m/%d %H:%M:%S")
