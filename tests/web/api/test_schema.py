"""Whatever is sent to the API, in the form asked for or in any other, it answers as its description says, never 5xx."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS
from schemathesis.generation import GenerationMode

from uitknop.web.api import create_api

ORIGIN = "http://127.0.0.1:8425"
N_CASES = int(os.environ.get("UITKNOP_API_CASES", "120"))
HELD = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance")


@cache
def description() -> dict[str, Any]:
    """The description, as the app gives it, without an app."""
    return create_api(None).openapi()  # type: ignore[arg-type]


def operations() -> list[tuple[str, str]]:
    return [(method.upper(), path) for path, item in description()["paths"].items() for method in item]


def test_everything_the_pages_do_is_described_with_types() -> None:
    told = description()
    assert len(operations()) >= 15
    for path, item in told["paths"].items():
        for method, one in item.items():
            assert one["summary"], (method, path)
            assert one["description"], (method, path)
            answer = one["responses"]["200"]["content"]["application/json"]["schema"]
            assert answer, (method, path)
            assert {"400", "401", "409", "422", "503"} <= set(one["responses"])
            if method == "post":
                assert "$ref" in one["requestBody"]["content"]["application/json"]["schema"], path


def test_no_address_holds_what_a_person_says() -> None:
    for path, item in description()["paths"].items():
        for one in item.values():
            named = {parameter["name"] for parameter in one.get("parameters", ())}
            assert named <= {"name", "claim_id", "start_ms", "end_ms"}, path


@pytest.fixture(scope="module")
def schema(making_app: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The description as the app serves it, read once."""
    with making_app(tmp_path_factory.mktemp("described")) as make:
        told = make(there=False).client.get("/api/openapi.json").json()
    assert told["paths"] == description()["paths"]
    return schemathesis.openapi.from_dict(told)


@pytest.mark.parametrize(("method", "path"), operations(), ids=lambda told: str(told))
def test_no_answer_is_an_error_of_ours(make_app: Callable[..., Any], schema: Any, method: str, path: str) -> None:
    app = make_app()
    app.house.judging.wake = lambda: None  # nothing here is about judging
    operation = schema[path][method]
    checks = [CHECKS.get_one(name) for name in HELD]
    cases = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in GenerationMode))
    n_cases = max(4, N_CASES // len(operations()))
    seen = []

    @given(case=cases)
    @settings(max_examples=n_cases, suppress_health_check=list(HealthCheck), database=None)
    def asked(case: Any) -> None:
        kwargs = case.as_transport_kwargs(base_url=f"{ORIGIN}/api")
        kwargs.pop("cookies", None)
        if (raw := kwargs.pop("data", None)) is not None:
            kwargs["content"] = getattr(raw, "data", raw)  # bytes that are no JSON come in a wrapper
        headers = {**(kwargs.pop("headers", None) or {}), "origin": ORIGIN, "sec-fetch-site": "same-origin"}
        answer = app.client.request(headers=dict(headers), follow_redirects=False, **kwargs)
        seen.append(answer.status_code)
        case.validate_response(answer, checks=checks)

    asked()
    assert seen
    assert max(seen) < 500
