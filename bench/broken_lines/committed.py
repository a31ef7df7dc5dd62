"""What the public log says, commits to and proves."""

from bench.broken_lines.line import broken

OPENED = "tests/ledger/test_openings.py"
MERKLE, CHECKPOINT = "tests/ledger/test_merkle.py", "tests/ledger/test_checkpoint.py"

LINES = (
    *broken(
        "consult/submissions/receiving/commitments.py",
        OPENED,
        ('        "reason": version.reason,', '        "reason": "",'),
        ('        "proposed": version.proposed,', '        "proposed": "",'),
        ('"stance": version.stance.value if version.stance else None,', '"stance": None,'),
        ('"publish_name": submission.publish_name,', '"publish_name": False,'),
        ('"name": submission.sender_name,', '"name": "",'),
        ('topic = {"topic": comment.topic.value} if comment.topic else {}', "topic = {}"),
        ('({"critique_part": comment.critique_part.value} if comment.critique_part else {})', "{}"),
        ('"reason": details.get("reason", ""),', '"reason": "",'),
        ('"sha256": kept.file_hash,', '"sha256": kept.file_name,'),
        ('"contact": submission.contact}', '"contact": ""}'),
        ('"letter_on": _day(submission.letter_on),', '"letter_on": "",'),
        ('"received_reason": submission.received_reason or "",', '"received_reason": "",'),
        ('"conclusion": critique.conclusion,', '"conclusion": "",'),
        ('"translation": transcript.translation,', '"translation": "",'),
        ('{"code": area[0], "valid_from": area[1].isoformat()} if area else None', "None"),
    ),
    *broken(
        "consult/ledger/commitment.py",
        "tests/ledger/test_commitment.py",
        ('        "change": change,', '        "change": "",'),
        ('"comments": sorted(comments),', '"comments": list(comments),'),
        (
            'new_salt(salt) + canonical({"field": field, "value": value})',
            'new_salt(salt) + canonical({"value": value})',
        ),
        ("sha256(new_salt(salt) + ", "sha256("),
        ("    if len(random_bytes) != SALT_BYTES:", "    if False:"),
    ),
    *broken(
        "consult/ledger/entries.py",
        "tests/ledger/test_entries.py",
        ("value.astimezone(UTC).strftime", "value.strftime"),
        ('        entry["comment"] = act.comment_number', "        pass"),
        ("    if not CODE.fullmatch(value):", "    if False:"),
    ),
    *broken(
        "consult/ledger/comment_entries.py",
        "tests/ledger/test_entries.py",
        ('    return Act("passed_on", {"count": count})', '    return Act("passed_on", {"count": count}, count)'),
        ("if anchor.path is not None and anchor.page is not None:", "if False:"),
        ('{"into": sorted(into)}', '{"into": list(into)}'),
        ('{"reason": code(reason), "text": text}, comment)', '{"reason": code(reason), "text": ""}, comment)'),
    ),
    *broken(
        "consult/ledger/canonical.py",
        "tests/ledger/test_canonical.py",
        ("    if abs(value) > LARGEST_INTEGER:", "    if False:"),
        ("key=None if all(map(str.isascii, keys)) else _utf_16", ""),
        ("    if not same:", "    if False:"),
    ),
    *broken(
        "consult/ledger/merkle.py",
        MERKLE,
        ('sha256(b"\\x00" + data)', "sha256(data)"),
        ('sha256(b"\\x01" + left + right)', "sha256(left + right)"),
        ("return last == 0 and current == expected_root", "return current == expected_root"),
        ("    if first & (first - 1) == 0:", "    if True:"),
        ("    if start:\n", "    if True:\n"),
        ("if not 0 <= index < size or not _are_hashes([leaf, *proof]):", "if not _are_hashes([leaf, *proof]):"),
        ("return not proof and first_root == second_root", "return first_root == second_root"),
        ("    return (old, new) if last == 0 else None", "    return (old, new)"),
        ("1 << ((count - 1).bit_length() - 1)", "1 << (count.bit_length() - 1)"),
    ),
    *broken(
        "consult/ledger/checkpoint.py",
        CHECKPOINT,
        ("    if not signed:", "    if False:"),
        ("    if checkpoint.origin != origin:", "    if False:"),
        ("if key.valid_from <= now]", "]"),
        ("return max(valid, key=", "return min(valid, key="),
        ("                _require_signature(key, signature, text)", "                pass"),
        ("    if to_base64(decoded) != text:", "    if False:"),
        ("str(int(size)) == size", "True"),
        ("if str(key) != text or key.key_id.hex() != key_id:", "if False:"),
        ('if not name or "+" in name or any(', "if not name or any("),
    ),
    *broken(
        "consult/transparency/verification/sent.py",
        "tests/transparency/test_verifying.py tests/transparency/test_any_byte.py",
        ("        if number not in log.comments:", "        if False:"),
    ),
)
