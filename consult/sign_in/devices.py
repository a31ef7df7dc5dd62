"""What a browser says of itself, told as people know it: its name and the system it runs on."""

BROWSERS = (
    ("coc_coc", "Coc Coc"), ("SamsungBrowser", "Samsung Internet"), ("Edg", "Edge"), ("OPR", "Opera"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("Chrom", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
"""Signs in the order in which they decide: most browsers also name the one that they are made like."""

SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Macintosh", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def named(agent: str) -> tuple[str, str]:
    """The browser and the system that `agent` names; an empty word for what it does not."""
    return _first(agent, BROWSERS), _first(agent, SYSTEMS)


def _first(agent: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in known if sign in agent), "")
