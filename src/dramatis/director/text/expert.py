"""The text expert without a language model: from free English or Chinese text to claims, deterministically.

Spoken text is extracted (`scripts`), people are marked (`people`), the rest is split into clauses with their position in time
(`clauses`, `timeline`). The lexicon (`words`, `feelings`, `deeds`, `worlds`) finds words that ask for something; a
modifier near them sets the intensity; a negation before them makes it something to avoid. Unused words are reported
(`notes`).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from dramatis.clock import Span
from dramatis.director.claims import AudioReport, Material, TextReport, VisualReport
from dramatis.director.pattern import Pattern
from dramatis.director.text.being_claims import beings
from dramatis.director.text.clauses import (
    AtSentence,
    Clause,
    ClauseSequence,
    FilmPart,
    FromSentence,
    Key,
    normal,
    parse_clauses,
)
from dramatis.director.text.known import Known, acquaintances
from dramatis.director.text.languages import read_in
from dramatis.director.text.lexicon.actions import ACTIONS, CAMERA_MOVES
from dramatis.director.text.lexicon.entries import (
    AIMED,
    ALWAYS,
    CUTS,
    EACH_OTHER,
    FASTER,
    NO_CAMERA,
    NO_CUTS,
    NOT,
    NOT_CHINESE,
    OR,
    SLOWER,
    STRONG,
    STRONGER,
    SUSTAINED,
    TRYING,
    UNDONE,
    USUAL,
    WEAK,
    WEAKER,
    Entry,
)
from dramatis.director.text.lexicon.feelings import FEELINGS
from dramatis.director.text.lexicon.scenery import FACTS, LOOKS, TAKES_OFF
from dramatis.director.text.lexicon.surroundings import PLACES
from dramatis.director.text.lexicon.traits import TRAITS, joined, told_in
from dramatis.director.text.marks import first_marks, first_of, last_marks, people_in, subject_marks
from dramatis.director.text.notes import ParsedPrompt, as_it_is, cut_off, notes
from dramatis.director.text.off_screen import is_off_screen, owner_of
from dramatis.director.text.people import MARKS, marked
from dramatis.director.text.roles import roles
from dramatis.director.text.scenes import begins_scene, in_scenes, surroundings
from dramatis.director.text.scripts import MOST_DIRECTIONS, MOST_WORDS, DialogueScript, extracted
from dramatis.director.text.sequence import in_order
from dramatis.director.text.timeline import Timeline
from dramatis.director.text.wishes import Wish, avoided, claims_of, said
from dramatis.director.writing.timing import WORD, cut_points, snapped
from dramatis.story import Claim
from dramatis.story.deliberation import Subject

ENTRIES = (*FEELINGS, *CAMERA_MOVES, *ACTIONS)
_CUT_ANYWAY = "The film is cut where its place changes, though it was to be one take."
_REACH = 1.2  # s by which a scene begins sooner or later, in a pause
_NEAR = 120  # characters before a word in which a negation counts
IMPLIED = 0.7
"""Below this confidence a claim is only implied: "won the lottery" implies joy, unless the words name another emotion."""
_ENDS_AT_A_PERSON = Pattern(rf"(?:instead of|without|rather than|stop)[^{MARKS[1:-1]}]*{MARKS}")
"""Negations that reach no further than the next person."""
_LOOK_AT = Pattern(r"""
    \b(?:look|glanc|gaz|turn|star)(?:s|es|ing|e)?(?: \w+ly)? (?:over )?(?:at|to|towards?) $
    |(?:看着?|望着?|看向|望向|转向)$
""")


def read(material: Material, audio: AudioReport, visual: VisualReport) -> TextReport:
    """What the user's words ask for. The voices say when spoken words are heard, they and the picture who is meant."""
    spoken = tuple((track.who, track.words) for track in audio.tracks)
    pauses = tuple(pause for track in audio.tracks for pause in track.pauses)
    known = acquaintances(material, audio)
    timeline = Timeline(Span(0.0, material.seconds), 1, spoken, audio.turns, pauses)
    report = understood(material.prompt, material.names, timeline, known, drawn=material.limits.draws is not None)
    report = replace(report, claims=in_scenes(report.claims, timeline.film, _cuts(material, audio)))
    if any(claim.what == CUTS for claim in report.claims) and any(one.kind == "setting" and one.span for one in report.claims):
        report = replace(report, notes=(*report.notes, _CUT_ANYWAY))
    kept = as_it_is(report.claims, material, visual, known)
    unseen = tuple(track.who for track in audio.tracks if track.who not in material.names)
    speaking = [material.names[at] for at in roles(material.prompt, material.names, known, unseen).speakers]
    claims = [Claim("text", 1, "speaker", who, who, evidence="the words say who speaks") for who in speaking]
    return replace(report, claims=(*report.claims, *claims), notes=(*report.notes, *kept))


def _cuts(material: Material, audio: AudioReport) -> Callable[[float], float] | None:
    """Where a scene begins near an instant: in a pause, else at once where nobody speaks; None if no camera is free."""
    phrases = [phrase for track in audio.tracks for phrase in track.phrases]
    where = tuple(place for place in cut_points(audio, material.seconds) if phrases and place.cost < WORD)

    def cut(at: float) -> float:
        near = any(abs(place.at - at) <= _REACH for place in where)
        return snapped(at, where, audio, _REACH) if near or any(one.holds(at) for one in phrases) else at

    return cut if material.limits.framings else None


def understood(
    prompt: str, cast: tuple[str, ...], timeline: Timeline, known: Sequence[Known] = (), drawn: bool = False
) -> TextReport:
    """The claims of a prompt, ordered in time, its dialogue, and what is not used; `cast` is in the picture, left to right.

    `drawn`: people and places are made up from the words, so that all looks are read, and who is not there is claimed as well.
    """
    unseen = tuple(dict.fromkeys(who for who, _ in timeline.spoken if who not in cast))
    script = extracted(prompt[:MOST_WORDS], cast, unseen)
    plain = read_in(normal(script.words[:MOST_DIRECTIONS]), drawn)
    people = marked(plain, cast, known, script.sexes)
    text = joined(people.text) if drawn else people.text
    lines, moments = tuple(script.lines), tuple(script.moments)
    spoken = [number for number, moment in enumerate(moments) if moment.line is not None]
    sequence = parse_clauses(in_order(TRYING.sub(" slightly ", ALWAYS.sub(" keeps ", text))), spoken)
    timeline = replace(timeline, beats=sequence.beats, moments=moments, lines=lines, named=sequence.moments)
    wishes = _without_implied([*_wishes(sequence, drawn), *(_narrated(script) if drawn else ())])
    wished = _at_rest([wish for wish in wishes if not wish.negated])
    claims = [*claims_of(wished, timeline, cast, script), *avoided(wishes, cast)]
    claims += [Claim("text", 1, "line", text, who, evidence="the script says so") for who, text in lines]
    lost = [(said(wish), wish.place) for wish in wished if timeline.span(wish.place) is None]
    parsed = ParsedPrompt(script, plain, people, sequence)
    claims += beings(parsed, cast) if drawn else ()
    noted = notes(parsed, len(cast), lost, timeline, drawn)
    return TextReport(tuple(claims), lines, (*cut_off(prompt, script.words, MOST_DIRECTIONS, MOST_WORDS), *noted))


def _narrated(script: DialogueScript) -> Iterator[Wish]:
    """The places of which somebody tells who is not seen: the picture follows a narrator."""
    for number, moment in enumerate(script.moments):
        who, said_there = script.lines[moment.line] if moment.line is not None else ("", "")
        narrator = is_off_screen(who) and owner_of(who) == who
        for told in surroundings(normal(said_there)) if narrator else ():
            yield Wish("setting", told.trait.what, (), USUAL, Key(number), words=told.words)


def _wishes(sequence: ClauseSequence, drawn: bool) -> Iterator[Wish]:
    subject: tuple[int, ...] = ()
    sentence, denied = -1, False
    for clause in sequence.clauses:
        first = clause.sentence != sentence
        own = people_in(subject_marks(clause.text, () if first else subject, first))
        if first:
            carried = subject if clause.led and not own else ()
            sentence, subject, denied = clause.sentence, carried, False
        denied = denied and OR.search(clause.text) is not None
        for at, wish in _found(clause, drawn):
            before = people_in((last_marks if wish.kind == "look" else first_marks)(clause.text[:at]))
            people = wish.people if wish.people is not None else (before or subject)
            yield replace(wish, people=people, negated=wish.negated or denied)
        if own:
            subject = own
        denied = denied or NOT.search(clause.text) is not None


def _found(clause: Clause, drawn: bool) -> Iterator[tuple[int, Wish]]:
    """Wishes of one clause, each with its place in the text; `people` is filled in later, but where a look has two sides."""
    text = clause.text
    here = AtSentence(clause.sentence) if clause.between and clause.place is None else clause.place
    place = None if clause.free and not clause.between else here
    still = NO_CAMERA.search(text)
    if still:
        yield still.start(), Wish("camera", "static", None, USUAL, place, words=still[0])
        text = text[: still.start()] + " " * (still.end() - still.start()) + text[still.end() :]
    uncut = NO_CUTS.search(text)
    if uncut:
        yield uncut.start(), Wish("framing", CUTS, (), USUAL, None, negated=True, words=uncut[0])
    yield from _glances(clause)
    for at, wish in _traits(text) if drawn else _lasting(text):
        yield at, _placed(wish, clause, text[:at])
    sustained = SUSTAINED.search(text) is not None
    end = 0
    for match, entry in _matches(text):
        if match.start() < end:
            continue
        before, after = text[end : match.start()], text[match.end() :]
        negated = _negated(text[: match.start()]) or UNDONE.match(after) is not None
        when = {"camera": place, "action": clause.place if sustained else here}.get(entry.kind, clause.place)
        wish = Wish(entry.kind, entry.what, None, _intensity(entry, before, match[0], after), when, negated)
        wish = replace(wish, to=first_of(text[match.start() + 1 :]) if entry.what in AIMED else None)
        yield match.start(), replace(wish, sustained=sustained, sure=entry.sure, words=match[0])
        end = match.end()


def _placed(wish: Wish, clause: Clause, before: str) -> Wish:
    """A framing is of the people in its clause, and at its time; a setting holds from its sentence on, if people come to it."""
    if wish.kind == "setting" and begins_scene(re.sub(MARKS, "", before), wish.what, wish.words):
        return replace(wish, place=FromSentence(clause.sentence, clause.place))
    if wish.kind != "framing":
        return wish
    return replace(wish, place=None if clause.free else clause.place, people=people_in("".join(re.findall(MARKS, clause.text))))


def _matches(text: str) -> list[tuple[re.Match[str], Entry]]:
    found = [(match, entry) for entry in ENTRIES for match in entry.pattern.finditer(text)]
    return sorted(found, key=lambda part: (part[0].start(), -part[0].end()))


def _lasting(text: str) -> Iterator[tuple[int, Wish]]:
    """Setting, style, framing and looks: what has no time."""
    for kind, what, pattern in FACTS:
        match = pattern.search(text)
        if match:
            yield match.start(), Wish(kind, what, (), USUAL, None, _negated(text[: match.start()]), words=match[0])
    for what, pattern in LOOKS:
        match = pattern.search(text)
        if match and not (what == "glasses" and TAKES_OFF.search(text)):
            yield match.start(), Wish("look", what, None, USUAL, None, _negated(text[: match.start()]), words=match[0])


def _traits(text: str) -> Iterator[tuple[int, Wish]]:
    """Everything about looks and places that drawings could have; a thing is called as the words call it."""
    kinds: dict[str, Subject] = dict.fromkeys(("sets", "lights", "weathers", "happenings"), "setting")
    kinds |= {"styles": "style", "framings": "framing"}
    for told in told_in(text, TRAITS, PLACES):
        trait = told.trait
        kind = kinds.get(trait.attribute, "look")
        people = None if kind == "look" else ()
        what = told.words if trait.attribute == "things" else trait.what
        denied = told.denied and not (trait.attribute == "glasses" and TAKES_OFF.search(text))
        yield told.at, Wish(kind, what, people, USUAL, None, denied, words=told.words)


def _glances(clause: Clause) -> Iterator[tuple[int, Wish]]:
    """ "Tom looks at Noor": towards where she is in the picture."""
    groups = list(re.finditer(f"{MARKS}+", clause.text))
    subject = people_in(groups[0][0]) if groups else ()
    for group in groups[1:]:
        before, to = clause.text[: group.start()], people_in(group[0])
        if len(subject) == len(to) == 1 and subject != to and _LOOK_AT.search(before):
            side = "look left" if to < subject else "look right"
            yield group.start(), Wish("action", side, subject, USUAL, clause.place, _negated(before), words=clause.text.strip())
    both = EACH_OTHER.search(clause.text)
    if both and len(subject) in {0, 2}:
        for who, side in zip(sorted(subject) or (0, 1), ("look right", "look left"), strict=True):
            yield (
                both.start(),
                Wish("action", side, (who,), USUAL, clause.place, _negated(clause.text[: both.start()]), words=both[0]),
            )


def _negated(before: str) -> bool:
    """Whether the text after `before` is negated; some negations end at a person: "instead of smiling she nods"."""
    near = before[-_NEAR:]
    if _ENDS_AT_A_PERSON.search(near):
        near = re.split(MARKS, near)[-1]
    return NOT.search(near) is not None or NOT_CHINESE.search(near) is not None


def _intensity(entry: Entry, before: str, words: str, after: str) -> float:
    """A modifier's step, else the word's own; "nods slightly" and "pushes in slowly" have it behind them."""
    near = " ".join(re.split(r" ", before)[-5:])
    if entry.kind != "emotion":
        near += f" {words} . " + " ".join(after.strip().split(" ")[:2])
        if SLOWER.search(near):
            return WEAK
        if FASTER.search(near):
            return STRONG
    if WEAKER.search(near):
        return WEAK
    return STRONG if STRONGER.search(near) else entry.intensity


def _without_implied(wishes: list[Wish]) -> list[Wish]:
    """Implied claims are dropped if the words explicitly say something of the same kind about the same people."""

    def told(wish: Wish) -> bool:
        return any(
            other.sure > IMPLIED and other.kind == wish.kind and not other.negated
            and (not other.people or not wish.people or set(other.people) & set(wish.people))
            for other in wishes
        )  # fmt: skip

    return [wish for wish in wishes if wish.sure > IMPLIED or not (wish.kind != "action" and told(wish))]


def _at_rest(wishes: list[Wish]) -> list[Wish]:
    """A camera that is only static is static from start to end, wherever the words say it."""
    still = {wish.what for wish in wishes if wish.kind == "camera"} == {"static"}
    return [
        replace(wish, place=None)
        if still and wish.kind == "camera" and not isinstance(wish.place, Span | FilmPart | Key)
        else wish
        for wish in wishes
    ]
