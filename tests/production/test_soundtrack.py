"""Music in whole films: heard in the film, not by the mouths; its parts as files."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from dramatis.clock import Span
from dramatis.errors import OutputError
from dramatis.media.sound import Waveform
from dramatis.media.sounds.tracks import read_track
from dramatis.production.assets import Assets
from dramatis.production.produce import Extent, produce
from dramatis.production.soundtrack import soundtrack
from dramatis.production.stock import load_stock
from dramatis.story import Brief, Character
from dramatis.story.document import parse, storyline_from, storyline_located
from dramatis.take import Limits, Take
from tests.production.test_route import crew

Make = Callable[..., str]


@pytest.fixture
def brief(make_picture: Make, make_voice: Make, tmp_path: Path) -> Brief:
    rate = 44100
    clock = np.arange(2 * rate) / rate
    soundfile.write(tmp_path / "music.wav", 0.3 * np.sin(2 * np.pi * 3000 * clock), rate)
    cast = (Character("Ada", make_picture(), voice=make_voice(seconds=4.0, spoken=((0.5, 1.5),))),)
    return Brief(cast, size=(64, 64), engine="fake", music=str(tmp_path / "music.wav"))


def tone(sound: np.ndarray, start: float, end: float) -> float:
    """How loud the music's tone is."""
    part = sound[round(start * 48000) : round(end * 48000)]
    return float(np.abs(np.exp(-2j * np.pi * 3000 * np.arange(len(part)) / 48000) @ part) / len(part))


def test_music_is_in_the_film_and_in_files_and_mouths_do_not_hear_it(brief: Brief, tmp_path: Path) -> None:
    film = produce(brief, tmp_path / "film.mp4", crew(), extent=Extent(stems=True))
    heard = read_track(str(film.path)).mono
    assert tone(heard, 2.9, 3.2) > 1.8 * tone(heard, 0.7, 1.4) > 0
    parts = [soundfile.read(tmp_path / f"film.{name}.wav", dtype="float32")[0] for name in ("voices", "music")]
    assert {part.shape for part in parts} == {(round(4.4 * 48000), 2)}
    assert tone(parts[1].mean(axis=1), 2.9, 3.2) == pytest.approx(tone(heard, 2.9, 3.2), rel=0.1)
    plan = storyline_located(storyline_from(parse(film.storyline)), film.storyline)
    assert Path(plan.music) == tmp_path / "music.wav"
    assets, limits = Assets(), Limits("any", "1")
    stock = load_stock(plan, assets, limits)
    bare = load_stock(replace(plan, music=""), assets, limits)
    assert [role.digest for role in stock.roles(plan.shots[0])] == [role.digest for role in bare.roles(plan.shots[0])]
    assert soundtrack(replace(plan, music=""), stock, assets).mixed is stock.sound


def test_parts_of_the_sound_are_not_written_over_a_voice(brief: Brief, tmp_path: Path) -> None:
    voice = Path(brief.cast[0].voice or "").rename(tmp_path / "film.voices.wav")
    with pytest.raises(OutputError, match="would be written over"):
        produce(
            replace(brief, cast=(replace(brief.cast[0], voice=str(voice)),)),
            tmp_path / "film.mp4",
            crew(),
            extent=Extent(stems=True),
        )


def test_what_is_heard_in_shots_is_a_part_of_its_own_and_knows_no_voices(brief: Brief, tmp_path: Path) -> None:
    def sounds(shots: Sequence[tuple[Span, Take]], seconds: float) -> Waveform:
        assert [span for span, _ in shots][-1].end == pytest.approx(seconds)
        assert all(role.voice is None for _, take in shots for role in take.cast)
        return Waveform(np.full((round(seconds * 48000), 1), 0.01, np.float32), 48000)

    film = produce(replace(brief, music=""), tmp_path / "film.mp4", replace(crew(), sounds=sounds), extent=Extent(stems=True))
    assert film.path.exists()
    effects = soundfile.read(tmp_path / "film.effects.wav", dtype="float32")[0]
    assert effects.mean() == pytest.approx(0.01, abs=1e-4)
    assert not (tmp_path / "film.music.wav").exists()
