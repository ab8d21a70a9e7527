"""A reel joins clips on disk to one film without encoding them again.

Packets are copied with new timestamps; neighbouring clips share one frame, which the join drops. As clips arrive, the film
grows in a fragmented MP4 beside its final path, which players can already play (`preview`). At the end its packets
are copied once more into an MP4 with its index in front, under a temporary name, which is then renamed.
"""

import fcntl
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Rate
from dramatis.errors import OutputError, PictureError
from dramatis.media.files import check_folder, fault_of_writing, written_whole
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import resample
from dramatis.media.videos.container import opened

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer, OutputContainer
    from av.video.stream import VideoStream

_GROWING = {"movflags": "frag_keyframe+delay_moov+default_base_moof", "frag_duration": "10000", "flush_packets": "1"}
_WHOLE = {"movflags": "faststart"}
_TAGGED = {"movflags": "faststart+use_metadata_tags"}
NO_TAGS: Mapping[str, str] = MappingProxyType({})
_SOUND_RATE = 48000
_SOUND_BITS = 192_000
_BLOCK = 1024  # samples of one AAC frame
_DELAY = 2  # frames by which x264's decoding order leads: a B-frame may be a reference


class Reel:
    """The film at `path`, made of clips of the given rate and of `sound` (None: a silent film).

    Use it in a `with` block: `append` clips in the film's order, then `finish`. If the block ends otherwise, no file is left.
    """

    def __init__(self, path: str, sound: Waveform | None, rate: Rate) -> None:
        self._path = Path(path)
        self.preview = preview_of(self._path)
        self.frames = 0
        self._step = Fraction(rate.per, rate.frames)
        self._sound = _stereo(sound) if sound is not None else None
        self._sent = 0
        self._file: BinaryIO | None = None
        self._container: OutputContainer | None = None
        self._video: VideoStream | None = None
        self._audio: AudioStream | None = None

    def __enter__(self) -> Self:
        check_folder(self._path)
        try:
            file = os.fdopen(os.open(self.preview, os.O_RDWR | os.O_CREAT, 0o666), "r+b")
        except OSError as fault:
            raise fault_of_writing(self._path, fault) from fault
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # the lock ends with the process, however that ends
            file.truncate(0)
        except OSError as fault:
            file.close()
            raise OutputError(f"Another run is filming into {self._path} already; wait for it or give another name.") from fault
        self._file = file
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        try:
            # on a full disk closing fails, too: one message is enough
            with suppress(OutputError), _disk_faults(self._path):
                self._close()
        finally:
            self.preview.unlink(missing_ok=True)

    def append(self, clip: str) -> None:
        """Join the clip at path `clip`; its first frame is dropped if the reel has a picture already.

        Raises `OutputError` if the clip was not encoded like the first one, or if the disk refuses.
        """
        with _disk_faults(self._path):
            with opened(clip, PictureError) as source:
                stream = source.streams.video[0]
                if self._container is None:
                    self._open(stream)
                self._check(clip, stream)
                self._join(source, stream)
            self._sound_until(self.frames * self._step)
            if self._file is not None:
                self._file.flush()

    def finish(self, export: Callable[[Path], None] | None = None, tags: Mapping[str, str] = NO_TAGS) -> None:
        """Write the film under its final name, with tags that players show; raises `OutputError`. `export` makes it of the joined
        clips in another format, without tags.
        """
        if self._container is None:
            raise ValueError("a reel without clips cannot be finished")
        with _disk_faults(self._path):
            self._sound_until(self.frames * self._step, last=True)
            self._close()
        if export is not None:
            export(self.preview)
            return
        with written_whole(self._path) as part, _disk_faults(self._path):
            _copy(self.preview, part, self._step, tags)

    def _open(self, first: "VideoStream") -> None:
        """The growing file, with the headers of the first clip."""
        import av

        self._container = av.open(self._file, "w", format="mp4", options=_GROWING)
        self._video = self._container.add_stream_from_template(first)
        self._video.time_base = self._step
        if self._sound is not None:
            self._audio = self._container.add_stream("aac", rate=_SOUND_RATE, layout="stereo")
            self._audio.bit_rate = _SOUND_BITS

    def _check(self, clip: str, stream: "VideoStream") -> None:
        if self._video is None or stream.codec_context.extradata != self._video.codec_context.extradata:
            raise OutputError(f"The clip {clip} was encoded otherwise than the film's first clip; delete it and film it again.")

    def _join(self, source: "InputContainer", stream: "VideoStream") -> None:
        """Copy packets: frames keep their offset from the clip's first one; decoding times continue one by one."""
        if self._container is None or self._video is None or stream.time_base is None:
            raise ValueError("the reel is not open")
        per_frame = stream.time_base / self._step
        shift = max(0, self.frames - 1)  # index of the clip's first frame in the film
        dropped = self.frames == 0
        for packet in source.demux(stream):
            if packet.pts is None:
                continue
            if not dropped:  # the first packet is the clip's first frame, to which no other frame refers
                dropped = True
                continue
            shown = round(packet.pts * per_frame)
            packet.stream = self._video
            packet.time_base = self._step
            packet.pts, packet.dts, packet.duration = shift + shown, self.frames - _DELAY, 1
            self._container.mux(packet)
            self.frames += 1

    def _sound_until(self, end: Fraction, last: bool = False) -> None:
        """Encode the sound up to `end` seconds, in whole AAC frames unless it is the film's end."""
        import av

        if self._sound is None or self._container is None or self._audio is None:
            return
        stop = min(int(end * _SOUND_RATE), len(self._sound))
        while stop - self._sent >= (1 if last else _BLOCK):
            block = self._sound[self._sent : min(stop, self._sent + _BLOCK)].T
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block), format="fltp", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = _SOUND_RATE, self._sent, Fraction(1, _SOUND_RATE)
            self._container.mux(self._audio.encode(frame))
            self._sent += block.shape[1]
        if last:
            self._container.mux(self._audio.encode(None))

    def _close(self) -> None:
        container, self._container = self._container, None
        if container is not None:
            container.close()
        file, self._file = self._file, None
        if file is not None:
            file.close()


def preview_of(film: Path) -> Path:
    """Path of the preview of a film."""
    return film.with_name(f"{film.stem}.preview.mp4")


@contextmanager
def _disk_faults(path: Path) -> Iterator[None]:
    import av

    try:
        yield
    except (av.FFmpegError, OSError) as fault:
        known = fault if isinstance(fault, OSError) else OSError(fault.errno, fault.strerror)
        raise fault_of_writing(path, known) from fault


def _stereo(sound: Waveform) -> NDArray[np.float32]:
    """`N 2` at 48 kHz, without a copy where it is that already: half an hour of it takes 700 MB."""
    samples = resample(sound, _SOUND_RATE, mono=False).samples
    return np.broadcast_to(samples, (len(samples), 2))


def _copy(source: Path, target: Path, step: Fraction, tags: Mapping[str, str]) -> None:
    """Copy the packets into a file with its index in front."""
    import av

    with av.open(str(source)) as grown, av.open(str(target), "w", format="mp4", options=_TAGGED if tags else _WHOLE) as whole:
        whole.metadata.update(tags)
        streams = {stream.index: whole.add_stream_from_template(stream) for stream in grown.streams}
        for stream in grown.streams.video:
            streams[stream.index].time_base = step
        for packet in grown.demux():
            if packet.dts is not None:
                packet.stream = streams[packet.stream.index]
                whole.mux(packet)
