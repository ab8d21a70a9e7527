"""Reads, mixes and writes sound. A file becomes a finite `Waveform`, or one error message."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import SEEK_END, BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dramatis.errors import OutputError, VoiceError
from dramatis.media.faces.face_finding import quiet
from dramatis.media.files import check_source, written_whole
from dramatis.media.sound import Waveform
from dramatis.media.sounds.chunked import parts_in
from dramatis.media.sounds.riff import wavs_in
from dramatis.media.sounds.tracks import Source, heard_track, too_long

if TYPE_CHECKING:
    from soundfile import SoundFile

SHORTEST = 0.2
"""Seconds."""
LONGEST = 30 * 60.0
"""Seconds."""
SILENCE = 1e-3
"""A peak below this (-60 dB of full scale) is silence."""
_CEILING = 0.98
_BLOCK = 10  # seconds that are read at once if the header has no length
_SLACK = 0.5  # seconds: a codec's delay, or a negligible part
_MOSTLY = 0.9  # of a file's bytes; the rest is headers
_CHAINED = {"FLAC", "OGG", "MP3"}  # formats of which libsndfile reads only the first of several files in one
_BITS = {"PCM_S8": 8, "PCM_U8": 8, "PCM_16": 16, "PCM_24": 24, "PCM_32": 32, "FLOAT": 32, "DOUBLE": 64, "ULAW": 8, "ALAW": 8}
_BROKEN = "{} is damaged or incomplete; what can be read of it is heard."
_SUBTYPES = {".wav": "PCM_24", ".flac": "PCM_24"}


@dataclass(frozen=True)
class Recording:
    """A sound, and notes for the user about how it was read."""

    sound: Waveform
    notes: tuple[str, ...] = ()


def read_sound(path: str) -> Waveform:
    """The sound of an audio or video file at its own rate, mono or stereo, finite, at most `LONGEST`; raises `VoiceError`."""
    return read_recording(path).sound


def read_recording(path: str) -> Recording:
    """The same, with notes; several WAV, AIFF, CAF or MP4 files in one are read one after the other. Raises `VoiceError`.

    More than two channels are mixed down. Lengths are those of the data, not of the header.
    """
    check_source(Path(path), "sound file", VoiceError)
    parts = wavs_in(path) or parts_in(path)
    recording = _in_a_row(path, [_read(BytesIO(part), path) for part in parts]) if parts else _read(path, path)
    sound = recording.sound
    sound = Waveform(np.nan_to_num(sound.samples, copy=False, nan=0.0, posinf=0.0, neginf=0.0), sound.rate)
    if sound.seconds < SHORTEST:
        raise VoiceError(f"{path} lasts {sound.seconds:.2f} s; a voice needs at least {SHORTEST} s.")
    if _peak(sound.samples) < SILENCE:
        raise VoiceError(f"{path} is silent (nothing in it is louder than -60 dB); give a recording in which somebody is heard.")
    return replace(recording, sound=sound)


def resample(waveform: Waveform, rate: int, mono: bool) -> Waveform:
    """The same sound at another rate; `mono` mixes its channels into one."""
    import soxr

    samples = waveform.mono[:, None] if mono else waveform.samples
    if rate != waveform.rate:
        samples = soxr.resample(samples, waveform.rate, rate, quality="HQ")
    return Waveform(np.ascontiguousarray(samples, np.float32), rate)


def mix(tracks: list[tuple[Waveform, float]], seconds: float, rate: int = 48000) -> Waveform:
    """Stereo sound of the given length: each waveform starts at its second. Attenuated as a whole if it would clip."""
    total = np.zeros((round(seconds * rate), 2), np.float32)
    for waveform, start in tracks:
        samples = resample(waveform, rate, mono=False).samples
        first = round(start * rate)
        samples = samples[max(0, -first) :]
        place = total[max(0, first) : max(0, first) + len(samples)]
        place += samples[: len(place)]
    peak = _peak(total)
    if peak > 1.0:
        total *= _CEILING / peak
    return Waveform(total, rate)


def write_sound(waveform: Waveform, path: str) -> None:
    """Write a .wav or .flac file with 24 bits a sample, whole or not at all; raises `OutputError`."""
    import soundfile

    subtype = _SUBTYPES.get(Path(path).suffix.lower())
    if subtype is None:
        raise OutputError(f"Sound is written as .wav or .flac, not as {Path(path).name}.")
    with written_whole(path) as part:
        try:
            soundfile.write(part, waveform.samples, waveform.rate, subtype=subtype)
        except soundfile.LibsndfileError as fault:
            raise OSError(None, fault.error_string) from fault


def _peak(samples: NDArray[np.float32]) -> float:
    """The largest magnitude, without a copy of a long sound."""
    return max(float(samples.max(initial=0.0)), -float(samples.min(initial=0.0)))


def _read(source: Source, path: str) -> Recording:
    """By libsndfile; by FFmpeg if that fails. If libsndfile may have missed a part, the longer result is taken."""
    found, whole = _by_libsndfile(source, path)
    if found is None:
        return _by_ffmpeg(source, path)
    if whole:
        return found
    try:
        other = _by_ffmpeg(source, path)
    except VoiceError:
        return found
    return other if other.sound.seconds > found.sound.seconds + _SLACK else found


def _by_libsndfile(source: Source, path: str) -> tuple[Recording | None, bool]:
    """By libsndfile (WAV, FLAC, OGG, MP3 and others), None for other files; and whether the file contains nothing else.

    Raises `VoiceError` for what is too long.
    """
    import soundfile

    try:
        with quiet(), soundfile.SoundFile(_rewound(source)) as file:  # its MP3 decoder writes to the terminal
            rate, claimed = file.samplerate, file.frames
            blocks = list(_blocks(file, path))
            sound = Waveform(blocks[0] if len(blocks) == 1 else np.concatenate(blocks), rate)
            chained, bits = file.format in _CHAINED, file.channels * _BITS.get(file.subtype, 0)
    except VoiceError:
        raise
    except Exception:  # libsndfile and its binding fail in many ways on codecs that they support only partly
        return None, False
    broken = claimed / rate > sound.seconds + _SLACK
    plain = len(sound.samples) * bits / 8 if bits else _bytes(source)
    whole = not (broken or chained) and len(sound.samples) > 0 and plain > _MOSTLY * _bytes(source)
    return Recording(sound, (_BROKEN.format(path),) if broken else ()), whole


def _blocks(file: "SoundFile", path: str) -> Iterator[NDArray[np.float32]]:
    """Blocks `N C` until the data ends, independently of the header; at least one, usually only one."""
    most, done = LONGEST * file.samplerate, 0
    step = max(_BLOCK * file.samplerate, file.frames if file.frames <= most else 0)
    while done <= most:
        block = np.asarray(file.read(step, dtype="float32", always_2d=True), np.float32)
        done += len(block)
        if len(block) or not done:
            yield _two_channels(block)
        if not len(block):
            return
    raise too_long(path, LONGEST)


def _by_ffmpeg(source: Source, path: str) -> Recording:
    """All other files, films included; raises `VoiceError`."""
    try:
        track = heard_track(source, SILENCE, LONGEST)
    except VoiceError as fault:
        if source == path:
            raise
        raise VoiceError(f"A part of {path} cannot be read; give a file that plays in a media player.") from fault
    except Exception as fault:  # decoders raise various exceptions
        raise VoiceError(f"{path} cannot be read ({fault}); give a WAV, FLAC or MP3 that plays in a media player.") from fault
    notes = []
    if track.count > 1:
        which = "the first that is not silent" if track.number > 1 else "the first"
        others = "the other one is" if track.count == 2 else "the others are"
        notes.append(f"{path} has {track.count} sound tracks: number {track.number}, {which}, is heard; {others} not used.")
    if track.broken:
        notes.append(_BROKEN.format(path))
    return Recording(track.sound, tuple(notes))


def _in_a_row(path: str, parts: list[Recording]) -> Recording:
    """Recordings one after the other, at the rate of the first one."""
    if len(parts) == 1:
        return parts[0]
    rate, channels = parts[0].sound.rate, max(part.sound.samples.shape[1] for part in parts)
    sounds = [resample(part.sound, rate, mono=False).samples for part in parts]
    whole = np.concatenate([np.broadcast_to(samples, (len(samples), channels)) for samples in sounds])
    if len(whole) > LONGEST * rate:
        raise too_long(path, LONGEST)
    notes = dict.fromkeys(note for part in parts for note in part.notes)
    return Recording(
        Waveform(whole, rate), (f"{path} is {len(parts)} sound files in one; they are heard one after the other.", *notes)
    )


def _rewound(source: Source) -> Source:
    if not isinstance(source, str):
        source.seek(0)
    return source


def _bytes(source: Source) -> int:
    return Path(source).stat().st_size if isinstance(source, str) else source.seek(0, SEEK_END)


def _two_channels(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Left and right as they are; centre and surround (WAV order, without the subwoofer) join both at -3 dB."""
    channels = samples.shape[1]
    if channels <= 2:
        return samples
    others = [channel for channel in range(2, channels) if not (channel == 3 and channels in {6, 8})]
    middle = samples[:, others].sum(axis=1, keepdims=True) * np.float32(0.7071)
    mixed = (samples[:, :2] + middle) / np.float32(1 + 0.7071 * len(others))
    return np.asarray(mixed, np.float32)
