"""Style sheets and scripts as they are served: without indentation, empty lines and comments that stand alone.

Sources are written to be read, and a bad line is not to pay for it. Only whole lines go, and what stands before the
first sign of a line, so that nothing of a string or an expression is touched; a file in which a line may begin inside a
string, a template or a comment that began beside other words is served as it was written.
"""

import re

DOUBTFUL_SIGN = re.compile(r"\\$|\\`|['\"]`|`['\"]", re.MULTILINE)
"""What a line may go on from, or what makes backticks that are counted mean something else."""


def stripped(source: str, line_comments: bool) -> str:
    """The source without what a browser does not need; `line_comments` tells that // begins one, as in scripts."""
    lines = _without_comments([line.strip(" \t") for line in source.split("\n")], line_comments)
    if lines is None or DOUBTFUL_SIGN.search(source) or any(line.count("`") % 2 for line in lines):
        return source
    return "".join(f"{line}\n" for line in lines if line)


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
