"""The studio: its build belongs to its sources, and a stranger makes a film with it, in a real browser if there is one."""

import gzip
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dramatis.story.direction import ACTIONS, CAMERAS, EMOTIONS, FRAMINGS
from tests.service.conftest import Served
from tests.service.serving import finished

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
STUDIO, BUILT = ROOT / "studio", ROOT / "src/dramatis/service/studio"
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
PATIENCE = 60_000  # ms


def hashed() -> str:
    """The hash of the sources, as `studio/vite.config.js` writes it into the build."""
    names = ["index.html", "package-lock.json", "vite.config.js", *(f"src/{path.name}" for path in (STUDIO / "src").iterdir())]
    whole = hashlib.sha256()
    for name in sorted(names):
        whole.update(name.encode() + b"\0" + (STUDIO / name).read_bytes() + b"\0")
    return whole.hexdigest()


def test_the_shipped_page_is_built_from_the_sources() -> None:
    assert (BUILT / "sources.txt").read_text().strip() == hashed(), "run `npm ci && npm run build` in studio/"


def test_the_page_is_small_and_loads_nothing_from_elsewhere(served: Served) -> None:
    page = served.client.get("/")
    assert page.status_code == 200
    assert "<style" not in page.text
    parts = re.findall(r'(?:src|href)="(/studio/[^"]+)"', page.text)
    assert len(parts) == 2
    assert len(re.findall(r"<script[^>]*>[^<]", page.text)) == 0
    size = sum(len(gzip.compress(served.client.get(part).content)) for part in parts)
    assert size < 300_000
    assert served.client.get("/studio/gone.js").status_code == 404


def test_the_lock_file_names_no_address_of_a_package() -> None:
    assert not re.search(r'"resolved"', (STUDIO / "package-lock.json").read_text())


def test_the_page_knows_the_words_of_storylines() -> None:
    text = (STUDIO / "src/vocabulary.ts").read_text()
    lists = [tuple(json.loads(found)) for found in re.findall(r"\[\".*?\]", text)]
    assert lists == [EMOTIONS, ACTIONS, CAMERAS, FRAMINGS]


def test_both_languages_say_everything() -> None:
    text = (STUDIO / "src/dictionary.ts").read_text().split("TERMS")[0]
    for english, chinese in re.findall(r'\[\s*"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)",?\s*\]', text):
        assert english
        assert chinese


def test_words_alone_begin_a_project_and_its_plan_is_drawn(served: Served) -> None:
    client = served.client
    options = {"prompt": "Cat: Hello! Robot: Good morning.", "size": "160x90@5"}
    project = client.post("/api/v1/projects", json={"name": "words", "options": options}).json()
    assert [who["name"] for who in project["brief"]["cast"]] == ["Cat", "Robot"]
    refused = client.post(f"/api/v1/projects/{project['id']}/animatic", json={})
    assert refused.status_code == 404
    assert finished(client, client.post(f"/api/v1/projects/{project['id']}/plan", json={}).json()["id"])["state"] == "done"
    drawn = finished(client, client.post(f"/api/v1/projects/{project['id']}/animatic", json={}).json()["id"])
    assert client.get(drawn["urls"]["animatic"]).headers["content-type"] == "video/mp4"


@pytest.mark.parametrize("options", [{}, {"portraits": [1]}, {"portraits": ["/etc/passwd"], "said": ["Hi"]}, {"size": "huge"}])
def test_options_that_cannot_be_are_refused(served: Served, options: dict[str, Any]) -> None:
    answer = served.client.post("/api/v1/projects", json={"options": options})
    assert answer.status_code in (400, 404)
    assert "dramatis" not in answer.json()["error"]["message"]


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if BROWSER is None:
        pytest.skip("there is no chromium")
    with playwright.sync_playwright() as library:
        found = library.chromium.launch(executable_path=BROWSER, args=FLAGS.split())
        yield found
        found.close()


@pytest.mark.parametrize(
    ("locale", "words"),
    [("en-US", "Cat: Hello! Robot: Good morning. The cat waves."), ("zh-CN", "猫：你好！机器人：早上好。猫挥手。")],
)
def test_a_stranger_makes_a_film(served: Served, browser: "Browser", locale: str, words: str) -> None:
    """From words to the plan, an edit, undo and redo, the film; then a reload, and the gallery."""
    context = browser.new_context(locale=locale, viewport={"width": 400, "height": 800})
    context.set_default_timeout(PATIENCE)
    page, faults = context.new_page(), list[str]()
    page.on("console", lambda told: faults.append(told.text) if told.type in ("error", "warning") else None)
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(str(served.client.base_url))
    page.locator("form button.main").click()  # nothing is given: one sentence asks for it
    assert page.locator("[role=alert]").inner_text()
    page.locator("textarea").fill(words)
    page.locator("select").nth(1).select_option("360")
    page.locator("form button.main").click()
    page.locator(".shot").first.wait_for()
    assert page.locator(".script dd").count() == 2
    strong = page.locator(".strength button").nth(2)
    strong.click()
    undo = page.locator(".bar button").nth(0)
    undo.click()
    assert strong.get_attribute("aria-pressed") == "false"
    page.locator(".bar button").nth(1).click()
    assert strong.get_attribute("aria-pressed") == "true"
    page.locator(".bar .main").click()
    page.locator(".status").wait_for()
    page.reload()  # the film goes on, and the page finds it again
    page.locator(".facts").wait_for()
    page.wait_for_function("document.querySelector('video')?.videoWidth === 640")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    job = page.url.rpartition("/")[2]
    filmed = served.client.get(f"/api/v1/jobs/{job}/storyline").json()
    assert filmed["shots"][0]["direction"]["cues"][0]["intensity"] == 1.0
    assert [line["text"] for line in filmed["lines"]]
    page.goto(f"{served.client.base_url}#/films")
    page.locator(".films img").first.wait_for()
    context.close()
    assert not faults
    assert os.environ.get("DRAMATIS_WORKERS") == "0"
