"""Whatever people record becomes a clean waveform, or one clear sentence."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from dramatis.errors import OutputError, VoiceError
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import mix, read_sound, resample, write_sound


def tone(seconds: float, rate: int, channels: int = 1, level: float = 0.5) -> np.ndarray:
    """`N C` float32 at 440 Hz."""
    times = np.arange(round(seconds * rate)) / rate
    return np.repeat((level * np.sin(2 * np.pi * 440 * times))[:, None], channels, axis=1).astype(np.float32)


def pitch(waveform: Waveform) -> float:
    """The loudest frequency, in Hz."""
    power = np.abs(np.fft.rfft(waveform.mono * np.hanning(len(waveform.mono))))
    return float(power.argmax() / waveform.seconds)


def encode(path: Path, codec: str, samples: np.ndarray, rate: int) -> None:
    """By FFmpeg, as recorders and phones write it; a file with a picture track for .mp4."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout="mono")
        if path.suffix == ".mp4":
            video = container.add_stream("libx264", rate=25)
            video.width, video.height, video.pix_fmt, video.time_base = 32, 32, "yuv420p", Fraction(1, 25)
            for number in range(25):
                frame = av.VideoFrame.from_ndarray(np.zeros((48, 32), np.uint8), format="yuv420p")
                frame.pts = number
                container.mux(video.encode(frame))
            container.mux(video.encode(None))
        for first in range(0, len(samples), 1024):
            block = av.AudioFrame.from_ndarray(
                np.ascontiguousarray(samples[first : first + 1024].T), format="fltp", layout="mono"
            )
            block.sample_rate, block.pts = rate, first
            container.mux(stream.encode(block))
        container.mux(stream.encode(None))


@pytest.mark.parametrize("suffix", ["wav", "flac", "ogg", "mp3"])
@pytest.mark.parametrize(("rate", "channels"), [(8000, 1), (16000, 2), (44100, 2), (48000, 1)])
def test_formats_rates_and_channels(suffix: str, rate: int, channels: int, tmp_path: Path) -> None:
    path = tmp_path / f"voice.{suffix}"
    soundfile.write(path, tone(1.5, rate, channels), rate)
    waveform = read_sound(str(path))
    assert waveform.rate == rate
    assert waveform.samples.shape[1] == channels
    assert waveform.samples.dtype == np.float32
    assert waveform.seconds == pytest.approx(1.5, abs=0.08)
    assert pitch(waveform) == pytest.approx(440, abs=3)


@pytest.mark.parametrize(("rate", "subtype"), [(192000, "PCM_24"), (96000, "FLOAT"), (22050, "PCM_U8")])
def test_studio_and_old_recordings(rate: int, subtype: str, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "voice.wav", tone(0.5, rate), rate, subtype=subtype)
    assert pitch(read_sound(str(tmp_path / "voice.wav"))) == pytest.approx(440, abs=3)


@pytest.mark.parametrize("name", ["voice.m4a", "film.mp4"])
def test_sound_of_phones_and_films(name: str, tmp_path: Path) -> None:
    encode(tmp_path / name, "aac", tone(1.0, 44100), 44100)
    waveform = read_sound(str(tmp_path / name))
    assert (waveform.rate, waveform.samples.shape[1]) == (44100, 1)
    assert waveform.seconds == pytest.approx(1.0, abs=0.03)
    assert pitch(waveform) == pytest.approx(440, abs=3)


def test_six_channels_are_mixed_down_with_the_voice_of_the_centre(tmp_path: Path) -> None:
    samples = np.zeros((24000, 6), np.float32)
    samples[:, 2] = tone(0.5, 48000)[:, 0]
    samples[:, 3] = 0.9  # the subwoofer is left out
    soundfile.write(tmp_path / "film.wav", samples, 48000)
    waveform = read_sound(str(tmp_path / "film.wav"))
    assert waveform.samples.shape == (24000, 2)
    assert pitch(waveform) == pytest.approx(440, abs=3)
    assert np.abs(waveform.samples).max() < 0.5


def test_broken_samples_are_cleaned(tmp_path: Path) -> None:
    samples = tone(1.0, 16000)
    samples[100:110], samples[200], samples[300] = np.nan, np.inf, -np.inf
    soundfile.write(tmp_path / "voice.wav", samples, 16000, subtype="FLOAT")
    assert np.isfinite(read_sound(str(tmp_path / "voice.wav")).samples).all()


def refused(folder: Path) -> dict[str, str]:
    """File name -> a word that the message must have."""
    (folder / "empty.wav").touch()
    (folder / "text.wav").write_text("no sound at all")
    (folder / "folder.wav").mkdir()
    soundfile.write(folder / "short.wav", tone(0.05, 16000), 16000)
    soundfile.write(folder / "none.wav", np.zeros((0, 1), np.float32), 16000)
    soundfile.write(folder / "silent.wav", tone(1.0, 16000, level=0.0005), 16000)
    encode(folder / "silent.m4a", "aac", np.zeros((16000, 1), np.float32), 16000)
    return {
        "missing.wav": "no sound file",
        "empty.wav": "empty",
        "text.wav": "cannot be read",
        "folder.wav": "folder",
        "short.wav": "0.05 s",
        "none.wav": "0.00 s",
        "silent.wav": "silent",
        "silent.m4a": "silent",
    }


def test_what_cannot_be_used_is_said_in_one_sentence(tmp_path: Path) -> None:
    for name, word in refused(tmp_path).items():
        with pytest.raises(VoiceError) as caught:
            read_sound(str(tmp_path / name))
        assert name in str(caught.value)
        assert word in str(caught.value)


@pytest.mark.parametrize("name", ["long.flac", "long.m4a"])
def test_three_hours_are_refused(name: str, tmp_path: Path) -> None:
    hours = np.zeros((3 * 3600 * 8000, 1), np.float32)
    if name.endswith("flac"):
        soundfile.write(tmp_path / name, hours, 8000)
    else:
        encode(tmp_path / name, "aac", hours[: 2 * 3600 * 8000 // 3], 8000)  # 40 minutes
    with pytest.raises(VoiceError, match="longer than the 30 minutes"):
        read_sound(str(tmp_path / name))


def test_resampling_keeps_pitch_and_length() -> None:
    waveform = Waveform(tone(1.0, 44100, 2), 44100)
    for rate in (8000, 16000, 48000, 44100):
        changed = resample(waveform, rate, mono=True)
        assert changed.samples.shape == (rate, 1)
        assert pitch(changed) == pytest.approx(440, abs=1)


def test_a_mix_lays_tracks_at_their_seconds() -> None:
    voice = Waveform(tone(0.5, 16000), 16000)
    mixed = mix([(voice, 0.25), (voice, 1.5), (voice, 2.8), (voice, -0.4)], 3.0)
    assert mixed.samples.shape == (144000, 2)
    loud = np.abs(mixed.mono).reshape(60, -1).max(axis=1) > 0.1  # in steps of 50 ms
    expected = np.zeros(60, bool)
    expected[[0, 1, *range(5, 15), *range(30, 40), *range(56, 60)]] = True
    assert (loud == expected).all()


def test_a_mix_does_not_clip() -> None:
    voice = Waveform(tone(1.0, 48000, level=0.9), 48000)
    mixed = mix([(voice, 0.0), (voice, 0.0)], 1.0)
    assert 0.9 < np.abs(mixed.samples).max() < 1.0
    assert pitch(mixed) == pytest.approx(440, abs=1)


def test_written_sound_is_read_back(tmp_path: Path) -> None:
    waveform = Waveform(tone(0.5, 24000, 2), 24000)
    for name in ("a.wav", "a.flac"):
        write_sound(waveform, str(tmp_path / name))
        assert np.abs(read_sound(str(tmp_path / name)).samples - waveform.samples).max() < 1e-5
    with pytest.raises(OutputError):
        write_sound(waveform, str(tmp_path / "a.xyz"))
    with pytest.raises(OutputError):
        write_sound(waveform, str(tmp_path / "nowhere" / "a.wav"))


def test_a_voice_in_opposite_phases_on_both_sides_is_heard() -> None:
    voice = np.sin(np.arange(8000) * 0.2).astype(np.float32)
    opposite = Waveform(np.stack([voice, -voice], axis=1), 16000)
    assert np.abs(opposite.mono).max() > 0.5
    alike = Waveform(np.stack([voice, 0.5 * voice], axis=1), 16000)
    assert np.allclose(alike.mono, 0.75 * voice)


@pytest.mark.parametrize(
    "text",
    [
        "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=x\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 5004 RTP/AVP 0\r\n",
        "ffconcat version 1.0\nfile voice.wav\n",
    ],
)
def test_a_file_that_names_others_is_not_followed(text: str, tmp_path: Path) -> None:
    write_sound(Waveform(np.full((16000, 1), 0.1, np.float32), 16000), str(tmp_path / "voice.wav"))
    (tmp_path / "list.mp3").write_text(text)
    with pytest.raises(VoiceError, match="no format that is known"):
        read_sound(str(tmp_path / "list.mp3"))
