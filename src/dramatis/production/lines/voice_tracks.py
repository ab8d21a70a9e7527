"""What a shot hears of each voice: the lines that are said in it or beside it, each of them whole.

A performance at one instant depends on the line around it, and a line on nothing but itself. So a take is named after the lines
near its shot alone, and other lines later or earlier in the film leave its footage as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dramatis.clock import Span
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import resample
from dramatis.production.assets import Assets
from dramatis.production.lines.film_length import TAIL
from dramatis.speech.phone_times import Phones
from dramatis.speech.synthesis.markup import plain
from dramatis.story import Line, Storyline

RATE = 16000
"""Sample rate in Hz."""
_SINCE, _UNTIL = 1.0, 0.25  # seconds before and after a shot in which a line is near it: heads settle, lips begin early


@dataclass(frozen=True, eq=False)
class VoiceTrack:
    """A voice on the film's clock, 16 kHz mono, and its phones where those of all lines in it are known."""

    sound: Waveform
    phones: Phones = ()


def voice_tracks(storyline: Storyline, assets: Assets, with_phones: bool) -> dict[str, dict[Span, VoiceTrack]]:
    """By character, then by shot's span, for everybody who has a line in the film, with phones if they are wanted."""
    lengths = {line: assets.sound(line.sound, line.part).seconds for line in storyline.lines}
    rate = storyline.canvas.rate
    found: dict[str, dict[Span, VoiceTrack]] = {}
    made: dict[tuple[tuple[Line, ...], float], VoiceTrack] = {}
    for name in dict.fromkeys(line.who for line in storyline.lines):
        spoken = [line for line in storyline.lines if line.who == name]
        for span in (shot.span for shot in storyline.shots):
            near = tuple(line for line in spoken if _near(line, lengths, span))
            said = max((line.start + lengths[line] + TAIL for line in near), default=0.0)
            key = (near, max(span.end, rate.time(rate.nearest(said))))
            made[key] = made.get(key) or _track(*key, assets, with_phones)
            found.setdefault(name, {})[span] = made[key]
    return found


def _near(line: Line, lengths: Mapping[Line, float], span: Span) -> bool:
    return line.start < span.end + _UNTIL and line.start + lengths[line] > span.start - _SINCE


def _track(lines: Sequence[Line], end: float, assets: Assets, with_phones: bool) -> VoiceTrack:
    """Some lines, as long as a film that ends with them, so that all shots that hear them have one track."""
    track = Waveform(np.zeros((round(end * RATE), 1), np.float32), RATE)
    for line in lines:
        samples = resample(assets.sound(line.sound, line.part), RATE, mono=True).samples
        first = round(line.start * RATE)
        place = track.samples[first : first + len(samples)]
        place += samples[: len(place)]
    return VoiceTrack(track, _phones(lines, assets) if with_phones else ())


def _phones(lines: Sequence[Line], assets: Assets) -> Phones:
    spoken: list[Phones] = []
    for line in sorted(lines, key=lambda line: line.start):
        said = assets.said(line.sound, plain(line.text), line.part)
        placed = [(label, round(line.start + start, 4), round(line.start + end, 4)) for label, start, end in said]
        spoken.append(tuple(phone for phone in placed if phone[2] > 0))
    return tuple(sorted(sum(spoken, ()), key=lambda phone: phone[1])) if all(spoken) else ()
