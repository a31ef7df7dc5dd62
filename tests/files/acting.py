"""PDF and Word files that act, each hidden in every way that a file can be written in."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Stream, String

from tests.files import made

Act = Callable[[pikepdf.Pdf], None]


def _opens_with(action: Dictionary) -> Act:
    def act(file: pikepdf.Pdf) -> None:
        file.Root.OpenAction = action

    return act


def _script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _named_script(file: pikepdf.Pdf) -> None:
    tree = Dictionary(Names=Array([String("x"), _script()]))
    file.Root.Names = Dictionary(JavaScript=file.make_indirect(tree))


def _script_of_a_page(file: pikepdf.Pdf) -> None:
    file.pages[0].AA = Dictionary(O=_script())


def _action_by_parts(file: pikepdf.Pdf) -> None:
    """The kind of an action need not stand in it."""
    file.Root.OpenAction = Dictionary(S=file.make_indirect(Name.Launch), F=String("cmd.exe"))


def _embedded(file: pikepdf.Pdf) -> None:
    kept = Stream(file, b"MZ", Dictionary(Type=Name.EmbeddedFile))
    told = Dictionary(Type=Name.Filespec, F=String("x.exe"), EF=Dictionary(F=kept))
    file.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("x"), told])))


def _pinned(file: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9]))
    file.pages[0].Annots = Array([note])


def _live_form(file: pikepdf.Pdf) -> None:
    file.Root.AcroForm = Dictionary(Fields=Array([]), XFA=Stream(file, b"<xdp/>"))


def _media(file: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=Array([0, 0, 9, 9]))
    file.pages[0].Annots = Array([note])


def _annotation(kind: str) -> Act:
    def act(file: pikepdf.Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array([0, 0, 9, 9]))
        file.pages[0].Annots = Array([note])

    return act


def _related(file: pikepdf.Pdf) -> None:
    """A file inside that is told of as belonging to another."""
    kept = Dictionary(F=Array([String("x.exe"), Stream(file, b"MZ")]))
    file.Root.More = Dictionary(Type=Name.Filespec, F=String("x.exe"), RF=kept)


def _elsewhere(file: pikepdf.Pdf) -> None:
    """A stream whose data is in another file."""
    file.Root.More = Stream(file, b"", Dictionary(F=String("//x.invalid/share")))


def _page_of_another(file: pikepdf.Pdf) -> None:
    """A form that stands for a page of another file."""
    told = Dictionary(F=Dictionary(Type=Name.Filespec, F=String("//x.invalid/a.pdf")), Page=0)
    form = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]), Ref=told)
    file.Root.More = Stream(file, b"", form)


def _leads_to(address: str) -> Act:
    def act(file: pikepdf.Pdf) -> None:
        action = Dictionary(S=Name.URI, URI=file.make_indirect(String(address)))
        file.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0] * 4), A=action)])

    return act


def _based_on(file: pikepdf.Pdf) -> None:
    """Every address of the file leads there."""
    file.Root.URI = file.make_indirect(Dictionary(Base=String("file:///c:/")))


ACTS: dict[str, tuple[Act, str]] = {
    "script": (_opens_with(_script()), "with_scripts"),
    "named script": (_named_script, "with_scripts"),
    "script of a page": (_script_of_a_page, "with_scripts"),
    "program": (_opens_with(Dictionary(S=Name.Launch, F=String("cmd.exe"))), "with_programs"),
    "program by parts": (_action_by_parts, "with_programs"),
    "file inside": (_embedded, "with_files_inside"),
    "file pinned to a page": (_pinned, "with_files_inside"),
    "live form": (_live_form, "with_live_form"),
    "media": (_media, "with_media"),
    "sending": (_opens_with(Dictionary(S=Name.SubmitForm, F=String("http://x.invalid"))), "with_sending"),
    "fetching": (_opens_with(Dictionary(S=Name.ImportData, F=String("x.fdf"))), "with_sending"),
    "other file": (_opens_with(Dictionary(S=Name.GoToR, F=String("x.pdf"), D=Array([0]))), "with_other_files"),
    "thread of another file": (_opens_with(Dictionary(S=Name.Thread, F=String("x.pdf"), D=0)), "with_other_files"),
    "sound": (_opens_with(Dictionary(S=Name.Sound)), "with_media"),
    "pinned sound": (_annotation("Sound"), "with_media"),
    "space": (_annotation("3D"), "with_media"),
    "related file": (_related, "with_files_inside"),
    "stream elsewhere": (_elsewhere, "with_other_files"),
    "page of another file": (_page_of_another, "with_other_files"),
    "link to a disk": (_leads_to("file:///c:/windows/system32/cmd.exe"), "with_other_files"),
    "link to a script": (_leads_to(" Java\tScript:alert(1)"), "with_other_files"),
    "link to a share": (_leads_to("\\\\x.invalid\\share"), "with_other_files"),
    "link to a program": (_leads_to("ms-msdt:/id"), "with_other_files"),
    "base on a disk": (_based_on, "with_other_files"),
}


def _saved(act: Act | None, **how: object) -> bytes:
    file, written = pikepdf.new(), io.BytesIO()
    file.add_blank_page()
    if act:
        act(file)
    file.save(written, static_id=True, **how)  # type: ignore[arg-type]
    return written.getvalue()


def plainly(act: Act) -> bytes:
    """As anybody would write it."""
    return _saved(act, object_stream_mode=ObjectStreamMode.disable)


def packed(act: Act) -> bytes:
    """With its objects in compressed streams."""
    return _saved(act, object_stream_mode=ObjectStreamMode.generate)


def locked(act: Act) -> bytes:
    """Encrypted, with a password that everybody has."""
    return _saved(
        act, encryption=pikepdf.Encryption(owner="owner", user=""), object_stream_mode=ObjectStreamMode.generate
    )


def spelled_in_numbers(act: Act) -> bytes:
    """With a letter of each name of interest written as a number: `/J#61vaScript` is the same name."""
    data = plainly(act)
    for name in ("JavaScript", "JS", "Launch", "EmbeddedFile", "EmbeddedFiles", "EF", "FileAttachment", "XFA",
                 "RichMedia", "SubmitForm", "ImportData", "GoToR", "URI", "Thread", "Sound", "3D", "RF",
                 "Ref"):  # fmt: skip
        numbered = f"/{name[0]}#{ord(name[1]):02x}{name[2:]}".encode()
        for end in (b" ", b"\n", b"<", b"/", b">"):
            data = data.replace(b"/" + name.encode() + end, numbered + end)
    return data


def added_later(act: Act) -> bytes:
    """A harmless file, continued with what acts, in the way that signed files are."""
    harmless, acting = _saved(None, object_stream_mode=ObjectStreamMode.disable), pikepdf.open(io.BytesIO(plainly(act)))
    table, more, shift = [], b"", 100
    for one in acting.objects:
        number = one.objgen[0] + shift
        table.append((number, len(harmless) + len(more)))
        more += _object(number, one, shift)
    root = acting.Root.objgen[0] + shift
    start = len(harmless) + len(more)
    rows = b"".join(b"%d 1\n%010d 00000 n \n" % (number, place) for number, place in table)
    before = harmless.rpartition(b"startxref\n")[2].split()[0]
    size = max(number for number, _ in table) + 1
    trailer = b"trailer << /Root %d 0 R /Size %d /Prev %s >>\nstartxref\n%d\n%%%%EOF\n" % (root, size, before, start)
    return harmless + more + b"xref\n" + rows + trailer


def _object(number: int, one: pikepdf.Object, shift: int) -> bytes:
    def moved(written: bytes) -> bytes:
        return re.sub(rb"(\d+) 0 R", lambda found: b"%d 0 R" % (int(found[1]) + shift), written)

    if isinstance(one, Stream):
        body, data = moved(one.stream_dict.unparse(resolved=True)), one.read_raw_bytes()
        return b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (number, body, data)
    return b"%d 0 obj\n%s\nendobj\n" % (number, moved(one.unparse(resolved=True)))


def without_its_table(act: Act) -> bytes:
    """Broken, so that each reader mends it in its own way."""
    return plainly(act).replace(b"startxref", b"startxyzz")


WAYS = (plainly, packed, locked, spelled_in_numbers, added_later, without_its_table)


def swelling(size: int, *filters: str) -> bytes:
    """A PDF whose page unpacks to `size` bytes."""
    file, written = pikepdf.new(), io.BytesIO()
    file.add_blank_page()
    data = bytes(size)
    for _ in filters or ("one",):
        data = zlib.compress(data, 9)
    names = Array([Name("/FlateDecode") for _ in filters or ("one",)])
    content = Stream(file, b"")
    content.write(data, filter=names)
    file.pages[0].Contents = content
    file.save(written, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return written.getvalue()


def linking_out() -> bytes:
    """A PDF with an ordinary link, a bookmark, and words that only speak of what acts."""
    file, written = pikepdf.new(), io.BytesIO()
    file.add_blank_page()
    action = Dictionary(S=Name.URI, URI=String("https://example.invalid/JavaScript (/Launch) \\/JS"))
    more = [
        Dictionary(S=Name.URI, URI=String(address)) for address in ("mailto:a@b.invalid", "www.b.invalid", "muc-2.htm")
    ]
    file.pages[0].Annots = Array(
        Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=one) for one in (action, *more)
    )
    file.Root.Threads = Array([file.make_indirect(Dictionary(Type=Name.Thread, F=Dictionary(T=Name.Thread)))])
    file.Root.OpenAction = Array([file.pages[0].obj, Name.Fit])
    file.save(written)
    return written.getvalue()


WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def fields(inside: str, prefix: str = "w") -> bytes:
    """A part of a Word file with these elements in a paragraph; `w:` may be called otherwise."""
    body = f'<w:hdr xmlns:w="{WORDS}"><w:p>{inside}</w:p></w:hdr>'
    return body.replace("w:", f"{prefix}:").replace("xmlns:w", f"xmlns:{prefix}").encode()


def named_twice(*names: str) -> bytes:
    """A Word file with further parts of these names, whatever they are."""
    written = io.BytesIO(made.word())
    with zipfile.ZipFile(written, "a") as package:
        for name in names:
            with package.open(zipfile.ZipInfo(name), "w") as part:
                part.write(b"<x/>")
    return written.getvalue()
