"""Guided edits, films that are reused, dropped and made from tables, calls for programs, and the keyboard, in a real browser."""

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.service.browsing import accessible, visited
from tests.service.conftest import Served
from tests.service.serving import finished, picture, voice
from tests.service.test_studio_films import two_shots

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DROP = """([name, bytes]) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(bytes)], name, {type: "video/mp4"}));
    document.querySelector("main").dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
}"""
REACHED = """() => {
    const folded = (one) => one.closest("details:not([open]) > :not(summary)");
    const shown = (one) => one.checkVisibility() && !one.disabled && one.tabIndex >= 0 && !folded(one);
    return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
        .filter((one) => one.matches("main *") && shown(one) && !one.dataset.reached).map((one) => one.outerHTML.slice(0, 200));
}"""


def drawn_shots(served: Served) -> str:
    """A project of two drawn shots, in each of which the cat has a recorded line."""
    lines = [{"who": "Cat", "sound": served.voice, "start": at, "text": text} for at, text in ((0.0, "Hello"), (1.0, "Bye"))]
    shots = [{"span": [at, at + 1.0], "picture": "", "cast": ["Cat"], "direction": {"words": "a cat"}} for at in (0.0, 1.0)]
    canvas = {"width": 160, "height": 90, "rate": {"frames": 10, "per": 1}}
    story = {"version": 2, "canvas": canvas, "cast": [{"name": "Cat"}], "lines": lines, "shots": shots, "engine": "drawn"}
    return str(served.client.post("/api/v1/projects", json={"name": "A cat", "storyline": story}).json()["id"])


def edited(page: "Page", kind: str, place: str = "", text: str | None = None, file: Path | None = None) -> None:
    """One guided edit, until it is saved."""
    form = page.locator(".guided")
    form.locator("select").first.select_option(kind)
    if place:
        form.get_by_label("Where").select_option(place)
    if text is not None:
        form.locator("textarea").fill(text)
    if file is not None:
        form.locator("input[type=file]").set_input_files(file)
    with page.expect_response(lambda answer: answer.request.method == "PUT") as kept:
        form.locator("button").last.click()
    assert kept.value.ok


def story_of(served: Served, project: str) -> dict[str, Any]:
    story: dict[str, Any] = served.client.get(f"/api/v1/projects/{project}/storyline").json()
    return story


def test_a_drawn_film_is_edited_in_one_step(served: Served, browser: "Browser") -> None:
    """The place of a span, and looks; other words begin with those that are said there."""
    project = drawn_shots(served)
    with visited(served, browser) as page:
        page.goto(f"{served.client.base_url}#/plan/{project}")
        form = page.locator(".guided")
        form.locator("select").first.select_option("opBackground")
        form.get_by_label("Where").select_option("aSpan")
        form.get_by_label("from", exact=True).fill("1")
        form.get_by_label("to", exact=True).fill("2")
        edited(page, "opBackground", text="on a beach")
        edited(page, "opLook", text="a black cat with a red bow")
        assert form.locator("textarea").input_value() == ""
        form.locator("select").first.select_option("opWords")
        form.get_by_label("Where").select_option("wholeFilm")
        assert form.locator("textarea").input_value() == "Hello\nBye"
        accessible(page)
    story = story_of(served, project)
    assert ["on a beach" in shot["direction"]["words"] for shot in story["shots"]] == [False, True]
    assert story["cast"][0]["look"] == "a black cat with a red bow"


def test_a_film_of_a_picture_is_dubbed_and_a_region_of_it_kept(served: Served, browser: "Browser", tmp_path: Path) -> None:
    (tmp_path / "voice.wav").write_bytes(voice(1.2))
    (tmp_path / "other.png").write_bytes(picture(grey=200))
    project = two_shots(served)
    with visited(served, browser) as page:
        page.goto(f"{served.client.base_url}#/plan/{project}")
        edited(page, "opVoice", "wholeFilm", file=tmp_path / "voice.wav")
        edited(page, "opPicture", "thisShot", file=tmp_path / "other.png")
        page.locator(".guided select").first.select_option("opKeep")
        shown = page.locator(".regionpicture")
        shown.scroll_into_view_if_needed()
        box = shown.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.25)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + box["height"] * 0.75, steps=3)
        page.mouse.up()
        edited(page, "opKeep")
        accessible(page)
        kept = story_of(served, project)
        page.locator(".region .chip").click()
        page.locator(".region .chip").wait_for(state="detached")
        page.locator(".state", has_text="Saved").wait_for()
    (x0, y0, x1, y1) = kept["shots"][0]["direction"]["keep"][0]
    assert (x0, y0, x1, y1) == pytest.approx((0.5, 0.25, 0.9, 0.75), abs=0.02)
    assert kept["lines"][0]["sound"] != served.voice
    assert [shot["picture"] == served.picture for shot in kept["shots"]] == [False, True]
    assert not story_of(served, project)["shots"][0]["direction"].get("keep")


def test_films_are_reused_dropped_on_the_page_and_made_from_a_table(served: Served, browser: "Browser", tmp_path: Path) -> None:
    client, project = served.client, two_shots(served)
    film = finished(client, client.post(f"/api/v1/projects/{project}/films", json={}).json()["id"])
    with visited(served, browser, dark=True) as page:
        page.goto(f"{client.base_url}#/films")
        page.locator(".films li").first.get_by_text("Use its settings").click()
        page.locator(".lines li").wait_for()
        assert project not in page.url
        before = page.url
        page.evaluate(DROP, ["found.mp4", list(client.get(film["urls"]["film"]).content)])  # its settings are inside it
        page.wait_for_function("(old) => location.href !== old && !!document.querySelector('.lines li')", arg=before)
        assert story_of(served, page.url.rpartition("/")[2])["cast"][0]["name"] == "Ada"
        page.goto(f"{client.base_url}#/film/{film['id']}")
        with page.expect_download() as loaded:
            page.locator(".exports button", has_text="JPEG").click()
        assert loaded.value.path().read_bytes()[:2] == b"\xff\xd8"
        notes = {"version": 1, "film_sha256": "0" * 64, "notes": [{"at": 0.5, "shot": 1, "text": "Brighter"}]}
        (tmp_path / "notes.json").write_text(json.dumps(notes))
        page.locator(".reviewnotes input").set_input_files(tmp_path / "notes.json")
        page.locator(".reviewnotes .fault", has_text="another version").wait_for()
        page.goto(f"{client.base_url}#/films")
        page.locator(".table summary").click()
        page.locator(".table textarea").fill("prompt,size\nA cat waves.,160x90@5\n")
        page.locator(".table button").click()
        page.locator(".films b", has_text="A cat waves.").first.wait_for()
        accessible(page)


def test_what_the_form_shows_as_code_makes_its_film(served: Served, browser: "Browser") -> None:
    """In both languages, exactly as it stands there."""
    with visited(served, browser) as page:
        page.locator(".words textarea").fill('A cat\'s nod. "Yes" $HOME `a` \\ 猫')
        page.locator("select[name=quality]").select_option("360")
        page.locator(".code summary").click()
        shown = page.locator(".code pre")
        curl = shown.inner_text()
        page.locator(".code .chip").nth(1).click()
        code = shown.inner_text()
        accessible(page)
    for command in (["bash", "-euc", curl], [sys.executable, "-c", code]):
        said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
        job = said[said.index("job_") :][:36]
        brief = served.client.get(f"/api/v1/projects/{served.client.get(f'/api/v1/jobs/{job}').json()['project']}").json()[
            "brief"
        ]
        assert brief["prompt"] == 'A cat\'s nod. "Yes" $HOME `a` \\ 猫'
        served.client.delete(f"/api/v1/jobs/{job}")


def test_the_keyboard_reaches_everything(served: Served, browser: "Browser") -> None:
    """Each control of each view by Tab alone, without a trap, and each is outlined; Chinese, for who wants less motion."""
    film = served.client.get("/api/v1/jobs?limit=100").json()["data"]
    views = ["", "films", f"plan/{two_shots(served)}", *(f"film/{job['id']}" for job in film if job["state"] == "done")][:4]
    with visited(served, browser, "zh-CN") as page:
        page.emulate_media(reduced_motion="reduce")
        for view in views:
            page.goto(f"{served.client.base_url}#/{view}")
            page.locator("main :is(h1, h2)").first.wait_for()
            page.wait_for_timeout(300)
            page.locator(".skip").focus()
            for _ in range(150):
                page.keyboard.press("Tab")
                outlined = page.evaluate(
                    """() => {
                    const now = document.activeElement;
                    if (now === document.body || now.matches(".skip")) return null;
                    now.dataset.reached = "1";
                    return now.matches("video, audio, main") || getComputedStyle(now).outlineStyle !== "none"
                        || getComputedStyle(now.closest("label") || now).outlineStyle !== "none";
                }"""
                )
                if outlined is None:
                    break
                assert outlined, page.evaluate("document.activeElement.outerHTML")
            assert page.evaluate(REACHED) == []
