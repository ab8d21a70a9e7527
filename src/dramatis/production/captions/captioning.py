"""The captions of a film: from its lines and their sounds to what is shown when, and where.

Voices that are heard at once have a line each. A caption lies below, or above where it would cover a mouth there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from pathlib import Path

from dramatis.clock import Span
from dramatis.errors import BriefError
from dramatis.media.face import Box, Face
from dramatis.media.pictures.captioned_frames import MOST_LINES, Caption, Captions, Lettering, LitWord
from dramatis.media.pictures.fonts import font_for
from dramatis.production.assets import Assets
from dramatis.production.captions.caption_lines import STAYS, WrittenWord, captions
from dramatis.production.crew import Mouths
from dramatis.production.lines.spoken_words import plain, spoken_words
from dramatis.production.soundtrack import unvoiced_take
from dramatis.production.stock import Stock
from dramatis.speech.recognition.whisper import INSTALL
from dramatis.story import Storyline
from dramatis.take import Role

_AT_ONCE = 0.3  # seconds for which two voices have to be heard at once to have a line each
_NARROWER = 1.06  # of a line that begins with a dash
_DASH = "– "
_SHORTEST = 0.25  # seconds of what is shown while two voices overlap
_MOUTH = (0.3, 0.2, 0.27)  # beside, above and below the middle of a mouth, in face sizes: it opens, and heads nod
NO_TEXT = (
    "Captions need to know what is said: give the text of a voice in a brief or a storyline "
    f'("text" of a character or a line), speak one with --say, or have it recognised ({INSTALL}).'
)


@dataclass(frozen=True)
class FilmCaptions:
    """What is shown, for the files beside the film; how it is drawn (None: not at all); notes for the user."""

    shown: tuple[Caption, ...] = ()
    drawn: Captions | None = None
    notes: tuple[str, ...] = ()


def film_captions(
    storyline: Storyline, stock: Stock, assets: Assets, font: Path | None, mouths: Mouths | None = None
) -> FilmCaptions:
    """The captions that a storyline asks for; `font` and `mouths` as in `Crew`.

    Raises `BriefError` where no text is known, `OutputError` for a missing sign.
    """
    if storyline.captions == "none" or not storyline.lines:
        return FilmCaptions()
    shown, lettering, notes = captions_of(storyline, assets, font)
    places = [(shot.span, mouth) for shot in storyline.shots for mouth in _mouths(stock.roles(shot))]
    places += mouths([(shot.span, unvoiced_take(storyline, stock, shot)) for shot in storyline.shots]) if mouths else []
    shown = tuple(_placed(caption, places, lettering) for caption in shown)
    if storyline.captions == "file":
        return FilmCaptions(shown, None, notes)
    drawn = shown if storyline.captions == "words" else tuple(replace(caption, words=()) for caption in shown)
    return FilmCaptions(shown, Captions(storyline.captions, lettering.font, drawn), notes)


def captions_of(
    storyline: Storyline, assets: Assets, font: Path | None
) -> tuple[tuple[Caption, ...], Lettering, tuple[str, ...]]:
    """What is said as captions, their lettering, and notes on lines without a text. Raises as `film_captions`."""
    voices = [(line, spoken_words(line, assets)) for line in storyline.lines]
    unknown = [line.who for line, words in voices if not words and not plain(line.text)]
    if len(unknown) == len(voices):
        raise BriefError(NO_TEXT)
    notes = tuple(f'What "{who}" says is not known and has no captions; give it as "text" of the line.' for who in unknown)
    letters = "".join(word.text for _, words in voices for word in words) + _DASH
    lettering = Lettering(font_for(letters, font), storyline.canvas.width, storyline.canvas.height)
    return arranged([words for _, words in voices if words], lettering, storyline.seconds), lettering, notes


def arranged(voices: Sequence[Sequence[WrittenWord]], lettering: Lettering, end: float) -> tuple[Caption, ...]:
    """The captions of voices on one clock, in order: one at a time, with a line for each of two people who speak at once."""
    voices = _without_choirs(voices)
    shared = {at for pair in combinations(range(len(voices)), 2) if _at_once(*(voices[at] for at in pair)) for at in pair}

    def narrow(sign: str) -> tuple[float, float]:
        signs, width = lettering.fills(sign)
        return signs * _NARROWER, width * _NARROWER

    alone = [caption for at, words in enumerate(voices) if at not in shared for caption in captions(words, lettering.fills)]
    both = [caption for at in sorted(shared) for caption in captions(voices[at], narrow, 1)]
    return _one_at_a_time(_giving_way(sorted([*alone, *both], key=lambda caption: caption.span)), end)


def _giving_way(found: Sequence[Caption]) -> list[Caption]:
    """Captions in order, without the time for which one only stays when the next one has begun."""
    starts = [*(caption.span.start for caption in found[1:]), float("inf")]
    spans = (
        Span(own.start, start) if own.start < start < own.end <= start + STAYS else own
        for own, start in zip((caption.span for caption in found), starts, strict=True)
    )
    return [replace(caption, span=span) for caption, span in zip(found, spans, strict=True)]


def _without_choirs(voices: Sequence[Sequence[WrittenWord]]) -> list[Sequence[WrittenWord]]:
    """Voices, without those that say at the same time what another one says."""
    kept: list[Sequence[WrittenWord]] = []
    for words in voices:
        text = [word.text.casefold() for word in words]
        if not any(text == [word.text.casefold() for word in one] and one[0].span.overlap(words[0].span) for one in kept):
            kept.append(words)
    return kept


def _at_once(one: Sequence[WrittenWord], other: Sequence[WrittenWord]) -> bool:
    shared, at = 0.0, 0
    for word in one:
        while at < len(other) and other[at].span.end <= word.span.start:
            at += 1
        following = at
        while following < len(other) and other[following].span.start < word.span.end:
            shared += word.span.overlap(other[following].span)
            following += 1
    return shared > _AT_ONCE


def _one_at_a_time(found: Sequence[Caption], end: float) -> tuple[Caption, ...]:
    """Captions in order of time: what overlaps is shown together for as long as it does, or the earlier one gives way."""
    edges = sorted({min(edge, end) for caption in found for edge in (caption.span.start, caption.span.end)})
    shown: list[tuple[list[Caption], Span]] = []
    for start, stop in pairwise(edges):
        heard = [caption for caption in found if caption.span.start <= start < caption.span.end]
        heard = heard[-1:] if sum(len(caption.lines) for caption in heard) > MOST_LINES else heard
        if shown and (heard == shown[-1][0] or (heard and stop - start < _SHORTEST and shown[-1][1].end == start)):
            shown[-1] = (shown[-1][0], Span(shown[-1][1].start, stop))
        elif heard:
            shown.append((heard, Span(start, stop)))
    return tuple(_together(heard, span) for heard, span in shown)


def _together(heard: Sequence[Caption], span: Span) -> Caption:
    if len(heard) == 1:
        return replace(heard[0], span=span)
    lines = tuple(_DASH + caption.lines[0] for caption in heard)
    words = [
        LitWord(word.span, number, word.first + len(_DASH), word.end + len(_DASH))
        for number, caption in enumerate(heard)
        for word in caption.words
    ]
    return Caption(span, lines, tuple(words))


def _placed(caption: Caption, mouths: Sequence[tuple[Span, Box]], lettering: Lettering) -> Caption:
    """The caption above, if it covers less of the mouths of its shots there than below."""
    seen = [mouth for span, mouth in mouths if span.overlap(caption.span)]
    below, above = (sum(_shared(lettering.place(caption.lines, high), mouth) for mouth in seen) for high in (False, True))
    return replace(caption, above=above < below)


def _mouths(cast: Sequence[Role]) -> list[Box]:
    """Where the mouths of a shot may be, in pixels: of people who have pictures."""
    return [_mouth(role.look.face) for role in cast if role.look is not None and role.look.face is not None]


def _mouth(face: Face) -> Box:
    (x, y), (beside, over, under) = face.mouth, (share * face.size for share in _MOUTH)
    return x - beside, y - over, x + beside, y + under


def _shared(one: Box, other: Box) -> float:
    """The area that two boxes share."""
    wide, tall = (min(one[axis + 2], other[axis + 2]) - max(one[axis], other[axis]) for axis in (0, 1))
    return max(0.0, wide) * max(0.0, tall)
