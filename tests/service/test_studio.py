"""The studio: its build belongs to its sources, and a stranger makes a film with it, in a real browser if there is one."""

import gzip
import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dramatis.story.direction import ACTIONS, CAMERAS, EMOTIONS, FRAMINGS
from tests.service.browsing import accessible, visited
from tests.service.conftest import Served
from tests.service.serving import finished, picture, voice

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
STUDIO, BUILT = ROOT / "studio", ROOT / "src/dramatis/service/studio"


def hashed(folder: Path, names: Iterable[str]) -> str:
    """The hash of files, as `studio/vite.config.js` writes it into the build."""
    whole = hashlib.sha256()
    for name in sorted(names):
        whole.update(name.encode() + b"\0" + (folder / name).read_bytes() + b"\0")
    return whole.hexdigest()


def test_the_shipped_page_is_built_from_the_sources() -> None:
    """And nobody edited it since."""
    names = ["index.html", "package-lock.json", "vite.config.js", *(f"src/{path.name}" for path in (STUDIO / "src").iterdir())]
    built = [path.name for path in BUILT.iterdir() if path.name != "sources.txt"]
    found = [hashed(STUDIO, names), hashed(BUILT, built)]
    assert (BUILT / "sources.txt").read_text().split() == found, "run `npm ci && npm run build` in studio/"


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
    text = (STUDIO / "src/dictionary.ts").read_text().split("TERMS")[0] + "".join(
        (STUDIO / f"src/{name}.ts").read_text() for name in ("words_plan", "words_film")
    )
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


def planned(page: "Page", words: str) -> None:
    """From words to the plan."""
    page.locator(".choices .main").click()  # nothing is given: one sentence asks for it
    assert page.locator("[role=alert]").inner_text()
    page.locator(".words textarea").fill(words)
    page.locator(".person").nth(1).wait_for()  # a script says itself who is in it
    page.locator("select[name=quality]").select_option("360")
    page.locator(".choices .main").click()
    page.locator(".lines li").nth(1).wait_for()


@pytest.mark.parametrize(
    ("locale", "words"),
    [("en-US", "Cat: Hello! Robot: Good morning. The cat waves."), ("zh-CN", "猫：你好！机器人：早上好。猫挥手。")],
)
def test_a_stranger_makes_a_film(served: Served, browser: "Browser", locale: str, words: str) -> None:
    """From words to the plan, an edit, undo and redo, the film; then a reload, and the gallery."""
    with visited(served, browser, locale, 400) as page:
        accessible(page)
        planned(page, words)
        accessible(page)
        for view in (1, 2):  # script, timeline and shot take turns where there is no room for all
            page.locator(".views button").nth(view).click()
            accessible(page)
        assert not page.locator(".timeline").is_visible()
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
        page.wait_for_function("() => document.querySelector('video')?.videoWidth === 640")
        accessible(page)
        job = page.url.rpartition("/")[2]
        filmed = served.client.get(f"/api/v1/jobs/{job}/storyline").json()
        assert 1.0 in [cue["intensity"] for cue in filmed["shots"][0]["direction"]["cues"]]
        assert [line["text"] for line in filmed["lines"]]
        page.goto(f"{served.client.base_url}#/films")
        page.locator(".films img").first.wait_for()
        accessible(page)


def test_a_plan_is_edited_with_keyboard_and_mouse(served: Served, browser: "Browser") -> None:
    """Lines change places, an action hangs on a word, a shot is split and its cut moved; all of it is the storyline."""
    with visited(served, browser) as page:
        planned(page, "Cat: Hello there! Robot: Good morning. The cat waves.")
        project = page.url.rpartition("/")[2]
        page.locator(".wave i").first.wait_for()
        page.locator(".word", has_text="there").click()
        page.locator(".hanging .chip", has_text="shrug").click()
        page.locator(".grip").nth(1).focus()
        page.keyboard.press("ArrowUp")
        page.locator(".lines li").first.locator(".word", has_text="Good").wait_for()
        page.locator(".lines li").nth(1).locator(".hung", has_text="shrug").wait_for()
        page.locator(".word", has_text="Good").click()  # whose menu is open, above what is clicked next
        page.locator(".shottools button").nth(0).click()
        cut = page.locator(".cut").first
        before = float(cut.get_attribute("aria-valuenow") or 0)
        cut.press("ArrowRight")
        page.wait_for_function("(old) => +document.querySelector('.cut').getAttribute('aria-valuenow') > old", arg=before)
        box = cut.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 5, box["y"] + 9)
        page.mouse.down()
        page.mouse.move(box["x"] + 65, box["y"] + 9, steps=2)
        page.mouse.up()
        page.locator(".shape").select_option("360x450")
        page.wait_for_function("() => document.querySelector('.shape:enabled')?.value === '360x450'")
        page.locator(".state", has_text="Saved").wait_for()
        kept = served.client.get(f"/api/v1/projects/{project}/storyline").json()
        assert [line["who"] for line in kept["lines"]] == ["Robot", "Cat"]
        assert len({shot["id"] for shot in kept["shots"]}) == 2
        assert kept["shots"][0]["span"][1] > before + 0.1
        assert (kept["canvas"]["width"], kept["canvas"]["height"]) == (360, 450)
        shrug = next(cue for shot in kept["shots"] for cue in shot["direction"]["cues"] if cue["what"] == "shrug")
        assert shrug["at"]["line"] == 1
        page.locator(".bar button").nth(2).click()
        page.locator(".versions li").first.wait_for()
        accessible(page)
        words = page.locator(".again textarea")
        words.fill(f"{words.input_value()} The camera pushes in.")
        page.locator(".again button").first.click()  # what was set by hand stays, unless it is ticked
        offered = page.locator(".proposal li")
        assert not offered.filter(has_text="shrug").locator("input").first.is_checked()
        assert offered.filter(has_text="push in").locator("input").first.is_checked()
        accessible(page)
        with page.expect_response(lambda answer: answer.request.method == "PUT"):
            page.locator(".proposal .main").click()
        page.wait_for_function("() => document.querySelector('.state').innerText === 'Saved'")
        kept = served.client.get(f"/api/v1/projects/{project}/storyline").json()
        assert {"shrug", "push in"} <= {cue["what"] for shot in kept["shots"] for cue in shot["direction"]["cues"]}
        cues = [[str(cue) for cue in shot["direction"]["cues"]] for shot in kept["shots"]]
        assert all(len(set(shot)) == len(shot) for shot in cues)


def test_a_face_in_a_picture_becomes_a_character_of_a_film(served: Served, browser: "Browser", tmp_path: Path) -> None:
    """What is missing is asked on the spot; then the portrait is filmed to its end."""
    (tmp_path / "voice.wav").write_bytes(voice(0.8))
    with visited(served, browser, dark=True) as page:
        said = page.locator("[role=alert]")
        page.locator("input[type=file][multiple]").set_input_files(ROOT / "examples/mira.png")
        page.locator(".facebox[aria-pressed=true]").wait_for()
        page.locator(".choices .main").click()
        assert "Person 1" in said.inner_text()  # asks what this character says
        page.locator(".words textarea").fill("Mira: Hello there!")
        page.wait_for_function("() => document.querySelector('.name').value === 'Mira'")
        assert "Mira" in said.inner_text()  # asks who may use the face
        page.locator(".person select").first.select_option("file")
        page.locator(".person input[type=file]").set_input_files(tmp_path / "voice.wav")
        page.locator(".person audio").wait_for()
        page.locator(".consent select").select_option("fictional")
        page.wait_for_function("() => !document.querySelector('[role=alert]').innerText")
        accessible(page)
        page.locator("select[name=quality]").select_option("360")
        page.locator(".choices .main").click()
        page.locator(".lines .tag", has_text="recorded").wait_for()
        page.locator(".lookedat video").wait_for()
        page.locator(".bar .main").click()
        page.locator(".facts").wait_for()
        page.wait_for_function("() => document.querySelector('video')?.videoWidth === 640")
        report = served.client.get(f"/api/v1/jobs/{page.url.rpartition('/')[2]}/report").json()
        assert report["engine"]["name"] == "portrait"


def test_pictures_and_voices_are_dropped_pasted_and_recorded(served: Served, browser: "Browser") -> None:
    """Faces that do not fit the shape are told before anything is planned; a microphone's sound can be heard at once."""
    given = """async ([kind, name, bytes]) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes)], name, {type: "image/png"}));
        if (kind === "paste") window.dispatchEvent(new ClipboardEvent(kind, {clipboardData: data}));
        else document.querySelector("form.brief").dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true}));
    }"""
    with visited(served, browser) as page:
        said = page.locator(".brief > [role=alert]")
        page.evaluate(given, ["drop", "grey.png", list(picture())])
        page.locator(".picture .fault").wait_for()  # there is no face in it
        page.locator(".picture .off").click()
        page.evaluate(given, ["paste", "two.png", list((ROOT / "examples/noor_and_tom.png").read_bytes())])
        page.locator(".facebox").nth(1).click()
        page.locator(".facebox").nth(0).click()
        page.locator(".choices select").first.select_option("tall")
        page.locator(".choices .main").click()
        assert "aspect ratio" in said.inner_text()
        page.locator(".choices select").first.select_option("wide")
        assert "Person 1" in said.inner_text()
        page.locator(".person select").first.select_option("microphone")
        page.locator(".recorder button").click()
        page.wait_for_timeout(1000)
        page.locator(".recorder button").click()
        page.wait_for_function("() => document.querySelector('.person audio')?.duration > 0.1")
        page.locator(".snap").click()
        page.locator(".device .main").click()  # a photo, of nobody
        page.locator(".picture .fault").wait_for()
