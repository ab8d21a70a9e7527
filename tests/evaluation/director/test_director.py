"""The director's own cases: the bar that rules alone must pass, and the language that features are written in."""

import json

import pytest

from dramatis.clock import Span
from dramatis.evaluation.director.cases import DirectorCase, Finding, JudgedPlan, cases, holds
from dramatis.evaluation.director.suite import LANGUAGES, as_table, evaluate, share, to_json
from dramatis.story import Cue


@pytest.fixture(scope="module")
def findings() -> tuple[Finding, ...]:
    return evaluate()


def test_there_are_enough_cases_of_both_languages() -> None:
    counts = {language: sum(case.language == language for case in cases()) for language in LANGUAGES}
    assert min(counts.values()) >= 60
    assert sum(case.group == "held out" for case in cases()) >= 60


@pytest.mark.parametrize("group", ["tuned", "held out"])
def test_rules_alone_pass_the_bar_in_both_languages(findings: tuple[Finding, ...], group: str) -> None:
    english, chinese = (
        share(finding for finding in findings if finding.case.group == group and finding.case.language == language)
        for language in LANGUAGES
    )
    assert min(english, chinese) >= 0.9
    assert english - chinese <= 0.03


def test_the_report_is_a_table_and_json(findings: tuple[Finding, ...]) -> None:
    assert "held out" in as_table(findings)
    assert len(json.loads(to_json(findings))["features"]) == len(findings)


CASE = DirectorCase("", "", "english", "tuned", ("Noor", "Tom"))
PLAN = JudgedPlan(
    cues=(
        Cue("emotion", "calm", Span(0, 6), "Noor", 1 / 3),
        Cue("emotion", "anger", Span(6, 12), "Tom", 1.0),
        Cue("action", "nod", Span(3, 4.2), None),
    ),
    avoid=frozenset({"smile"}),
    lines=(("Tom", "No: never!"),),
    facts=frozenset({("setting", "park"), ("look of Noor", "red hair")}),
)


@pytest.mark.parametrize(
    ("feature", "true"),
    [
        ("calm", True),
        ("calm of Noor, weak, 0-6", True),
        ("calm of Tom", False),
        ("calm, strong", False),
        ("calm, whole", False),
        ("calm, 6-12", False),
        ("calm of Noor then anger of Tom", True),
        ("anger then calm", False),
        ("nod, at 3", True),
        ("nod, at 5", False),
        ("nod of Tom", True),
        ("nod of everybody", True),
        ("anger of everybody", False),
        ("avoid smile", True),
        ("avoid nod", False),
        ("line of Tom: No: never!", True),
        ("line of Noor: No: never!", False),
        ("setting: park", True),
        ("look of Noor: red hair", True),
        ("look of Tom: red hair", False),
    ],
)
def test_features_are_found_where_they_are_and_nowhere_else(feature: str, true: bool) -> None:
    assert holds(feature, CASE, PLAN) is true
