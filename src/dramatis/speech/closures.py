"""Times of closed lips: at /p b m/ of the phone decoder, and where the sound itself shows a /p b/.

A stop interrupts the sound and ends with a burst; the burst of lips is weak in the high bands, that of tongue
and palate is not (Stevens and Blumstein 1978). This holds in every language, so stops that the decoder misses still close.
"""

import numpy as np

from dramatis.speech.analysis import VoiceAnalysis
from dramatis.speech.phones import Phone
from dramatis.speech.spectrum import RATE, Signal, smooth
from dramatis.speech.visemes import BILABIAL

SHUT = 0.070
"""s; lips stay closed at least so long: any 25 frames a second see it, whatever their phase."""
_SHUT_MOST = 0.120  # s, of a stop
_CLOSED_WITHIN = 4.5  # dB above the dip that still are the closure
_DIP, _AROUND = 13.0, 14  # dB that a stop dips below the sound on both sides, within so many frames
_LATEST_BURST = 12  # frames from the dip
_HISS, _PALATE = 1.0, 3.0  # dB; the most that a lip burst has above 3 kHz, or in 1.8-3 kHz, over 0.8-1.25 kHz

Closure = tuple[float, float]
"""Start and end in seconds."""


def closures(analysis: VoiceAnalysis, start: int, end: int, phones: tuple[Phone, ...]) -> list[Closure]:
    """Closures among frames `[start, end)`, in order, none overlapping another."""
    level = smooth(analysis.spectrum.level + 120, 1.0)
    named = [_around_dip(level, *phone) for phone in phones if phone[0] in BILABIAL]
    heard = [_settled(level, frame, frame / RATE, frame / RATE) for frame in _lip_bursts(analysis, level, start, end)]
    return _merged(sorted(named + heard))


def _around_dip(level: Signal, label: str, start: float, end: float) -> Closure:
    """The closure of a named phone: where the sound is lowest, near the span that the decoder gives."""
    slack = 0.03 if label == "M" else 0.02
    first = max(0, round((start - slack) * RATE))
    part = level[first : round((end + slack) * RATE) + 1]
    if not len(part):
        return start, max(end, start + SHUT)
    return _settled(level, first + int(np.argmin(part)), start, end)


def _settled(level: Signal, dip: int, start: float, end: float) -> Closure:
    """From the dip outwards while the sound stays low; at least `SHUT`, at most the phone or the longest stop."""
    limit, most = level[dip] + _CLOSED_WITHIN, max(_SHUT_MOST, end - start)
    first = last = dip
    while first > 0 and level[first - 1] < limit and (dip - first + 1) / RATE < most / 2:
        first -= 1
    while last < len(level) - 1 and level[last + 1] < limit and (last - dip + 1) / RATE < most / 2:
        last += 1
    lack = max(0.0, SHUT - (last - first) / RATE) / 2
    return first / RATE - lack, last / RATE + lack


def _lip_bursts(analysis: VoiceAnalysis, level: Signal, start: int, end: int) -> list[int]:
    """Frames of the dips of stops whose burst is that of lips."""
    bands = 10 * np.log10(analysis.spectrum.power + 1e-9)
    found = []
    for frame in range(max(start, _AROUND), min(end, len(level)) - _AROUND):
        around = level[frame - 3 : frame + 4]
        before, after = level[frame - _AROUND : frame].max(), level[frame + 1 : frame + _AROUND + 1].max()
        if level[frame] == around.min() and min(before, after) - level[frame] > _DIP and analysis.loudness[frame + 6] > 0.1:
            rise = np.flatnonzero(level[frame : frame + _LATEST_BURST] > level[frame] + 6)
            if len(rise) and _is_of_lips(bands[frame + rise[0] : frame + rise[0] + 3].max(axis=0)):
                found.append(frame)
    return found


def _is_of_lips(burst: Signal) -> bool:
    """Whether the bands (dB) of a burst fall towards the top."""
    hiss, palate = max(burst[5], burst[6]) - burst[2], burst[4] - burst[2]
    return bool(hiss < _HISS and palate < _PALATE)


def _merged(spans: list[Closure]) -> list[Closure]:
    """Closures nearer than 40 ms are one."""
    found: list[Closure] = []
    for start, end in spans:
        if found and start < found[-1][1] + 0.04:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
