"""The workload with known artefacts, shared with the benchmark."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def hrv_workload() -> ModuleType:
    path = Path(__file__).parents[2] / "benchmarks" / "hrv_workload.py"
    spec = importlib.util.spec_from_file_location("hrv_workload", path)
    assert spec is not None and spec.loader is not None  # noqa: PT018
    module = importlib.util.module_from_spec(spec)
    sys.modules["hrv_workload"] = module
    spec.loader.exec_module(module)
    return module
