"""axe-core, the accessibility checker: fetched once by npm, run in the page that is shown."""

import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page

VERSION: Final = "4.10.3"
SERIOUS: Final = frozenset({"serious", "critical"})


@lru_cache(maxsize=1)
def source() -> str:
    """Its script, from the environment's own folder, or from the npm registry the first time."""
    folder = Path(sys.prefix) / f"axe-core-{VERSION}"
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        folder.mkdir(exist_ok=True)
        command = ["npm", "install", "--prefix", str(folder), "--no-save", "--no-audit", "--no-fund"]
        subprocess.run([*command, f"axe-core@{VERSION}"], check=True, capture_output=True, timeout=300)
    return script.read_text()


def serious(page: Page) -> list[str]:
    """What is seriously or critically wrong with the page: the rule and the element."""
    page.evaluate(source())
    found: dict[str, Any] = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{violation['id']}: {node['html'][:200]}"
        for violation in found["violations"]
        if violation["impact"] in SERIOUS
        for node in violation["nodes"]
    ]
