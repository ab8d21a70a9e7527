"""Opens files of video and sound by FFmpeg, which follows nothing that is named in them."""

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from dramatis.errors import DramatisError

if TYPE_CHECKING:
    from av.container import InputContainer

_LISTS = {
    "concat", "dash", "webm_dash_manifest", "hls", "sdp", "rtp", "rtp_mpegts", "rtsp", "sap", "vobsub",  # files and addresses
    "alsa", "fbdev", "kmsgrab", "lavfi", "oss", "video4linux2,v4l2", "x11grab",  # devices
}  # fmt: skip
"""Formats of FFmpeg that read something else than the file itself."""


@contextmanager
def opened(path: str | BinaryIO, kind: type[DramatisError]) -> "Iterator[InputContainer]":
    """The file, opened for reading; FFmpeg's errors become one message of the given kind."""
    import av

    if not isinstance(path, str):
        path.seek(0)
    elif not Path(path).is_file():
        what = (
            f"{path} is a folder; name a file in it"
            if Path(path).is_dir()
            else f"There is no file at {path}; check the name and the folder"
        )
        raise kind(f"{what}.")
    try:
        with av.open(path, "r", options={"format_whitelist": _whole_formats()}) as container:
            yield container
    except (av.FFmpegError, UnicodeDecodeError) as fault:
        raise kind(
            f"{path} cannot be read (damaged, incomplete, or no format that is known); give a file that plays in a media player."
        ) from fault


@functools.cache
def _whole_formats() -> str:
    """The formats of files that are whole: others name further files or addresses, which FFmpeg would open."""
    import av

    return ",".join(sorted(av.formats_available - _LISTS))
