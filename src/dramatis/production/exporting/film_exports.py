"""What other programs and people get of a finished film, by the name of a file."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from dramatis.errors import BriefError, PictureError
from dramatis.media.files import check_folder, check_source, written_whole
from dramatis.media.value_cache import ValueCache
from dramatis.production.assets import Assets
from dramatis.runtime.environment import Environment, folder_of
from dramatis.story import Storyline

DRAFT = "jianying.zip"
"""The name of a draft of JianYing."""
KINDS = (".zip", ".html", ".otio", ".srt", ".vtt", DRAFT)


@dataclass(frozen=True)
class _Source:
    """A film, the storyline that it was made of, and where results of analyses are kept. `portable`: files are named as in the
    archive of the project, not where they are here.
    """

    storyline: Storyline
    film: Path
    settings: Environment
    portable: bool

    @property
    def assets(self) -> Assets:
        """Its files."""
        return Assets(ValueCache(folder_of(self.settings.vault)))


def exported(storyline: Storyline, film: Path, output: Path, settings: Environment, title: str, portable: bool = False) -> None:
    """Write it; `storyline` is located. `portable`: for another machine. Raises `DramatisError`."""
    check_folder(output)
    check_source(film, "film", PictureError)
    source = _Source(storyline, film, settings, portable)
    kind = DRAFT if output.name.endswith(DRAFT) else output.suffix.lower()
    if kind not in KINDS:
        raise BriefError(f"{output.name} is none of what a film is exported as: {', '.join(KINDS)} are known.")
    with written_whole(output) as part:
        if kind == ".zip":
            from dramatis.production.exporting.archive import write_archive

            write_archive(storyline, film, part)
        elif kind == DRAFT:
            from dramatis.production.exporting.jianying import write_draft

            spoken = any(line.text for line in storyline.lines)
            write_draft(storyline, film, _captions(source) if spoken else (), part)
        elif kind == ".html":
            from dramatis.production.exporting.review import review_page

            with part.open("w", encoding="utf-8") as file:
                file.writelines(review_page(storyline, film, title))
        else:
            part.write_text(_text(kind, source, output), encoding="utf-8")


def _text(kind: str, source: _Source, output: Path) -> str:
    from dramatis.production.captions.subtitle_files import as_srt, as_vtt
    from dramatis.production.exporting.archive import names_inside
    from dramatis.production.exporting.editor_files import as_otio, located_beside
    from dramatis.production.exporting.subtitles import subtitles

    storyline = source.storyline
    if kind == ".otio":
        inside = names_inside(storyline, source.film).__getitem__
        address = inside if source.portable else partial(located_beside, folder=output.parent)
        return as_otio(storyline, str(source.film), source.assets, address)
    return (as_srt if kind == ".srt" else as_vtt)(subtitles(storyline, source.assets, source.settings.font))


def _captions(source: _Source) -> list[tuple[float, float, str]]:
    """When each caption is shown, in seconds, and its text."""
    from dramatis.production.exporting.subtitles import subtitles

    said = subtitles(source.storyline, source.assets, source.settings.font)
    return [(one.span.start, one.span.end, "\n".join(one.lines)) for one in said]
