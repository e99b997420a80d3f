from importlib import resources

import pytest

from uitknop.report.kept_specs import SPECS, spec_text


@pytest.mark.parametrize("name", SPECS)
@pytest.mark.filterwarnings("default::DeprecationWarning")  # of Altair itself, when it is imported
def test_the_kept_specification_is_the_one_altair_makes(name: str) -> None:
    kept = resources.files("uitknop.report").joinpath("specs", f"{name}.json").read_text(encoding="utf-8")
    assert kept == spec_text(name), "run `python scripts/charts.py`"
