"""`dramatis export`: what other programs and people get of a finished film."""

from pathlib import Path

from dramatis.errors import BriefError
from dramatis.media.files import check_folder, written_whole
from dramatis.production.exporting.film_settings import document_at
from dramatis.runtime.environment import calculate_alike, environment
from dramatis.story import Storyline
from dramatis.story.document import storyline_from, storyline_located

_DRAFT = "draft_content.json"
_KINDS = ".zip, .html, .otio, .srt, .vtt, or the name draft_content.json (JianYing)"


def exported(film: Path, output: Path) -> None:
    """Write what the ending of `output` names."""
    calculate_alike()
    check_folder(output)
    plan = film.with_suffix(".storyline.json")
    source = plan if plan.is_file() else film
    storyline = storyline_located(storyline_from(document_at(source)), source)
    kind = _DRAFT if output.name == _DRAFT else output.suffix.lower()
    if kind == ".zip":
        from dramatis.production.exporting.archive import write_archive

        with written_whole(output) as part:
            write_archive(storyline, film, part)
    elif kind == ".html":
        from dramatis.production.exporting.review import review_page

        with written_whole(output) as part, part.open("w", encoding="utf-8") as file:
            file.writelines(review_page(storyline, film, film.stem))
    else:
        text = _text(kind, storyline, film, output)
        with written_whole(output) as part:
            part.write_text(text, encoding="utf-8")
    print(f"{output} is written, of {film}: {storyline.seconds:.1f} s")


def _text(kind: str, storyline: Storyline, film: Path, output: Path) -> str:
    from dramatis.media.value_cache import ValueCache
    from dramatis.production.assets import Assets
    from dramatis.production.exporting.subtitles import subtitles
    from dramatis.production.exporting.timeline import as_jianying, as_otio, located_beside
    from dramatis.production.subtitle_files import as_srt, as_vtt
    from dramatis.runtime.environment import folder_of

    settings = environment()
    assets = Assets(ValueCache(folder_of(settings.vault)))
    if kind == ".otio":
        return as_otio(storyline, located_beside(str(film), output.parent), assets)
    if kind not in (".srt", ".vtt", _DRAFT):
        raise BriefError(f"{output.name} is none of what a film is exported as: {_KINDS}.")
    if kind == _DRAFT:
        spoken = any(line.text for line in storyline.lines)
        said = subtitles(storyline, assets, settings.font) if spoken else ()
        captions = [(one.span.start, one.span.end, "\n".join(one.lines)) for one in said]
        return as_jianying(storyline, str(film.resolve()), captions)
    return (as_srt if kind == ".srt" else as_vtt)(subtitles(storyline, assets, settings.font))
