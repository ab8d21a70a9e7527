"""Films in other formats than MP4, made of the finished film's clips as they are joined: by the ending of the film's name.

.mov: ProRes 422 HQ and PCM, for editing; .webm: VP9 and Opus, for the web; .gif: a small silent loop; .png: a folder of numbered
pictures and the sound.
"""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from dramatis.errors import OutputError, PictureError
from dramatis.media.files import check_folder, fault_of_writing, written_whole
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import resample, write_sound
from dramatis.media.still import Pixels
from dramatis.media.videos.container import opened
from dramatis.media.videos.gif_files import decoded, small, timed, write_gif
from dramatis.media.videos.transparency import parted
from dramatis.media.videos.video import BT709
from dramatis.story import Canvas

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

ENDINGS = (".mp4", ".mov", ".webm", ".gif", ".png")
_CLEAR = (".mov", ".webm", ".png")
"""Formats that have an opacity."""
_SOUND_RATE = 48000
_LIMITED = 1


@dataclass(frozen=True)
class _Format:
    """How a container is encoded: names that FFmpeg knows."""

    container: str
    video: str
    pixels: str
    clear: str
    audio: str
    samples: str
    options: dict[str, str]
    audio_bits: int | None = None


_FORMATS = {
    ".mov": _Format("mov", "prores_ks", "yuv422p10le", "yuva444p10le", "pcm_s24le", "s32", {"vendor": "apl0"}),
    ".webm": _Format(
        "webm",
        "libvpx-vp9",
        "yuv420p",
        "yuva420p",
        "libopus",
        "flt",
        {"crf": "22", "b": "0", "deadline": "good", "cpu-used": "5", "row-mt": "1", "auto-alt-ref": "0"},
        128_000,
    ),
}


def made(film: Path) -> Path:
    """What a film of that name is on the disk: a file, or a folder for pictures."""
    return film.with_suffix("") if film.suffix.lower() == ".png" else film


def check_ending(film: Path) -> None:
    """Refuse a name with another ending, and a folder that has other files than a film's pictures; raises `OutputError`."""
    if film.suffix.lower() not in ENDINGS:
        known = ", ".join(ENDINGS[:-1])
        raise OutputError(
            f"A film is written as {known} or as a folder of .png, not as {film.name}; "
            f"give a name such as {film.stem or 'film'}.mp4."
        )
    if made(film) == film:
        return
    folder, mine = made(film), _pictures(film)
    if folder.exists() and not (folder.is_dir() and all(mine.fullmatch(path.name) for path in folder.iterdir())):
        raise OutputError(f"{folder} has other files in it, and {film.name} would be written there; choose another name.")


def check_opacity(film: Path, canvas: Canvas) -> None:
    """Refuse a film without a background in a format without opacity; raises `OutputError`."""
    if canvas.alpha and film.suffix.lower() not in _CLEAR:
        raise OutputError(
            f"{film.suffix} has no opacity, so the background cannot be left out; give a name that ends with {', '.join(_CLEAR)}."
        )


def about(film: Path, canvas: Canvas) -> str:
    """What a user should know about a film in this format; empty: nothing."""
    if film.suffix.lower() != ".gif":
        return ""
    width, height, every = small(canvas)
    return f"{film.name} is silent and has {width}x{height} pixels at {canvas.rate.fps / every:g} frames a second."


def exporter(film: Path, sound: Waveform, canvas: Canvas) -> Callable[[Path], None] | None:
    """Writes a film from its joined clips (an MP4), whole or not at all, and raises `OutputError`; None: it is an MP4."""
    ending = film.suffix.lower()
    if ending == ".mp4":
        return None

    def export(joined: Path) -> None:
        import av

        try:
            if ending == ".png":
                _numbered(joined, film, sound, canvas.alpha)
                return
            with written_whole(film) as part:
                if ending == ".gif":
                    write_gif(joined, part, canvas)
                else:
                    _encoded(joined, part, sound, _FORMATS[ending], canvas)
        except av.FFmpegError as fault:
            raise fault_of_writing(film, OSError(fault.errno, fault.strerror)) from fault

    return export


def _encoded(joined: Path, part: Path, sound: Waveform, form: _Format, canvas: Canvas) -> None:
    import av

    with opened(str(joined), PictureError) as source, av.open(str(part), "w", format=form.container) as target:
        shown = source.streams.video[0]
        rate = shown.average_rate or Fraction(25)
        options = form.options | ({"profile": "4444" if canvas.alpha else "hq"} if form.video == "prores_ks" else {})
        video = cast("VideoStream", target.add_stream(form.video, rate=rate, options=options))
        pixels = form.clear if canvas.alpha else form.pixels
        video.width, video.height, video.pix_fmt = canvas.width, canvas.height, pixels
        context = video.codec_context
        context.thread_count, context.thread_type = 0, "AUTO"
        context.color_primaries = context.color_trc = context.colorspace = BT709
        context.color_range = _LIMITED
        voice = _Voice(target, form, sound)
        for number, frame in enumerate(decoded(source)):
            seen = _clear(frame) if canvas.alpha else frame
            shaped = seen.reformat(format=pixels, dst_colorspace=BT709, dst_color_range=_LIMITED)
            target.mux(video.encode(timed(shaped, number, rate)))
            voice.until(float((number + 1) / rate))
        target.mux(video.encode(None))
        voice.end()


class _Voice:
    """The sound of a container, written beside its pictures."""

    def __init__(self, target: "OutputContainer", form: _Format, sound: Waveform) -> None:
        self._target, self._form, self._sent = target, form, 0
        samples = resample(sound, _SOUND_RATE, mono=False).samples
        self._samples = np.broadcast_to(samples, (len(samples), 2))
        self._stream = cast("AudioStream", target.add_stream(form.audio, rate=_SOUND_RATE, layout="stereo"))
        if form.audio_bits is not None:
            self._stream.bit_rate = form.audio_bits

    def until(self, seconds: float) -> None:
        """Write up to an instant."""
        import av

        block = self._samples[self._sent : round(seconds * _SOUND_RATE)]
        if not len(block):
            return
        whole = np.ascontiguousarray(block.reshape(1, -1))
        if self._form.samples == "s32":
            whole = (np.clip(whole, -1, 1) * (2**31 - 128)).astype(np.int32)
        frame = av.AudioFrame.from_ndarray(whole, format=self._form.samples, layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = _SOUND_RATE, self._sent, Fraction(1, _SOUND_RATE)
        self._target.mux(self._stream.encode(frame))
        self._sent += len(block)

    def end(self) -> None:
        """Write what is left in the encoder."""
        self._target.mux(self._stream.encode(None))


def _numbered(joined: Path, film: Path, sound: Waveform, alpha: bool) -> None:
    """A folder with a picture for each frame, and the sound."""
    import cv2

    folder = made(film)
    check_folder(film)
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir()
        with opened(str(joined), PictureError) as source:
            for number, frame in enumerate(decoded(source)):
                pixels = _rgb(frame)
                shown = cv2.cvtColor(parted(pixels), cv2.COLOR_RGBA2BGRA) if alpha else cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)
                written, data = cv2.imencode(".png", shown, [cv2.IMWRITE_PNG_COMPRESSION, 3])
                if not written:
                    raise OSError(None, "the picture could not be encoded")
                (part / f"{film.stem}.{number:06}.png").write_bytes(data.tobytes())
        write_sound(sound, str(part / f"{film.stem}.wav"))
        shutil.rmtree(folder, ignore_errors=True)
        part.rename(folder)
    except OSError as fault:
        raise fault_of_writing(folder, fault) from fault
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _clear(frame: "VideoFrame") -> "VideoFrame":
    """A frame with its opacity from the clip's frame, which has both."""
    import av

    return av.VideoFrame.from_ndarray(parted(_rgb(frame)), format="rgba")


def _rgb(frame: "VideoFrame") -> Pixels:
    return np.asarray(frame.reformat(format="rgb24", src_colorspace=BT709).to_ndarray(), np.uint8)


def _pictures(film: Path) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(film.stem)}(\.\d{{6}}\.png|\.wav)")
