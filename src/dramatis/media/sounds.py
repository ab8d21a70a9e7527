"""Reading, mixing and writing sound: whatever people have becomes a clean `Waveform`, or one clear sentence."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dramatis.errors import OutputError, VoiceError
from dramatis.media.files import check_source, written_whole
from dramatis.media.sound import Waveform

SHORTEST = 0.2
"""Seconds."""
LONGEST = 30 * 60.0
"""Seconds."""
SILENCE = 1e-3
"""A peak below this (-60 dB of full scale) is silence."""
_CEILING = 0.98
_SUBTYPES = {".wav": "PCM_24", ".flac": "PCM_24"}


def read_sound(path: str) -> Waveform:
    """The sound of an audio or video file at its own rate, mono or stereo, finite, at most `LONGEST`; raises `VoiceError`.

    More than two channels are mixed down. What is too long is refused by the file's header, before it is decoded.
    """
    check_source(Path(path), "sound file", VoiceError)
    waveform = _by_soundfile(path)
    if waveform is None:
        from dramatis.media.video import read_track

        waveform = read_track(path, LONGEST)
    waveform = Waveform(np.nan_to_num(waveform.samples, copy=False, nan=0.0, posinf=0.0, neginf=0.0), waveform.rate)
    _check_length(path, waveform.seconds)
    if _peak(waveform.samples) < SILENCE:
        raise VoiceError(f"{path} is silent (nothing in it is louder than -60 dB); give a recording in which somebody is heard.")
    return waveform


def resample(waveform: Waveform, rate: int, mono: bool) -> Waveform:
    """The same sound at another rate; `mono` mixes its channels into one."""
    import soxr

    samples = waveform.mono[:, None] if mono else waveform.samples
    if rate != waveform.rate:
        samples = soxr.resample(samples, waveform.rate, rate, quality="HQ")
    return Waveform(np.ascontiguousarray(samples, np.float32), rate)


def mix(tracks: list[tuple[Waveform, float]], seconds: float, rate: int = 48000) -> Waveform:
    """Stereo sound of the given length: each waveform starts at its second. Turned down as a whole if it would clip."""
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


def _check_length(path: str, seconds: float) -> None:
    if seconds < SHORTEST:
        raise VoiceError(f"{path} lasts {seconds:.2f} s; a voice needs at least {SHORTEST} s.")
    if seconds > LONGEST:
        raise VoiceError(f"{path} is {seconds / 60:.0f} minutes long; a voice may last {LONGEST / 60:.0f} minutes: cut it.")


def _by_soundfile(path: str) -> Waveform | None:
    """WAV, FLAC, OGG, MP3 and what else libsndfile reads; None for the rest."""
    import soundfile

    try:
        with soundfile.SoundFile(path) as file:
            _check_length(path, file.frames / file.samplerate)
            samples: NDArray[Any] = file.read(dtype="float32", always_2d=True)
            return Waveform(_two_channels(np.asarray(samples, np.float32)), int(file.samplerate))
    except (soundfile.LibsndfileError, OSError):
        return None


def _two_channels(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Left and right as they are; centre and surround (WAV order, without the subwoofer) join both at -3 dB."""
    channels = samples.shape[1]
    if channels <= 2:
        return samples
    others = [channel for channel in range(2, channels) if not (channel == 3 and channels in {6, 8})]
    middle = samples[:, others].sum(axis=1, keepdims=True) * np.float32(0.7071)
    mixed = (samples[:, :2] + middle) / np.float32(1 + 0.7071 * len(others))
    return np.asarray(mixed, np.float32)
