"""Timing of a film that people watch: lips, blinks and gestures of a script, placed as animators place them.

The stage performs what a script says, and training data keep times as they fall. `timed` moves them: lips are closed for
at least 80 ms before a /p b m/ bursts, blinks fall on cuts, turns and the ends of phrases (Nakano and Kitazawa 2010),
and a gesture begins a little before the syllable that it stresses, so that its stroke falls on it (Kendon 1980). Who speaks
stresses words with the hands now and then (beats, McNeill 1992), where they are free.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dramatis.clock import Span
from dramatis.speech.mouthshapes import RATE, Phone, atoms
from dramatis.stage.people.gestures import RISE
from dramatis.stage.people.head import varied
from dramatis.stage.people.mouths import BILABIAL, OPEN_AGAIN
from dramatis.stage.people.pose import Pose
from dramatis.stage.people.skeleton import skeleton_of
from dramatis.stage.play.script import BEATS, GLANCES, Doing, Mood, Part, Script, Utterance

CLOSED = 0.09
"""s; how long lips are closed before /p b m/: 80 ms, and what mouths at 100 Hz take away."""
PREPARED = 0.14
"""s; how long a gesture begins before its syllable: 3 to 4 frames of 25 a second."""
NEAR = 0.2
"""s; how near a blink lies to its moment."""
_SOONEST, _USUAL, _LATEST = 1.4, 3.1, 5.5  # s between two blinks
_VOWEL, _CONSONANT = 0.05, 0.03  # s that a neighbour of a closure keeps
_PARTED = 0.06 * OPEN_AGAIN  # s of a bilabial in which lips part already, at most
_PAUSE = 0.15  # s of silence that end a phrase
_TOGETHER = 0.3  # s between the blinks of two people who seem to blink at once
_LONG_FEELING, _FAINT = 6.0, 0.25  # s of a feeling that lasts, twice those in which it comes; what is left of its strength
_BEFORE_LINE, _AFTER_LINE = 0.4, 0.6  # s around a line in which its speaker's feeling is at full strength
_WITHIN, _ONSET = 0.5, 0.16  # s after a gesture's start in which its syllable is sought; of a syllable before its vowel
_VOWELS = frozenset("aɑæɐɶəɜɘʌɤɯeɛiɪɨᵻoɔɒøœɵuʊyʏʉɚɝ")
_EVERY, _BEAT, _APART = 2.4, 1.5, 0.7  # s: in which one word is stressed at most, of a beat, and between two
_LEAST = 0.9  # s of a phrase with a beat
_LEAST_ROOM = 0.04  # heads from a shoulder's outline, without which no hand is raised
_BESIDE, _BELOW = 0.26, 0.42  # heads from a shoulder's outline to the hand of a beat, and from the base of the neck down
_HANDLESS = frozenset({"nod", "shake head", "turn left", "turn right", "sit down", "walk in", *GLANCES})
_WITH_WORDS = frozenset({"wave", "nod", "shake head", "raise both hands", "point", "shrug", "clap"})


def timed(script: Script, cuts: Iterable[float] = (), until: float = 0.0, hands: float = 0.0) -> Script:
    """The script with closures, gestures and blinks timed; `cuts` are instants (s) at which the picture is cut. The hands of who
    speaks stress words, up to `hands` heads to the side; 0: they hang.

    Blinks are known for the script's length, or `until` (s) if that is later: a later end leaves earlier blinks as they are.
    """
    spoken = [
        replace(part, speech=tuple(replace(line, phones=held(line.phones)) for line in part.speech)) for part in script.parts
    ]
    acted = [replace(part, doings=tuple(stressed(doing, part.speech) for doing in part.doings)) for part in spoken]
    acted = [_with_beats(number, acted, script.seed * 13 + number, hands) for number in range(len(acted))] if hands else acted
    phrases = [end for part in acted for line in part.speech for end in phrase_ends(line)]
    turns = [line.phones[0][1] for part in acted for line in part.speech if line.phones]
    everybody = [*cuts, *phrases, *turns]
    parts, until, shut = [], max(script.seconds, until), list[float]()
    for number, part in enumerate(acted):
        heads = [doing.span.start for doing in part.doings if "turn" in doing.what]
        blinks = blink_times([*everybody, *heads], until, script.seed * 31 + number, shut)
        shut += blinks
        parts.append(replace(part, blinks=blinks, moods=relaxed(part.moods, part.speech)))
    return replace(script, parts=tuple(parts))


def relaxed(moods: Sequence[Mood], speech: Sequence[Utterance]) -> tuple[Mood, ...]:
    """A feeling that lasts is at full strength when it comes and while its owner speaks, else faint: nobody holds a face."""
    lines = [(line.phones[0][1] - _BEFORE_LINE, line.phones[-1][2] + _AFTER_LINE) for line in speech if line.phones]
    found: list[Mood] = []
    for mood in moods:
        inner = [(max(start, mood.span.start), min(end, mood.span.end)) for start, end in lines]
        spoken = [(start, end) for start, end in inner if end > start]
        if mood.what == "calm" or mood.span.seconds < _LONG_FEELING:
            found.append(mood)
            continue
        shown = min(mood.span.end, mood.span.start + _LONG_FEELING / 2)
        edges = sorted({mood.span.start, shown, mood.span.end, *(edge for line in spoken for edge in line)})
        for start, end in pairwise(edges):
            full = start < shown or any(one <= start < two for one, two in spoken)
            much = mood.intensity if full else _FAINT * mood.intensity
            if not found or (found[-1].what, found[-1].intensity) != (mood.what, much):
                found.append(replace(mood, span=Span(start, end), intensity=much))
    return tuple(found)


@dataclass
class _MovablePhones:
    """Phones whose limits move."""

    labels: list[str]
    starts: list[float]
    ends: list[float]

    def least(self, k: int) -> float:
        """Seconds that a phone keeps."""
        return _VOWEL if set(atoms(self.labels[k])) & _VOWELS else _CONSONANT

    def yielded(self, k: int, until: float, depth: int) -> float:
        """Let a phone end at `until`, with those before it if it is too short; when it then ends."""
        if self.ends[k] <= until:
            return until
        start = until - self.least(k)
        if start < self.starts[k]:
            self.starts[k] = min(self.starts[k], self.yielded(k - 1, start, depth - 1)) if k and depth > 1 else self.starts[k]
        self.ends[k] = min(self.ends[k], max(until, self.starts[k] + self.least(k)))
        return self.ends[k]

    def close(self, k: int) -> None:
        """Let a bilabial last long enough, with those right before it: the sound before gives way, then the one after."""
        if k + 1 < len(self.starts) and _closes(self.labels[k + 1]) and self.starts[k + 1] <= self.ends[k]:
            return  # it bursts into the next one
        one = k
        while one and _closes(self.labels[one - 1]) and self.ends[one - 1] >= self.starts[one]:
            one -= 1
        first = min(self.starts[one], max(0.0, self.ends[k] - _PARTED - CLOSED))
        if one:
            first = min(self.starts[one], self.yielded(one - 1, first, 2))
        self.starts[one] = first
        lack = CLOSED + _PARTED - (self.ends[k] - first)
        if lack > 0 and k + 1 < len(self.starts):
            spare = self.ends[k + 1] - self.least(k + 1) - self.ends[k]
            self.ends[k] += max(0.0, min(lack, spare))
            self.starts[k + 1] = max(self.starts[k + 1], self.ends[k])


def _closes(label: str) -> bool:
    return len(atoms(label)) == 1 and atoms(label) in BILABIAL


def held(phones: Sequence[Phone]) -> tuple[Phone, ...]:
    """Phones whose bilabials close the lips for `CLOSED` before they part; their bursts stay where they are if possible."""
    track = _MovablePhones([phone[0] for phone in phones], [phone[1] for phone in phones], [phone[2] for phone in phones])
    for k, label in enumerate(track.labels):
        if _closes(label):
            track.close(k)
    return tuple(zip(track.labels, track.starts, track.ends, strict=True))


def stressed(doing: Doing, speech: Sequence[Utterance]) -> Doing:
    """The action, begun `PREPARED` before the most prominent syllable of the words that it accompanies; else as it is."""
    if doing.what not in _WITH_WORDS:
        return doing
    start = doing.span.start
    near = [
        (_weight(line, k), _syllable(line, k))
        for line in speech
        for k, (label, begin, _) in enumerate(line.phones)
        if start <= begin < min(start + _WITHIN, doing.span.end) and set(atoms(label)) & _VOWELS
    ]
    if not near:
        return doing
    begun = max(0.0, max(near)[1] - PREPARED)
    return replace(doing, span=Span(begun, max(doing.span.end, begun + 0.5)))


def _with_beats(number: int, parts: Sequence[Part], seed: int, room: float) -> Part:
    """A part with hands that stress words of its lines, on the sides where others stand; not while they do something else."""
    part, places = parts[number], [one.x for one in parts]
    sides = [beat for beat, there in zip(BEATS, (part.x > min(places), part.x < max(places)), strict=False) if there]
    allowed, half = sides or BEATS, skeleton_of(part.person, Pose()).half
    if room < half + _LEAST_ROOM:
        return part
    doings = [*part.doings, *(doing for one in parts for doing in one.doings if doing.to == number)]
    busy = [doing.span for doing in doings if doing.what not in _HANDLESS]
    found: list[Doing] = []
    for at in sorted(at for line in part.speech for at in _stresses(line)):
        span, count = Span(max(0.0, at - PREPARED), at - PREPARED + _BEAT), round(10 * at)
        free = all(span.end + RISE < other.start or other.end + RISE < span.start for other in busy)
        late = not found or span.start >= found[-1].span.end + _APART
        if free and late and varied(seed + count, 51) > -0.35:
            which = allowed[int(len(allowed) * 0.999 * abs(varied(seed + count, 52)))]
            reach = min(room, half + _BESIDE), _BELOW
            found.append(Doing(which, span, 0.6 + 0.3 * varied(seed + count, 53), reach=reach))
    return replace(part, doings=(*part.doings, *found))


def _stresses(line: Utterance) -> list[float]:
    """The most prominent syllable of every `_EVERY` seconds of the phrases of a line that are long enough."""
    if not line.phones or line.phones[-1][2] - line.phones[0][1] < _LEAST:
        return []
    first, last = line.phones[0][1], line.phones[-1][2] - 0.3
    best: dict[int, tuple[float, float]] = {}
    for k, (label, start, _) in enumerate(line.phones):
        if set(atoms(label)) & _VOWELS and start <= last:
            window = int((start - first) / _EVERY)
            best[window] = max(best.get(window, (0.0, 0.0)), (_weight(line, k), _syllable(line, k)))
    return [at for _, at in best.values()]


def _weight(line: Utterance, k: int) -> float:
    """How prominent a vowel is: its length, and how loud it is where that is known."""
    _, start, end = line.phones[k]
    loud = line.loudness[max(0, round((start - line.start) * RATE)) : max(1, round((end - line.start) * RATE))]
    return min(0.25, end - start) * (max(loud) if loud else 1.0)


def _syllable(line: Utterance, k: int) -> float:
    """Where the syllable of a vowel begins: with the consonant before it."""
    start = line.phones[k][1]
    if k == 0:
        return start
    label, begin, end = line.phones[k - 1]
    consonant = bool(atoms(label)) and not set(atoms(label)) & _VOWELS
    return begin if consonant and end > start - 0.02 and begin > start - _ONSET else start


def phrase_ends(line: Utterance) -> list[float]:
    """The instants (s) after which a line pauses, and its end."""
    sounding = [(start, end) for label, start, end in line.phones if atoms(label)]
    follow = [start for start, _ in sounding[1:]] + [float("inf")]
    return [end for (_, end), after in zip(sounding, follow, strict=True) if after - end >= _PAUSE]


def blink_times(moments: Iterable[float], seconds: float, seed: int, others: Sequence[float] = ()) -> tuple[float, ...]:
    """Instants (s) of blinks: just after moments, not too often, and not with `others`; where nothing happens for long, some
    between.
    """
    found: list[float] = []
    last = _USUAL * 0.5 * varied(seed, 41) - _USUAL * 0.5
    for number, moment in enumerate([*sorted(moments), seconds + _LATEST]):
        while moment - last > _LATEST:
            last += _USUAL * (1 + 0.3 * varied(seed + len(found), 42))
            found.append(last)
        at = moment + 0.09 + 0.08 * varied(17 * seed + number, 43)  # not all at once
        together = any(abs(at - other) < _TOGETHER for other in others)
        skipped = (together or varied(17 * seed + number, 44) < -0.2) and at - last < _USUAL
        if at - last >= _SOONEST and not skipped:
            found.append(at)
            last = at
    return tuple(round(at, 3) for at in found if 0 <= at <= seconds)
