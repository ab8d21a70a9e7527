"""The commands and their options."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from typer.main import get_command

from dramatis.cli.faults import faults_reported
from dramatis.cli.grouped_help import GroupedCommand

app = typer.Typer(
    name="dramatis",
    help="Makes films of talking people from a portrait, a voice and a line of direction.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Texts = list[str]
_EXPORT = (
    ".zip (project), .otio (the cut), jianying.zip (a draft), .srt, .vtt, .html (a review with the film inside), "
    "or .wav (voices, music and sounds, a file each)."
)
_DOCUMENT = "A script as text, a brief, a storyline, or a job file of MultiTalk or InfiniteTalk."
_PORTRAIT = "A picture with a face; PICTURE@X,Y points at one. Several pictures: the film cuts between them."
_CAPTIONS = (
    "none, file (.srt and .vtt beside the film), or also in the picture: plain, box, words (each lights up). [default: none]"
)
_CONSENT = "Why face and voice may be used: self, permission, fictional or licensed; once, or once for each character."
_SAY = "A text to be spoken, instead of a voice."
_PROMPT = 'The direction: "she smiles, the camera pushes in slowly".'
_ENGINE = "portrait, drawn, native, remote, wan or fake. [default: portrait for a picture, else drawn]"
_MUSIC = "A sound that plays under the voices, softer while somebody speaks."
_BACKGROUND = "none: leave it out, in .mov, .webm and .png. [default: shown]"
_LANES = "A file (.toml) that lists workers, here and on other machines. [default: one for each core here]"
_PLAN = "The storyline. [default: storyline.json]"
_SHOW = "Print the storyboard, and draw its timeline as a picture."
_ANIMATIC = "Draw the plan as a small film (.mp4) with its sound."
_WHO, _WHAT, _FILM = "Who", "What", "Output"
_SIZE = "Size and frames a second: 1280x720, 720p, 4k, 1080p50, 1280x720@24, or @30 alone."
_VOICE = "A sound in which somebody speaks or sings; several: one for each character."


@app.command(cls=GroupedCommand)
def make(
    document: Annotated[Path | None, typer.Argument(help=_DOCUMENT)] = None,
    portrait: Annotated[Texts | None, typer.Option(help=_PORTRAIT, rich_help_panel=_WHO)] = None,
    voice: Annotated[Texts | None, typer.Option(help=_VOICE, rich_help_panel=_WHO)] = None,
    say: Annotated[Texts | None, typer.Option(help=_SAY, rich_help_panel=_WHO)] = None,
    consent: Annotated[Texts | None, typer.Option(help=_CONSENT, rich_help_panel=_WHO)] = None,
    prompt: Annotated[str | None, typer.Option(help=_PROMPT, rich_help_panel=_WHAT)] = None,
    engine: Annotated[str | None, typer.Option(help=_ENGINE, rich_help_panel=_WHAT)] = None,
    music: Annotated[str | None, typer.Option(help=_MUSIC, rich_help_panel=_WHAT)] = None,
    captions: Annotated[str | None, typer.Option(help=_CAPTIONS, rich_help_panel=_WHAT)] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="The film.", rich_help_panel=_FILM)] = Path("film.mp4"),
    size: Annotated[str | None, typer.Option(help=_SIZE, rich_help_panel=_FILM)] = None,
    background: Annotated[str | None, typer.Option(help=_BACKGROUND, rich_help_panel=_FILM)] = None,
    lanes: Annotated[Path | None, typer.Option(help=_LANES, rich_help_panel=_FILM)] = None,
) -> None:
    """Make a film."""
    with faults_reported("finished clips are kept; the same command continues from there"):
        from dramatis.cli.make import film
        from dramatis.production.request import Options

        said = (portrait or (), voice or (), say or (), prompt)
        options = Options(*said, size, engine, captions, music, background, consent or ())
        film(document, options, output, lanes)


@app.command(cls=GroupedCommand)
def plan(
    document: Annotated[Path | None, typer.Argument(help=f"{_DOCUMENT} A storyline is planned again; locked parts stay.")] = None,
    portrait: Annotated[Texts | None, typer.Option(help=_PORTRAIT, rich_help_panel=_WHO)] = None,
    voice: Annotated[Texts | None, typer.Option(help=_VOICE, rich_help_panel=_WHO)] = None,
    say: Annotated[Texts | None, typer.Option(help=_SAY, rich_help_panel=_WHO)] = None,
    prompt: Annotated[str | None, typer.Option(help=f"{_PROMPT} For a storyline: the new one.", rich_help_panel=_WHAT)] = None,
    engine: Annotated[str | None, typer.Option(help=_ENGINE, rich_help_panel=_WHAT)] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help=_PLAN, rich_help_panel=_FILM)] = None,
    size: Annotated[str | None, typer.Option(help=_SIZE, rich_help_panel=_FILM)] = None,
    show: Annotated[bool, typer.Option("--show", help=_SHOW, rich_help_panel=_FILM)] = False,
    animatic: Annotated[Path | None, typer.Option(help=_ANIMATIC, rich_help_panel=_FILM)] = None,
) -> None:
    """Plan a film. The storyline can be read, edited, locked and filmed."""
    with faults_reported():
        from dramatis.cli.plan import Views, planned
        from dramatis.production.request import Options

        options = Options(portrait or (), voice or (), say or (), prompt, size, engine)
        planned(document, options, output, Views(show, animatic))


@app.command()
def edit(
    document: Annotated[Path, typer.Argument(help="A storyline: that of a film stands beside it (FILM.storyline.json).")],
    voice: Annotated[
        Texts | None, typer.Option(help="NAME=FILE: another voice for what NAME says; a file for each line.")
    ] = None,
    say: Annotated[Texts | None, typer.Option(help="NAME=TEXT: other words, spoken; one for each line.")] = None,
    translate: Annotated[str | None, typer.Option(help="A language for the lines, by the language model.")] = None,
    extend: Annotated[Texts | None, typer.Option(help="NAME=TEXT or NAME=FILE: one more line at the end.")] = None,
    background: Annotated[str | None, typer.Option(help="A picture behind people; a drawn place in words.")] = None,
    portrait: Annotated[Texts | None, typer.Option(help="NAME=FILE: another picture of NAME.")] = None,
    look: Annotated[Texts | None, typer.Option(help="NAME=WORDS: how a drawn character looks.")] = None,
    keep: Annotated[str | None, typer.Option(help="x0,y0,x1,y1 (0 to 1): a region of the picture that stays as it is.")] = None,
    seed: Annotated[int | None, typer.Option(help="Another take of the same: a number.")] = None,
    shot: Annotated[int | None, typer.Option(help="Only in the shot with this number. [default: the whole film]")] = None,
    span: Annotated[str | None, typer.Option(help="Only in this span, in seconds: 1.5-3.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The new storyline. [default: edited.json]")] = None,
) -> None:
    """Edit a film's plan. Only what an edit touches is filmed again."""
    with faults_reported():
        from dramatis.cli.edit import EditOptions, edited_plan

        where = (keep, seed, shot, span)
        options = EditOptions(voice or (), say or (), translate, extend or (), background, portrait or (), look or (), *where)
        edited_plan(document, options, output)


@app.command()
def export(
    film: Annotated[Path, typer.Argument(help="A finished film, beside its storyline or with its settings inside.")],
    output: Annotated[Path, typer.Option("--output", "-o", help=_EXPORT)],
) -> None:
    """Give a film on. As a project, a cut for editors, subtitles, or a page for a review."""
    with faults_reported():
        from dramatis.cli.export import given_on

        given_on(film, output)


@app.command()
def batch(
    table: Annotated[Path, typer.Argument(help="A CSV file: a film a row, its columns are options of make, and seed.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder of the films.")] = Path("films"),
) -> None:
    """Make the films of a table."""
    with faults_reported("finished films are kept; the same command makes the others"):
        from dramatis.cli.batch import made_from

        made_from(table, output)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Where to listen; other machines need a token.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port; 0: any that is free.")] = 8765,
    folder: Annotated[Path | None, typer.Option(help="Where all is kept. [default: in the user's data folder]")] = None,
    tokens: Annotated[Path | None, typer.Option(help="A file with a token on each line, perhaps a name before it.")] = None,
    films: Annotated[int, typer.Option(help="How many films are made at once.")] = 1,
    jobs: Annotated[int, typer.Option(help="How many jobs of one client may wait.")] = 2000,
    disk: Annotated[float, typer.Option(help="GB of all uploads and films together.")] = 50.0,
    upload: Annotated[float, typer.Option(help="MB of one upload.")] = 500.0,
    callbacks: Annotated[
        Texts | None, typer.Option(help="A host that may be told when films are done; several are possible.")
    ] = None,
    require_consent: Annotated[
        bool, typer.Option("--require-consent", help="Films need a word on who may use face and voice.")
    ] = False,
    certificate: Annotated[Path | None, typer.Option(help="A PEM file with certificate and key; serves HTTPS.")] = None,
) -> None:
    """Serve films to programs and people: a queue with an HTTP API."""
    with faults_reported("films that were being made go on at the next start"):
        from dramatis.cli.serve import ServeOptions, served

        limits = (films, jobs, disk, upload)
        served(ServeOptions(host, port, folder, tokens, *limits, callbacks or (), require_consent, certificate))


@app.command()
def voices(
    sample: Annotated[Path | None, typer.Option(help="A folder for a spoken sample of each voice.")] = None,
) -> None:
    """List the voices that speak texts, and how to install those that are missing."""
    with faults_reported():
        from dramatis.cli.voices_table import listed

        listed(sample)


@app.command()
def doctor(
    weights: Annotated[
        list[Path] | None, typer.Argument(help="Folders and files of published weights, for --engine wan.")
    ] = None,
    engine: Annotated[str | None, typer.Option(help="wan: examine published weights.")] = None,
) -> None:
    """Check what works on this machine."""
    with faults_reported():
        if engine is None and not weights:
            from dramatis.cli.doctor import examine

            raise typer.Exit(0 if examine() else 1)
        from dramatis.cli.doctor_weights import examine_weights

        raise typer.Exit(0 if examine_weights(engine or "wan", weights or ()) else 1)


@app.command()
def look(
    film: Annotated[Path, typer.Argument(help="A finished film.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The sheet. [default: FILM.sheet.png]")] = None,
    phases: Annotated[bool, typer.Option("--phases", help="Show what each phase of the production has filmed.")] = False,
) -> None:
    """Make a contact sheet. It shows frames, faces, and the opening of the mouth over the sound."""
    with faults_reported():
        from dramatis.cli.look import look as look_at

        look_at(film, output, phases)


@app.command()
def measure(
    film: Annotated[Path, typer.Argument(help="A finished film.")],
    as_json: Annotated[bool, typer.Option("--json", help="As JSON instead of a table.")] = False,
) -> None:
    """Measure a finished film. Lips, sharpness, background and motion, from the film alone."""
    with faults_reported():
        from dramatis.cli.look import measured

        measured(film, as_json)


@app.command()
def verify(
    film: Annotated[Path, typer.Argument(help="Any video file.")],
    as_json: Annotated[bool, typer.Option("--json", help="As JSON instead of sentences.")] = False,
) -> None:
    """Say where a film comes from. Exit code 0: from Dramatis, 1: nothing says so, 2: its layers contradict each other."""
    with faults_reported():
        from dramatis.cli.verify import verified

        raise typer.Exit(verified(film, as_json))


@app.command()
def stage(
    number: Annotated[int, typer.Argument(help="The first script.")] = 0,
    count: Annotated[int, typer.Option(help="How many scripts.")] = 8,
    output: Annotated[Path, typer.Option("--output", "-o", help="A contact sheet (.png, .jpg), or films (.mp4).")] = Path(
        "stage.png"
    ),
    split: Annotated[str, typer.Option(help="train, validation or test.")] = "train",
    repertoire: Annotated[str, typer.Option(help="native: what the native model learns; whole: everything.")] = "native",
    size: Annotated[str, typer.Option(help="Width and height.")] = "256x144",
    seconds: Annotated[float, typer.Option(help="The length of a script.")] = 3.0,
) -> None:
    """Draw scenes of the stage. They train the native model: contact sheets, or films with ground truth as JSON."""
    with faults_reported():
        from dramatis.cli.stage import StageOptions
        from dramatis.cli.stage import stage as show_stage

        show_stage(StageOptions(number, count, split, repertoire, size, seconds), output)


@app.command()
def train(
    what: Annotated[
        str,
        typer.Argument(
            help="codec, speech, clips, motion, transformer, refiner (they need those before), reader, vocals, whole."
        ),
    ],
    minutes: Annotated[float, typer.Option(help="For how long; a run continues where it stopped.")] = 30.0,
    folder: Annotated[Path, typer.Option(help="The folder of the runs.")] = Path("training"),
) -> None:
    """Train a network. "clips" draws the films that the transformer is trained on."""
    with faults_reported("the run is kept; the same command continues from there"):
        from dramatis.cli.train import trained

        trained(what, minutes, folder)


@app.command()
def evaluate(
    what: Annotated[str, typer.Argument(help="What to evaluate: director, drawn, or native (films its cases).")],
    as_json: Annotated[bool, typer.Option("--json", help="As JSON instead of a table.")] = False,
    cases: Annotated[int, typer.Option(help="How many of the 200 cases to film.")] = 200,
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder for films and figures.")] = Path("evaluation"),
    english: Annotated[Path | None, typer.Option(help="A real English voice for the native engine.")] = None,
    mandarin: Annotated[Path | None, typer.Option(help="A real Mandarin voice for the native engine.")] = None,
) -> None:
    """Evaluate a part of the system on its own cases."""
    with faults_reported("finished cases are kept beside the output; the same command continues from there"):
        from dramatis.cli.evaluate import evaluated

        voices = {"english": english, "mandarin": mandarin}
        evaluated(what, as_json, cases, output, {language: path for language, path in voices.items() if path is not None})


def main() -> None:
    """The entry point. Help of a command is told without reading its options, for which typer loads a validation library."""
    name, *rest = sys.argv[1:] or [""]
    command = getattr(get_command(app), "commands", {}).get(name) if rest == ["--help"] else None
    if command is None:
        app()
        return
    print(command.get_help(typer.Context(command, info_name=f"{app.info.name} {name}")))
