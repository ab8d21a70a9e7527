"""The parts of a finished film's sound, made again from its storyline: nothing is filmed for it."""

from pathlib import Path

from dramatis.engines import build
from dramatis.media.value_cache import ValueCache
from dramatis.production.assets import Assets
from dramatis.production.output_files import OutputFiles
from dramatis.production.soundtrack import soundtrack
from dramatis.production.stock import load_stock
from dramatis.recipes.crews import SOUNDS
from dramatis.runtime.environment import Environment, calculate_alike, folder_of
from dramatis.story import Storyline
from dramatis.take import Limits


def write_parts(storyline: Storyline, output: Path, settings: Environment) -> tuple[str, ...]:
    """Voices, music and sounds as `OUTPUT.voices.wav` and so on, those that there are; their names. Raises `DramatisError`."""
    calculate_alike()
    assets = Assets(ValueCache(folder_of(settings.vault)))
    sounds = SOUNDS.get(storyline.engine)
    limits = Limits("none", "") if sounds is None else build(storyline.engine, assets.cache).limits
    stock = load_stock(storyline, assets, limits)
    parts = soundtrack(storyline, stock, assets, sounds).stems
    outputs = OutputFiles(output)
    outputs.check_stems(parts, [line.sound for line in storyline.lines] + [storyline.music])
    outputs.write_stems(parts)
    return tuple(parts)
