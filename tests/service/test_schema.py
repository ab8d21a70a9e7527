"""Every call of the OpenAPI document with requests that schemathesis makes up: good ones, and ones that break the document."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import Case, GenerationMode, openapi

from tests.service.conftest import Served

LASTING = ("/events", "/sync", "/speech", "/preview")
"""Calls whose answers last."""


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_no_call_fails_whatever_is_sent(served: Served) -> None:
    document = openapi.from_url(f"{served.client.base_url}/openapi.json")
    calls = [found.ok() for found in document.get_all_operations()]
    assert len(calls) > 60
    for call in calls:
        if not call.path.endswith(LASTING):
            _sent(call.label, call.as_strategy() | call.as_strategy(generation_mode=GenerationMode.NEGATIVE))


def _sent(label: str, cases: SearchStrategy[Case]) -> None:
    @settings(
        max_examples=2, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=cases)
    def send(case: Case) -> None:
        answer = case.call()
        assert answer.status_code < 500, (label, case.as_curl_command(), answer.text)
        assert answer.status_code < 400 or {"error", "code"} & set(answer.json()), (label, answer.text)

    send()
