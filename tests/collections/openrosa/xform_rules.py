"""A second reading of an XForm, which knows nothing of pyxform: what ODK Collect and Enketo stumble over when they load
a form, as the ODK XForms Specification has it. Each rule gives what is wrong, in words."""

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

XF, XH = "{http://www.w3.org/2002/xforms}", "{http://www.w3.org/1999/xhtml}"
JR, ODK = "{http://openrosa.org/javarosa}", "{http://www.opendatakit.org/xforms}"
ORX = "{http://openrosa.org/xforms}"
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
FORM_ID = re.compile(r"[A-Za-z0-9_.-]+")
TYPES = {"string", "int", "boolean", "decimal", "date", "time", "dateTime", "geopoint", "binary", "barcode"}
MEDIA = {"image/*", "audio/*", "video/*"}
INSTANCE = re.compile(r"instance\('([^']+)'\)")
ITEXT = re.compile(r"jr:itext\('([^']+)'\)")
PREFIXES = {"jr": JR[1:-1], "orx": ORX[1:-1], "odk": ODK[1:-1]}


def problems(xform: str) -> list[str]:
    """Everything that is wrong with a form."""
    root = etree.fromstring(xform.encode())
    model = root.find(f"{XH}head/{XF}model")
    assert model is not None, "a form without a model"
    [main] = model.find(f"{XF}instance")
    nodes = dict(_nodes(main, f"/{_local(main)}"))
    body = root.find(f"{XH}body")
    rules = (
        _instance(main, nodes),
        _binds(model, nodes),
        _controls(body, nodes),
        _lists(model, root),
        _words(model, root),
    )
    return [wrong for rule in rules for wrong in rule]


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _nodes(element: etree._Element, path: str) -> Iterator[tuple[str, etree._Element]]:
    yield path, element
    for child in element:
        yield from _nodes(child, f"{path}/{_local(child)}")


def _instance(main: etree._Element, nodes: dict[str, etree._Element]) -> Iterator[str]:
    if not FORM_ID.fullmatch(main.get("id", "")) or not main.get("version"):
        yield f"id {main.get('id')!r}, version {main.get('version')!r}"
    yield from (f"no name of an element: {path}" for path in nodes if not NAME.fullmatch(path.rpartition("/")[2]))
    for path, element in nodes.items():
        twice = Counter(_local(child) for child in element if child.get(f"{JR}template") is None)
        yield from (f"{path}/{name} is there {times} times" for name, times in twice.items() if times > 1)
    if f"/{_local(main)}/meta/instanceID" not in nodes:
        yield "no instanceID: what is sent twice cannot be known again"


def _binds(model: etree._Element, nodes: dict[str, etree._Element]) -> Iterator[str]:
    bound = Counter(bind.get("nodeset") for bind in model.iter(f"{XF}bind"))
    yield from (f"{path} is bound {times} times" for path, times in bound.items() if times > 1)
    for bind in model.iter(f"{XF}bind"):
        path = bind.get("nodeset")
        if path not in nodes:
            yield f"a bind of {path}, which is none"
        if bind.get("type", "string") not in TYPES:
            yield f"{path} is of type {bind.get('type')}"
        for name in ("relevant", "required", "constraint", "calculate", "readonly"):
            yield from _expression(path, bind.get(name, "true()"), nodes)


def _expression(at: str, said: str, nodes: dict[str, etree._Element]) -> Iterator[str]:
    try:
        etree.XPath(said, namespaces=PREFIXES)
    except etree.XPathSyntaxError:
        yield f"{at}: {said!r} is no XPath"
    plain = re.sub(r"'[^']*'", "", said)
    unknown = [one for one in re.findall(r"(?<![\w.)/])/[A-Za-z_][\w./-]*", plain) if one not in nodes]
    yield from (f"{at} speaks of {one}, which is none" for one in unknown)
    if "${" in said:
        yield f"{at}: {said!r} was left as it was typed"


def _controls(body: etree._Element, nodes: dict[str, etree._Element]) -> Iterator[str]:
    for control in body.iter():
        path = control.get("ref") or control.get("nodeset")
        kind = _local(control)
        if path and not path.startswith(("instance(", "jr:")) and kind not in ("value", "label") and path not in nodes:
            yield f"{kind} of {path}, which is none"
        if kind == "upload" and control.get("mediatype") not in MEDIA:
            yield f"{path} takes {control.get('mediatype')}"
        if kind in ("input", "select1", "upload", "group") and path and control.find(f"{XF}label") is None:
            yield f"{path} asks nothing"


def _lists(model: etree._Element, root: etree._Element) -> Iterator[str]:
    lists = {one.get("id"): one for one in model.iter(f"{XF}instance") if one.get("id")}
    for name, one in lists.items():
        values = Counter(item.findtext(f"{XF}name") or "" for item in one.iter(f"{XF}item"))
        yield from (f"{name}: {value!r} is there {times} times" for value, times in values.items() if times > 1)
        yield from (f"{name}: {value!r} is no value" for value in values if not value or re.search(r"\s", value))
    for control in root.iter(f"{XF}itemset"):
        wanted = INSTANCE.match(control.get("nodeset", ""))
        if wanted is None or wanted[1] not in lists:
            yield f"a list {control.get('nodeset')}, which is none"


def _words(model: etree._Element, root: etree._Element) -> Iterator[str]:
    spoken = {one.get("lang"): Counter(text.get("id") for text in one) for one in model.iter(f"{XF}translation")}
    every = {name for texts in spoken.values() for name in texts}
    for language, texts in spoken.items():
        yield from (f"{language} does not say {name}" for name in every - set(texts))
        yield from (f"{language} says {name} {times} times" for name, times in texts.items() if times > 1)
    asked = {name for element in root.iter() for said in element.attrib.values() for name in ITEXT.findall(said)}
    asked |= {one.text or "" for one in model.iter(f"{XF}itextId")}
    yield from (f"nothing says {name}" for name in asked - every)
    for label in root.iter(f"{XF}label"):
        if not (label.get("ref") or "".join(label.itertext()).strip()):
            yield "a label that says nothing"
