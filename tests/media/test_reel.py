"""Clips become a film without being encoded again: every frame once, the sound in its place, nothing left by halves."""

from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from dramatis.clock import Rate
from dramatis.errors import Cancelled, OutputError
from dramatis.media.sound import Waveform
from dramatis.media.sounds.tracks import read_track
from dramatis.media.videos.reel import Reel
from dramatis.media.videos.video import FINAL, LOSSLESS, Encoding, probe, read_clip, write_clip
from tests.media.counting import counting, number_of

CUTS = [0, 13, 14, 15, 40, 77, 130]


def clips(folder: Path, rate: Rate, encoding: Encoding = FINAL) -> list[str]:
    """Clips that share one frame with each neighbour."""
    made = []
    for first, last in pairwise(CUTS):
        made.append(str(folder / f"clip{first}.mp4"))
        write_clip(counting(first, last, rate), made[-1], encoding)
    return made


def beeps(seconds: float) -> Waveform:
    """A tone that is heard from 1.0 s to 1.5 s."""
    times = np.arange(int(seconds * 16000)) / 16000
    return Waveform((np.sin(2760 * times) * 0.5 * ((times >= 1.0) & (times < 1.5)))[:, None].astype(np.float32), 16000)


@pytest.mark.parametrize("encoding", [FINAL, LOSSLESS])
@pytest.mark.parametrize("rate", [Rate(25), Rate(30000, 1001), Rate(48)])
def test_a_joined_film_has_every_frame_once(rate: Rate, encoding: Encoding, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    with Reel(str(film), beeps(8.0), rate) as reel:
        for clip in clips(tmp_path, rate, encoding):
            reel.append(clip)
        reel.finish()
    assert [number_of(pixels) for pixels in read_clip(str(film)).frames] == list(range(131))
    facts = probe(str(film))
    assert (facts.frames, facts.canvas.rate, facts.codec, facts.has_sound, facts.tags) == (131, rate, "h264", True, (1, 1, 1, 1))
    assert facts.seconds == pytest.approx(131 / rate.fps, abs=1e-3)


def test_times_are_exact_and_rising(tmp_path: Path) -> None:
    rate = Rate(30000, 1001)
    with Reel(str(tmp_path / "film.mp4"), beeps(3.0), rate) as reel:
        for clip in clips(tmp_path, rate):
            reel.append(clip)
        reel.finish()
    with av.open(str(tmp_path / "film.mp4")) as container:
        stream = container.streams.video[0]
        packets = [packet for packet in container.demux(stream) if packet.dts is not None]
        step = 1001 / 30000 / stream.time_base
    shown = sorted(packet.pts for packet in packets)
    assert np.allclose(shown, np.arange(131) * float(step))
    assert (np.diff([packet.dts for packet in packets]) > 0).all()
    assert all(packet.pts >= packet.dts for packet in packets)


def test_sound_keeps_its_place_and_ends_with_the_film(tmp_path: Path) -> None:
    with Reel(str(tmp_path / "film.mp4"), beeps(60.0), Rate(25)) as reel:
        for clip in clips(tmp_path, Rate(25)):
            reel.append(clip)
        reel.finish()
    track = read_track(str(tmp_path / "film.mp4"))
    heard = np.flatnonzero(np.abs(track.mono) > 0.1) / track.rate
    assert heard[0] == pytest.approx(1.0, abs=0.005)
    assert heard[-1] == pytest.approx(1.5, abs=0.005)
    assert track.samples.shape[1] == 2
    assert track.seconds == pytest.approx(131 / 25, abs=0.03)


def test_the_index_lies_in_front(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    with Reel(str(film), None, Rate(25)) as reel:
        reel.append(clips(tmp_path, Rate(25))[0])
        reel.finish()
    content = film.read_bytes()
    assert 0 < content.index(b"moov") < content.index(b"mdat")
    assert not probe(str(film)).has_sound


def test_the_preview_plays_while_it_grows(tmp_path: Path) -> None:
    """After each clip a player finds the film so far, up to half a second behind, with its sound."""
    with Reel(str(tmp_path / "film.mp4"), beeps(8.0), Rate(25)) as reel:
        for clip, last in zip(clips(tmp_path, Rate(25)), CUTS[1:], strict=True):
            reel.append(clip)
            seen = [number_of(pixels) for pixels in read_clip(str(reel.preview)).frames]
            assert seen[:-3] == list(range(len(seen)))[:-3]  # at the growing edge a B-frame may still be on its way
            assert last - 14 < len(seen) <= last + 1
            assert probe(str(reel.preview)).has_sound
        reel.finish()
    assert not reel.preview.exists()


def test_a_cancelled_film_leaves_nothing_and_an_old_one_survives(tmp_path: Path) -> None:
    made = clips(tmp_path, Rate(25))
    film = tmp_path / "film.mp4"
    film.write_bytes(b"an older film")

    def film_and_stop(fault: type[BaseException]) -> None:
        with Reel(str(film), beeps(3.0), Rate(25)) as reel:
            reel.append(made[0])
            raise fault

    for fault in (Cancelled, KeyboardInterrupt):
        with pytest.raises(fault):
            film_and_stop(fault)
    assert film.read_bytes() == b"an older film"
    assert {path.name for path in tmp_path.iterdir()} == {"film.mp4", *(Path(clip).name for clip in made)}


def test_clips_of_two_makes_are_not_joined(tmp_path: Path) -> None:
    write_clip(counting(0, 10), str(tmp_path / "a.mp4"), FINAL)
    write_clip(counting(10, 20), str(tmp_path / "b.mp4"), LOSSLESS)
    with Reel(str(tmp_path / "film.mp4"), None, Rate(25)) as reel:
        reel.append(str(tmp_path / "a.mp4"))
        with pytest.raises(OutputError, match=r"b\.mp4 was encoded otherwise"):
            reel.append(str(tmp_path / "b.mp4"))


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="does not exist"), Reel(str(tmp_path / "nowhere" / "film.mp4"), None, Rate(25)):
        pass
