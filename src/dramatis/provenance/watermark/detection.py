"""Reads the watermark without the original: size and place of the tile are searched for, then the bits are decoded.

The film is folded onto one tile, at some 50 to 100 tile sizes: what repeats itself adds up, and the picture does not. At the
right size the waves that only the key tells make a peak at the place where the tile begins. The other waves then give soft
values for the decoder.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import cv2
import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Span
from dramatis.provenance.watermark.error_correction import CODED, decode
from dramatis.provenance.watermark.residuals import Plane, Residuals, Window, short_side
from dramatis.provenance.watermark.spread_spectrum import KeyedWaves, WaveBand, spectrum_of

_LEAST, _MOST = 0.85, 1.9  # sizes of a tile that are tried; below 1: borders were added; above: cropped
_STEP = 0.3  # periods by which a size that is tried may be off at the picture's other end
_FINER = (-0.5, -0.25, 0.0, 0.25, 0.5)  # of a step
_TRIED = 6  # candidates that are decoded at finer sizes: 70 decisions in both bands, each right by chance once in 16.8 million
_FITS = 8.0  # standard deviations of a known payload at one of 160 sizes, 11,000 places (docs/log.md)
_CARRIES = 6.0  # standard deviations of a window that carries the mark; by chance one in a thousand million
_PARTS = (-0.5, -0.25, 0.0, 0.25, 0.5)  # of a pixel

Complex = NDArray[np.complex128]


@dataclass(frozen=True)
class Watermark:
    """What was read: the payload (not `decoded`: one of those that were known fits); how many times as large as in its film the
    tile is, relative to the picture (1.1: a tenth was cropped); the spans in seconds that carry it; and how strongly the whole
    film does, in standard deviations of chance.
    """

    payload: int
    decoded: bool
    zoom: float
    spans: tuple[Span, ...]
    strength: float


@dataclass(frozen=True)
class _Highest:
    """A peak in standard deviations, and its place."""

    peak: float
    place: tuple[float, float]


@dataclass(frozen=True, eq=False)
class _Found:
    """A candidate: sync peak in standard deviations, the tile's size and place, and the matched value of each wave."""

    peak: float
    size: float
    place: tuple[float, float]
    matched: Complex


def find_mark(film: Residuals, key: bytes, known: Sequence[int] = ()) -> Watermark | None:
    """The watermark of a film in whichever band carries one of this key; None if it carries none.

    Where too little is left of it to decode its bits, those of films that are `known` are looked for.
    """
    looked = [(windows, spectrum_of(key, band)) for band, windows in film.items()]
    read = (_read(*one) for one in looked)
    fitting = (_known(*one, known) for one in looked)
    return next((mark for mark in chain(read, fitting) if mark is not None), None)


def _read(film: Sequence[Window], spectrum: KeyedWaves) -> Watermark | None:
    """The watermark that can be decoded."""
    plane = _summed(film)
    whole = _best(film, spectrum, plane, 1.0)
    if whole is not None:  # neither cropped nor given borders: the search is spared
        return whole
    searched = sorted(_searched(plane, spectrum), key=lambda found: -found.peak)
    marks = (_best(film, spectrum, plane, found.size) for found in searched[:_TRIED])
    return next((mark for mark in marks if mark is not None), None)


def _summed(film: Sequence[Window]) -> Plane:
    """Weighted differences of a whole film."""
    return np.sum([window.weighted for window in film], axis=0, dtype=np.float32)


def _searched(plane: Plane, spectrum: KeyedWaves) -> Iterator[_Found]:
    sizes = np.exp(np.arange(np.log(_LEAST), np.log(_MOST), _STEP / spectrum.band.fastest))
    return (_peak(_roughly_folded(plane, size, spectrum.band), spectrum, size) for size in sizes.tolist())


def _best(film: Sequence[Window], spectrum: KeyedWaves, plane: Plane, size: float) -> Watermark | None:
    """The strongest mark that is decoded at sizes near this one."""
    sizes = [size * (1 + part * _STEP / spectrum.band.fastest) for part in _FINER]
    finer = (_placed(_peak(_folded(plane, size, spectrum.band), spectrum, size), spectrum) for size in sizes)
    read = [(found, payload) for found in finer if (payload := _decoded(found, spectrum)) is not None]
    return max((_mark(film, spectrum, *one) for one in read), key=lambda mark: mark.strength, default=None)


def _known(film: Sequence[Window], spectrum: KeyedWaves, known: Sequence[int]) -> Watermark | None:
    """The known payload that fits best, if it does so better than chance."""
    best: tuple[_Found, int] | None = None
    searched = tuple(_searched(_summed(film), spectrum)) if known else ()
    for payload in known:
        signs = (spectrum.signed(payload) / spectrum.phases).real
        for found in searched:
            highest = _highest(found.matched * signs, spectrum)
            fits = replace(found, peak=highest.peak, place=highest.place)
            if fits.peak >= _FITS and (best is None or fits.peak > best[0].peak):
                best = fits, payload
    if best is None:
        return None
    moved = _moved(best[0].matched, spectrum, best[0].place)
    return _mark(film, spectrum, replace(best[0], matched=moved), best[1], decoded=False)


def _decoded(found: _Found, spectrum: KeyedWaves) -> int | None:
    soft = found.matched[spectrum.sync :].real
    return decode(np.bincount(spectrum.bits, weights=soft, minlength=CODED).astype(np.float64))


def _mark(film: Sequence[Window], spectrum: KeyedWaves, found: _Found, payload: int, decoded: bool = True) -> Watermark:
    signs = (spectrum.signed(payload) / spectrum.phases).real
    spans: list[Span] = []
    for window in film:
        tile = _folded(window.weighted, found.size, spectrum.band)
        if _strength(_moved(_matched(tile, spectrum), spectrum, found.place) * signs) < _CARRIES:
            continue
        joins = bool(spans) and abs(spans[-1].end - window.span.start) < 1e-6
        spans[-1:] = [Span(spans[-1].start, window.span.end)] if joins else [*spans[-1:], window.span]
    return Watermark(payload, decoded, found.size, tuple(spans), _strength(found.matched * signs))


def _strength(values: Complex) -> float:
    """How far the sum of matched values lies above chance, in standard deviations."""
    return float(values.real.sum() / np.sqrt(np.sum(np.abs(values) ** 2) / 2 + 1e-30))


def _side(band: WaveBand) -> int:
    """Pixels of a tile in a film that is as it was made."""
    return round(band.period * short_side(band))


def _folded(plane: Plane, size: float, band: WaveBand) -> Plane:
    """The sum of all tiles, if a tile is `size` times as large as in the film that was made."""
    height, width = (-(-round(edge / size) // _side(band)) * _side(band) for edge in plane.shape)
    shift = 0.5 / size - 0.5  # pixels have their place in their middle
    scaling = np.array([[1 / size, 0, shift], [0, 1 / size, shift]], np.float32)
    return _tiled(cv2.warpAffine(plane, scaling, (width, height), flags=cv2.INTER_LINEAR), band)


def _roughly_folded(plane: Plane, size: float, band: WaveBand) -> Plane:
    """The same to half a pixel of the whole picture, ten times as fast."""
    height, width = (round(edge / size) for edge in plane.shape)
    below, right = -height % _side(band), -width % _side(band)
    smaller = cv2.resize(plane, (width, height), interpolation=cv2.INTER_LINEAR)
    return _tiled(cv2.copyMakeBorder(smaller, 0, below, 0, right, cv2.BORDER_CONSTANT, value=0.0), band)


def _tiled(plane: Plane, band: WaveBand) -> Plane:
    rows, columns = (edge // _side(band) for edge in plane.shape)
    return np.asarray(plane.reshape(rows, _side(band), columns, _side(band)).sum((0, 2)), np.float32)


def _matched(tile: Plane, spectrum: KeyedWaves) -> Complex:
    """Each wave of a tile, without the phase that the key gave it, over the power around it."""
    waves = np.fft.fft2(tile)
    power = np.fft.ifftshift(cv2.blur(np.fft.fftshift(np.abs(waves) ** 2).astype(np.float32), (7, 7)))
    at = (spectrum.down, spectrum.across)
    return waves[at] * np.conj(spectrum.phases) / (power[at] + 1e-12)


def _peak(tile: Plane, spectrum: KeyedWaves, size: float) -> _Found:
    """The best place of a tile that was folded at this size."""
    matched = _matched(tile, spectrum)
    highest = _highest(np.where(np.arange(len(matched)) < spectrum.sync, matched, 0.0), spectrum)
    return _Found(highest.peak, size, highest.place, matched)


def _highest(matched: Complex, spectrum: KeyedWaves) -> _Highest:
    """Where the waves agree best."""
    side = _side(spectrum.band)
    grid = np.zeros((side, side), np.complex128)
    grid[spectrum.down, spectrum.across] = matched
    heights = np.fft.ifft2(grid).real * side**2
    place = np.unravel_index(int(np.argmax(heights)), heights.shape)
    spread = float(np.sqrt(np.sum(np.abs(matched) ** 2) / 2)) + 1e-30
    return _Highest(float(heights[place]) / spread, (float(place[0]), float(place[1])))


def _placed(found: _Found, spectrum: KeyedWaves) -> _Found:
    """The place to a quarter of a pixel, and the values matched there."""
    places = [(found.place[0] + down, found.place[1] + across) for down in _PARTS for across in _PARTS]
    moved = [(_moved(found.matched, spectrum, place), place) for place in places]
    matched, place = max(moved, key=lambda one: float(one[0][: spectrum.sync].real.sum()))
    return _Found(found.peak, found.size, place, matched)


def _moved(matched: Complex, spectrum: KeyedWaves, place: tuple[float, float]) -> Complex:
    turns = (spectrum.down * place[0] + spectrum.across * place[1]) / _side(spectrum.band)
    return matched * np.exp(2j * np.pi * turns)
