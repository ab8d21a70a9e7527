"""The words of a film as captions, whether its picture shows any or not."""

from pathlib import Path

from dramatis.errors import BriefError
from dramatis.media.pictures.captioned_frames import Caption
from dramatis.production.assets import Assets
from dramatis.production.captions.captioning import NO_TEXT, captions_of
from dramatis.story import Storyline


def subtitles(storyline: Storyline, assets: Assets, font: Path | None) -> tuple[Caption, ...]:
    """What is said, when; raises `BriefError` if no line has a text."""
    shown = captions_of(storyline, assets, font)[0] if storyline.lines else ()
    if not shown:
        raise BriefError(NO_TEXT)
    return shown
