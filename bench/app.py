"""The pocket app in a real browser: how soon a rep sees the day, and what its scripts cost a slow phone."""

import shutil
from statistics import median
from typing import Any, Final

from playwright.sync_api import BrowserContext, CDPSession, Page, sync_playwright

from bench.company import HEADERS, Company, build
from bench.figures import Figure
from bench.processes import service
from bench.run import Run

COMPANY = Company(clients=300, notes=3, portfolio=300)
# The profile that browsers' developer tools call “slow 3G”.
SLOW_3G: Final = {"offline": False, "latency": 2_000, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SLOWER: Final = 4
SEEN: Final = "document.querySelector('#main .as-of') && performance.now()"


def first_view(run: Run) -> list[Figure]:
    """Seconds until Today shows the agenda with everything on the phone, and milliseconds in scripts until then."""
    if shutil.which("chromium") is None:
        run.remarks.append("The pocket app was not measured: chromium is not installed.")
        return []
    data = run.folder / "app"
    build(data, COMPANY, run.progress)
    with service(run, data, "deploy.cli", "serve") as port, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 360, "height": 720})
        address = f"http://127.0.0.1:{port}"
        token = HEADERS["authorization"].partition(" ")[2]
        context.add_cookies([{"name": "calepin", "value": token, "url": address}])
        _warm(context, f"{address}/app/")
        rounds = run.rounds(9)
        seconds = [_seconds(context, f"{address}/app/") for _ in range(rounds)]
        scripts = [_in_scripts(context, f"{address}/app/") for _ in range(rounds)]
        browser.close()
    return [
        Figure("app, first view of Today, slow 3G, warm cache", "s", median(seconds), bar=1.0),
        Figure(f"app, in scripts until then, processor {SLOWER} × slower", "ms", median(scripts), bar=100.0),
    ]


def _warm(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("#main .as-of")
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    page.wait_for_load_state("networkidle")
    page.close()


def _seconds(context: BrowserContext, address: str) -> float:
    page = context.new_page()
    _session(context, page, "Network.emulateNetworkConditions", SLOW_3G)
    seen = _seen(page, address)
    page.close()
    return seen / 1000


def _in_scripts(context: BrowserContext, address: str) -> float:
    page = context.new_page()
    session = _session(context, page, "Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    session.send("Performance.enable")
    _seen(page, address)
    told: list[dict[str, Any]] = session.send("Performance.getMetrics")["metrics"]
    page.close()
    return 1000 * next(float(one["value"]) for one in told if one["name"] == "ScriptDuration")


def _session(context: BrowserContext, page: Page, method: str, parameters: dict[str, Any]) -> CDPSession:
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(method, parameters)
    return session


def _seen(page: Page, address: str) -> float:
    # Noted by the page itself, before the driver hears of it.
    watch = f"""
      new MutationObserver((_, observer) => {{
        const at = {SEEN};
        if (at) {{ observer.disconnect(); globalThis.seen = at; }}
      }}).observe(document, {{ childList: true, subtree: true }});
    """
    page.add_init_script(watch)
    page.goto(address, wait_until="commit")
    page.wait_for_selector("#main .as-of")
    return float(page.evaluate("globalThis.seen"))
