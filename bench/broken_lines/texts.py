"""How labels are read and written, and when one provision is taken for what became of another."""

from bench.broken_lines.line import broken

LABELS, PATHS = "tests/outline/grammar/test_labels.py", "tests/outline/test_paths.py"
ALIGNING = "tests/comparison/test_aligning.py tests/comparison/test_kinds.py"

LINES = (
    *broken(
        "consult/outline/grammar/labels.py",
        LABELS,
        ("1 if doubled else _among", "_among"),
        ("if steps < 0 or len(new) == 1 else steps + _from_start(new[1:]) - 1", ""),
        ("doubled = len(old) == 1 and new == old * 2 and new[0][0] == 1", "doubled = len(old) == 1 and new == old * 2"),
        ('POINT_ALPHABET = "abcdđe', 'POINT_ALPHABET = "abcde'),
        ("key.append((0, int(token[:18])))", "key.append((0, ord(token[0])))"),
        ("return 1 if new[0] > old[0] else -1", "return -1"),
        ("if not old or old[0][0] != new[0][0]:", "if not old:"),
        ("not lowered[end : end + 1].isdigit():", "True:"),
        ('_FULL_ALPHABET = "aăâbcdđe', '_FULL_ALPHABET = "aăâbcde'),
        ("        return _steps(old[0], new[0])\n    return 1", "        return 1\n    return 1"),
        ('_LONE_DOT.sub("-", _UNFIT.sub("-", label)).strip("-")', '_LONE_DOT.sub("-", _UNFIT.sub("-", label))'),
    ),
    *broken(
        "consult/outline/paths.py",
        PATHS,
        ("or before == sign or {before, sign}", "or {before, sign}"),
        ('return kind == "point" or before', "return before"),
        ('== {"d", "đ"}', '== {"d"}'),
        ('        if rest != written and rest and rest[0] not in "_-":', "        if rest != written and rest:"),
        ("    if not label or segment(kind, label) != written:", "    if not label:"),
        ("if _needs_break(kind, before, sign) and index >= numeral:", "if _needs_break(kind, before, sign):"),
        ("    if sign.isdigit():\n        return True\n", ""),
        ('("." if dotted else "") + ', ""),
        ("(?:~([2-9]|[1-9]\\d+))?", "(?:~([1-9]|[1-9]\\d+))?"),
    ),
    *broken(
        "consult/comparison/aligning.py",
        ALIGNING,
        ("_LEAST = 0.42", "_LEAST = 0.30"),
        ("_LEAST = 0.42", "_LEAST = 0.55"),
        ("_LEAST_SAME_LABEL = 0.34", "_LEAST_SAME_LABEL = 0.20"),
        ("_LEAST_SAME_LABEL = 0.34", "_LEAST_SAME_LABEL = 0.42"),
        ("_LEAST_ALONE = 0.22", "_LEAST_ALONE = 0.10"),
        ("_LEAST_ALONE = 0.22", "_LEAST_ALONE = 0.34"),
        ("_SHORT = 8", "_SHORT = 0"),
        ("_BONUS = 0.05", "_BONUS = 0.0"),
        ("    _pair_unique(pairing, old, new)\n", ""),
        ("alike < 2 * _LEAST_SAME_LABEL", "alike < _LEAST"),
    ),
    *broken(
        "consult/comparison/service.py",
        ALIGNING,
        ("    pair_same_path(pairing)\n", ""),
    ),
    *broken(
        "consult/comparison/pairing.py",
        ALIGNING,
        ("not ({old.kind, new.kind} & (GROUPS |", "not ({old.kind, new.kind} & (frozenset() |"),
    ),
)
