"""`dramatis make`, as a user meets it: films, and one clear line where something is wrong."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PIL import Image
from typer.testing import CliRunner

from dramatis.cli import app
from dramatis.engines.fake import read_number
from dramatis.media.videos.video import probe, read_clip
from dramatis.production.request import size_of
from tests.waiting import wait_until

Make = Callable[..., str]
RUNNER = CliRunner()


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DRAMATIS_WORKERS", "0")


def made(*options: str) -> Path:
    result = RUNNER.invoke(app, ["make", *options, "--engine", "fake"])
    assert result.exit_code == 0, result.output
    film = Path(options[options.index("-o") + 1]) if "-o" in options else Path("film.mp4")
    assert str(film) in result.stdout
    assert film.exists()
    return film


def refused(*options: str) -> str:
    """The one line that `dramatis make` says when it exits with 2; nothing is left behind."""
    before = set(Path().rglob("*"))
    result = RUNNER.invoke(app, ["make", *options])
    assert result.exit_code == 2, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.stderr
    assert set(Path().rglob("*")) == before
    return lines[0]


def test_a_picture_and_a_voice_become_a_film(make_picture: Make, make_voice: Make) -> None:
    film = made("--portrait", make_picture(), "--voice", make_voice(seconds=2.0), "--size", "180p", "--prompt", "calm")
    facts = probe(str(film))
    assert (facts.canvas.width, facts.canvas.height, facts.canvas.rate.fps) == (320, 180, 25)
    assert [read_number(frame) for frame in read_clip(str(film)).frames] == list(range(60))
    report = json.loads(Path("film.report.json").read_text())
    assert report["film"]["seconds"] == pytest.approx(2.4)
    storyline = json.loads(Path("film.storyline.json").read_text())
    assert storyline["concept"]["prompt"] == "calm"
    assert "calm" in {cue["what"] for cue in storyline["shots"][0]["direction"]["cues"]}


def test_a_storyline_is_filmed_again(make_picture: Make, make_voice: Make) -> None:
    options = ("--portrait", make_picture(), "--voice", make_voice(seconds=1.0), "--size", "128x96@30")
    first = made(*options)
    result = RUNNER.invoke(app, ["make", "film.storyline.json", "-o", "again.mp4"])
    assert result.exit_code == 0, result.output
    one, two = read_clip(str(first)), read_clip("again.mp4")
    assert all(np.array_equal(a, b) for a, b in zip(one.frames, two.frames, strict=True))
    assert "everything itself" in refused("film.storyline.json", "--size", "@25")


def test_a_brief_beside_its_files(make_picture: Make, make_voice: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_picture("ada.png")
    make_voice("ada.wav", seconds=1.0)
    cast = [{"name": "Ada", "portrait": "ada.png", "voice": "ada.wav"}]
    (tmp_path / "brief.json").write_text(json.dumps({"version": 1, "cast": cast, "engine": "fake", "size": 96, "fps": 12.5}))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    film = made("../brief.json", "-o", "it.mp4")
    assert probe(str(film)).canvas.rate.fps == 12.5
    assert "its own cast" in refused("../brief.json", "--voice", "ada.wav")


def test_a_job_file_of_multitalk(make_picture: Make, make_voice: Make, tmp_path: Path) -> None:
    make_picture("two.png")
    make_voice("one.wav", seconds=1.0)
    make_voice("two.wav", seconds=1.5)
    job = {"prompt": "", "cond_image": "two.png", "audio_type": "add", "cond_audio": {"person1": "one.wav", "person2": "two.wav"}}
    (tmp_path / "job.json").write_text(json.dumps(job))
    film = made("job.json", "--size", "128")
    assert probe(str(film)).seconds == pytest.approx(2.9, abs=0.05)
    lines = json.loads(Path("film.storyline.json").read_text())["lines"]
    assert [(line["who"], line["start"]) for line in lines] == [("person1", 0.0), ("person2", 1.0)]


def test_what_was_found_in_a_recording_is_said_on_the_terminal_and_in_the_report(make_picture: Make, make_voice: Make) -> None:
    whole = Path(make_voice(seconds=1.0)).read_bytes()
    Path("two.wav").write_bytes(whole + whole)
    options = ("--portrait", make_picture(), "--voice", "two.wav", "--engine", "fake")
    made = RUNNER.invoke(app, ["make", *options, "--size", "96"])
    assert made.exit_code == 0, made.output
    assert "Note: two.wav is 2 sound files in one" in made.stderr
    report = json.loads(Path("film.report.json").read_text())
    assert report["film"]["seconds"] == pytest.approx(2.4)
    assert [note for note in report["notes"] if "two.wav is 2 sound files in one" in note]
    assert "Note: two.wav is 2 sound files in one" in RUNNER.invoke(app, ["plan", *options]).stdout


def test_a_text_is_spoken(make_picture: Make) -> None:
    pytest.importorskip("espeakng_loader")
    film = made("--portrait", make_picture(), "--say", "Good evening.", "--size", "96")
    assert probe(str(film)).has_sound
    assert Path("film.person1.wav").exists()


def test_two_pictures_alternate_with_the_voices(make_picture: Make, make_voice: Make) -> None:
    one, two = make_picture("one.png"), make_picture("two.png")
    made(
        *("--portrait", one, "--voice", make_voice("one.wav", seconds=4.0, spoken=((0.2, 1.8),))),
        *("--portrait", two, "--voice", make_voice("two.wav", seconds=4.0, spoken=((2.2, 3.9),)), "--size", "96"),
    )
    shots = json.loads(Path("film.storyline.json").read_text())["shots"]
    assert [shot["picture"] for shot in shots] == ["one.png", "two.png"]
    assert 1.8 <= shots[1]["span"][0] <= 2.2


SIZES = [("1280x720", (1280, 720)), ("96", (170, 96)), ("96p", (170, 96)), ("64X128", (64, 128))]


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("1080p50", (1080, 50)),
        ("4K25", (2160, 25)),
        ("1280x720@23.976", ((1280, 720), 23.976)),
        ("720@24", (720, 24)),
        ("@30", (None, 30)),
        ("1080p", (1080, None)),
    ],
)
def test_a_size_may_say_the_rate(text: str, size: tuple[object, object]) -> None:
    assert size_of(text) == size


@pytest.mark.parametrize(("size", "pixels"), SIZES)
def test_sizes(make_picture: Make, make_voice: Make, size: str, pixels: tuple[int, int]) -> None:
    film = made("--portrait", make_picture(), "--voice", make_voice(seconds=0.3), "--size", size)
    canvas = probe(str(film)).canvas
    assert (canvas.width, canvas.height) == pixels


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--size", "big"], '"big" is not a size'),
        (["--size", "1281x720"], "even numbers"),
        (["--size", "7680x4320"], "3840x2160"),
        (["--size", "8k"], '"8k" is not a size'),
        (["--size", "0"], "64 to 2160"),
        (["--size", "720p0"], "5 to 60"),
        (["--size", "1280x720@240"], "5 to 60"),
        (["--size", "@nan"], '"@nan" is not a size'),
        (["--engine", "magic"], "fake, native, portrait"),
        (["-o", "film.avi"], ".mp4"),
        (["-o", "nowhere/film.mp4"], "does not exist"),
        (["--voice", "more.wav"], "no sound file at more.wav"),
        (["--say", ""], "text to speak is empty"),
    ],
)
def test_options_that_cannot_be_used(make_picture: Make, make_voice: Make, options: list[str], said: str) -> None:
    given = ["--portrait", make_picture(), "--voice", make_voice(seconds=0.5), "--engine", "fake", *options]
    assert said in refused(*given)


def test_missing_options(make_picture: Make, make_voice: Make) -> None:
    assert "--portrait" in refused("-o", "film.mp4")
    assert "--portrait" in refused("--voice", make_voice(), "--engine", "portrait")
    assert "--voice" in refused("--portrait", make_picture())
    two = ("--portrait", make_picture("a.png"), "--portrait", make_picture("b.png"))
    assert "3 voices were given for 2 portraits" in refused(*two, *("--voice", make_voice()) * 3)
    assert "no file nothing.json" in refused("nothing.json")


def spoil(name: str, file: Path) -> None:
    """Pictures and sounds as people have them."""
    whole = file.read_bytes()
    if name == "empty":
        file.write_bytes(b"")
    elif name == "truncated":
        file.write_bytes(whole[: len(whole) // 3])
    elif name == "text":
        file.write_text("this is neither a picture nor a sound")
    else:
        file.unlink()


@pytest.mark.parametrize("fault", ["empty", "truncated", "text", "missing"])
def test_pictures_that_cannot_be_read(make_picture: Make, make_voice: Make, fault: str) -> None:
    picture = make_picture()
    spoil(fault, Path(picture))
    assert picture in refused("--portrait", picture, "--voice", make_voice(), "--engine", "fake")


@pytest.mark.parametrize("fault", ["empty", "text", "missing"])
def test_voices_that_cannot_be_read(make_picture: Make, make_voice: Make, fault: str) -> None:
    voice = make_voice()
    spoil(fault, Path(voice))
    assert voice in refused("--portrait", make_picture(), "--voice", voice, "--engine", "fake")


def test_voices_that_cannot_be_used(make_picture: Make, make_voice: Make, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "silent.wav", np.zeros(32000), 16000)
    with soundfile.SoundFile(tmp_path / "three_hours.wav", "w", 8000, 1, "PCM_U8") as file:
        for _ in range(3 * 60):
            file.write(np.zeros(8000 * 60, np.float32))
    options = ("--portrait", make_picture(), "--engine", "fake", "--voice")
    assert "silent" in refused(*options, "silent.wav")
    assert "0.05 s" in refused(*options, make_voice("short.wav", seconds=0.05))
    assert "longer than the 30 minutes" in refused(*options, "three_hours.wav")
    film = made("--portrait", make_picture(), "--voice", make_voice(seconds=0.5), "--size", "96", "-o", "sounding.mp4")
    subprocess.run([sys.executable, "-c", MUTE, str(film), "mute.mp4"], check=True)
    assert "no sound" in refused(*options, "mute.mp4")


MUTE = """
import sys, av
with av.open(sys.argv[1]) as source, av.open(sys.argv[2], "w") as target:
    stream = target.add_stream_from_template(source.streams.video[0])
    for packet in source.demux(source.streams.video[0]):
        if packet.dts is not None:
            packet.stream = stream
            target.mux(packet)
"""


def test_odd_pictures_that_work(make_picture: Make, make_voice: Make, tmp_path: Path) -> None:
    picture = Image.open(make_picture())
    voice = make_voice(seconds=0.3)
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    picture.convert("CMYK").save(tmp_path / "cmyk.jpg")
    picture.convert("RGBA").save(tmp_path / "alpha.png")
    picture.save(tmp_path / "turned.jpg", exif=exif)
    picture.save(tmp_path / "moving.gif", save_all=True, append_images=[picture.rotate(90)])
    Image.fromarray(np.asarray(picture.convert("L")).astype(np.uint16) * 256).save(tmp_path / "deep.png")
    for name in ("cmyk.jpg", "alpha.png", "moving.gif", "deep.png", "turned.jpg"):
        film = made("--portrait", name, "--voice", voice, "--size", "90")
        canvas = probe(str(film)).canvas
        assert (canvas.width, canvas.height) == ((90, 160) if name == "turned.jpg" else (160, 90))


def test_a_full_disk(make_picture: Make, make_voice: Make) -> None:
    command = [sys.executable, "-m", "dramatis", "make", "--portrait", make_picture(), "--voice", make_voice(seconds=3.0)]
    script = 'ulimit -f 32; exec "$@"'
    options = ["--engine", "fake", "--size", "360"]
    result = subprocess.run(["bash", "-c", script, "bash", *command, *options], capture_output=True, text=True, check=False)
    assert result.returncode == 2, result.stderr
    said = [line for line in result.stderr.splitlines() if line.startswith("dramatis:")]
    assert len(said) == 1
    assert "disk is full" in said[0]
    assert "Traceback" not in result.stderr
    assert not Path("film.mp4").exists()


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ({"DRAMATIS_VAULT": "file/vault"}, "Not a directory"),
        ({"DRAMATIS_VAULT": "file"}, "File exists"),
        ({"DRAMATIS_VAULT": "", "XDG_CACHE_HOME": "", "HOME": "/proc/nobody"}, "could not be written"),
        ({"DRAMATIS_VAULT": "~nobody-of-this-name/vault"}, "no home folder"),
    ],
)
def test_a_cache_that_cannot_be_written_costs_a_note_and_no_film(
    make_picture: Make, make_voice: Make, monkeypatch: pytest.MonkeyPatch, names: dict[str, str], said: str
) -> None:
    Path("file").touch()
    for name, value in names.items():
        monkeypatch.setenv(name, value)
    options = ("--portrait", make_picture(), "--voice", make_voice(seconds=0.5), "--engine", "fake", "--size", "96")
    result = RUNNER.invoke(app, ["make", *options])
    assert result.exit_code == 0, result.output
    assert probe("film.mp4").seconds == pytest.approx(0.88, abs=0.05)
    notes = [note for note in json.loads(Path("film.report.json").read_text())["notes"] if "not kept" in note]
    assert len(notes) == 1
    assert said in notes[0]
    assert "DRAMATIS_VAULT" in notes[0]
    assert f"Note: {notes[0]}" in result.stderr
    assert sorted(path.suffix for path in Path().glob("film*")) == [".json", ".json", ".mp4"]
    assert not list(Path().glob("[.~]*"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c(make_picture: Make, make_voice: Make, number: int) -> None:
    Path("out").mkdir()
    command = [sys.executable, "-m", "dramatis", "make", "--portrait", make_picture(), "--voice", make_voice(seconds=60.0)]
    environment = {**os.environ, "DRAMATIS_WORKERS": "2"}
    run = subprocess.Popen(
        [*command, "--engine", "fake", "-o", "out/film.mp4"], env=environment, stderr=subprocess.PIPE, text=True
    )
    vault = Path(os.environ["DRAMATIS_VAULT"])
    wait_until(lambda: list(vault.glob("[!.]*.mp4")), lambda: run.poll() is not None)
    run.send_signal(number)
    _, said = run.communicate(timeout=120)
    assert run.returncode == 130
    assert "Traceback" not in said
    assert said.strip().splitlines()[-1].startswith("dramatis: Cancelled")
    assert not [path for path in Path("out").rglob("*") if path.is_file()]
    kept = list(vault.iterdir())
    assert kept
    assert not [path for path in kept if path.name.startswith(".") or path.suffix not in {".mp4", ".value"}]


def test_names_and_texts_that_cannot_be_written(make_picture: Make, make_voice: Make) -> None:
    options = ("--engine", "fake", "--portrait", make_picture(), "--voice", make_voice())
    assert "shorter" in refused(*options, "-o", "a" * 245 + ".mp4")
    assert "UTF-8" in refused(*options, "--prompt", "she smiles \udcff")
    assert "cannot be opened" in refused("--engine", "fake", "--portrait", "a" * 5000, "--voice", make_voice())
