"""Workers for one film, and what is made of a film afterwards."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from typer.testing import CliRunner

from dramatis.cli import app
from dramatis.media.videos.video import probe, read_clip

Make = Callable[..., str]
RUNNER = CliRunner()


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DRAMATIS_WORKERS", "0")


def asked(code: int, *words: str) -> str:
    """What a command says."""
    result = RUNNER.invoke(app, words)
    assert result.exit_code == code, result.output
    return result.output


def test_workers_are_listed_in_a_file_and_the_film_is_the_same(
    make_picture: Make, make_voice: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ("make", "--portrait", make_picture(), "--voice", make_voice(seconds=1.0), "--size", "128x96", "--engine", "fake")
    asked(0, *options)
    Path("lanes.toml").write_text("""[[lane]]\nname = "gpu1"\ncommand = ["sh", "-c", 'touch began && exec "$@"', "lane"]\n""")
    monkeypatch.setenv("DRAMATIS_VAULT", "of-lanes")  # nothing is there yet
    asked(0, *options, "--lanes", "lanes.toml", "-o", "far.mp4")
    assert Path("began").exists()
    assert all(np.array_equal(a, b) for a, b in zip(read_clip("film.mp4").frames, read_clip("far.mp4").frames, strict=True))
    assert "There is no file none.toml" in asked(2, *options, "--lanes", "none.toml")


def test_the_parts_of_the_sound_are_written_afterwards(make_picture: Make, make_voice: Make) -> None:
    music = make_voice("music.wav", seconds=3.0)
    said = ("--portrait", make_picture(), "--voice", make_voice(seconds=1.0), "--music", music)
    asked(0, "make", *said, "--size", "128x96", "--engine", "fake")
    told = asked(0, "export", "film.mp4", "-o", "film.wav")
    parts = [soundfile.read(f"film.{name}.wav", dtype="float32")[0] for name in ("voices", "music")]
    assert "film.voices.wav, film.music.wav" in told
    assert len(parts[0]) == len(parts[1]) == 48_000 * probe("film.mp4").seconds
    assert not Path("film.effects.wav").exists()
