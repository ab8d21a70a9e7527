"""Assigns voices to people and places them on the film's clock: by the prompt, else left to right and one after the other.

Voices follow each other, unless the prompt or a document says "together", the tracks are turns of one conversation (each
is silent while the other speaks: then they keep their timing), or all are equally long songs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import reduce
from itertools import combinations, pairwise

import numpy as np

from dramatis.clock import Span
from dramatis.director.audio.music import mostly_sung
from dramatis.director.picture.appearance import appearance
from dramatis.director.text.known import Known, known, sex_of, sounding
from dramatis.director.text.marks import people_in
from dramatis.director.text.people import NUMBERED, POINTING, guessed, where
from dramatis.director.text.roles import Roles, roles
from dramatis.media.face import Face
from dramatis.production.assets import Assets
from dramatis.production.lines.screenplay import script_of
from dramatis.production.lines.shared_track import SharedTrack, shared_track
from dramatis.production.pictures.casting import LISTENER, centre, in_sight
from dramatis.speech.analysis import VoiceAnalysis
from dramatis.story import Brief, Character, Line, on_screen

_SAME = 0.1  # seconds by which tracks of one recording may differ in length
_SONG = 6.0  # seconds of a song; a short voice with a steady pitch is probably not one
_CHANCE = 0.7  # of the overlap that chance would give: voices that overlap less than this take turns
_AT_ONCE = "The document lets the voices be heard at once; the order in the words is not performed."
_SUNG = "The songs are equally long and are sung together; say who sings first to hear one after the other."
_SPOKEN = 'Voices of equal length are heard one after the other; say "they speak together" to hear them at once.'


@dataclass(frozen=True)
class SpeakingOrder:
    """The cast, with faces set if the prompt moved a voice; the lines, without their texts; notes for the user."""

    cast: tuple[Character, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class _Seat:
    """A character before the prompt is applied; `face` is None if the engine generates people."""

    who: Character
    face: Face | None
    pitch: float


def speaking_order(
    brief: Brief, cast: tuple[Character, ...], voices: Mapping[str, str], assets: Assets, faces: bool
) -> SpeakingOrder:
    """Who speaks when; `cast` includes listeners, `voices` maps names to sound files, `faces`: people have pictures."""
    seats = _seats(cast, voices, assets, faces)
    unseen = tuple(who.name for who in cast if who.off_screen)
    wished = roles(brief.prompt, tuple(seat.who.name for seat in seats), _people(seats, assets), unseen)
    track = _track(seats, wished, voices, assets)
    if track.shared:
        return _named_anew(SpeakingOrder(cast, track.lines, (track.note,)))
    wished, chosen = _chosen(seats, wished, voices, _bound(brief), assets)
    placed = _placed(seats, wished, voices, _bound(brief)) if faces else {}
    moved = _moved(cast, seats, placed, assets)
    sitting = [placed.get(at, seat.who.name) for at, seat in enumerate(seats)]
    order = [sitting[at] for at in wished.speakers if sitting[at] in voices]
    others = [who.name for who in cast if who.name in voices and who.name not in order]
    order = [*others, *order] if wished.late else [*order, *others]
    starts, said = _starts(order, wished, brief, voices, assets)
    told = _crossed(seats, placed, voices)
    notes = (*chosen, *told, *_guessed(wished, sitting, voices), *_voiceless(wished, sitting, voices), *said)
    lines = track.lines or tuple(Line(name, voices[name], start) for name, start in starts)
    return SpeakingOrder(moved, lines, (*notes, *filter(None, [track.note])))


def _track(seats: list[_Seat], wished: Roles, voices: Mapping[str, str], assets: Assets) -> SharedTrack:
    """Who speaks in a recording that is the only voice of the film and may hold two. If the words say who listens, or name one
    speaker, nobody else does.
    """
    speaking = wished.speakers or tuple(range(len(seats)))
    if len(voices) != 1 or wished.listeners or len(speaking) < 2:
        return SharedTrack()
    ((owner, sound),) = voices.items()
    if owner not in {seat.who.name for seat in seats} or mostly_sung(assets.analysis(sound)):
        return SharedTrack()
    others = [(seats[at].who.name, _told_sex(seats, wished, at)) for at in speaking]
    return shared_track(owner, sound, others, assets)


def _named_anew(order: SpeakingOrder) -> SpeakingOrder:
    """People of the picture who were listeners, and speak now, are persons: "listener1" of two is "person2"."""
    names = {line.who: f"person{at}" for at, who in enumerate(order.cast, 1) for line in order.lines if who.name == line.who}
    names = {old: new for old, new in names.items() if old.startswith(LISTENER) and new not in {who.name for who in order.cast}}
    note = reduce(lambda text, old: text.replace(old, names[old]), names, order.notes[0])
    cast = tuple(replace(who, name=names.get(who.name, who.name)) for who in order.cast)
    return SpeakingOrder(cast, tuple(replace(line, who=names.get(line.who, line.who)) for line in order.lines), (note,))


def _told_sex(seats: list[_Seat], wished: Roles, at: int) -> str:
    """ "f" or "m" by the prompt, else by the name; "" where neither says so."""
    return wished.people.sexes.get(at, "") or sex_of(seats[at].who.name)


def _seats(cast: tuple[Character, ...], voices: Mapping[str, str], assets: Assets, faces: bool) -> list[_Seat]:
    shown: list[tuple[Character, Face | None]] = [*in_sight(cast, assets)] if faces else [(who, None) for who in on_screen(cast)]
    return [_Seat(who, face, _pitch(assets.analysis(voices[who.name])) if who.name in voices else 0.0) for who, face in shown]


def _pitch(analysis: VoiceAnalysis) -> float:
    """Median pitch of a voice in Hz; 0 if nothing is voiced."""
    voiced = analysis.pitch[analysis.pitch > 0]
    return float(np.median(voiced)) if len(voiced) else 0.0


def _people(seats: list[_Seat], assets: Assets) -> tuple[Known, ...]:
    looks = [appearance(assets.picture(seat.who.portrait), seat.face) for seat in seats if seat.face is not None]
    return known([seat.who.name for seat in seats], looks, [seat.pitch for seat in seats])


def _bound(brief: Brief) -> set[str]:
    """Characters that keep their place: those with a point or a box, and several with names."""
    cast = on_screen(brief.cast)
    return {who.name for who in cast if who.face is not None or (len(cast) > 1 and not NUMBERED.fullmatch(who.name))}


def _placed(seats: list[_Seat], wished: Roles, voices: Mapping[str, str], bound: set[str]) -> dict[int, str]:
    """The names by seat after the prompt is applied, if any character moves; those in `bound` stay.

    Several pictures with one voice each are not exchanged: they were given in pairs.
    """
    paired = len({seat.who.portrait for seat in seats}) > 1 and len(voices) == len(seats)
    if paired or not (wished.speakers or wished.listeners):
        return {}
    free = [at for at, seat in enumerate(seats) if seat.who.name not in bound]
    speaking = [seats[at].who.name for at in free if seats[at].who.name in voices]
    chosen = [at for at in wished.speakers if at in free]
    spare = [at for at in free if at not in chosen]
    spare.sort(key=lambda at: (at in wished.listeners, seats[at].who.name not in voices, at))
    targets = sorted([*chosen, *spare][: len(speaking)])
    placed = dict(zip(_by_sex(targets, speaking, seats, wished), speaking, strict=True))
    rest = iter([seats[at].who.name for at in free if seats[at].who.name not in speaking])
    return {at: placed.get(at) or next(rest) for at in free}


def _chosen(
    seats: list[_Seat], wished: Roles, voices: Mapping[str, str], bound: set[str], assets: Assets
) -> tuple[Roles, tuple[str, ...]]:
    """Who speaks if nobody is said to and one voice meets several people in its picture, and a note that says whom it was given.

    It is the only one whom the prompt mentions; else the only one who fits a name or a voice that is plainly a woman's or a
    man's; else the one with the largest face.
    """
    speaking = [at for at, seat in enumerate(seats) if seat.who.name in voices]
    if wished.speakers or wished.listeners or len(speaking) != 1 or seats[speaking[0]].who.name in bound:
        return wished, ()
    own = seats[speaking[0]]
    faces = {at: seat.face for at, seat in enumerate(seats) if seat.face is not None and seat.who.portrait == own.who.portrait}
    if len(faces) < 2:
        return wished, ()
    sex = sex_of(own.who.name) or sounding(own.pitch, [own.pitch])
    long = [at for at, face in faces.items() if appearance(assets.picture(own.who.portrait), face).long_hair]
    fitting = {"f": long, "m": [at for at in faces if at not in long]}.get(sex, []) if len(long) < len(faces) else []
    reasons = (
        ([*people_in(wished.people.text)], "the only one in the prompt"),
        (fitting, "by the name" if sex_of(own.who.name) else "by its sound"),
        (speaking, "the largest face"),
    )
    target, why = next((at[0], why) for at, why in reasons if len(at) == 1 and at[0] in faces)
    note = f"Nobody is said to speak: the voice goes to the one {where(target, len(seats))}, {why}; {POINTING}."
    return replace(wished, speakers=(target,)), (note,)


def _by_sex(targets: list[int], speaking: list[str], seats: list[_Seat], wished: Roles) -> list[int]:
    """The targets in the voices' order: left to right, except for two voices that clearly belong the other way round."""
    pitches = {seat.who.name: seat.pitch for seat in seats}
    told = [wished.people.sexes.get(at, "") for at in targets]
    heard = [sounding(pitches[name], [pitches[other] for other in speaking]) for name in speaking]
    return targets[::-1] if len(targets) == 2 and sorted(told) == ["f", "m"] and told == heard[::-1] else targets


def _crossed(seats: list[_Seat], placed: dict[int, str], voices: Mapping[str, str]) -> list[str]:
    """A note if voices are not assigned from left to right as they were given."""
    given = [seat.who.name for seat in seats if seat.who.name in voices]
    lying = [name for _, name in sorted(placed.items()) if name in voices]
    if not placed or [name for name in given if name in lying] == lying:
        return []
    return [f"The voices go to whom they sound like, not from left to right; {POINTING}."]


def _moved(cast: tuple[Character, ...], seats: list[_Seat], placed: dict[int, str], assets: Assets) -> tuple[Character, ...]:
    """The cast; if a character moved, in the order of the seats, each with a point in its face."""
    if all(seats[at].who.name == name for at, name in placed.items()):
        return cast
    called = {who.name: who for who in cast}
    return tuple(_sat(called[placed.get(at, seat.who.name)], seat, assets) for at, seat in enumerate(seats))


def _sat(who: Character, seat: _Seat, assets: Assets) -> Character:
    """A character on a seat, with a point in the face there."""
    if seat.face is None or (seat.who.name == who.name and who.face is not None):
        return who
    scale = assets.reduced(seat.who.portrait)
    x, y = (round(value / scale, 1) for value in centre(seat.face))
    return replace(who, portrait=seat.who.portrait, face=(x, y))


def _starts(
    order: list[str], wished: Roles, brief: Brief, voices: Mapping[str, str], assets: Assets
) -> tuple[tuple[tuple[str, float], ...], tuple[str, ...]]:
    """When each voice starts, in the order of the prompt, and a note if that may be unexpected."""
    lengths = [assets.sound(voices[name]).seconds for name in order]
    turns = [sum(lengths[:at]) for at in range(len(lengths))]
    together, note = _together(order, wished, brief, voices, assets)
    starts = {name: 0.0 if together else start for name, start in zip(order, turns, strict=True)}
    names = [who.name for who in brief.cast if who.name in starts]
    return tuple((name, round(starts[name], 4)) for name in names), (note,) if note else ()


def _together(order: list[str], wished: Roles, brief: Brief, voices: Mapping[str, str], assets: Assets) -> tuple[bool, str]:
    """Whether the voices share the clock, and a note."""
    if len(order) < 2 or wished.order == "together" or script_of(brief):  # a script's tracks already have their timing
        return len(order) > 1, ""
    lengths = [assets.sound(voices[name]).seconds for name in order]
    alike = max(lengths) - min(lengths) <= _SAME
    phrases = [assets.phrases(voices[name]) for name in order]
    if alike and brief.order != "in turn" and _in_turns(phrases, min(lengths)):
        return True, _contrary(order, phrases, wished)
    if brief.order == "together":
        return True, _AT_ONCE if wished.order == "in turn" else ""
    if brief.order == "in turn" or wished.order or not alike:
        return False, ""
    sung = min(lengths) >= _SONG and all(mostly_sung(assets.analysis(voices[name])) for name in order)
    return sung, _SUNG if sung else _SPOKEN


def _in_turns(phrases: list[tuple[Span, ...]], seconds: float) -> bool:
    """Whether tracks are one conversation: they overlap less than by chance."""
    spoken = [sum(phrase.seconds for phrase in track) for track in phrases]
    pairs = list(combinations(range(len(phrases)), 2))
    chance = sum(spoken[a] * spoken[b] for a, b in pairs) / seconds
    overlap = sum(one.overlap(two) for a, b in pairs for one in phrases[a] for two in phrases[b])
    return chance > 0 and overlap < _CHANCE * chance


def _contrary(order: list[str], phrases: list[tuple[Span, ...]], wished: Roles) -> str:
    """A note if a recorded conversation begins otherwise than the prompt says."""
    first = [track[0].start if track else 0.0 for track in phrases]
    if wished.order != "in turn" or all(one <= two for one, two in pairwise(first)):
        return ""
    begins = order[first.index(min(first))]
    return f'The tracks are turns of one conversation and lie as they were recorded: "{begins}" speaks first.'


def _guessed(wished: Roles, sitting: list[str], voices: Mapping[str, str]) -> list[str]:
    """Notes on words matched to a person by a guess, if it decides who speaks, and on listeners that have a voice."""
    if not wished.speakers and not wished.listeners:
        return []
    listening = [sitting[at] for at in wished.listeners if sitting[at] in voices]
    guesses = [guessed(words, who, why, len(sitting)) for words, who, why in wished.people.guesses]
    return guesses + [f'"{name}" is to listen, but has a voice, which is heard.' for name in listening]


def _voiceless(wished: Roles, sitting: list[str], voices: Mapping[str, str]) -> list[str]:
    """Notes on people who should speak but have no voice."""
    silent = [at for at in wished.speakers if sitting[at] not in voices]
    if not silent or len(silent) == len(sitting):
        return []
    who = " and ".join(where(at, len(sitting)) for at in silent)
    return [f"To speak by the words, but without a voice: the one {who}; give a --voice for everybody who speaks."]
