"""A plan in the studio, in a real browser: what is done to its shots, cues and lines, and what the storyline says."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.service.browsing import accessible, visited
from tests.service.conftest import Served
from tests.service.serving import finished
from tests.service.test_studio_films import two_shots

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

MERGE, INSERT, DUPLICATE, EARLIER, DELETE = 1, 2, 3, 4, 6  # of the buttons
LISTENING = """() => {
    const play = HTMLMediaElement.prototype.play;
    HTMLMediaElement.prototype.play = function () {
        this.addEventListener("ended", () => { window.heard = this.duration; });
        return play.call(this);
    };
}"""


def kept(served: Served, page: "Page") -> dict[str, Any]:
    """The storyline of the plan that is shown, once all edits are saved."""
    page.wait_for_timeout(50)
    page.wait_for_function("() => ['Saved', '已保存'].includes(document.querySelector('.state').innerText)")
    found: dict[str, Any] = served.client.get(f"/api/v1/projects/{page.url.rpartition('/')[2]}/storyline").json()
    return found


def cues(story: dict[str, Any], what: str) -> dict[str, Any]:
    found: dict[str, Any] = next(cue for shot in story["shots"] for cue in shot["direction"]["cues"] if cue["what"] == what)
    return found


def drag(page: "Page", what: "Locator", across: float, up: float = 0.0) -> None:
    what.scroll_into_view_if_needed()
    box = what.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + across, y - up, steps=2)
    page.mouse.up()


def test_shots_are_inserted_copied_merged_and_deleted_and_cues_are_dragged(served: Served, browser: "Browser") -> None:
    """Each shot says whether it is filmed as it is; a version brings back how it was."""
    project = two_shots(served)
    with visited(served, browser) as page:
        page.goto(f"{served.client.base_url}#/plan/{project}")
        tools, states = page.locator(".shottools button"), page.locator(".shotspan")
        assert states.nth(0).get_attribute("aria-label") == "Shot 1, 0.0–1.0 s, not filmed yet"
        film = served.client.post(f"/api/v1/projects/{project}/films", json={}).json()["id"]
        assert finished(served.client, film)["state"] == "done"
        page.locator(".shotspan.current").nth(1).wait_for()
        page.locator(".kind .add").nth(0).click()  # a feeling, an action and a move of the camera for the first shot
        page.locator(".kind .add").nth(1).click()
        page.locator(".kind .add").nth(2).click()
        page.locator(".shotspan.stale").wait_for()
        assert page.locator(".shotspan.current").count() == 1
        before = kept(served, page)
        drag(page, page.locator(".cue.action"), -90.0)
        drag(page, page.locator(".cue.emotion"), 0.0, 12.0)
        story = kept(served, page)
        assert cues(story, "nod")["span"][0] == 0.0
        assert cues(story, "nod")["span"] <= cues(before, "nod")["span"]
        assert cues(story, "excitement")["intensity"] == pytest.approx(cues(before, "excitement")["intensity"] + 0.3, abs=0.03)
        tools.nth(INSERT).click()
        page.locator(".shotspan.missing").wait_for()
        states.nth(2).click()
        for tool, count in ((DUPLICATE, 4), (EARLIER, 4), (MERGE, 3), (DELETE, 2)):
            tools.nth(tool).click()
            assert states.count() == count, tool
        page.keyboard.press("Control+z")
        story = kept(served, page)
        assert len({shot["id"] for shot in story["shots"]}) == 3
        assert story["shots"][-1]["span"][1] == 2.0
        page.locator(".bar button").nth(2).click()
        page.locator(".versions li", has_text="Filmed").locator("button").first.click()
        story = kept(served, page)
        assert [shot["span"] for shot in story["shots"]] == [[0.0, 1.0], [1.0, 2.0]]
        assert not any(shot["direction"]["cues"] for shot in story["shots"])
        assert page.locator(".shotspan.current").count() == 2
        jobs = [job for job in served.client.get("/api/v1/jobs?limit=100").json()["data"] if job["project"] == project]
        drawn = [job for job in jobs if job["work"] == "plan" and job["state"] in ("queued", "running")]
        assert len(drawn) <= 1  # an animatic that an edit made old is not drawn to its end


def planned(served: Served) -> str:
    """A project of two lines in Chinese, with voices that are made in no time."""
    cast = [{"name": name, "speaks": "cmn"} for name in ("猫", "机器人")]
    brief = {"version": 1, "cast": cast, "prompt": "猫：你好呀！机器人：早上好。猫挥手。", "size": [160, 90], "fps": 5.0}
    project = str(served.client.post("/api/v1/projects", json={"name": "猫和机器人", "brief": brief}).json()["id"])
    job = served.client.post(f"/api/v1/projects/{project}/plan", json={}).json()["id"]
    assert finished(served.client, job)["state"] == "done"
    return project


def test_in_chinese_a_script_is_edited_locked_and_planned_again(served: Served, browser: "Browser") -> None:
    """A voice is heard; a pause and another speaker are the storyline; what is locked is not offered, also in another shape."""
    project = planned(served)
    with visited(served, browser, "zh-CN", dark=True) as page:
        page.locator(".words textarea").fill("Robot: Good morning.")
        page.evaluate(LISTENING)
        page.locator(".picker button").click()
        page.wait_for_function("() => window.heard > 0.3")  # s, to its end
        page.goto(f"{served.client.base_url}#/plan/{project}")
        page.locator(".wave i").first.wait_for()
        page.locator(".lines .word").nth(1).click()
        page.locator(".hanging .chip", has_text="0.6 s").click()
        page.locator(".rest", has_text="0.6 s").wait_for()
        page.locator(".speaker").first.select_option("机器人")
        page.locator(".lines li.who1").nth(1).wait_for()
        story = kept(served, page)
        assert [(line["who"], line["text"]) for line in story["lines"]] == [
            ("机器人", "你[pause 0.6] 好呀！"),
            ("机器人", "早上好。"),
        ]
        page.locator(".bar button").first.click()
        assert [line["who"] for line in kept(served, page)["lines"]] == ["猫", "机器人"]
        page.locator(".padlock").first.click()  # the framing
        page.locator(".whybox summary").click()
        page.locator(".whybox li", has_text="文字中有").first.wait_for()  # the evidence is told in Chinese, too
        page.locator(".claims summary").click()
        page.locator(".claims li", has_text="剧本如此").first.wait_for()
        words = page.locator(".again textarea")
        words.fill(f"{words.input_value()}特写。机器人很愤怒。")
        page.locator(".again button").first.click()
        offered = page.locator(".proposal li")
        offered.filter(has_text="愤怒").wait_for()
        assert not offered.filter(has_text="景别").count()
        accessible(page)
        page.locator(".proposal .main").click()
        page.locator(".shape").select_option("360x640")
        page.wait_for_function("() => document.querySelector('.shape:enabled')?.value === '360x640'")
        story = kept(served, page)
        assert story["shots"][0]["locked"] == ["framing"]
        assert cues(story, "anger")["who"] == "机器人"
        page.locator(".lock").first.click()
        assert kept(served, page)["shots"][0]["locked"] is True
        assert page.locator(".shotspan em").count() == 1
