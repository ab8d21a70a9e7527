"""Reads the sound of any file that FFmpeg decodes, through PyAV: phone recordings, films, rare codecs.

Of several tracks, the first one that is not silent is taken. Damaged parts are skipped, as in players,
and the length in a header is compared with the actual packets.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, groupby
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from numpy.typing import NDArray

from dramatis.errors import VoiceError
from dramatis.media.sound import Waveform
from dramatis.media.videos.container import opened

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer

Source = str | BinaryIO
"""A path, or an open file that is read from its start."""
_EXACT = ("flac", "matroska", "mov", "ogg")  # formats with a length in the header; for others it is estimated from the bit rate
_SLACK = 0.5  # tolerance of such a length, in seconds


@dataclass(frozen=True)
class AudioTrack:
    """The sound of track `number` (from 1) of `count`; `broken`: some of it is damaged or missing."""

    sound: Waveform
    number: int
    count: int
    broken: bool


def read_track(path: str) -> Waveform:
    """The first track of a file at its own rate, mono or mixed down to stereo; its time 0 is the file's. Raises `VoiceError`."""
    return heard_track(path, 0.0, float("inf")).sound


def heard_track(source: Source, silence: float, most_seconds: float) -> AudioTrack:
    """The first track with a peak of `silence` or more, or else the first one that can be decoded.

    Raises `VoiceError`: unreadable, no sound in it, or longer than `most_seconds`.
    """
    with opened(source, VoiceError) as container:
        count = len(container.streams.audio)
    if not count:
        raise VoiceError(f"{source} has no sound in it; give a file with a voice.")
    first: AudioTrack | None = None
    for number in range(1, count + 1):
        with opened(source, VoiceError) as container:
            stream = container.streams.audio[number - 1]
            seconds = _claimed(container, stream)
        if seconds > most_seconds and _lasts(source, number, most_seconds):
            raise too_long(source, most_seconds)
        track = _decoded(source, number, count, most_seconds)
        if track is not None and np.abs(track.sound.samples).max(initial=0.0) >= silence:
            return track
        first = first or track
    if first is None:
        raise VoiceError(f"{source} has no sound that can be decoded; give it as WAV or MP3.")
    return first


def too_long(source: Source, most_seconds: float) -> VoiceError:
    """The message for a sound that is too long."""
    return VoiceError(f"{source} is longer than the {most_seconds / 60:.0f} minutes that a voice may last; cut it into parts.")


def _claimed(container: "InputContainer", stream: "AudioStream") -> float:
    """Seconds according to the header; 0 if it has no length."""
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return (container.duration or 0) / 1_000_000


def _lasts(source: Source, number: int, seconds: float) -> bool:
    """Whether the packets of a track last longer than `seconds`."""
    with opened(source, VoiceError) as container:
        for packet in container.demux(container.streams.audio[number - 1]):
            if packet.pts is not None and packet.time_base is not None and packet.pts * packet.time_base > seconds:
                return True
    return False


def _decoded(source: Source, number: int, count: int, most_seconds: float) -> AudioTrack | None:
    """One track; None if it has no decoder, or if less than half of it can be decoded."""
    pieces: list[NDArray[np.float32]] = []
    with opened(source, VoiceError) as container:
        stream = container.streams.audio[number - 1]
        if getattr(stream, "codec_context", None) is None:  # no decoder
            return None
        rate, decoding = stream.rate, _Decoding(container, stream)
        length, most = 0, most_seconds * rate
        for piece in _alike(decoding.frames(), min(2, stream.channels), rate):
            pieces.append(piece)
            length += len(piece)
            if length > most:
                raise too_long(source, most_seconds)
        claimed = _claimed(container, stream) if container.format.name.split(",")[0] in _EXACT else 0.0
    if not length or decoding.faults > decoding.good:
        return None
    samples = np.concatenate(pieces)
    skip = round(decoding.start * rate)
    samples = samples[-skip:] if skip < 0 else np.pad(samples, ((skip, 0), (0, 0)))
    sound = Waveform(np.ascontiguousarray(samples, np.float32), rate)
    return AudioTrack(sound, number, count, decoding.faults > 0 or claimed > sound.seconds + _SLACK)


class _Decoding:
    """Decodes one stream. `good` and `faults` count packets; `start` is the time of the first frame on the file's clock."""

    def __init__(self, container: "InputContainer", stream: "AudioStream") -> None:
        self._container, self._stream = container, stream
        self._zero = max(0, container.start_time or 0) / 1_000_000
        self.good, self.faults, self.start = 0, 0, 0.0

    def frames(self) -> "Iterator[AudioFrame]":
        """Yield frames; packets that cannot be decoded are skipped."""
        import av

        try:
            for packet in self._container.demux(self._stream):
                try:
                    frames = packet.decode()
                except av.FFmpegError:
                    self.faults += 1
                    continue
                if frames and not self.good:
                    self.start = (frames[0].time or 0.0) - self._zero
                self.good += bool(frames)
                yield from frames
        except av.FFmpegError:  # the file is truncated
            self.faults += 1


def _alike(frames: "Iterator[AudioFrame]", channels: int, rate: int) -> Iterator[NDArray[np.float32]]:
    """Blocks `N C` at one rate, even if the stream changes its rate or channels."""
    import av

    def kind(frame: "AudioFrame") -> tuple[int, str, str]:
        return frame.sample_rate, frame.format.name, frame.layout.name

    for _, run in groupby(frames, kind):
        resampler = av.AudioResampler(format="flt", layout="mono" if channels == 1 else "stereo", rate=rate)
        for frame in chain(run, (None,)):
            for part in resampler.resample(frame):
                yield np.asarray(part.to_ndarray(), np.float32).reshape(-1, channels)
