"""Scripts and shot lists in the forms in which people write them, as the form that `scripts` reads.

INT. KITCHEN - NIGHT          the headings, names and parentheses of screenplays
ANNA
(sighing)
I can't do this anymore.

Scene 1: ... Scene 2 (4 s): ...        numbered scenes and shots are told one after the other
- **Leo** (shouting): Where are you?   lists and bold names
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from dramatis.director.pattern import Pattern
from dramatis.director.text.off_screen import scripted

_LIST = re.compile(r"(?m)^[ \t]*(?:[-*•–][ \t]+|\d{1,2}[.)][ \t]+|#{1,4}[ \t]+)(?=\S)")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,200}?)(?<=\S)\1")
_ARTICLE = re.compile(
    r"(?m)^[ \t]*(?:The|An?) ([a-z])(?=[\w'-]{0,20}(?: [\w'-]{1,20}){0,2}[ \t]*(?:\([^()\n]{1,100}\)[ \t]*)?[:：])"
)
_PLACE = re.compile(
    r"^\s*(?:INT|EXT|EST|I)(?:\.?/(?:INT|EXT|E))?[. ]\s*(?P<place>[^\n]+?)\s*(?:[-–—]\s*(?P<time>[A-Z' ]{3,20}))?\s*$"
)
_CUE = re.compile(
    r"^\s*(?P<name>[A-Z][A-Z0-9.'-]*(?: [A-Z0-9.'-]+){0,2})(?:\s*\((?:(?P<unseen>V\.?O\.?|O\.?[SC]\.?)|CONT'?D)\))*\s*$"
)
_CUT = re.compile(r"^\s*(?:FADE|CUT|SMASH CUT|MATCH CUT|DISSOLVE)\b[A-Z ]*[:.]?\s*$|^\s*THE END\.?\s*$")
_ASIDE = re.compile(r"^\s*\((?P<how>[^()]{1,100})\)\s*$")
_SECTION = Pattern(
    r"""
    (?:^|(?<=[\n.!?。！？]))[ \t]*(?:scene|shot|clip|part|act|panel|chapter|step|day|week)[ \t]*#?(?P<number>\d{1,2})\b
        (?:[ \t]*[(\[](?P<length>[^()\[\]\n]{1,24})[)\]])?[ \t]*[:：.–-][ \t]*
    |(?:^|(?<=[\n.!?。！？]))[ \t]*(?:镜头|场景|分镜|第)[ \t]*(?P<number2>[一二三四五六七八九十\d]{1,2})(?:[幕场镜章天]|个镜头)?
        (?:[ \t]*[(（](?P<length2>[^()（）\n]{1,24})[)）])?[ \t]*[:：][ \t]*
    """,
    re.IGNORECASE,
)
_SECONDS = re.compile(
    r"(?P<from>\d{1,3}(?:\.\d)?)\s*(?:[-–~到至]\s*(?P<to>\d{1,3}(?:\.\d)?))?\s*(?:s|sec|secs|seconds?|秒)", re.IGNORECASE
)


@lru_cache(maxsize=16)
def usual(words: str) -> str:
    """A text in the form that is read: one line for each speech, scenes in the order of telling."""
    words = re.sub(r"\n(?:[ \t]*\n){2,}", "\n\n", words.replace("\r\n", "\n"))
    words = _BOLD.sub(r"\2", _LIST.sub("", words))
    words = _ARTICLE.sub(lambda match: match[1].upper(), words)
    return scripted(_sections("\n".join(_screenplay(words.split("\n")))))


def _screenplay(lines: list[str]) -> Iterator[str]:
    """The lines of a text, those of a screenplay joined: speeches end at empty lines; what follows the last one ends the film."""
    at, spoken = 0, False
    while at < len(lines):
        line = lines[at]
        cue = _CUE.match(line) if at + 1 < len(lines) and lines[at + 1].strip() and _starts(lines, at) else None
        at += 1
        if place := _PLACE.match(line):
            ends = spoken and not any(_CUE.match(later) and _starts(lines, number) for number, later in enumerate(lines[at:], at))
            yield f"{'Then in' if ends else 'In'} the {place['place'].lower()}{_time(place['time'] or '')}."
        elif _CUT.match(line):
            yield f"{line.strip().strip(':.').lower()}."
        elif cue:
            end = next((number for number in range(at, len(lines)) if not lines[number].strip()), len(lines))
            yield _speech(cue, lines[at:end])
            at, spoken = end, True
        else:
            last = spoken and line.strip() and not any(_CUE.match(later) for later in lines[at:])
            yield f"At the end, {line.strip()}" if last else line


def _starts(lines: list[str], at: int) -> bool:
    """Whether a line begins a paragraph."""
    return at == 0 or not lines[at - 1].strip() or _PLACE.match(lines[at - 1]) is not None


def _speech(cue: re.Match[str], lines: list[str]) -> str:
    """ "Anna (V.O.; sighing): I can't." of a name in capitals and the lines below it."""
    asides = "; ".join(filter(None, (cue["unseen"], *(aside["how"] for line in lines if (aside := _ASIDE.match(line))))))
    said = " ".join(line.strip() for line in lines if not _ASIDE.match(line))
    name = cue["name"].title()
    return f"{name} ({asides}): {said}" if asides else f"{name}: {said}"


def _time(time: str) -> str:
    """When a scene happens, as words say it."""
    time = time.strip().lower()
    if time in {"night", "sunset", "sunrise", "dusk", "dawn"}:
        return f", at {time}"
    return ", by day" if time in {"day", "morning", "afternoon", "noon"} else f", {time}" if time else ""


def _sections(words: str) -> str:
    """Numbered scenes or shots as one text: "then", or the seconds of each where all have a length."""
    found = list(_SECTION.finditer(words))
    if len(found) < 2:
        return words
    times = _times([match["length"] or match["length2"] or "" for match in found])
    ends = [*(match.start() for match in found[1:]), len(words)]
    parts = [words[: found[0].start()]]
    for number, (match, end) in enumerate(zip(found, ends, strict=True)):
        chinese = match["number2"] is not None
        order = ("然后" if chinese else "Then ") if number else ""
        parts.append(f"{times[number] or order}{words[match.end() : end].strip()}")
    return "\n".join(part for part in parts if part.strip())


def _times(lengths: list[str]) -> list[str]:
    """ "From 0 to 3 seconds, " for each scene, from lengths or times; empty ones if any has neither."""
    given = [_SECONDS.search(length) for length in lengths]
    if not all(given):
        return [""] * len(lengths)
    spans = [(float(found["from"]), float(found["to"])) for found in given if found and found["to"]]
    if len(spans) < len(lengths):
        ends = list(accumulate(float(found["from"]) for found in given if found))
        spans = list(zip([0.0, *ends[:-1]], ends, strict=True))
    return [f"From {start:g} to {end:g} seconds, " for start, end in spans]
