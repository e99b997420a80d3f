"""What was concluded: the findings as `uitknop analyse --json` prints them, and the same as three tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from uitknop.core import Findings
from uitknop.report.export.block import Block, Ledger, encoded
from uitknop.report.export.cells import csv_text, number_cell, text_cell
from uitknop.report.findings_json import findings_to_dict

JSON_NAME = "findings.json"
ESTIMATE_PARTS = ("value", "low", "high", "level", "n", "unit", "censored")

VERDICT_COLUMNS = ("start", "end", "start_s", "end_s", "kind", "label", "posture", "answer", "probability", "movement",
                   "level_band", "confidence", "reasons")  # fmt: skip
VERDICT_ESTIMATES = ("level_heart_rate", "level_ln_rmssd", "restorative_min", "latency_min", "hr_change_bpm",
                     "ln_rmssd_change")  # fmt: skip
POOLED_COLUMNS = ("kind", "label", "n", "n_judged", "reasons")
POOLED_ESTIMATES = ("share_settled", "restorative_min", "latency_min", "level", "felt", "next_day", "quiet",
                    "against_quiet")  # fmt: skip
SCALE_COLUMNS = ("day_hr_bpm", "night_hr_bpm", "day_ln_rmssd", "night_ln_rmssd", "n_days", "n_nights", "reasons")
SCALE_ESTIMATES = ("hr_trend_bpm_per_week",)


def finding_blocks(findings: Findings, ledger: Ledger) -> Iterator[Block]:
    """`findings.json`, `verdicts.csv`, `pooled.csv` and, once there is one, `scale.csv`."""
    told = findings_to_dict(findings)
    yield Block(JSON_NAME, encoded(json.dumps(told, ensure_ascii=False, indent=1) + "\n"))
    bouts = [_flat_level(bout) for bout in told["bouts"]]
    yield _table("verdicts.csv", VERDICT_COLUMNS, VERDICT_ESTIMATES, bouts, ledger)
    yield _table("pooled.csv", POOLED_COLUMNS, POOLED_ESTIMATES, told["pooled"], ledger)
    if (scale := told["summary"]["scale"]) is not None:
        yield _table("scale.csv", SCALE_COLUMNS, SCALE_ESTIMATES, [scale], ledger)


def columns_of(columns: Sequence[str], estimates: Sequence[str]) -> tuple[str, ...]:
    """The header of a table: plain columns, then seven for each estimate.

    >>> columns_of(("kind",), ("felt",))[:4]
    ('kind', 'felt', 'felt_low', 'felt_high')
    """
    return (*columns, *(_part(name, part) for name in estimates for part in ESTIMATE_PARTS))


def _part(estimate: str, part: str) -> str:
    return estimate if part == "value" else f"{estimate}_{part}"


def _flat_level(bout: dict[str, Any]) -> dict[str, Any]:
    level = bout["level"]
    return {
        **bout,
        "level_band": level["band"],
        "level_heart_rate": level["heart_rate"],
        "level_ln_rmssd": level["ln_rmssd"],
    }


def _table(
    name: str, columns: Sequence[str], estimates: Sequence[str], rows: Iterable[dict[str, Any]], ledger: Ledger
) -> Block:
    cells = [
        [
            *(_cell(row[column]) for column in columns),
            *(_cell((row[estimate] or {}).get(part)) for estimate in estimates for part in ESTIMATE_PARTS),
        ]
        for row in rows
    ]
    ledger.rows[name] = len(cells)
    return Block(name, encoded(csv_text([columns_of(columns, estimates), *cells])))


def _cell(value: object) -> str:
    if isinstance(value, list):  # reasons: their codes
        return " ".join(reason["code"] for reason in value)
    if isinstance(value, int | float):
        return number_cell(value)
    return "" if value is None else text_cell(str(value))
