"""Films in other formats than MP4: what is in them, and that nothing else is written over."""

from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from dramatis.clock import Rate, Span
from dramatis.engines.fake import FakeEngine, read_number
from dramatis.errors import OutputError
from dramatis.media.sound import Waveform
from dramatis.media.sounds.tracks import read_track
from dramatis.media.videos.exports import about, check_ending, exporter, made
from dramatis.media.videos.video import FINAL, probe, read_clip, write_clip
from dramatis.story import Canvas
from dramatis.take import Take

CANVAS = Canvas(320, 180, Rate(25))
FRAMES = 24


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film with a number in each frame."""
    path = tmp_path_factory.mktemp("clips") / "joined.mp4"
    write_clip(FakeEngine().render(Take(CANVAS, Span(0, (FRAMES - 1) / 25))), str(path), FINAL)
    return path


@pytest.fixture
def sound() -> Waveform:
    clock = np.arange(round(FRAMES / 25 * 48000)) / 48000
    return Waveform((0.4 * np.sin(2 * np.pi * 440 * clock)[:, None]).astype(np.float32), 48000)


def exported(joined: Path, film: Path, sound: Waveform) -> Path:
    check_ending(film)
    export = exporter(film, sound, CANVAS)
    assert export is not None
    export(joined)
    return made(film)


@pytest.mark.parametrize(("ending", "codec", "voice"), [(".mov", "prores", "pcm_s24le"), (".webm", "vp9", "opus")])
def test_pictures_and_sound_are_all_there(
    joined: Path, sound: Waveform, tmp_path: Path, ending: str, codec: str, voice: str
) -> None:
    film = exported(joined, tmp_path / f"film{ending}", sound)
    facts = probe(str(film))
    assert (facts.canvas.width, facts.canvas.height, facts.canvas.rate.fps, facts.codec) == (320, 180, 25, codec)
    assert facts.tags == (1, 1, 1, 1)
    assert [read_number(frame) for frame in read_clip(str(film)).frames] == list(range(FRAMES))
    heard = read_track(str(film)).mono
    assert len(heard) / 48000 == pytest.approx(FRAMES / 25, abs=0.03)
    assert np.abs(heard[4000:40000]).max() == pytest.approx(0.4, abs=0.05)
    with av.open(str(film)) as container:
        assert container.streams.audio[0].codec_context.name.removeprefix("lib") == voice


def test_a_gif_is_small_and_loops(joined: Path, sound: Waveform, tmp_path: Path) -> None:
    film = exported(joined, tmp_path / "film.gif", sound)
    with Image.open(film) as picture:
        assert picture.size == (320, 180)
        assert picture.info["loop"] == 0
        assert picture.n_frames == FRAMES // 2
        assert picture.info["duration"] == 80
    large = Canvas(1920, 1080, Rate(30000, 1001))
    assert about(film, large) == "film.gif is silent and has 480x270 pixels at 9.99001 frames a second."
    assert not about(tmp_path / "film.webm", large)


def test_a_folder_of_pictures_has_each_frame_and_the_sound(joined: Path, sound: Waveform, tmp_path: Path) -> None:
    for _ in range(2):  # again over its own files
        folder = exported(joined, tmp_path / "film.png", sound)
    assert folder == tmp_path / "film"
    names = sorted(path.name for path in folder.iterdir())
    assert names == [*(f"film.{number:06}.png" for number in range(FRAMES)), "film.wav"]
    with Image.open(folder / "film.000013.png") as picture:
        assert read_number(np.asarray(picture)) == 13
    assert sorted(path.name for path in tmp_path.iterdir()) == ["film"]


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "film").mkdir()
    (tmp_path / "film" / "mine.txt").write_text("mine")
    with pytest.raises(OutputError, match="has other files in it"):
        check_ending(tmp_path / "film.png")


@pytest.mark.parametrize("name", ["film", "film.avi", "film.jpg"])
def test_an_unknown_ending_is_refused(name: str) -> None:
    with pytest.raises(OutputError, match=r"written as \.mp4, \.mov, \.webm, \.gif or as a folder of \.png.*film\.mp4"):
        check_ending(Path(name))


def test_an_mp4_is_not_encoded_again(sound: Waveform) -> None:
    assert exporter(Path("film.mp4"), sound, CANVAS) is None
