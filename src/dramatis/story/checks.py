"""Rules for briefs and storylines beyond their types. Each violation is one sentence that tells the user what to do."""

from collections.abc import Iterable

from dramatis.errors import BriefError
from dramatis.story.brief import Brief, Character
from dramatis.story.canvas import Canvas
from dramatis.story.deliberation import Deliberation
from dramatis.story.direction import ACTIONS, CAMERAS, EMOTIONS, FRAMINGS, Cue
from dramatis.story.storyline import LOCKS, Line, Shot, Storyline

LONG_SIDE, SHORT_SIDE, LEAST_SIDE = 3840, 2160, 64
MOST_FPS, LEAST_FPS = 60.0, 5.0
LONGEST = 3 * 3600.0
"""Seconds of a film."""
_WORDS = {"emotion": EMOTIONS, "camera": CAMERAS, "action": ACTIONS}
_GAP = 1e-3  # seconds of tolerance between shots, for rounding in plans edited by hand


def check_brief(brief: Brief) -> Brief:
    """The brief itself, if it can be planned; raises `BriefError` otherwise."""
    if not brief.cast:
        raise BriefError("The brief has nobody in its cast: name at least one character with a portrait.")
    _check_cast(brief.cast)
    if isinstance(brief.size, tuple):
        check_size(*brief.size)
    elif brief.size is not None and not LEAST_SIDE <= brief.size <= SHORT_SIDE:
        raise BriefError(f"A short side of {brief.size} pixels cannot be filmed: {LEAST_SIDE} to {SHORT_SIDE} are allowed.")
    if brief.fps is not None:
        check_fps(brief.fps)
    if brief.seconds is not None and not 0 < brief.seconds <= LONGEST:
        raise BriefError(f"A film of {brief.seconds:g} s cannot be made: more than 0 and at most {LONGEST:g} s are allowed.")
    return brief


def check_storyline(storyline: Storyline) -> Storyline:
    """The storyline itself, if it can be filmed; raises `BriefError` otherwise."""
    _check_cast(storyline.cast)
    _check_canvas(storyline.canvas)
    names = {character.name for character in storyline.cast}
    if not storyline.shots:
        raise BriefError("The storyline has no shots: give at least one.")
    for line in storyline.lines:
        _check_names([line.who], names, f"the line of {line.sound}")
        if line.start < 0:
            raise BriefError(f"The line of {line.sound} starts at {line.start:g} s: a film's clock starts at 0.")
        _check_recognised(line)
    _check_ids(storyline.shots)
    _check_seen(storyline)
    at = 0.0
    for number, shot in enumerate(storyline.shots, 1):
        _check_lines(shot, len(storyline.lines), number)
        _check_names(shot.cast, names, f"shot {number}")
        if abs(shot.span.start - at) > _GAP or shot.span.seconds <= 0:
            raise BriefError(f"Shot {number} must start at {at:g} s, where the one before it ends, and have a length.")
        at = shot.span.end
        _check_shot(shot, names, number, storyline.seconds)
    _check_deliberation(storyline.deliberation)
    if at > LONGEST:
        raise BriefError(f"The film would be {at / 3600:.1f} hours long: at most {LONGEST / 3600:g} hours are filmed at once.")
    return storyline


def check_size(width: int, height: int) -> None:
    """Refuse sizes that cannot be filmed: up to 3840x2160 (or upright), at least 64, both even."""
    long, short = max(width, height), min(width, height)
    if long > LONG_SIDE or short > SHORT_SIDE or short < LEAST_SIDE or width % 2 or height % 2:
        allowed = f"even numbers from {LEAST_SIDE} up to {LONG_SIDE}x{SHORT_SIDE}"
        raise BriefError(f"A film of {width}x{height} pixels cannot be made: {allowed} are allowed.")


def check_fps(fps: float) -> None:
    """Refuse frame rates that cannot be filmed."""
    if not LEAST_FPS <= fps <= MOST_FPS:
        raise BriefError(f"{fps:g} frames a second cannot be filmed: {LEAST_FPS:g} to {MOST_FPS:g} are allowed.")


def _check_canvas(canvas: Canvas) -> None:
    check_size(canvas.width, canvas.height)
    check_fps(canvas.rate.fps)


def _check_cast(cast: Iterable[Character]) -> None:
    seen: set[str] = set()
    for character in cast:
        if not character.name:
            raise BriefError("A character has an empty name: give each character a name.")
        if character.name in seen:
            raise BriefError(f'Two characters are called "{character.name}": give each a name of its own.')
        seen.add(character.name)
        if character.voice is not None and character.say is not None:
            raise BriefError(f'"{character.name}" has both a voice and a text to say: give one of the two.')
        if character.off_screen and character.portrait:
            raise BriefError(f'"{character.name}" is off screen and has a portrait: leave out one of the two.')
        if character.face is not None and len(character.face) not in (2, 4):
            raise BriefError(f'The face of "{character.name}" must be a point [x, y] or a box [x0, y0, x1, y1], in pixels.')


def _check_names(given: Iterable[str], known: set[str], where: str) -> None:
    for name in given:
        if name not in known:
            raise BriefError(f'"{name}" in {where} is not in the cast: {", ".join(sorted(known)) or "nobody is"}.')


def _check_seen(storyline: Storyline) -> None:
    for who in (who.name for who in storyline.cast if who.off_screen):
        for number, shot in enumerate(storyline.shots, 1):
            if who in shot.cast:
                raise BriefError(f'"{who}" is in shot {number} and "off_screen": take it out of the shot, or set that to false.')


def _check_ids(shots: Iterable[Shot]) -> None:
    seen: set[str] = set()
    for number, shot in enumerate(shots, 1):
        if shot.id in seen:
            raise BriefError(f'Shot {number} has the id "{shot.id}", as one before it: give each shot its own, or none.')
        seen.update({shot.id} - {""})


def _check_shot(shot: Shot, names: set[str], number: int, seconds: float) -> None:
    if len(set(shot.cast)) < len(shot.cast):
        raise BriefError(f"Somebody is in shot {number} twice: name each character of a shot once.")
    if shot.framing and shot.framing not in FRAMINGS:
        raise BriefError(f'Shot {number} has the framing "{shot.framing}": {", ".join(FRAMINGS)} are known.')
    for part in shot.locked if isinstance(shot.locked, tuple) else ():
        if part not in LOCKS:
            raise BriefError(f'"{part}" is locked in shot {number}: true, or a list of {", ".join(LOCKS)}, can be locked.')
    _check_regions(shot, number)
    _check_names(shot.focus, set(shot.cast), f"the focus of shot {number}")
    _check_names([*shot.speakers, *(name for pair in shot.listening for name in (pair.who, pair.to))], names, f"shot {number}")
    _check_names([segment.who for segment in shot.segments if segment.who is not None], names, f"a segment of shot {number}")
    for cue in shot.direction.cues:
        _check_cue(cue, number)
        if cue.span.end < 0 or cue.span.start > seconds:
            raise BriefError(
                f'The cue "{cue.what}" of shot {number} lies at {cue.span.start:g} to {cue.span.end:g} s, outside the film: '
                f"0 to {seconds:g} s are allowed."
            )
        _check_names([name for name in (cue.who, cue.to) if name is not None], names, f"a cue of shot {number}")


def _check_recognised(line: Line) -> None:
    if line.part is not None and (line.part.start < 0 or line.part.seconds <= 0):
        raise BriefError(
            f"The line of {line.sound} is its part from {line.part.start:g} to {line.part.end:g} s: seconds from 0 on, "
            "and an end after the beginning, are allowed."
        )
    if not all(0 <= sure <= 1 for sure in (line.confidence, *(word.confidence for word in line.words))):
        raise BriefError(f"The line of {line.sound} has a confidence outside 0 to 1: 0 is a guess and 1 is certain.")


def _check_regions(shot: Shot, number: int) -> None:
    for x0, y0, x1, y1 in shot.direction.keep:
        if not (0 <= x0 < x1 <= 1 and 0 <= y0 < y1 <= 1):
            raise BriefError(
                f"Shot {number} keeps the region [{x0:g}, {y0:g}, {x1:g}, {y1:g}]: give [x0, y0, x1, y1] in parts of it, "
                "0 to 1, with x0 < x1 and y0 < y1."
            )


def _check_lines(shot: Shot, lines: int, number: int) -> None:
    for cue in shot.direction.cues:
        if cue.at is not None and (not 0 <= cue.at.line < lines or cue.at.word < 0):
            raise BriefError(
                f'The cue "{cue.what}" of shot {number} lies on word {cue.at.word} of line {cue.at.line}: the storyline has '
                f"{lines} lines; lines and words are counted from 0."
            )


def _check_cue(cue: Cue, number: int) -> None:
    allowed = _WORDS[cue.kind]
    if cue.what not in allowed:
        raise BriefError(f'Shot {number} asks for the {cue.kind} "{cue.what}": {", ".join(allowed)} are known.')
    if not 0 < cue.intensity <= 1:
        raise BriefError(f"A cue of shot {number} has an intensity of {cue.intensity:g}: more than 0 and at most 1 is allowed.")
    if cue.rise < 0 or cue.fall < 0:
        raise BriefError(f"A cue of shot {number} comes or goes in less than 0 s: rise and fall are seconds from 0 on.")


def _check_deliberation(said: Deliberation) -> None:
    answered = [place for claim in said.claims for place in (*claim.supports, *claim.contradicts)]
    argued = [place for conflict in said.conflicts for place in (*conflict.claims, *conflict.kept)]
    for place in (*said.agreed, *said.filled, *answered, *argued):
        if not 0 <= place < len(said.claims):
            raise BriefError(f"The deliberation speaks of claim {place}: it holds {len(said.claims)}, counted from 0.")
