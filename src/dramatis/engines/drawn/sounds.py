"""What is heard in the drawn engine's shots: its scripts say what happens in them."""

from collections.abc import Sequence

from dramatis.clock import Span
from dramatis.engines.drawn.shot_script import script_of
from dramatis.media.sound import Waveform
from dramatis.media.value_cache import NOWHERE
from dramatis.stage.sound.place_sounds import RATE, place_sounds
from dramatis.take import Take


def sounds(shots: Sequence[tuple[Span, Take]], seconds: float) -> Waveform | None:
    """The sounds of shots as long as the film, mono at 48 kHz; a take needs no voices for that. None: nothing is heard."""
    found = place_sounds([(span, script_of(take, NOWHERE)) for span, take in shots], seconds)
    return None if found is None else Waveform(found[:, None], RATE)
