"""A real browser for tests of the studio."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.service.conftest import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = Path(__file__).parents[2] / "studio/node_modules/axe-core/axe.min.js"
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
    " --use-fake-device-for-media-stream --use-fake-ui-for-media-stream"
)
PATIENCE = 120_000  # ms


@contextmanager
def visited(served: Served, browser: "Browser", locale: str = "en-US", width: int = 1280, dark: bool = False) -> Iterator["Page"]:
    """The first page, in a browser of its own; whatever the browser complains of fails the test."""
    context = browser.new_context(
        locale=locale, viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
    )
    context.set_default_timeout(PATIENCE)
    page, faults = context.new_page(), list[str]()
    page.on("console", lambda told: faults.append(f"{told.text} {told.location}") if told.type in ("error", "warning") else None)
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(str(served.client.base_url))
    yield page
    context.close()
    assert not faults, faults


def accessible(page: "Page") -> None:
    """No violation of WCAG 2.2 AA, if axe-core is installed (`npm ci` in studio/), and nothing wider than the page."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if not AXE.exists():
        return
    page.evaluate(AXE.read_text())
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert not found, [(one["id"], one["nodes"][0]["target"]) for one in found]
