"""The measures themselves: functions of curves and frames, with no file and no network behind them.

Curves of a film have one value a frame (`rate` frames a second); curves of a voice have `hearing.HZ` values a second.
An opening is the gap of the inner lips in any unit; its *largest* is the 98th percentile, so that one bad frame does
not set the scale. A measure is None where the film gives no occasion for it (no silence, no /p b m/, no speech).
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Span
from dramatis.evaluation.film.voice_curves import HZ, gaussian, runs

Curve = NDArray[np.float64]
Mask = NDArray[np.bool_]

AWAY = 0.15
"""Seconds that silence must be away from speech to count: lips may open early and close late."""
CLOSED = 0.12
"""Share of the largest opening below which lips count as closed: a gap of about a millimetre in a real mouth."""
FAINT = 8.0
"""Grey values by which a brow must be darker than skin to be measured."""
_STEADY = 0.25  # share of a brow's contrast by which it may change at rest
_SHALLOW = 0.75  # of the lids' usual opening: a blink that landmarks see in part
_FURTHEST = 0.4  # seconds of lag that are looked at
_LEAST = 12  # frames that a percentile needs


def largest(opening: Curve) -> float:
    """The film's largest opening: its 98th percentile, at least a thousandth."""
    known = opening[np.isfinite(opening)]
    return max(1e-3, float(np.percentile(known, 98))) if known.size else 1e-3


def at_frames(curve: Curve, frames: int, rate: float) -> Curve:
    """A curve of a voice at the times of frames."""
    return np.interp(np.arange(frames) / rate, np.arange(len(curve)) / HZ, curve)


def correlation(opening: Curve, loudness: Curve, rate: float, where: Mask | None = None) -> float | None:
    """Pearson's, of the opening and a voice's loudness at the same instants; `where` chooses frames."""
    chosen = np.isfinite(opening) if where is None else np.isfinite(opening) & where
    heard = at_frames(loudness, len(opening), rate)
    if chosen.sum() < _LEAST or heard[chosen].std() < 1e-9:
        return None
    return _pearson(opening[chosen], heard[chosen])


def lag(opening: Curve, loudness: Curve, rate: float) -> float | None:
    """Seconds by which the mouth follows the voice (negative: it leads): where their cross-correlation is largest.

    Both are compared at 100 Hz without their slow parts (below about 0.7 Hz); a parabola through the best three gives
    the fraction. None if nothing correlates (below 0.1): a lag of unrelated curves would be noise.
    """
    if not np.isfinite(opening).any() or len(loudness) < HZ // 2:
        return None
    times = np.arange(len(opening)) / rate
    seen = np.isfinite(opening)
    mouth = np.interp(np.arange(min(len(loudness), int(times[-1] * HZ) + 1)) / HZ, times[seen], opening[seen])
    mouth, voice = _lively(mouth), _lively(loudness[: len(mouth)])
    furthest = min(int(_FURTHEST * HZ), len(mouth) // 3)
    scores = np.array([_shifted(mouth, voice, shift) for shift in range(-furthest, furthest + 1)])
    best = int(np.argmax(scores))
    if scores[best] < 0.1:
        return None
    fraction = 0.0
    if 0 < best < len(scores) - 1:
        before, at, after = scores[best - 1 : best + 2]
        fraction = 0.5 * (before - after) / min(before - 2 * at + after, -1e-12)
    return float((best - furthest + fraction) / HZ)


def closed(opening: Curve, spans: Sequence[Span], rate: float) -> float | None:
    """Share of the spans (/p b m/) in which the lips are closed on some frame; a frame more on each side is looked at."""
    least = CLOSED * largest(opening)
    hits = []
    for span in spans:
        first, last = int(np.floor(span.start * rate)) - 1, int(np.ceil(span.end * rate)) + 1
        part = opening[max(0, first) : last + 1]
        if np.isfinite(part).any():
            hits.append(bool(np.nanmin(part) <= least))
    return float(np.mean(hits)) if hits else None


def quiet(speech: Mask, frames: int, rate: float, away: float = AWAY) -> Mask:
    """`frames`: where a voice is silent, at least `away` seconds from its speech; after its end it is silent."""
    padded = np.concatenate([speech, np.zeros(max(0, int(frames / rate * HZ) + 1 - len(speech)), bool)])
    near = padded.copy()
    reach = round(away * HZ)
    for start, end in runs(padded):
        near[max(0, start - reach) : end + reach] = True
    at = np.minimum((np.arange(frames) / rate * HZ).round().astype(int), len(near) - 1)
    return np.asarray(~near[at], np.bool_)


def motion(opening: Curve, where: Mask, scale: float) -> float | None:
    """95th percentile of the opening's distance from its median over the chosen frames, as a share of `scale`."""
    still = opening[where & np.isfinite(opening)]
    if still.size < _LEAST:
        return None
    return float(np.percentile(np.abs(still - np.median(still)), 95) / scale)


def blinks(lids: Curve, rate: float) -> float | None:
    """Blinks a minute: dips of the lids below 60 % of what is usual there, each no longer than half a second."""
    if np.isfinite(lids).sum() < rate:
        return None
    return 60 * len(dips(lids, rate)) / (len(lids) / rate)


def dips(lids: Curve, rate: float, depth: float = 0.6) -> list[tuple[int, int]]:
    """Blinks as `[start, end)` frames: lids below a share (`depth`) of what is usual there, for no longer than half a second."""
    seen = np.isfinite(lids)
    if seen.sum() < rate:
        return []
    usual = float(np.percentile(lids[seen], 75))
    found = runs(np.where(seen, lids, usual) < depth * usual)
    return [(start, end) for start, end in found if end - start <= rate / 2]


def kept_in_blinks(contrast: Curve, lids: Curve, rate: float) -> float | None:
    """The least share of a brow's contrast at rest that is left on the deepest frame of a blink.

    At rest is the median over half a second before and after a blink while the lids are up. Where landmarks hardly see a blink
    (dark lashes look like an open eye) shallow dips count. None without blinks, and where the brow hardly shows (below `FAINT`
    grey values) or is not steady at rest: the far brow of a turned head has the background beside it.
    """
    shares, near = [], round(rate / 2)
    up = 0.85 * float(np.nanpercentile(lids, 75)) if np.isfinite(lids).any() else 0.0
    for start, end in dips(lids, rate) or dips(lids, rate, _SHALLOW):
        around = np.r_[max(0, start - near) : start, end : min(len(lids), end + near)]
        rest = contrast[around][lids[around] > up]
        if rest.size and np.median(rest) >= FAINT and np.ptp(np.percentile(rest, (10, 90))) <= _STEADY * np.median(rest):
            shares.append(float(contrast[start + int(np.argmin(lids[start:end]))] / np.median(rest)))
    return min(shares) if shares else None


def spread(values: Curve) -> float:
    """From the 2nd to the 98th percentile."""
    known = values[np.isfinite(values)]
    return float(np.subtract(*np.percentile(known, (98, 2)))) if known.size else 0.0


def psnr(frame: NDArray[np.uint8], reference: NDArray[np.uint8], where: Mask) -> float:
    """Peak signal to noise ratio in dB between two pictures (`H W 3`) where a mask (`H W`) is true; at most 99."""
    if not where.any():
        raise ValueError("the mask is empty: there is nothing to compare")
    error = float(np.mean((frame[where].astype(np.float64) - reference[where]) ** 2))
    return min(99.0, 10 * float(np.log10(255**2 / max(error, 1e-9))))


def background(frames: Iterable[NDArray[np.uint8]], person: Mask) -> float:
    """The worst PSNR in dB outside of a person (`H W`, true on the person) between the first frame and the others."""
    first: NDArray[np.uint8] | None = None
    worst = 99.0
    for frame in frames:
        if first is None:
            first = frame.copy()
        else:
            worst = min(worst, psnr(frame, first, ~person))
    return worst


def _pearson(a: Curve, b: Curve) -> float:
    a, b = a - a.mean(), b - b.mean()
    scale = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / scale if scale > 1e-12 else 0.0


def _lively(curve: Curve) -> Curve:
    return curve - gaussian(curve, 0.19 * HZ)


def _shifted(mouth: Curve, voice: Curve, shift: int) -> float:
    """Correlation of the mouth `shift` values later with the voice."""
    if shift >= 0:
        return _pearson(mouth[shift:], voice[: len(voice) - shift])
    return _pearson(mouth[:shift], voice[-shift:])
