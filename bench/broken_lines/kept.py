"""What is kept and given to all, what a database must not lose, and whose turn it is."""

from bench.broken_lines.line import broken

PAGES, CACHE = "tests/reading/test_page_cache.py", "tests/web/test_page_cache.py tests/reading/test_page_cache.py"
DATABASE = "tests/spine/test_database.py tests/house/test_locks.py"
BOTH = "tests/spine/test_database.py tests/house/test_locks.py -m 'postgres or not postgres'"

LINES = (
    *broken(
        "consult/web/page_cache.py",
        CACHE,
        ('name.lower() != "set-cookie"', "True"),
        ("return environ[LANGUAGE], path, urlencode(parts)", 'return "vi", path, urlencode(parts)'),
        ('return environ[LANGUAGE], path, ""', 'return "vi", path, ""'),
        ("if page.weight * 4 > self.limit:", "if page.weight > self.limit:"),
        ("            self._drop(key)\n            if page", "            if page"),
        ("or found.state != state:", "or False:"),
        ("while self.weight > self.limit:", "while False:"),
        ("            self.pages.move_to_end(key)", "            pass"),
        ('name.lower() == "vary" and "cookie" in value.lower()', "False"),
        ('("no-store" in value or "private" in value)', '("no-store" in value)'),
        ('if not status.startswith("200") or not shared(headers):', "if not shared(headers):"),
        ("if any(name not in PARAMETERS for name, _ in parts):", "if False:"),
        ('if environ["REQUEST_METHOD"] != "GET":', "if False:"),
        ("and not NO_ZIP.search(accepted)", ""),
        ("sorted(parse_qsl(query, keep_blank_values=True))", "parse_qsl(query, keep_blank_values=True)"),
    ),
    *broken(
        "consult/reading/freshness.py",
        PAGES,
        ("        if row is None:\n            return None\n", "        if row is None:\n            return today\n"),
        ("        if stage is Stage.DRAFTING or matched is None:", "        if matched is None:"),
        ("{facts.content_version}:{stage}:{today}", "{facts.content_version}:{today}"),
        ("{facts.content_version}:{stage}:{today}", "{stage}:{today}"),
        ("{facts.content_version}:{stage}:{today}", "{facts.content_version}:{stage}"),
        ('{state}:{facts.received}" if BY_RECEIPT.fullmatch(path) else state', '{state}"'),
        ('return f"{count}:{versions}:{today}:{minute}"', 'return f"{today}:{minute}"'),
    ),
    *broken(
        "consult/db.py",
        DATABASE,
        ("return value.replace(tzinfo=UTC) if value.tzinfo is None else", "return value if value.tzinfo is None else"),
        ("in_utc = value.astimezone(UTC)", "in_utc = value"),
        ("        locks.take(session.connection(), of, held)\n", ""),
        ("engine = create_engine(url, hide_parameters=True)", "engine = create_engine(url)"),
    ),
    *broken(
        "consult/transactions.py",
        DATABASE,
        ("        owner.expire_all()", "        pass"),
        (
            "        except BaseException:\n            owner.rollback()\n",
            "        except BaseException:\n            owner.commit()\n",
        ),
        ("nullcontext() if write_lock is None else write_lock.held()", "nullcontext()"),
        ("            take(connection, of, held)\n", ""),
    ),
    *broken(
        "consult/sqlite.py",
        DATABASE,
        ('"BEGIN IMMEDIATE" if', '"BEGIN" if'),
        ("fcntl.flock(descriptor, fcntl.LOCK_EX)", "pass"),
        ('        "foreign_keys=ON",', ""),
        (
            "        if not is_missing(engine.url):\n",
            "        if True:\n",
        ),
    ),
    *broken(
        "consult/locks.py",
        BOTH,
        ("if held and _place(of) < _place(held[-1]):", "if False:"),
        ("    if of in held:\n        return\n", ""),
        ("    if any(_place(one) == _place(of) for one in held):", "    if False:"),
        ('if connection.dialect.name == "postgresql":', "if False:"),
        (" WHERE id = :id FOR UPDATE", " WHERE id = :id"),
        ("SELECT pg_advisory_xact_lock(:key)", "SELECT :key"),
        ('f"consult {of}".encode()', '"consult".encode()'),
    ),
    *broken(
        "consult/compiled_statements.py",
        BOTH,
        ("        forget_row(error)", "        pass"),
    ),
    *broken(
        "consult/compiled_statements.py",
        "tests/submissions/receiving/test_compiled_inserts.py",
        ("if not one.nullable or one.default is not None}", "if not one.nullable}"),
        ("(set(names) - set(table.columns.keys())) | ", ""),
        ("        if wrong:\n            raise TypeError", "        if False:\n            raise TypeError"),
    ),
)
