"""Accuracy of the director: its plans for many cases, checked feature by feature (`cases`).

By rules only, for an engine that can show everything; the findings of the audio and visual experts are part of a case.
"""

import json
from collections.abc import Callable, Iterable, Sequence

from dramatis.clock import Span
from dramatis.director.claims import (
    AudioReport,
    Material,
    PersonReport,
    PictureReport,
    Turn,
    Verdict,
    VisualReport,
    VoiceReport,
)
from dramatis.director.rounds.dialogue import deliberate
from dramatis.director.text.expert import read
from dramatis.director.writing.writer import written
from dramatis.evaluation.director.cases import DirectorCase, Finding, JudgedPlan, cases, judged
from dramatis.story import Character, Claim, Word
from dramatis.take import Limits

LANGUAGES = ("english", "chinese")


def evaluate(plan: Callable[[DirectorCase], JudgedPlan] | None = None) -> tuple[Finding, ...]:
    """All features of all cases, for a director (None: ours, by rules)."""
    return tuple(finding for case in cases() for finding in judged(case, (plan or planned)(case)))


def share(findings: Iterable[Finding]) -> float:
    """Share of correct features, 0 to 1; 1 if there are none."""
    known = [finding.right for finding in findings]
    return sum(known) / len(known) if known else 1.0


def as_table(findings: Sequence[Finding]) -> str:
    """Shares by group and language, then by kind, and what is missed among the cases that rules may be tuned on."""
    rows: list[tuple[str, ...]] = [("", *LANGUAGES)]
    for group in dict.fromkeys(finding.case.group for finding in findings):
        rows.append((group, *(_cell(findings, group=group, language=language) for language in LANGUAGES)))
    for kind in dict.fromkeys(finding.case.kind for finding in findings):
        rows.append((f"  {kind}", *(_cell(findings, kind=kind, language=language) for language in LANGUAGES)))
    lines = [f"{name:<14}" + "".join(f"{cell:>20}" for cell in cells) for name, *cells in rows]
    missed = [finding for finding in findings if not finding.right and finding.case.group == "tuned"]
    lines += [f"missed: {finding.feature} in {finding.case.words.strip()[:80]!r}" for finding in missed]
    return "\n".join(lines) + "\n"


def to_json(findings: Sequence[Finding]) -> str:
    """Every feature with its case, and the shares."""
    shares = {
        group: {language: round(share(_of(findings, group=group, language=language)), 4) for language in LANGUAGES}
        for group in dict.fromkeys(finding.case.group for finding in findings)
    }
    features = [
        {
            "group": finding.case.group,
            "language": finding.case.language,
            "kind": finding.case.kind,
            "words": finding.case.words,
            "feature": finding.feature,
            "right": finding.right,
        }
        for finding in findings
    ]
    return json.dumps({"shares": shares, "features": features}, ensure_ascii=False, indent=2) + "\n"


def _of(findings: Sequence[Finding], **wanted: str) -> list[Finding]:
    return [finding for finding in findings if all(getattr(finding.case, name) == value for name, value in wanted.items())]


def _cell(findings: Sequence[Finding], **wanted: str) -> str:
    here = _of(findings, **wanted)
    right = sum(finding.right for finding in here)
    return f"{share(here):.1%} ({right}/{len(here)})" if here else "-"


def planned(case: DirectorCase) -> JudgedPlan:
    """The plan for a case, by rules alone, for an engine that can show everything."""
    limits = Limits("any", "1")
    cast = tuple(Character(name, "picture.png") for name in case.cast)
    material = Material(case.words, cast, case.seconds, (), (), limits)
    audio, visual = _heard(case), _seen(case)
    text = read(material, audio, visual)
    return plan_of(material, Verdict(audio, visual, text, deliberate(material, audio, visual, text)))


def plan_of(material: Material, verdict: Verdict) -> JudgedPlan:
    """Facts of the written shots and of the deliberation."""
    shots = written(material, verdict)
    cues = tuple(dict.fromkeys(cue for shot in shots for cue in shot.direction.cues))
    avoid = frozenset(word for shot in shots for word in shot.direction.avoid.split(", ") if word)
    told = verdict.deliberation
    facts = {(f"look of {claim.who}" if claim.kind == "look" else claim.kind, claim.what) for claim in told.outcome}
    facts |= {("conflict", told.claims[place].kind) for conflict in told.conflicts for place in conflict.claims}
    return JudgedPlan(cues, avoid, verdict.text.dialogue, frozenset(facts))


def _heard(case: DirectorCase) -> AudioReport:
    claims = []
    for who, felt in case.heard.items():
        what, when, how = felt.split(" ")
        start, end = (float(part) for part in when.split("-"))
        strength = {"weak": 1 / 3, "plain": 2 / 3, "strong": 1.0}[how]
        claims.append(Claim("audio", 1, "emotion", what, who, Span(start, end), strength, 0.8, "pitch and energy"))
    tracks = tuple(_track(who, words) for who, words in case.said.items())
    turns = tuple(Turn(track.who, phrase) for track in tracks for phrase in track.phrases)
    return AudioReport(tracks, turns, tuple(claims))


def _track(who: str, words: str) -> VoiceReport:
    """ "hello@3.0 friends@3.8": each word lasts until the next one, 0.4 s at most."""
    pairs = [word.rsplit("@", 1) for word in words.split(" ")]
    starts = [float(at) for _, at in pairs]
    ends = [min(start + 0.4, after) for start, after in zip(starts, [*starts[1:], starts[-1] + 0.4], strict=True)]
    said = tuple(Word(text, Span(start, end)) for (text, _), start, end in zip(pairs, starts, ends, strict=True))
    return VoiceReport(who, phrases=(Span(starts[0], ends[-1]),), words=said)


def _seen(case: DirectorCase) -> VisualReport:
    if not case.framing:
        return VisualReport()
    people = tuple(PersonReport(name, (0.3, 0.1, 0.7, 0.9), case.framing) for name in case.cast)
    claims = tuple(Claim("visual", 1, "framing", case.framing, name, evidence="the face fills the picture") for name in case.cast)
    return VisualReport((PictureReport("picture.png", people),), claims)
