"""Looks at uploaded files, in a process of its own with limits of memory and time: `python -m dramatis.service.inspector`.

A file is what its first bytes say, not what it is called. It is decoded completely once; what breaks a decoder breaks here.
"""

import resource
from pathlib import Path

from dramatis.errors import PictureError, ServiceError, VoiceError
from dramatis.service.child_loop import Say, serve
from dramatis.service.records import Plain

MEMORY, SECONDS, FILES, WRITTEN = 4 * 2**30, 60, 64, 2**20
"""Most address space in bytes, processor seconds for one file, open files, and bytes written into a file (its log)."""
_KINDS = "JPEG, PNG, WebP, TIFF, HEIC, AVIF, BMP or GIF; WAV, FLAC, MP3, OGG, AIFF, M4A; MP4, MOV, MKV, WebM or AVI"
_MAGIC = (
    (b"\xff\xd8\xff", 0, ".jpg"),
    (b"\x89PNG\r\n\x1a\n", 0, ".png"),
    (b"WEBP", 8, ".webp"),
    (b"II*\0", 0, ".tiff"),
    (b"MM\0*", 0, ".tiff"),
    (b"BM", 0, ".bmp"),
    (b"GIF8", 0, ".gif"),
    (b"WAVE", 8, ".wav"),
    (b"AVI ", 8, ".avi"),
    (b"fLaC", 0, ".flac"),
    (b"OggS", 0, ".ogg"),
    (b"AIF", 8, ".aiff"),
    (b"ID3", 0, ".mp3"),
    (b"\x1a\x45\xdf\xa3", 0, ".mkv"),
    (b"ftypavi", 4, ".avif"),
    (b"ftyphe", 4, ".heic"),
    (b"ftypmif1", 4, ".heic"),
    (b"ftypM4A", 4, ".m4a"),
    (b"ftyp", 4, ".mp4"),
)
"""Bytes, where they stand, and the suffix under which such a file is kept."""
_PICTURES = {".jpg", ".png", ".webp", ".tiff", ".bmp", ".gif", ".avif", ".heic"}
_FILMS = {".mp4", ".mkv", ".avi"}


def suffix_of(head: bytes) -> str:
    """The suffix of a file that begins like this; empty for kinds that are not taken."""
    for magic, place, suffix in _MAGIC:
        if head[place : place + len(magic)] == magic:
            return suffix
    return ".mp3" if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 else ""


def inspected(request: Plain, _say: Say) -> Plain:
    """What is in the file at `path`; how much work the take at `take` is; the storyline in the film at `settings`.

    Raises `DramatisError`.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + SECONDS, resource.RLIM_INFINITY))
    try:
        if "settings" in request:
            return _settings(Path(request["settings"]))
        return _taken(Path(request["take"])) if "take" in request else _seen(Path(request["path"]))
    except MemoryError:
        raise ServiceError("This file takes too much memory; give a smaller one.", "too_large") from None


def _settings(film: Path) -> Plain:
    from dramatis.production.exporting.film_settings import read_settings

    return {"storyline": read_settings(film)}


def _taken(path: Path) -> Plain:
    """How much work a take is."""
    from dramatis.runtime.take_files import read

    with path.open("rb") as file:
        take = read(file)
    return {"effort": take.frames * take.canvas.width * take.canvas.height / 1e6}


def _seen(path: Path) -> Plain:
    """The kind, suffix and facts of an upload. Its reader sees it under a name with that suffix."""
    with path.open("rb") as file:
        suffix = suffix_of(file.read(64))
    if not suffix:
        raise ServiceError(f"This is no picture, sound or video that can be used; give {_KINDS}.", "unknown_kind")
    named = path.with_name(path.name + suffix)
    named.symlink_to(path.name)
    try:
        kind, facts = _facts(str(named), suffix)
    finally:
        named.unlink()
    return {"kind": kind, "suffix": suffix, "facts": facts}


def _facts(path: str, suffix: str) -> tuple[str, Plain]:
    if suffix in _PICTURES:
        from dramatis.media.pictures.picture_files import read_still

        still = read_still(path)
        return "picture", {"width": still.width, "height": still.height}
    if suffix in _FILMS:
        film = _film(path)
        if film is not None:
            return "video", film
    from dramatis.media.sounds.sound_files import read_sound

    sound = read_sound(path)
    return "sound", {"seconds": round(sound.seconds, 3), "rate": sound.rate}


def _film(path: str) -> Plain | None:
    """The facts of a video whose first frame can be decoded; None for a file without a picture."""
    from dramatis.media.videos.video import frame_at, probe

    try:
        facts = probe(path)
    except PictureError:
        return None
    frame_at(path, 0.0)
    return {
        "width": facts.canvas.width,
        "height": facts.canvas.height,
        "seconds": round(facts.seconds, 3),
        "sound": facts.has_sound and _heard(path),
    }


def _heard(path: str) -> bool:
    from dramatis.media.sounds.sound_files import read_sound

    try:
        read_sound(path)
    except VoiceError:
        return False
    return True


def _limited() -> None:
    """Set the limits, after the large libraries are loaded, which reserve address space."""
    import soundfile  # noqa: F401 - loaded before the limits

    import dramatis.runtime.take_files  # noqa: F401 - as well
    from dramatis.media.videos.video import encoders

    encoders()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, FILES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN, WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    serve(inspected, _limited)
