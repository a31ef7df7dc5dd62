"""The tree of provisions: what the grammars make, and what everybody else reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

KINDS = (
    "part", "chapter", "section", "subsection", "article", "clause", "point", "roman", "decimal", "body", "appendix",
    "form", "alternative", "quoted", "paragraph", "table", "footnote", "picture",
)  # fmt: skip


@dataclass(slots=True)
class TableCell:
    """One cell of a table node; `children` are what does not fit in `text`: nested tables, notes, later paragraphs."""

    text: str = ""
    colspan: int = 1
    rowspan: int = 1
    children: list[Node] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """The cell as design.md §4 prints it."""
        return {
            "text": self.text,
            "colspan": self.colspan,
            "rowspan": self.rowspan,
            "children": [child.to_json() for child in self.children],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> TableCell:
        """The reverse of `to_json`."""
        children = [Node.from_json(child) for child in data["children"]]
        return cls(data["text"], data["colspan"], data["rowspan"], children)


@dataclass(slots=True)
class Node:
    """One provision.

    `label` is canonical ("12a", "đ", "IV"), `marker` as printed ("Điều 12a."), `marker_auto` true when Word supplied
    it. The order of reading is marker, heading, text, children. Only a table has `rows`, only a body has `grammar`, and
    only a picture has `picture`: the `part` of the file that it is, empty when it cannot be shown, and, once it was
    kept, `file` (SHA-256), `width` and `height`; its `text` is what stands for it in words. `page` is the page of a
    PDF on which a node begins.
    """

    kind: str
    label: str = ""
    marker: str = ""
    heading: str = ""
    text: str = ""
    marker_auto: bool = False
    path: str = ""
    grammar: str = ""
    children: list[Node] = field(default_factory=list)
    rows: list[list[TableCell]] = field(default_factory=list)
    picture: dict[str, Any] | None = None
    page: int = 0

    def walk(self) -> Iterator[Node]:
        """This node and all below it, cells of tables included, in the order of reading."""
        yield self
        for row in self.rows:
            for cell in row:
                for child in cell.children:
                    yield from child.walk()
        for child in self.children:
            yield from child.walk()

    def plain_text(self) -> str:
        """All the text of this node and below it in the order of reading, one line for each part."""
        return "\n".join(part for part in self._parts() if part)

    def to_json(self) -> dict[str, Any]:
        """The node as design.md §4 prints it."""
        data: dict[str, Any] = {
            "path": self.path,
            "kind": self.kind,
            "label": self.label,
            "marker": self.marker,
            "marker_auto": self.marker_auto,
            "heading": self.heading,
            "text": self.text,
            "children": [child.to_json() for child in self.children],
        }
        if self.kind == "table":
            data["rows"] = [[cell.to_json() for cell in row] for row in self.rows]
        if self.kind == "body":
            data["grammar"] = self.grammar
        if self.picture is not None:
            data["picture"] = self.picture
        if self.page:
            data["page"] = self.page
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Node:
        """The reverse of `to_json`."""
        return cls(
            kind=data["kind"],
            label=data["label"],
            marker=data["marker"],
            heading=data["heading"],
            text=data["text"],
            marker_auto=data["marker_auto"],
            path=data["path"],
            grammar=data.get("grammar", ""),
            children=[cls.from_json(child) for child in data["children"]],
            rows=[[TableCell.from_json(cell) for cell in row] for row in data.get("rows", [])],
            picture=data.get("picture"),
            page=data.get("page", 0),
        )

    def _parts(self) -> Iterator[str]:
        yield from (self.marker, self.heading, self.text)
        for row in self.rows:
            for cell in row:
                yield cell.text
                for child in cell.children:
                    yield from child._parts()
        for child in self.children:
            yield from child._parts()


@dataclass(frozen=True, slots=True)
class OutlineWarning:
    """A doubt a person should look at: a code, the path of the provision concerned or, where that is empty, the `page`
    of a PDF, and technical English that says what was found there. A file without words alone has no place."""

    code: str
    path: str
    message: str
    page: int = 0

    def to_json(self) -> dict[str, Any]:
        """The warning as design.md §4 prints it."""
        told: dict[str, Any] = {"code": self.code, "path": self.path, "message": self.message}
        return {**told, "page": self.page} if self.page else told


@dataclass(slots=True)
class Outline:
    """A document understood: its title, its grammar (`articles`, `roman`, `decimal` or `pages`) and its provisions."""

    title: str
    grammar: str
    provisions: list[Node]
    warnings: list[OutlineWarning] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """Every node in the order of reading."""
        for node in self.provisions:
            yield from node.walk()

    def plain_text(self) -> str:
        """All the text of the document in the order of reading."""
        return "\n".join(text for text in (node.plain_text() for node in self.provisions) if text)

    def find(self, path: str) -> Node | None:
        """The node at `path`, or None."""
        return next((node for node in self.walk() if node.path == path), None)

    def to_json(self) -> dict[str, Any]:
        """The document as `outline --json` prints it."""
        return {
            "title": self.title,
            "grammar": self.grammar,
            "provisions": [node.to_json() for node in self.provisions],
            "warnings": [warning.to_json() for warning in self.warnings],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Outline:
        """The reverse of `to_json`."""
        warnings = [
            OutlineWarning(item["code"], item["path"], item["message"], item.get("page", 0))
            for item in data["warnings"]
        ]
        return cls(data["title"], data["grammar"], [Node.from_json(node) for node in data["provisions"]], warnings)
