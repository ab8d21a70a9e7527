"""One line for each turn: a track in which somebody speaks several times becomes several lines, which can be moved.

A track is parted where somebody else speaks in a pause of it, and is trimmed to what is said. Words say where if they are known.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from dramatis.clock import Span
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import write_sound
from dramatis.production.assets import Assets
from dramatis.production.captions.caption_lines import WrittenWord
from dramatis.production.lines.spoken_words import spoken_words
from dramatis.speech.phone_times import write_phones
from dramatis.story import Cue, Line, SpokenWord, Storyline

_AROUND = 0.08  # seconds that a turn keeps before and after what is said
_LONG = 0.5  # seconds of silence that are cut off


@dataclass(frozen=True)
class _SpokenTurn:
    """A part of a line: its span on the film's clock, its words, and how many words of the line are before it."""

    line: int
    span: Span
    words: tuple[WrittenWord, ...]
    before: int


def divided(storyline: Storyline, assets: Assets, folder: Path) -> Storyline:
    """The storyline with a line for each turn, in order; parts of sounds are written into `folder`. Raises `DramatisError`."""
    if len(storyline.lines) < 2:
        return storyline
    heard = [_heard(line, assets) for line in storyline.lines]
    turns = [turn for at in range(len(heard)) for turn in _turns(at, heard)]
    turns.sort(key=lambda turn: turn.span)
    lines = [_line(turn, number, storyline.lines[turn.line], assets, folder) for number, turn in enumerate(turns)]
    shots = tuple(
        replace(shot, direction=replace(shot.direction, cues=tuple(_moved(cue, turns) for cue in shot.direction.cues)))
        for shot in storyline.shots
    )
    return replace(storyline, lines=tuple(lines), shots=shots)


def _heard(line: Line, assets: Assets) -> list[WrittenWord]:
    """The words of a line; its phrases, without a text, where they are not known."""
    words = spoken_words(line, assets) if line.text else ()
    phrases = [Span(line.start + span.start, line.start + span.end) for span in assets.phrases(line.sound, line.part)]
    return list(words) or [WrittenWord("", span) for span in phrases]


def _turns(at: int, heard: Sequence[Sequence[WrittenWord]]) -> list[_SpokenTurn]:
    own = heard[at]
    others = [word.span.middle for place, words in enumerate(heard) if place != at for word in words]
    edges = [
        place
        for place, (one, two) in enumerate(pairwise(own), 1)
        if any(one.span.end <= other <= two.span.start for other in others)
    ]
    parts = [tuple(own[first:last]) for first, last in pairwise([0, *edges, len(own)])]
    return [
        _SpokenTurn(at, Span(part[0].span.start, part[-1].span.end), part, first)
        for part, first in zip(parts, [0, *edges], strict=True)
        if part
    ]


def _line(turn: _SpokenTurn, number: int, line: Line, assets: Assets, folder: Path) -> Line:
    """The line of a turn, with a sound of its own unless its track is hardly longer."""
    sound = assets.sound(line.sound, line.part)
    end = line.start + sound.seconds
    start, stop = max(line.start, turn.span.start - _AROUND), min(end, turn.span.end + _AROUND)
    if turn.span.start - line.start < _LONG and end - turn.span.end < _LONG:
        return line
    first, last = (round((at - line.start) * sound.rate) for at in (start, stop))
    path = folder / f"turn.{number}.wav"
    write_sound(Waveform(sound.samples[first:last].copy(), sound.rate), str(path))
    begin = first / sound.rate
    phones = [(label, max(0.0, one - begin), two - begin) for label, one, two in assets.phones(line.sound, line.part)]
    if phones:
        write_phones(path, tuple(phone for phone in phones if 0 < phone[2] <= stop - start + 1e-6))
    text = "".join((" " if word.spaced and place else "") + word.text for place, word in enumerate(turn.words))
    words = tuple(replace(word, span=Span(max(0.0, word.span.start - begin), word.span.end - begin)) for word in line.words)
    words = tuple(word for word in words if 0 < word.span.end <= stop - start + 1e-6)
    start = round(line.start + begin, 4)
    return replace(line, sound=str(path), start=start, text=text.strip(), part=None, words=words)


def _moved(cue: Cue, turns: Sequence[_SpokenTurn]) -> Cue:
    """A cue on the same word of its new line."""
    at = cue.at
    if at is None:
        return cue
    for number, turn in enumerate(turns):
        if turn.line == at.line and turn.before <= at.word < turn.before + len(turn.words):
            return replace(cue, at=SpokenWord(number, at.word - turn.before, at.text, at.said))
    return replace(cue, at=None)
