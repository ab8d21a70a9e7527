"""Recordings as people have them: rare codecs, headers that say something else than the bytes, several in one file."""

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from dramatis.errors import VoiceError
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import read_recording, read_sound

RATE = 8000
NO_RATE = {"XI", "aptx"}  # formats whose files do not say their rate
NO_SOUND = {"anull", "comfortnoise"}  # encoders that write none


def tone(seconds: float = 1.0, rate: int = RATE, level: float = 0.5) -> np.ndarray:
    """`N` float32 at 440 Hz."""
    return (level * np.sin(2 * np.pi * 440 * np.arange(round(seconds * rate)) / rate)).astype(np.float32)


def loudest(waveform: Waveform) -> float:
    """Hz."""
    power = np.abs(np.fft.rfft(waveform.mono * np.hanning(len(waveform.mono))))
    return float(power.argmax() / waveform.seconds)


def outcome(path: Path) -> str:
    """What comes of the reading of a second of 440 Hz: "read", "refused" in one sentence, or what is wrong."""
    try:
        sound = read_sound(str(path))
    except VoiceError as fault:
        sentence = str(fault)
        return "refused" if str(path) in sentence and sentence.endswith(".") and "\n" not in sentence else sentence
    right = abs(sound.seconds - 1.0) < 0.15 and abs(loudest(sound) - 440) < 8
    return "read" if right else f"{sound.seconds:.2f} s, {loudest(sound):.0f} Hz"


def test_every_codec_of_libsndfile_is_read_or_refused_in_a_sentence(tmp_path: Path) -> None:
    outcomes: dict[str, str] = {}
    for kind in sorted(soundfile.available_formats()):
        for codec in soundfile.available_subtypes(kind):
            path = tmp_path / f"{kind}-{codec}.{kind.lower()}"
            with suppress(soundfile.LibsndfileError):  # some it cannot write
                soundfile.write(path, tone(), RATE, format=kind, subtype=codec)
                outcomes[path.stem] = outcome(path) if kind not in NO_RATE else "read"
    refused = {name for name, found in outcomes.items() if found == "refused"}
    assert set(outcomes.values()) == {"read", "refused"}, outcomes
    assert {name for name in refused if not name.startswith("RAW")} == {"AIFF-DWVW_16", "AIFF-DWVW_24"}
    assert len(outcomes) - len(refused) > 100


CONTAINERS = (
    "matroska",
    "mov",
    "wav",
    "nut",
    "aiff",
    "au",
    "asf",
    "adx",
    "argo_asf",
    "apm",
    "kvag",
    "sbc",
    "aptx",
    "aptx_hd",
    "vob",
)


def encoded(path: Path, kind: str, codec: str, rate: int, layout: str) -> None:
    """A second of 440 Hz by one of FFmpeg's encoders; raises what that raises where it does not take such a sound."""
    with av.open(str(path), "w", format=kind) as container:
        stream = container.add_stream(codec, rate=rate, layout=layout, options={"strict": "-2"})
        if rate == 44100:
            stream.bit_rate = 128000
        stream.codec_context.open(strict=False)
        resampler = av.AudioResampler(stream.codec_context.format, layout, rate, stream.codec_context.frame_size or 1024)
        frame = av.AudioFrame.from_ndarray(tone(rate=rate)[None], format="fltp", layout="mono")
        frame.sample_rate, frame.pts = rate, 0
        for part in (*resampler.resample(frame), *resampler.resample(None)):
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))


def written(folder: Path, codec: str) -> Path | None:
    """A file with that codec, in the first container, rate and layout that take it; None where none does."""
    for kind in CONTAINERS:
        for rate, layout in ((8000, "mono"), (16000, "mono"), (44100, "stereo")):
            with suppress(ValueError, av.FFmpegError):  # PyAV's refusals are both
                encoded(folder / f"{codec}.{kind}", kind, codec, rate, layout)
                return folder / f"{codec}.{kind}"
    return None


def encoders() -> Iterator[str]:
    for name in sorted(av.codec.codecs_available):
        with suppress(ValueError):  # it is a decoder only
            if av.codec.Codec(name, "w").type == "audio":
                yield name


def test_every_codec_of_ffmpeg_is_read_or_refused_in_a_sentence(tmp_path: Path) -> None:
    paths = {codec: written(tmp_path, codec) for codec in encoders() if codec not in NO_SOUND | NO_RATE}
    outcomes = {codec: outcome(path) for codec, path in paths.items() if path is not None}
    assert set(outcomes.values()) <= {"read", "refused"}, outcomes
    assert {"aac", "ac3", "alac", "flac", "libopus", "mp3", "vorbis", "wmav2"} <= {
        codec for codec, found in outcomes.items() if found == "read"
    }
    assert sum(found == "read" for found in outcomes.values()) > 50


def wav(seconds: float, form: int | None = None, data: int | None = None) -> bytes:
    """A WAV file; `form` and `data` are what its header claims as bytes of the whole and of the sound, if not the truth."""
    file = BytesIO()
    soundfile.write(file, tone(seconds), RATE, format="WAV")
    whole = bytearray(file.getvalue())
    if form is not None:
        whole[4:8] = form.to_bytes(4, "little")
    if data is not None:
        whole[40:44] = data.to_bytes(4, "little")
    return bytes(whole)


CLAIMS = [(0, 0), (None, 0), (2**32 - 1, 2**32 - 1), (2**31 - 1, 2**31 - 37), (None, 2), (None, 8000), (40000, 10**9)]


@pytest.mark.parametrize(("form", "data"), CLAIMS)
def test_a_sound_is_as_long_as_its_bytes_whatever_its_header_claims(form: int | None, data: int | None, tmp_path: Path) -> None:
    path = tmp_path / "streamed.wav"
    path.write_bytes(wav(2.0, form, data))
    sound = read_sound(str(path))
    assert sound.seconds == pytest.approx(2.0, abs=0.01)
    assert loudest(sound) == pytest.approx(440, abs=2)


def test_what_follows_a_sound_in_its_file_is_no_sound(tmp_path: Path) -> None:
    path = tmp_path / "tagged.wav"
    for more in (b"LIST\4\0\0\0INFO" * 3, b"\0" * 9000, b"TAG" + b"x" * 125, b"ID3\3" + bytes(range(256)) * 40):
        path.write_bytes(wav(2.0) + more)
        assert read_sound(str(path)).seconds == 2.0


@pytest.mark.parametrize("claim", [None, 0, 2**32 - 1])
def test_several_wav_files_in_one_are_all_heard(claim: int | None, tmp_path: Path) -> None:
    path, other = tmp_path / "two.wav", BytesIO()
    soundfile.write(other, np.stack([tone(1.0, 2 * RATE)] * 2, axis=1), 2 * RATE, format="WAV")
    path.write_bytes(wav(1.5, claim, claim) + other.getvalue() + wav(0.5, claim, claim))
    recording = read_recording(str(path))
    sound = recording.sound
    assert sound.seconds == pytest.approx(3.0, abs=0.01)
    assert np.abs(sound.mono).reshape(60, -1).max(axis=1).min() > 0.4
    assert np.abs(np.diff(sound.mono)).max() < 0.5  # no header is heard as a click
    assert [note for note in recording.notes if "3 sound files" in note]


@pytest.mark.parametrize("kind", ["aiff", "caf", "flac", "ogg", "mp3", "rf64", "w64"])
def test_other_files_in_a_row_are_all_heard(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"two.{kind}"
    soundfile.write(path, tone(2.0, 44100), 44100)
    path.write_bytes(path.read_bytes() * 2)
    assert read_sound(str(path)).seconds == pytest.approx(4.0, abs=0.3)


def test_two_phone_recordings_in_a_row_are_both_heard(tmp_path: Path) -> None:
    path = tmp_path / "two.m4a"
    with av.open(str(path), "w", format="ipod") as file:
        stream = file.add_stream("aac", rate=44100, layout="mono")
        frame = av.AudioFrame.from_ndarray(tone(2.0, 44100)[None], format="fltp", layout="mono")
        frame.sample_rate = 44100
        file.mux([*stream.encode(frame), *stream.encode(None)])
    path.write_bytes(path.read_bytes() * 2)
    recording = read_recording(str(path))
    assert recording.sound.seconds == pytest.approx(4.0, abs=0.2)
    assert [note for note in recording.notes if "2 sound files" in note]


def test_an_au_file_without_a_length_is_heard(tmp_path: Path) -> None:
    path = tmp_path / "streamed.au"
    soundfile.write(path, tone(2.0), RATE)
    whole = bytearray(path.read_bytes())
    whole[8:12] = bytes(4)
    path.write_bytes(whole)
    assert read_sound(str(path)).seconds == pytest.approx(2.0, abs=0.01)


@pytest.mark.parametrize("claim", [0, 8000, 64000, 2**36 - 1])
def test_a_flac_is_as_long_as_its_frames(claim: int, tmp_path: Path) -> None:
    path = tmp_path / "streamed.flac"
    soundfile.write(path, tone(2.0), RATE)
    whole = bytearray(path.read_bytes())
    facts = int.from_bytes(whole[18:26])  # of which the last 36 bits are the number of samples
    whole[18:26] = ((facts >> 36 << 36) | claim).to_bytes(8)
    path.write_bytes(whole)
    assert read_sound(str(path)).seconds == pytest.approx(2.0, abs=0.01)


@pytest.mark.parametrize("kind", ["flac", "mp3", "mka"])
def test_half_of_a_file_is_heard_and_said(kind: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / f"cut.{kind}"
    if kind == "mka":
        tracks(path, [tone(4.0, 44100)])
    else:
        soundfile.write(path, tone(4.0), RATE)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    recording = read_recording(str(path))
    assert 1.0 < recording.sound.seconds < 2.5
    assert ["incomplete" in note for note in recording.notes] == [True]
    assert capfd.readouterr() == ("", "")  # decoders in C like to write to the terminal


def tracks(path: Path, sounds: list[np.ndarray]) -> None:
    """A file with several AAC tracks of 44.1 kHz, written one after the other."""
    with av.open(str(path), "w") as container:
        streams = [container.add_stream("aac", rate=44100, layout="mono") for _ in sounds]
        for stream, samples in zip(streams, sounds, strict=True):
            for first in range(0, len(samples), 1024):
                block = av.AudioFrame.from_ndarray(samples[None, first : first + 1024], format="fltp", layout="mono")
                block.sample_rate, block.pts = 44100, first
                container.mux(stream.encode(block))
            container.mux(stream.encode(None))


@pytest.mark.parametrize("silent", [0, 1, 2])
def test_the_first_track_that_is_not_silent_is_heard_and_said(silent: int, tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    tracks(path, [np.zeros(44100, np.float32)] * silent + [tone(1.0, 44100), tone(1.0, 44100, 0.1)])
    recording = read_recording(str(path))
    assert loudest(recording.sound) == pytest.approx(440, abs=3)
    assert np.abs(recording.sound.mono[11025:33075]).max() == pytest.approx(0.5, abs=0.1)
    assert len(recording.notes) == 1
    assert f"{silent + 2} sound tracks: number {silent + 1}, the first" in recording.notes[0]


def test_tracks_that_are_all_silent_are_refused(tmp_path: Path) -> None:
    tracks(tmp_path / "film.mp4", [np.zeros(44100, np.float32)] * 2)
    with pytest.raises(VoiceError, match="silent"):
        read_sound(str(tmp_path / "film.mp4"))


def test_a_broadcast_begins_with_its_sound_not_with_its_clock(tmp_path: Path) -> None:
    tracks(tmp_path / "film.ts", [tone(1.0, 44100)])  # transport streams start at 1.4 s or later
    sound = read_sound(str(tmp_path / "film.ts"))
    assert sound.seconds == pytest.approx(1.0, abs=0.1)
    assert np.abs(sound.mono[2000:6000]).max() > 0.4


def fails(*_: object) -> None:
    raise ZeroDivisionError("some fault in a library")


def test_any_fault_of_one_reader_is_made_good_by_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "voice.flac"
    soundfile.write(path, tone(), RATE)
    with monkeypatch.context() as patch:
        patch.setattr("soundfile.SoundFile.read", fails)
        assert loudest(read_sound(str(path))) == pytest.approx(440, abs=2)
    monkeypatch.setattr("av.open", fails)
    assert loudest(read_sound(str(path))) == pytest.approx(440, abs=2)
    monkeypatch.setattr("soundfile.SoundFile", fails)
    with pytest.raises(VoiceError, match="cannot be read") as caught:
        read_sound(str(path))
    assert str(path) in str(caught.value)


def test_a_codec_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "strange.wav"
    whole = bytearray(wav(1.0))
    whole[20:22] = b"\x23\x71"
    path.write_bytes(whole)
    with pytest.raises(VoiceError, match="decoded"):
        read_sound(str(path))
