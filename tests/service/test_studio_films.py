"""The studio's takes and finished films, in a real browser; with the network cut, and the server killed."""

from pathlib import Path
from typing import TYPE_CHECKING

from tests.service.browsing import PATIENCE, accessible, visited
from tests.service.conftest import Served
from tests.service.serving import finished, picture, upload, voice
from tests.service.test_restart import command

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def two_shots(served: Served, frames: int = 10) -> str:
    """A project of two shots, for which no words are spoken."""
    shots = [{"span": [at, at + 1.0], "picture": served.picture, "cast": ["Ada"], "direction": {}} for at in (0.0, 1.0)]
    story = {
        "version": 2,
        "canvas": {"width": 160, "height": 90, "rate": {"frames": frames, "per": 1}},
        "cast": [{"name": "Ada", "portrait": served.picture, "voice": served.voice}],
        "lines": [{"who": "Ada", "sound": served.voice, "start": 0.0, "text": "Hello there"}],
        "shots": shots,
        "engine": "fake",
    }
    return str(served.client.post("/api/v1/projects", json={"name": "Two shots", "storyline": story}).json()["id"])


def test_takes_are_filmed_compared_and_chosen(served: Served, browser: "Browser") -> None:
    """And what the shot is like now follows an edit; a network that is cut in between costs nothing."""
    project = two_shots(served)
    with visited(served, browser) as page:
        page.goto(f"{served.client.base_url}#/plan/{project}")
        page.locator(".lookedat video").wait_for()
        for count in (1, 2):
            page.locator(".takes > .row button").click()
            page.locator(".takes li video").nth(count - 1).wait_for()
        shown = page.locator(".lookedat video").get_attribute("src")
        page.locator(".kind .add").first.click()
        page.wait_for_function("(old) => document.querySelector('.lookedat video').src !== old", arg=shown)
        page.locator(".bar button").first.click()  # undo
        for number in (0, 1):
            page.locator(".takes input[type=checkbox]").nth(number).check()
        page.locator(".compare .main").click()
        page.wait_for_function("() => [...document.querySelectorAll('.pair video')].every((one) => one.currentTime > 0.2)")
        page.locator(".compare .main").click()
        accessible(page)
        page.locator(".takes li").nth(1).locator("button").click()
        page.locator(".takes li.chosen").wait_for()
        page.locator(".guided select").first.select_option("opKeep")
        with page.expect_response(lambda answer: answer.request.method == "PUT"):
            page.locator(".guided button").click()
        story = served.client.get(f"/api/v1/projects/{project}/storyline").json()
        assert (story["shots"][0]["seed"], story["shots"][0]["direction"]["keep"]) == (1, [[0, 0, 0.5, 1]])


def test_a_network_that_is_cut_while_a_take_is_filmed_costs_nothing(served: Served, browser: "Browser") -> None:
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{served.client.base_url}#/plan/{two_shots(served, 30)}")
    page.locator(".takes > .row button").click()
    page.locator(".takes li").wait_for()
    context.set_offline(True)
    page.wait_for_timeout(1700)
    context.set_offline(False)
    page.locator(".takes li video").wait_for()
    context.close()


def test_a_take_goes_on_when_a_server_that_was_killed_is_back(browser: "Browser", tmp_path: Path) -> None:
    """The page stays open; it says that nobody answers, and what is edited meanwhile is kept."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    with command(tmp_path / "service") as (process, client):
        port = str(client.base_url.port)
        served = Served(client, upload(client, picture(), "me.png"), upload(client, voice(), "voice.wav"))
        project = two_shots(served, 60)
        page.goto(f"{client.base_url}#/plan/{project}")
        page.locator(".takes > .row button").click()
        page.locator(".takes li").wait_for()
        process.kill()
        process.wait()
        page.locator(".away").wait_for()
        page.locator(".kind .add").first.click()
    with command(tmp_path / "service", "--port", port) as (_, client):
        page.locator(".takes li video").wait_for()
        page.locator(".state", has_text="Saved").wait_for()
        assert not page.locator(".away").is_visible()
        assert client.get(f"/api/v1/projects/{project}/storyline").json()["shots"][0]["direction"]["cues"]
    context.close()


def test_a_finished_film_is_given_on_and_its_notes_come_back(served: Served, browser: "Browser", tmp_path: Path) -> None:
    project = two_shots(served)
    film = finished(served.client, served.client.post(f"/api/v1/projects/{project}/films", json={}).json()["id"])
    with visited(served, browser) as page:
        page.goto(f"{served.client.base_url}#/film/{film['id']}")
        with page.expect_download() as loaded:
            page.locator(".exports button", has_text="HTML").click()
        loaded.value.save_as(tmp_path / "review.html")
        review = page.context.new_page()
        review.goto((tmp_path / "review.html").as_uri())
        review.locator("#text").fill("Slower, please.")
        review.locator("#add").click()
        with review.expect_download() as saved:
            review.locator("#save").click()
        saved.value.save_as(tmp_path / "notes.json")
        page.locator(".reviewnotes input").set_input_files(tmp_path / "notes.json")
        page.locator(".reviewnotes li", has_text="Slower, please.").wait_for()
        accessible(page)
        page.goto(f"{served.client.base_url}#/films")
        (tmp_path / "project.zip").write_bytes(served.client.get(f"/api/v1/jobs/{film['id']}/exports/project.zip").content)
        accessible(page)
        page.locator(".bringin input").set_input_files(tmp_path / "project.zip")
        page.locator(".lookedat video").wait_for()
