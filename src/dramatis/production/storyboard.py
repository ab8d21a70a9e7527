"""From a brief to a storyline: the cast, the timing of voices, the director's input and its plan."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from dramatis.director.audio.expert import hear
from dramatis.director.claims import AudioReport, Direct, Material, PictureInput, Verdict, VoiceInput
from dramatis.director.writing.anchoring import timed_anew
from dramatis.director.writing.descriptions import described
from dramatis.director.writing.segments import segments
from dramatis.director.writing.writer import concept, speaking, written
from dramatis.errors import BriefError
from dramatis.media.face import Face
from dramatis.production.assets import Assets
from dramatis.production.lines.film_length import TAIL, asked_seconds, longer, told_seconds
from dramatis.production.lines.recognised_lines import with_words, words_matter
from dramatis.production.lines.screenplay import script_of
from dramatis.production.lines.speaking import speaking_order
from dramatis.production.lines.spoken_words import parted, words_said
from dramatis.production.lines.unvoiced import unvoiced
from dramatis.production.lines.voice_sexes import with_sexes
from dramatis.production.pictures.casting import in_sight, with_listeners
from dramatis.production.pictures.framing import canvas_of, views_of
from dramatis.speech.synthesis.markup import plain
from dramatis.story import Brief, Canvas, Character, Line, Listening, Shot, Storyline, on_screen
from dramatis.story.checks import check_brief, check_storyline
from dramatis.take import Limits, View

Plan = tuple[Storyline, Verdict]
"""The plan, and what the experts said about it."""


def write(
    brief: Brief, voices: Mapping[str, str], assets: Assets, limits: Limits, direct: Direct, *, every_word: bool = False
) -> Plan:
    """The plan for a brief; `voices` maps speaking characters to sound files. The words of recordings are recognised where the
    prompt or captions need them; `every_word`: always. Raises `DramatisError`.
    """
    check_brief(brief)
    if limits.needs_face:
        _check_given(brief, voices, limits)
    canvas = canvas_of(brief, assets, limits)
    cast = with_sexes(brief.cast, brief.prompt) if script_of(brief) else brief.cast
    taken = speaking_order(brief, with_listeners(cast, assets, canvas, limits), voices, assets, limits.needs_face)
    lines = _lines(taken.lines, brief, assets)
    if every_word or words_matter(brief.prompt, taken.cast, brief.captions):
        lines = with_words(lines, assets)
    asked = asked_seconds(brief)
    ends = (line.start + assets.sound(line.sound, line.part).seconds + TAIL for line in lines)
    told, behind = told_seconds(brief) if limits.framings and not asked else (0.0, 0.0)
    end = max(max(ends, default=0.0 if asked else limits.unheard) + behind, asked, told)
    seconds = canvas.rate.time(max(1, canvas.rate.nearest(end)))
    draft = Storyline(canvas, taken.cast, lines, (), brief.seed, brief.wants, captions=brief.captions, music=brief.music)
    material = _material(brief.prompt, draft, seconds, assets, limits)
    storyline, verdict = _planned(draft, material, direct, (), unvoiced(lines, assets))
    return storyline, replace(verdict, notes=tuple(dict.fromkeys((*longer(seconds, brief), *taken.notes, *verdict.notes))))


def _check_given(brief: Brief, voices: Mapping[str, str], limits: Limits) -> None:
    """An engine that animates faces needs a picture of each character and at least one voice."""
    people = on_screen(brief.cast)
    if not people:
        raise BriefError(f'The engine "{limits.name}" films people, and the brief has nobody who is seen; use --engine drawn.')
    for who in people:
        if not who.portrait:
            raise BriefError(
                f'The engine "{limits.name}" needs a picture of "{who.name}"; give one with --portrait, or use --engine drawn.'
            )
    if not voices:
        raise BriefError("Nobody in the brief has a voice; give a sound with --voice, or a text with --say.")


def replanned(storyline: Storyline, prompt: str, assets: Assets, limits: Limits, direct: Direct) -> Plan:
    """The same film, planned again for another prompt; locked parts stay. Raises `DramatisError`."""
    storyline = replace(storyline, lines=with_words(storyline.lines, assets))
    material = _material(prompt, storyline, storyline.seconds, assets, limits)
    return _planned(storyline, material, direct, storyline.shots, unvoiced(storyline.lines, assets))


def timed_by_words(storyline: Storyline, assets: Assets) -> Storyline:
    """The same film with its cues on their words, if a line has other words or another voice than when they were timed.

    Lines without a text stay as they are: their words are not known.
    """
    lines = storyline.lines
    spoken = [words_said(line, assets) for line in lines]
    return check_storyline(replace(storyline, shots=timed_anew(storyline.shots, spoken, storyline.seconds)))


def heard_anew(storyline: Storyline, assets: Assets, limits: Limits) -> Storyline:
    """The same film with what its lines are now: cues on their words, and what is heard in each shot. Raises `DramatisError`."""
    voices = _voices(storyline.lines, assets)
    audio = hear(Material("", on_screen(storyline.cast), storyline.seconds, voices, (), limits))
    shots = timed_anew(storyline.shots, [track.words for track in audio.tracks], storyline.seconds)
    seen = {who.name for who in on_screen(storyline.cast)}
    return check_storyline(replace(storyline, shots=tuple(_heard_in(shot, audio, seen) for shot in shots)))


def _heard_in(shot: Shot, audio: AudioReport, seen: Collection[str]) -> Shot:
    speakers = speaking(shot.span, audio)
    pairs = [(pair.who, pair.to) for pair in shot.listening] + [(who, to) for to in speakers for who in shot.cast if who != to]
    listening = tuple(Listening(who, to) for who, to in dict.fromkeys(pairs) if to in speakers and to in seen)
    pieces = segments(shot.span, audio, shot.direction.cues)
    return replace(shot, segments=pieces, speakers=speakers, listening=listening)


def _voices(lines: Sequence[Line], assets: Assets) -> tuple[VoiceInput, ...]:
    return tuple(
        VoiceInput(
            line.who,
            assets.sound(line.sound, line.part),
            line.start,
            plain(line.text),
            words_said(line, assets) if line.words or assets.phones(line.sound, line.part) else (),
            synthetic=bool(assets.phones(line.sound)),
            language=line.language,
        )
        for line in lines
    )


def _planned(draft: Storyline, material: Material, direct: Direct, kept: tuple[Shot, ...], heard: tuple[str, ...]) -> Plan:
    """`kept` are the shots of an earlier plan, `heard` notes on the voices."""
    verdict = direct(material)
    verdict = replace(verdict, notes=(*heard, *verdict.notes))
    claims = verdict.deliberation.outcome
    cast = tuple(who if who.off_screen else replace(who, look=described(who.name, material, claims)) for who in draft.cast)
    spoken = [track.words for track in verdict.audio.tracks]
    shots = written(material, verdict, timed_anew(kept, spoken, material.seconds))
    plan = replace(draft, cast=cast, shots=shots, concept=concept(material, verdict), deliberation=verdict.deliberation)
    return check_storyline(plan), verdict


def _material(prompt: str, draft: Storyline, seconds: float, assets: Assets, limits: Limits) -> Material:
    """The experts' input; people in the order in which they are seen, from left to right."""
    seen = in_sight(draft.cast, assets) if limits.needs_face else []
    voices = _voices(draft.lines, assets)
    pictures = tuple(
        _pictured(picture, _named(picture, seen), draft.canvas, assets)
        for picture in dict.fromkeys(who.portrait for who in draft.cast if who.portrait)
    )
    return Material(prompt, tuple(who for who, _ in seen) or on_screen(draft.cast), seconds, voices, pictures, limits, draft.seed)


def _pictured(picture: str, faces: tuple[tuple[str, Face], ...], canvas: Canvas, assets: Assets) -> PictureInput:
    still = assets.picture(picture)
    views = tuple[View, ...]()
    with suppress(BriefError):  # faces that do not fit: the stock reports it
        views = views_of(still, canvas, dict(faces)) if faces else ()
    return PictureInput(picture, still, faces, views)


def _named(picture: str, seen: list[tuple[Character, Face]]) -> tuple[tuple[str, Face], ...]:
    """The faces of the characters filmed from a picture, left to right."""
    return tuple((who.name, face) for who, face in seen if who.portrait == picture)


def _lines(lines: tuple[Line, ...], brief: Brief, assets: Assets) -> tuple[Line, ...]:
    """The lines with their texts, where these are known."""
    script = script_of(brief)
    said = {
        key: plain(who.say or "") or who.text or " ".join(text for name, text in script if name == who.name)
        for who in brief.cast
        for key in filter(None, (who.voice, who.name))
    }
    texts = [said.get(line.sound) or said.get(line.who, "") for line in lines]
    if texts and texts[0] and any(line.part for line in lines):
        return parted(lines, texts[0], assets)
    return tuple(replace(line, text=text) for line, text in zip(lines, texts, strict=True))
