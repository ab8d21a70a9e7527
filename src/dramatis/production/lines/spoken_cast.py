"""Speaks the texts and the script of a brief: a voice for each character, each line in its manner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np

from dramatis.director.text.known import sex_of
from dramatis.director.text.off_screen import is_off_screen, owner_of
from dramatis.director.text.people import NUMBERED
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import read_sound, resample, write_sound
from dramatis.production.lines.film_length import TAIL, asked_seconds
from dramatis.production.lines.screenplay import PAUSE, ScriptLine, script_lines
from dramatis.production.lines.voice_sexes import with_sexes
from dramatis.runtime.environment import cores, keep_private
from dramatis.speech.mouthshapes import SAMPLE_RATE, Phone
from dramatis.speech.phone_times import from_closure, write_phones
from dramatis.speech.synthesis import catalogue
from dramatis.speech.synthesis.asked_length import FASTEST, in_length, shared
from dramatis.speech.synthesis.catalogue import Voice
from dramatis.speech.synthesis.espeak import language_of
from dramatis.speech.synthesis.lexicon import read_lexicon
from dramatis.speech.synthesis.manner import Manner, asked_for, manner_of
from dramatis.speech.synthesis.markup import plain
from dramatis.speech.synthesis.speech_lines import LineToSpeak, speak_lines
from dramatis.speech.synthesis.spoken import Spoken
from dramatis.speech.synthesis.voice_casting import Heard, cast_voices
from dramatis.story import Brief, Character

_LATE = 0.1  # s by which a line may be longer than it was asked to be without a note
_SHOWN = 40  # signs of a line in a note


@dataclass(frozen=True, eq=False)
class SpokenCast:
    """What each character says, by name, and notes for the user."""

    tracks: dict[str, Spoken]
    notes: tuple[str, ...] = ()


def spoken_cast(brief: Brief) -> SpokenCast:
    """The tracks of all whose words are given as text; those of a script share the film's clock with recordings, whose turns are
    where the script has the first line of whoever has one, and at its beginning if it has none. Raises `DramatisError`.
    """
    script = script_lines(brief)
    recordings = {who.name: who.voice for who in brief.cast if who.voice is not None}
    lines = tuple(line for line in script if line.who not in recordings) or tuple(
        ScriptLine(who.name, who.say) for who in brief.cast if who.voice is None and who.say is not None
    )
    if not lines:
        return SpokenCast({})
    keep_private()
    cast = with_sexes(brief.cast, brief.prompt) if script else brief.cast
    manners = {who.name: asked_for(who.speaks) for who in cast}
    how = [manner_of(line.note)[0].over(manners[line.who]) for line in lines]
    voices = _voices(cast, lines, how)
    said, late = _said(
        [LineToSpeak(line.text, voices[at], how[at].prosody) for at, line in enumerate(lines)],
        [one.seconds for one in how],
        brief,
        len(script),
    )
    alone = {line.who: one for line, one in zip(lines, said, strict=True)}
    tracks = _in_turn(_turns(script, said, recordings)) if script else alone
    return SpokenCast(tracks, (*_notes(lines, voices), *late))


def _said(
    lines: Sequence[LineToSpeak], seconds: Sequence[float], brief: Brief, turns: int
) -> tuple[list[Spoken], tuple[str, ...]]:
    """The lines spoken, in their asked lengths (`seconds`, 0: any) and in that of the film as far as they can be, and notes on
    those that are longer; `turns` counts the lines of a script.
    """
    say = partial(speak_lines, lexicon=read_lexicon(brief.lexicon), workers=cores())
    said = say(lines)
    asked = asked_seconds(brief)
    wished = shared(said, seconds, asked - TAIL - PAUSE * max(0, turns - 1)) if asked else list(seconds)
    made = in_length(lines, said, wished, say) if any(wished) else said
    late = tuple(
        f'The line "{_short(line.text)}" lasts {one.sound.seconds:.1f} s instead of {own:g}: at most {FASTEST:g} times as fast.'
        for line, one, own in zip(lines, made, seconds, strict=True)
        if own and one.sound.seconds > own + _LATE
    )
    return made, late


def _short(text: str) -> str:
    whole = plain(text)
    return whole if len(whole) <= _SHOWN else f"{whole[:_SHOWN].rstrip()}..."


def fitting_voices(cast: Sequence[Character], lines: Sequence[ScriptLine]) -> dict[str, str]:
    """The names of the voices with which the lines of a script are spoken, by speaker."""
    chosen = _voices(cast, lines, [manner_of(line.note)[0] for line in lines])
    return {line.who: voice.name for line, voice in reversed(list(zip(lines, chosen, strict=True)))}


def spoken_anew(cast: Sequence[Character], lines: Sequence[ScriptLine], chosen: Sequence[int]) -> list[Spoken]:
    """The chosen ones of all lines of a script, in the voices that their speakers have in it. Raises `DramatisError`."""
    keep_private()
    manners = {who.name: asked_for(who.speaks) for who in cast}
    how = [manner_of(line.note)[0].over(manners[line.who]) for line in lines]
    voices = _voices(cast, lines, how)
    return speak_lines([LineToSpeak(lines[at].text, voices[at], how[at].prosody) for at in chosen], workers=cores())


def write_spoken(said: Spoken, path: Path) -> str:
    """Write the sound, and beside it when each phone is said, if that is known; returns its path. Raises `OutputError`."""
    write_sound(said.sound, str(path))
    if said.phones:
        write_phones(path, from_closure(said.phones, resample(said.sound, SAMPLE_RATE, mono=True).mono))
    return str(path)


def _voices(cast: Sequence[Character], lines: Sequence[ScriptLine], how: Sequence[Manner]) -> list[Voice]:
    """The voice of each line: the one that is named for it, else that of its character."""
    texts = {who.name: " ".join(line.text for line in lines if line.who == who.name) for who in cast}
    languages = {name: language_of(text) for name, text in texts.items()}
    first = {line.who: manner.voice for line, manner in reversed(list(zip(lines, how, strict=True))) if manner.voice}
    sexes = {line.who: manner.sex for line, manner in reversed(list(zip(lines, how, strict=True))) if manner.sex}
    speaking = [who for who in cast if any(line.who == who.name for line in lines)]
    people = [who for who in speaking if _owner(who, speaking) is who]
    wished = [catalogue.asked(first[who.name], languages[who.name]) if who.name in first else None for who in people]
    chosen = {
        who.name: voice
        for language in dict.fromkeys(languages.values())
        for who, voice in zip(
            people, cast_voices([_heard(who, at, sexes) for at, who in enumerate(people)], language, wished), strict=True
        )
        if languages[who.name] == language
    }
    chosen |= {who.name: chosen[_owner(who, speaking).name] for who in speaking}
    return [
        catalogue.asked(manner.voice, languages[line.who]) if manner.voice else chosen[line.who]
        for line, manner in zip(lines, how, strict=True)
    ]


def _owner(who: Character, cast: Sequence[Character]) -> Character:
    """Whose voice somebody has: that of "Anna" for "Anna's Voice", if she speaks in the film as well."""
    return next((one for one in cast if who.off_screen and one.name == owner_of(who.name)), who)


def _heard(who: Character, at: int, sexes: Mapping[str, str]) -> Heard:
    """What decides the voice; nameless people alternate, as nothing is known of them. `sexes` is what their lines say."""
    about = who.look.partition(",")[0]
    sex = sexes.get(who.name) or asked_for(who.speaks).sex or sex_of(who.name)
    return Heard(
        owner_of(who.name), about or ("woman" if at % 2 == 0 else "man") * bool(NUMBERED.fullmatch(who.name) and not sex), sex
    )


def _turns(script: Sequence[ScriptLine], said: Sequence[Spoken], recordings: Mapping[str, str]) -> list[tuple[str, Spoken]]:
    """Who says what, in turn; a recording is one turn, and without phones. A narrator who begins introduces recordings of whose
    turn nothing is said.
    """
    heard = {name: Spoken(resample(read_sound(path), said[0].sound.rate, mono=True), ()) for name, path in recordings.items()}
    first = {line.who: at for at, line in reversed(list(enumerate(script)))}
    spoken = iter(said)
    found = list[tuple[str, Spoken]]()
    for at, line in enumerate(script):
        if line.who not in heard:
            found.append((line.who, next(spoken)))
        elif first[line.who] == at:
            found.append((line.who, heard[line.who]))
    introduced = 1 if is_off_screen(script[0].who) else 0
    return [*found[:introduced], *((name, heard[name]) for name in heard if name not in first), *found[introduced:]]


def _in_turn(turns: Sequence[tuple[str, Spoken]]) -> dict[str, Spoken]:
    """Each speaker's track, as long as the whole dialogue and silent while others speak."""
    rate = turns[0][1].sound.rate
    edges = np.cumsum([0, *(len(one.sound.samples) + round(PAUSE * rate) for _, one in turns)])
    tracks = {who: np.zeros((int(edges[-1]) - round(PAUSE * rate), 1), np.float32) for who, _ in turns}
    phones: dict[str, list[Phone]] = {who: [] for who in tracks}
    for (who, one), (start, _) in zip(turns, pairwise(edges), strict=True):
        tracks[who][start : start + len(one.sound.samples)] = one.sound.samples
        phones[who] += [(label, start / rate + begin, start / rate + end) for label, begin, end in one.phones]
    return {who: Spoken(Waveform(samples, rate), tuple(phones[who])) for who, samples in tracks.items()}


def _notes(lines: Sequence[ScriptLine], voices: Sequence[Voice]) -> tuple[str, ...]:
    chosen = {line.who: voice.name for line, voice in reversed(list(zip(lines, voices, strict=True)))}
    order = dict.fromkeys(line.who for line in lines)
    told = ", ".join(f'"{who}" with {chosen[who]}' for who in order)
    notes = [f"Spoken: {told}."]
    robotic = any(voice.by == "espeak" for voice in voices) and not any(map(catalogue.installed, catalogue.VOICES))
    if robotic and any(language_of(line.text) in catalogue.NATURAL for line in lines):
        notes.append(f"Natural voices are not installed ({catalogue.INSTALL}): eSpeak speaks.")
    return tuple(notes)
