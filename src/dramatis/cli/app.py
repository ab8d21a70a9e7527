"""The commands and their options."""

from pathlib import Path
from typing import Annotated

import typer

from dramatis.cli.faults import told

app = typer.Typer(
    name="dramatis",
    help="Films with people in them, made from a portrait, a voice and a line of direction.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Texts = list[str]


@app.command()
def make(
    document: Annotated[Path | None, typer.Argument(help="A brief, a storyline, or a job file of MultiTalk or InfiniteTalk.")] = None,
    portrait: Annotated[Texts | None, typer.Option(help="A picture with a face; PICTURE@X,Y points at one. Again: cuts between them.")] = None,
    voice: Annotated[Texts | None, typer.Option(help="A sound in which somebody speaks or sings. Again: one for each character.")] = None,
    say: Annotated[Texts | None, typer.Option(help="A text to be spoken, instead of a voice.")] = None,
    prompt: Annotated[str | None, typer.Option(help='The direction: "she smiles, the camera pushes in slowly".')] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="The film.")] = Path("film.mp4"),
    size: Annotated[str | None, typer.Option(help="1280x720, or the short side: 720p, 1080p, 4k. [default: 720p]")] = None,
    fps: Annotated[float | None, typer.Option(help="Frames a second, 5 to 60. [default: 25]")] = None,
    engine: Annotated[str | None, typer.Option(help="What films: portrait, or fake. [default: portrait]")] = None,
) -> None:
    """Make a film."""
    with told():
        from dramatis.cli.asked import Asked
        from dramatis.cli.making import film

        film(document, Asked(portrait or (), voice or (), say or (), prompt, size, fps, engine), output)


@app.command()
def doctor() -> None:
    """Say what works on this machine."""
    with told():
        from dramatis.cli.doctor import examine

        raise typer.Exit(0 if examine() else 1)


def main() -> None:
    """The entry point."""
    app()
