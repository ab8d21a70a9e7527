"""`dramatis plan`: a storyline on disk that can be shown, edited, locked, planned anew and filmed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dramatis.cli import app
from dramatis.media.videos.video import probe

Make = Callable[..., str]
RUNNER = CliRunner()


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DRAMATIS_WORKERS", "0")


@pytest.fixture
def options(make_picture: Make, make_voice: Make) -> list[str]:
    return ["--portrait", make_picture(), "--voice", make_voice(seconds=2.0), "--size", "180p", "--engine", "fake"]


def run(*words: str, code: int = 0) -> str:
    result = RUNNER.invoke(app, list(words))
    assert result.exit_code == code, result.output
    return result.stdout if not code else result.stderr


def test_planned_edited_and_filmed(options: list[str]) -> None:
    told = run("plan", *options, "--prompt", "first calm, then very angry; she nods", "-o", "plan.json")
    assert "plan.json is the plan: 2.4 s" in told
    data = json.loads(Path("plan.json").read_text())
    assert data["version"] == 2
    assert data["concept"]["prompt"].startswith("first calm")
    assert {cue["what"] for shot in data["shots"] for cue in shot["direction"]["cues"]} >= {"calm", "anger", "nod"}
    assert data["deliberation"]["claims"]
    assert any("anger" in reason["claim"] for reason in data["shots"][0]["why"])
    run("make", "plan.json", "-o", "film.mp4")
    assert probe("film.mp4").seconds == pytest.approx(2.4, abs=0.05)


def test_planned_twice_it_is_the_same(options: list[str]) -> None:
    for name in ("one.json", "two.json"):
        run("plan", *options, "--prompt", "she smiles, the camera pushes in", "-o", name)
    assert Path("one.json").read_text() == Path("two.json").read_text()


def test_what_is_locked_outlives_new_words(options: list[str]) -> None:
    run("plan", *options, "--prompt", "she is angry", "-o", "plan.json")
    data = json.loads(Path("plan.json").read_text())
    data["shots"][0]["locked"] = ["emotion"]
    Path("plan.json").write_text(json.dumps(data))
    run("plan", "plan.json", "--prompt", "she is happy, the camera pulls out", "-o", "again.json")
    cues = json.loads(Path("again.json").read_text())["shots"][0]["direction"]["cues"]
    assert {cue["what"] for cue in cues if cue["kind"] != "action"} == {"anger", "pull out"}


def test_show_prints_the_storyboard_and_draws_the_timeline(options: list[str]) -> None:
    shown = run("plan", *options, "--prompt", "她生气地摇头", "-o", "plan.json", "--show")
    for words in ("shake head", "anger", "文字专家", "第 1 轮"):
        assert words in shown
    assert Path("plan.timeline.png").stat().st_size > 1000
    Path("plan.timeline.png").unlink()
    written = Path("plan.json").read_text()
    assert "anger" in run("plan", "plan.json", "--show")
    assert Path("plan.timeline.png").exists()
    assert Path("plan.json").read_text() == written


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("plan", "plan.json", "--size", "360p"), "only its words can be given anew"),
        (("plan", "plan.json", "--prompt", "x", "-o", "plan.txt"), "A storyline is written as .json"),
        (("plan", "nothing.json"), "There is no file"),
        (("plan",), "nobody to film"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(options: list[str], words: tuple[str, ...], said: str) -> None:
    run("plan", *options, "-o", "plan.json")
    line = run(*words, code=2).strip()
    assert said in line
    assert "\n" not in line


def test_a_plan_is_drawn_as_it_is(options: list[str]) -> None:
    pytest.importorskip("skia", exc_type=ImportError)
    run("plan", *options, "--prompt", "she nods", "-o", "plan.json")
    written = Path("plan.json").read_text()
    told = run("plan", "plan.json", "--animatic", "plan.mp4")
    assert "plan.mp4 is the animatic: 2.4 s" in told
    assert probe("plan.mp4").seconds == pytest.approx(2.4, abs=0.05)
    assert Path("plan.json").read_text() == written
    assert not Path("storyline.json").exists()
