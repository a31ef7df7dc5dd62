"""`python -m bench.paint`: largest paint and layout shift of the pages a citizen meets, on a slow telephone.

Headless Chromium with a line of 1.6 Mbit/s and 150 ms (slow 4G) and a quarter of this machine's processor; every page
is loaded with an empty cache. A site of the bench's own serves them; the last word is the exit code.
"""

import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench.__main__ import prepare
from bench.site import environment, served

CHROMIUM = "/usr/bin/chromium"
LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
SLOWER = 4
ROUNDS = 5
MOST_SECONDS, MOST_SHIFT = 2.5, 0.01
WATCH = """window.seen = {paint: 0, shift: 0};
new PerformanceObserver((list) => list.getEntries().forEach((one) => { seen.paint = one.startTime; }))
  .observe({ type: 'largest-contentful-paint', buffered: true });
new PerformanceObserver((list) => {
  list.getEntries().forEach((one) => { if (!one.hadRecentInput) seen.shift += one.value; });
}).observe({ type: 'layout-shift', buffered: true });"""


def main() -> int:
    """Prints a line for each page; 0 when all are within what is wanted, otherwise 1."""
    with tempfile.TemporaryDirectory(prefix="consult-paint-") as name:
        given = environment(Path(name))
        slug = prepare(given)[0].slug
        with served(given) as port, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            rows = [(path, *measured(browser, f"http://127.0.0.1:{port}{path}")) for path in pages(slug)]
            browser.close()
    print(f"median of {ROUNDS} at {SLOWER}× slower, slow 4G: seconds to the largest paint, sum of layout shifts")
    for path, paint, shift in rows:
        print(f"{paint:6.2f} s  {shift:6.4f}  {path}")
    return 1 if any(paint > MOST_SECONDS or shift > MOST_SHIFT for _, paint, shift in rows) else 0


def pages(slug: str) -> tuple[str, ...]:
    """Home, a matter, its draft, and the form at a clause."""
    matter = f"/lay-y-kien/{slug}/"
    return "/", matter, f"{matter}du-thao/1/", f"{matter}gop-y/?tai=d5.k2", f"{matter}y-kien/"


def measured(browser: Browser, address: str) -> tuple[float, float]:
    """The median seconds until the largest paint of a page, and the largest sum of its layout shifts."""
    seen = [_once(browser, address) for _ in range(ROUNDS)]
    return statistics.median(one["paint"] for one in seen) / 1000, max(one["shift"] for one in seen)


def _once(browser: Browser, address: str) -> dict[str, Any]:
    with browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN") as context:
        page: Page = context.new_page()
        page.add_init_script(WATCH)
        protocol = context.new_cdp_session(page)
        protocol.send("Network.emulateNetworkConditions", LINE)
        protocol.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        seen: dict[str, Any] = page.evaluate("seen")
        return seen


if __name__ == "__main__":
    sys.exit(main())
