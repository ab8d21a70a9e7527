"""From options and documents to a request: the one door of the command line and the service."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from dramatis.errors import BriefError
from dramatis.production.exporting.film_settings import document_at, is_script
from dramatis.story import Brief, CaptionStyle, Character, Storyline
from dramatis.story.brief import CONSENTS
from dramatis.story.checks import check_brief
from dramatis.story.document import brief_from, located, storyline_from, storyline_located, text_in
from dramatis.story.job_files import JobFile, is_job, job_from

_SIZES = {"4k": 2160, "uhd": 2160, "2k": 1440}
_SIZE = re.compile(
    r"(?:(?P<width>\d{1,5})\s*[x×*:]\s*(?P<height>\d{1,5})|(?P<short>\d{1,5})(?=p|@|$)|(?P<name>4k|uhd|2k))?"
    r"p?(?:@?(?P<fps>\d{1,3}(?:\.\d{1,6})?))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Options:
    """The options; None if an option was not given."""

    portraits: Sequence[str] = ()
    voices: Sequence[str] = ()
    said: Sequence[str] = ()
    prompt: str | None = None
    size: str | None = None
    engine: str | None = None
    captions: str | None = None
    music: str | None = None
    background: str | None = None
    consents: Sequence[str] = ()

    @property
    def planning(self) -> "Options":
        """Those that say what is planned, without those that can be added to a finished plan."""
        return replace(self, captions=None, music=None, background=None, consents=())


def request_of(document: Path | None, options: Options, seed: int | None) -> Brief | JobFile | Storyline:
    """The request from a document and options; options override the document, but a script is read before the words of a
    prompt. Raises `BriefError`.
    """
    if document is not None and is_script(document):
        words = "\n".join(filter(None, (text_in(document).strip(), options.prompt)))
        document, options = None, replace(options, prompt=words)
    for text in (*options.portraits, *options.voices, *options.said, options.prompt or "", options.music or ""):
        _check_text(text)
    if document is None:
        return check_brief(heard(_with_options(Brief(_cast(options), seed=seed or 0), options)))
    if options.portraits or options.voices or options.said:
        raise BriefError(f"{document} names its own cast; give either a document, or --portrait with --voice or --say.")
    data = document_at(document)
    if isinstance(data, dict) and "shots" in data:
        if options.planning != Options():
            raise BriefError(f"{document} is a storyline, which says everything itself; change it there instead of with options.")
        return finished(storyline_located(storyline_from(data), document), options)
    if is_job(data):
        job = job_from(data, document)
        return replace(job, brief=_whole(replace(job.brief, seed=seed or 0), options))
    brief = _with_lexicon(located(brief_from(_peopled(data)), document), document)
    seeded = isinstance(data, dict) and "seed" in data
    return _whole(brief if seeded else replace(brief, seed=seed or 0), options)


def _whole(brief: Brief, options: Options) -> Brief:
    """A brief with what options say, and with those whom its words let be heard only. Raises `BriefError`."""
    from dramatis.production.lines.screenplay import with_off_screen

    return with_off_screen(check_brief(_with_options(brief, options)))


def _with_lexicon(brief: Brief, document: Path) -> Brief:
    """A `lexicon.json` beside the brief is used without being named."""
    beside = document.parent / "lexicon.json"
    return brief if brief.lexicon or not beside.is_file() or beside == document else replace(brief, lexicon=str(beside))


def finished(storyline: Storyline, options: Options) -> Storyline:
    """A storyline with what options add to its film."""
    added = _added(options)
    ground = added.pop("background", None)
    canvas = storyline.canvas if ground is None else replace(storyline.canvas, alpha=ground == "none")
    cast = _consented(storyline.cast, options.consents)
    return replace(storyline, canvas=canvas, cast=cast, **added)  # type: ignore[arg-type]  # by name


def _peopled(data: object) -> object:
    """A brief without a cast has the one of which its prompt tells."""
    if not isinstance(data, dict) or data.get("cast"):
        return data
    from dramatis.production.lines.screenplay import cast_of

    names = cast_of(str(data.get("prompt") or "")) or ("person1",)
    return {**data, "cast": [{"name": name} for name in names]}


def engine_of(request: Brief | JobFile | Storyline) -> str:
    """The engine that a request asks for."""
    if isinstance(request, Storyline):
        return request.engine
    return (request.brief if isinstance(request, JobFile) else request).wants


def size_of(text: str) -> tuple[tuple[int, int] | int | None, float | None]:
    """Size and frames a second, None for what is not said: `1280x720`, or the short side as `720p` or `4k`, each perhaps with a
    rate, `1080p50` or `1280x720@24`, or `@30` alone. Raises `BriefError`.
    """
    match = _SIZE.fullmatch(text.strip())
    if match is None or not any(match.groups()):
        known = "1280x720, or the short side as 720p, 1080p or 4k, with the frames a second as 1080p50 or 1280x720@24"
        raise BriefError(f'"{text}" is not a size; give it as {known}.')
    width, height, short, name, fps = match.group("width", "height", "short", "name", "fps")
    side = int(short) if short else _SIZES[name.lower()] if name else None
    return (int(width), int(height)) if width else side, float(fps) if fps else None


def _check_text(text: str) -> None:
    """Refuse text that is not UTF-8: no storyline and no report can contain it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        shown = text.encode(errors="replace").decode()
        raise BriefError(f'"{shown}" is not written in UTF-8; write or rename it so.') from None


def _with_options(brief: Brief, options: Options) -> Brief:
    size, fps = (None, None) if options.size is None else size_of(options.size)
    changes = {
        "prompt": options.prompt,
        "size": size,
        "fps": fps,
        "engine": options.engine,
        **_added(options),
    }
    changed = replace(brief, **{name: value for name, value in changes.items() if value is not None})  # type: ignore[arg-type]  # by name
    return replace(changed, cast=_consented(changed.cast, options.consents))


def _consented(cast: tuple[Character, ...], consents: Sequence[str]) -> tuple[Character, ...]:
    """The cast with who may use their faces and voices: one word for everybody, or one for each. Raises `BriefError`."""
    if not consents:
        return cast
    known = {str(word): word for word in CONSENTS}
    if not set(consents) <= set(known):
        raise BriefError(f"--consent is {', '.join(consents)}: {', '.join(known)} can be said, once or for each character.")
    if len(consents) not in (1, len(cast)):
        raise BriefError(f"--consent was given {len(consents)} times for {len(cast)} characters: give it once, or once for each.")
    words = [known[word] for word in consents] * (len(cast) if len(consents) == 1 else 1)
    return tuple(replace(who, consent=word) for who, word in zip(cast, words, strict=True))


def _added(options: Options) -> dict[str, object]:
    """What options add to a film, by the names that briefs and storylines have for it; raises `BriefError`."""
    known = get_args(CaptionStyle)
    if options.captions is not None and options.captions not in known:
        raise BriefError(f'Captions cannot be "{options.captions}": {", ".join(known)} are known.')
    if options.background not in (None, "shown", "none"):
        raise BriefError(f'The background cannot be "{options.background}": shown and none are known.')
    wished = {"captions": options.captions, "music": options.music, "background": options.background}
    return {name: value for name, value in wished.items() if value is not None}


def _cast(options: Options) -> tuple[Character, ...]:
    portraits = [_portrait(text) for text in options.portraits]
    sounds: list[tuple[str | None, str | None]] = [(voice, None) for voice in options.voices]
    sounds += [(None, text) for text in options.said]
    if not portraits and not options.prompt and not sounds:
        raise BriefError(
            "There is nobody to film; give a picture with --portrait, words with --prompt, or a brief, a storyline or a job file."
        )
    named = _named(options, bool(sounds))
    sounds = sounds or [(None, None)] * len(named)
    if not portraits:
        portraits = [("", None)] * max(0 if _told_over(options) else 1, len(sounds), len(named))
    if len(portraits) == 1:
        portraits += [(portraits[0][0], None)] * (len(sounds) - 1)
    if len(sounds) > len(portraits):
        raise BriefError(
            f"{len(sounds)} voices were given for {len(portraits)} portraits; give one portrait for each voice, "
            "or one picture that shows everybody."
        )
    sounds += [(None, None)] * (len(portraits) - len(sounds))
    names = [*named, *(f"person{number}" for number in range(len(named) + 1, len(portraits) + 1))]
    return tuple(
        Character(name, path, face, voice, text)
        for name, (path, face), (voice, text) in zip(names, portraits, sounds, strict=True)
    )


def _named(options: Options, heard: bool) -> tuple[str, ...]:
    """The speakers of the dialogue script in the prompt; of a film without pictures all of whom it tells. `heard`: there are
    voices, whose names are those whom the prompt tells of, if it tells of enough.
    """
    from dramatis.production.lines.screenplay import cast_of, heard_only, speakers

    words = options.prompt or ""
    unseen = heard_only(words)
    if options.portraits or options.engine not in {None, "drawn"}:
        return () if heard else tuple(name for name in speakers(words) if name not in unseen)
    names = tuple(name for name in cast_of(words) if name not in unseen)
    return names if len(names) >= len(options.voices) + len(options.said) else ()


def _told_over(options: Options) -> bool:
    """Whether a drawn film may show nobody: somebody is heard who is not seen."""
    from dramatis.production.lines.screenplay import heard_only

    return options.engine in {None, "drawn"} and bool(heard_only(options.prompt or ""))


def heard(brief: Brief) -> Brief:
    """The brief with those who are heard only by its words; raises `BriefError` for a film of the portrait engine without a
    voice.
    """
    from dramatis.production.lines.screenplay import script_of, with_off_screen

    brief = with_off_screen(brief)
    silent = not any(who.voice is not None or who.say is not None for who in brief.cast)
    if silent and brief.wants == "portrait" and not script_of(brief):
        raise BriefError("There is no voice; give a sound with --voice, or a text to speak with --say.")
    return brief


def _portrait(text: str) -> tuple[str, tuple[float, ...] | None]:
    """A picture's path, and the face in it that `picture.png@640,300` points at."""
    path, mark, place = text.rpartition("@")
    if not mark or not re.fullmatch(r"[\d.,\s]+", place) or Path(text).exists():
        return text, None
    try:
        numbers = tuple(float(part) for part in place.split(","))
    except ValueError:
        return text, None
    return (path, numbers) if len(numbers) in (2, 4) else (text, None)
