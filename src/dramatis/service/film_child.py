"""Plans, films and takes, in a process of its own: `python -m dramatis.service.film_child`.

It stays between films, so what is loaded for one is there for the next. The server ends it to stop a film at once; finished takes
are in the vault then, and the same request goes on from there.
"""

import json
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from dramatis.media.value_cache import ValueCache
from dramatis.production.crew import Crew
from dramatis.runtime.environment import environment
from dramatis.runtime.pool import Pool
from dramatis.runtime.render_lanes import RenderLane
from dramatis.service.child_loop import Say, serve
from dramatis.service.records import Plain
from dramatis.story import Brief, Storyline
from dramatis.story.document import brief_from, json_ready, parse, storyline_from, to_json
from dramatis.take import Engine, Event, OnEvent

_PAUSE = 0.2  # seconds between two reports of progress
_THUMBNAIL = 0.3  # of the film
_MOST_POOLS = 2  # whose workers stay


class FilmMaker:
    """Makes films and plans; crews and their workers stay between films."""

    def __init__(self) -> None:
        self._crews: dict[tuple[str, str], Crew] = {}
        self._engines: dict[str, Callable[[], Engine]] = {}
        self._pools: dict[Callable[[], Engine], tuple[Pool, bool]] = {}
        self._alone: Pool | None = None

    def film(self, request: Plain, say: Say) -> Plain:
        """Make a film of `document` at `output`, or of one `shot` of it; takes are kept in `vault`. A picture is beside it."""
        from dramatis.media.pictures.picture_files import read_still, write_still
        from dramatis.media.videos.video import frame_at
        from dramatis.production.parts import part_of
        from dramatis.production.produce import Extent, produce

        document, output, shot = _document(request["document"]), Path(request["output"]), request.get("shot")
        crew = self._crew(document, request["vault"])
        standing = self._standing(crew.phases[0].engine, crew.lanes, crew.limits.generative)
        named = output.with_suffix(".png") if output.suffix == ".zip" else output  # numbered pictures in a folder
        extent = Extent(shot, bool(request.get("stems")))
        made = produce(document, named, crew, _telling(say), standing, extent)
        storyline = storyline_from(parse(made.storyline))
        seconds = storyline.seconds if shot is None else part_of(storyline, shot).seconds
        if made.path.is_dir():
            pictures = sorted(made.path.glob("*.png"))
            shown = read_still(str(pictures[int(_THUMBNAIL * len(pictures))]))
            shutil.make_archive(str(output.with_suffix("")), "zip", made.path)
            shutil.rmtree(made.path)
        else:
            shown = frame_at(str(made.path), _THUMBNAIL * seconds)
        write_still(shown, str(output.with_suffix(".jpg")))
        return _described(storyline, seconds)

    def preview(self, request: Plain, say: Say) -> Plain:
        """Film the `shot` of `document` small and fast at `output`, in this process."""
        from dramatis.production.previews.shot_preview import preview

        storyline = storyline_from(request["document"])
        crew = self._crew(storyline, request["vault"])
        if crew.limits.generative:  # it takes minutes: what is drawn shows where everything is and when it happens
            crew = self._crew(replace(storyline, engine="drawn"), request["vault"])
        if self._alone is None:
            self._alone = Pool(crew.phases[0].engine)
        preview(storyline, request["shot"], Path(request["output"]), crew, partial(_alive, say), self._alone)
        return {"engine": crew.limits.name}

    def plan(self, request: Plain, say: Say) -> Plain:
        """Plan a film of `document` and write the storyline to `output`; `prompt` is the new one of a storyline."""
        from dramatis.production.assets import Assets
        from dramatis.production.lines.line_division import divided
        from dramatis.production.planning import plan as planned

        document = _document(request["document"])
        crew = self._crew(document, request["vault"])
        output = Path(request["output"])
        made = planned(document, output, crew, request.get("prompt"))
        for note in made.notes:
            say({"note": note})
        return _described(divided(made.storyline, Assets(crew.cache), output.parent))

    def animatic(self, request: Plain, say: Say) -> Plain:
        """Draw the plan in `document` as a small film at `output`."""
        from dramatis.production.previews.animatic import animatic

        storyline = storyline_from(request["document"])
        crew = self._crew(replace(storyline, engine="drawn"), request["vault"])
        animatic(storyline, Path(request["output"]), crew, _telling(say))
        return _described(storyline)

    def take(self, request: Plain, say: Say) -> Plain:
        """Render the `take` by an `engine` into `output`, losslessly or as films are encoded; it is kept in `vault`, too."""
        from dramatis.engines import build
        from dramatis.media.videos.video import FINAL, INNER
        from dramatis.recipes.crews import lanes_for
        from dramatis.runtime.pool import Work, render_all
        from dramatis.runtime.take_files import read
        from dramatis.runtime.vault import Vault

        vault = Path(request["vault"])
        with Path(request["take"]).open("rb") as file:
            take = read(file)
        builder = self._engines.setdefault(request["engine"], partial(build, request["engine"], ValueCache(vault)))
        pool = self._standing(builder, lanes_for(environment()), build(request["engine"]).limits.generative)
        pool.begin(builder)
        kept = Vault(vault, kept=True)
        work = Work([take], kept, INNER if request["encoding"] == "lossless" else FINAL)
        (clip,) = render_all(pool, work, _telling(say))
        _linked(clip.path, Path(request["output"]))
        kept.close()
        canvas = take.canvas
        return {"seconds": take.frames / canvas.rate.fps, "size": [canvas.width, canvas.height], "frames": take.frames}

    def _standing(self, builder: Callable[[], Engine], lanes: Sequence[RenderLane], heavy: bool) -> Pool:
        """The pool of an engine, whose workers stay between films, also of other engines. One that is `heavy`, with weights that
        fill a machine, is alone.
        """
        pool, _ = self._pools.pop(builder, (None, heavy))
        for other, (its, weighs) in list(self._pools.items()):  # the least recently used first
            if heavy or weighs or len(self._pools) >= _MOST_POOLS:
                its.close()
                del self._pools[other]
        pool = pool or Pool(builder, lanes)
        self._pools[builder] = (pool, heavy)
        return pool

    def _crew(self, document: Brief | Storyline, vault: str) -> Crew:
        from dramatis.recipes import crew_for

        engine = document.engine if isinstance(document, Storyline) else document.wants
        if (engine, vault) not in self._crews:
            self._crews[engine, vault] = crew_for(engine, replace(environment(), vault=Path(vault)))
        return self._crews[engine, vault]

    def edit(self, request: Plain, _say: Say) -> Plain:
        """The storyline in `document` with `edits`; `files` are paths by ids, new sounds are written into `folder`."""
        from dramatis.recipes import translator_for
        from dramatis.service.edit_requests import edits_of, made_by

        storyline = storyline_from(request["document"])
        crew, folder = self._crew(storyline, request["vault"]), Path(request["folder"])
        translate = translator_for(environment())
        made, notes = made_by(storyline, edits_of(request["edits"]), request["files"], crew, folder, translate)
        return {"storyline": json.loads(to_json(made)), "notes": list(notes)}

    def script(self, request: Plain, _say: Say) -> Plain:
        """The storyline in `document` with other `lines`; new sounds are written into `folder`."""
        from dramatis.service.plan_editing import with_lines

        storyline = storyline_from(request["document"])
        limits = self._crew(storyline, request["vault"]).limits
        made = with_lines(storyline, request["lines"], Path(request["folder"]), limits)
        return {"storyline": json.loads(to_json(made))}


def speak(request: Plain, _say: Say) -> Plain:
    """Speak `text` by `voice` ("": the one of the last of `people`, of whom each has another) at `speed`, with the feeling that
    `instructions` name, and write the sound to `output` in its format.
    """
    from dramatis.media.sounds.speech_files import write_speech
    from dramatis.runtime.environment import cores
    from dramatis.speech.synthesis import catalogue
    from dramatis.speech.synthesis.espeak import language_of
    from dramatis.speech.synthesis.manner import feeling
    from dramatis.speech.synthesis.speech_lines import LineToSpeak, speak_lines
    from dramatis.speech.synthesis.spoken import Delivery
    from dramatis.speech.synthesis.voice_casting import Heard, cast_voices

    text, name = request["text"], request["voice"]
    language = language_of(text)
    people = [Heard(*person) for person in request["people"]]
    voice = catalogue.asked(name, language) if name else cast_voices(people, language)[-1]
    prosody = feeling(request["instructions"]).then(Delivery(rate=request["speed"]))
    said = speak_lines([LineToSpeak(text, voice, prosody)], workers=cores())[0]
    write_speech(said.sound, request["output"], request["format"])
    return {"seconds": said.sound.seconds, "voice": voice.name}


def faces(request: Plain, _say: Say) -> Plain:
    """The boxes of the faces in the picture at `path`, left to right, in its pixels."""
    from dramatis.production.assets import Assets

    assets = Assets()
    scale = assets.reduced(request["path"])
    return {"faces": [[round(value / scale, 1) for value in face.box] for face in assets.faces(request["path"])]}


def voices(request: Plain, _say: Say) -> Plain:
    """What the lines of the storyline in `document` look like."""
    from dramatis.service.plan_editing import seen_voices

    return seen_voices(storyline_from(request["document"]))


def cast(request: Plain, _say: Say) -> Plain:
    """Who is in a film of the words of `prompt`, and what they say."""
    from dramatis.service.plan_editing import cast_of_words

    return cast_of_words(request["prompt"], request["names"])


def _linked(path: Path, output: Path) -> None:
    """A file under another name, too, where the disk can do that."""
    output.unlink(missing_ok=True)
    try:
        output.hardlink_to(path)
    except OSError:
        shutil.copyfile(path, output)


def limits(request: Plain, _say: Say) -> Plain:
    """What an `engine` can do; no weights are read."""
    from dramatis.engines import build

    return {"limits": json_ready(build(request["engine"]).limits)}


def export(request: Plain, _say: Say) -> Plain:
    """What the name of `output` asks for, of a film whose storyline is `document`."""
    from dramatis.production.exporting.film_exports import exported
    from dramatis.runtime.environment import folder_of

    storyline = storyline_from(request["document"])
    settings = replace(environment(), vault=folder_of(Path(request["vault"])) or Path(request["vault"]))
    exported(storyline, Path(request["film"]), Path(request["output"]), settings, request["title"], portable=True)
    return {}


def _document(data: Plain) -> Brief | Storyline:
    return storyline_from(data) if "shots" in data else brief_from(data)


def _alive(say: Say, _event: Event) -> None:
    """After each frame: whoever asked may want something newer by now."""
    say({})


def _described(storyline: Storyline, seconds: float | None = None) -> Plain:
    """A storyline, and how long a film of it is (None: all of it)."""
    canvas = storyline.canvas
    seconds = storyline.seconds if seconds is None else seconds
    frames = seconds * canvas.rate.fps
    return {
        "storyline": json.loads(to_json(storyline.identified)),
        "seconds": round(seconds, 3),
        "size": [canvas.width, canvas.height],
        "effort": round(frames * canvas.width * canvas.height / 1e6, 3),
    }


def _telling(say: Say) -> OnEvent:
    """Progress as messages: what begins, and every `_PAUSE` seconds how far it is."""
    from dramatis.production.report import NOTE, PREVIEW
    from dramatis.runtime.dispatch import STAGE

    told = 0.0

    def on_event(event: Event) -> None:
        nonlocal told
        if event.stage == NOTE:
            say({"note": event.note})
        elif event.stage == PREVIEW:
            say({"preview": event.done})
        elif event.stage != STAGE:
            say({"phase": event.note or event.stage})
        elif time.monotonic() - told > _PAUSE:
            told = time.monotonic()
            say({"progress": event.done / max(1e-9, event.total)})

    return on_event


def handling() -> Callable[[Plain, Say], Plain]:
    """A function that does what a request asks for."""
    maker = FilmMaker()
    tasks: dict[str, Callable[[Plain, Say], Plain]] = {
        "film": maker.film,
        "take": maker.take,
        "limits": limits,
        "plan": maker.plan,
        "animatic": maker.animatic,
        "preview": maker.preview,
        "speak": speak,
        "faces": faces,
        "script": maker.script,
        "edit": maker.edit,
        "export": export,
        "voices": voices,
        "cast": cast,
    }
    return lambda request, say: tasks[request["do"]](request, say)


def _warm() -> None:
    """Load what every film needs, while there is nothing to do."""
    import dramatis.production.produce
    import dramatis.production.storyboard
    import dramatis.recipes  # noqa: F401 - loaded for later


if __name__ == "__main__":
    serve(handling(), _warm)
