"""`dramatis evaluate`."""

import time
from collections.abc import Mapping
from pathlib import Path

from dramatis.errors import BriefError
from dramatis.take import Event

WHAT = ("director", "drawn", "native")
_SHOWN = 6


def evaluated(what: str, as_json: bool, cases: int, output: Path, voices: Mapping[str, Path]) -> None:
    """Evaluate a part of the system on its cases and print a table or JSON; raises `BriefError` for an unknown part."""
    if what not in WHAT:
        raise BriefError(f'"{what}" cannot be evaluated: {", ".join(WHAT)} can.')
    if not 1 <= cases <= 200:
        raise BriefError(f"There are 200 cases; {cases} cannot be filmed.")
    if what == "native":
        print(_native(cases, output, as_json, voices), end="")
    else:
        print(_drawn(as_json) if what == "drawn" else _director(as_json), end="")


def _director(as_json: bool) -> str:
    from dramatis.evaluation.director.shot_figures import dialogue_figures, figures_table
    from dramatis.evaluation.director.suite import as_table, evaluate, to_json

    findings = evaluate()
    return to_json(findings) if as_json else f"{as_table(findings)}\n{figures_table(dialogue_figures())}"


def _drawn(as_json: bool) -> str:
    from dramatis.evaluation.drawn.suite import as_table, evaluate, to_json

    findings = evaluate()
    return to_json(findings) if as_json else as_table(findings)


def _native(cases: int, output: Path, as_json: bool, voices: Mapping[str, Path]) -> str:
    """Films the cases into `output`, writes the figures and a sheet beside them."""
    from dramatis.engines.native.limits import weights_in
    from dramatis.engines.native.load import PATIENT, load
    from dramatis.evaluation.native import reader
    from dramatis.evaluation.native.scorecard import as_table, sheet, to_json
    from dramatis.evaluation.native.suite import EvaluationSetup, evaluate
    from dramatis.media.pictures.picture_files import write_still
    from dramatis.media.sounds.sound_files import read_sound
    from dramatis.media.still import Still
    from dramatis.models import codec
    from dramatis.models.headers import WEIGHTS

    heard = {language: read_sound(str(path)) for language, path in voices.items()}
    engine, patient = load(weights_in(WEIGHTS)), load(weights_in(WEIGHTS), PATIENT)
    networks = (engine.networks.motion_model, engine.networks.video_model.dit)
    setup = EvaluationSetup(engine, codec.load(), reader.load(), patient, heard, networks)
    outcome = evaluate(setup, output, range(cases), _say)
    (output / "native.md").write_text(as_table(outcome))
    (output / "native.json").write_text(to_json(outcome))
    write_still(Still(sheet(output, setup.reader, range(min(cases, _SHOWN)))), str(output / "native.png"))
    return to_json(outcome) if as_json else as_table(outcome)


def _say(event: Event) -> None:
    import sys

    print(f"{time.strftime('%H:%M:%S')} {event.stage} {event.done:g}/{event.total:g} {event.note}", file=sys.stderr, flush=True)
