"""Style sheets and scripts as they are served: without indentation, empty lines, comments that stand alone, and the
blanks around signs that need none.

Sources are written to be read, and a bad line is not to pay for it. A file in which a line may begin inside a string, a
template or a comment that began beside other words is served as it was written. Strings are not touched, nor any line
of a script that has a slash or a backtick, which may be of an expression or a template.
"""

import re

DOUBTFUL_SIGN = re.compile(r"\\$|\\`|['\"]`|`['\"]", re.MULTILINE)
"""What a line may go on from, or what makes backticks that are counted mean something else."""
STRING = re.compile(r"""('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""")
IN_SCRIPTS = re.compile(r" ?([=<>!?:&|,;{}()\[\]*]+) ?")
IN_STYLES = re.compile(r" ?([{};]) ?|([:,]) ")
"""A blank before a colon, or around a comma's other side, tells one selector from another."""
MAYBE_MORE = re.compile("[/`]")
WENT_ON = re.compile(r"([{;,(])\n")
"""Nothing ends at such a line break by itself."""


def stripped(source: str, line_comments: bool) -> str:
    """The source without what a browser does not need; `line_comments` tells that // begins one, as in scripts."""
    lines = _without_comments([line.strip(" \t") for line in source.split("\n")], line_comments)
    if lines is None or DOUBTFUL_SIGN.search(source) or any(line.count("`") % 2 for line in lines):
        return source
    return "".join(_tight(line, line_comments) for line in lines if line)


def _tight(line: str, is_script: bool) -> str:
    """A line with its end, without blanks around signs but in its strings, and without an end that ends nothing."""
    if is_script and MAYBE_MORE.search(line):
        return f"{line}\n"
    around, parts = IN_SCRIPTS if is_script else IN_STYLES, STRING.split(line)
    parts[::2] = [around.sub(lambda found: found[found.lastindex or 0], part) for part in parts[::2]]
    return WENT_ON.sub(r"\1", "".join(parts) + "\n")


def _without_comments(lines: list[str], line_comments: bool) -> list[str] | None:
    """None when a comment of several lines begins or ends beside other words, or may."""
    kept: list[str] = []
    inside = False
    for line in lines:
        begins = not inside and line.startswith("/*")
        if inside or begins:
            end = line.find("*/", 2 if begins else 0)
            if end not in {-1, len(line) - 2}:
                return None
            inside = end == -1
        elif not (line_comments and line.startswith("//")):
            if line.count("/*") != line.count("*/"):
                return None
            kept.append(line)
    return None if inside else kept
