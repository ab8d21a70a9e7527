"""Briefs of nothing but words: what they ask for is in the scripts of their films (`dramatis evaluate drawn` has a hundred)."""

import pytest

from dramatis.evaluation.drawn.suite import as_table, cases, evaluate, share

pytest.importorskip("espeakng_loader", reason="speaks lines with eSpeak NG (the extra `say`)")


def test_there_are_fifty_briefs_of_each_language() -> None:
    briefs = cases()
    assert [sum(case.language == language for case in briefs) for language in ("english", "chinese")] == [50, 50]
    assert len({case.words for case in briefs}) == 100


def test_what_is_asked_for_is_shown_and_what_is_not_is_named() -> None:
    briefs = cases()
    few = [briefs[number] for number in (0, 1, 32, 33, 50, 51, 81)]
    findings = evaluate(few)
    assert share(findings) == 1.0, as_table(findings)
    assert "100.0 %" in as_table(findings)


def test_a_wish_that_no_film_meets_is_missed() -> None:
    from dataclasses import replace

    (finding,) = evaluate([replace(cases()[1], must=("Bear does dance",))])
    assert not finding.right
    assert "missed: Bear does dance" in as_table([finding])
