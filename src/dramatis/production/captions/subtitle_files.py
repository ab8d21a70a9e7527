"""Captions as files that players and platforms read: SubRip (.srt) and WebVTT (.vtt)."""

from collections.abc import Iterable

from dramatis.media.pictures.captioned_frames import Caption

_ABOVE = " line:5%"


def as_srt(captions: Iterable[Caption]) -> str:
    """SubRip, in UTF-8."""
    parts = [
        f"{number}\n{_clock(caption.span.start, ',')} --> {_clock(caption.span.end, ',')}\n" + "\n".join(caption.lines)
        for number, caption in enumerate(captions, 1)
    ]
    return "\n\n".join(parts) + "\n"


def as_vtt(captions: Iterable[Caption]) -> str:
    """WebVTT; a caption that lies above says so."""
    parts = [
        f"{_clock(caption.span.start, '.')} --> {_clock(caption.span.end, '.')}{_ABOVE if caption.above else ''}\n"
        + "\n".join(map(_escaped, caption.lines))
        for caption in captions
    ]
    return "\n\n".join(["WEBVTT", *parts]) + "\n"


def _clock(seconds: float, mark: str) -> str:
    whole = round(seconds * 1000)
    return f"{whole // 3_600_000:02}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02}{mark}{whole % 1000:03}"


def _escaped(line: str) -> str:
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
