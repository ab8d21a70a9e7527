"""Films of a hundred briefs, planned as `dramatis make --prompt` plans them, and what of each wish their scripts show.

Lines are spoken by the synthesiser; a wish that is not shown counts as missed, whether or not a note names it.
"""

import json
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path

from dramatis.director import direct
from dramatis.engines import build
from dramatis.evaluation.drawn.script_facts import facts_of
from dramatis.production.assets import Assets
from dramatis.production.output_files import spoken
from dramatis.production.phases.single import takes
from dramatis.production.request import Options, request_of
from dramatis.production.stock import load_stock
from dramatis.production.storyboard import write
from dramatis.story import Brief

LANGUAGES = ("english", "chinese")


@dataclass(frozen=True)
class DrawnCase:
    """A brief, what its film must show, and words of which a note must say that they are not shown."""

    language: str
    words: str
    must: tuple[str, ...]
    noted: tuple[str, ...] = ()


@dataclass(frozen=True)
class DrawnFinding:
    """One wish of one brief: shown or not; `noted`: what is said of it, if something is."""

    case: DrawnCase
    wish: str
    right: bool
    noted: str = ""


def cases() -> tuple[DrawnCase, ...]:
    """All briefs."""
    table = tomllib.loads(files(__package__).joinpath("cases.toml").read_text("utf-8"))
    return tuple(
        DrawnCase(language, case["words"], tuple(case["must"]), tuple(case.get("noted", ())))
        for language in LANGUAGES
        for case in table[language]
    )


def evaluate(wanted: Iterable[DrawnCase] | None = None, seed: int = 0) -> tuple[DrawnFinding, ...]:
    """Every wish of the briefs (None: all of them). Raises `VoiceError` without a synthesiser."""
    return tuple(finding for case in (cases() if wanted is None else wanted) for finding in _judged(case, seed))


def _judged(case: DrawnCase, seed: int) -> Iterator[DrawnFinding]:
    brief, assets, limits = request_of(None, Options(prompt=case.words), seed), Assets(), build("drawn").limits
    if not isinstance(brief, Brief):
        raise TypeError("options make a brief")
    with tempfile.TemporaryDirectory() as folder:
        storyline, verdict = write(brief, spoken(brief, Path(folder) / "film.mp4")[0], assets, limits, direct)
        film = takes(storyline, load_stock(storyline, assets, limits), limits)
    facts = facts_of(film, assets.cache)
    unshown = [f"{one.wish}: {one.shown or 'not shown'}" for one in storyline.deliberation.unshown]
    said = [*unshown, *verdict.notes]
    for wish in case.must:
        yield DrawnFinding(case, wish, facts.shows(wish), _note(wish.split(" ")[-1], said))
    for words in case.noted:
        told = _note(words, said)
        yield DrawnFinding(case, f'a note on "{words}"', bool(told), told)


def _note(words: str, said: Sequence[str]) -> str:
    return next((note for note in said if words in note), "")


def share(findings: Iterable[DrawnFinding]) -> float:
    """Share of wishes that are shown, 0 to 1; 1 if there are none."""
    right = [finding.right for finding in findings]
    return sum(right) / len(right) if right else 1.0


def as_table(findings: Sequence[DrawnFinding]) -> str:
    """Shares by language and kind of wish, and every miss."""
    lines = []
    for language in LANGUAGES:
        mine = [finding for finding in findings if finding.case.language == language]
        whole = sum(all(one.right for one in mine if one.case == case) for case in {one.case for one in mine})
        lines.append(f"{language:<10}{100 * share(mine):6.1f} % of {len(mine)} wishes, {whole} briefs without a miss")
    for finding in findings:
        if not finding.right:
            lines.append(f"missed: {finding.wish} in {finding.case.words[:90]!r} {finding.noted}".rstrip())
    return "\n".join(lines) + "\n"


def to_json(findings: Sequence[DrawnFinding]) -> str:
    """Every wish with its brief."""
    return json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1) + "\n"
