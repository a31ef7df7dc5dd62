"""One place says what a file is called: a name that somebody typed would otherwise break the answer that carries it."""

import ast

from tests.house.rooms import HOUSE, modules, nodes_of, tree_of

THE_PLACE = HOUSE / "web" / "files" / "downloads.py"
TAKES_IT_OFF = HOUSE / "web" / "page_cache.py"
BY_ITSELF = {"send_file", "send_from_directory", "download_name", "attachment_filename"}


def words_of(node: ast.AST) -> set[str]:
    """What a node of a program names or says."""
    match node:
        case ast.Constant(value=str(text)):
            return {"Content-Disposition"} if "content-disposition" in text.lower() else set()
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name) | ast.keyword(arg=str(name)):
            return {name} & BY_ITSELF
    return set()


def test_only_one_module_tells_the_names_of_files() -> None:
    told = [
        f"{path.relative_to(HOUSE)}: {', '.join(sorted(words))}"
        for path in modules()
        if path not in {THE_PLACE, TAKES_IT_OFF}
        and (words := {word for node in nodes_of(path) for word in words_of(node)})
    ]
    assert not told, "use consult.web.files.downloads instead:\n" + "\n".join(told)
    assert any(words_of(node) for node in ast.walk(tree_of(THE_PLACE)))
