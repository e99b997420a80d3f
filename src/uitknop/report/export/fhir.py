"""FHIR R4: measurements as Observation, answers as QuestionnaireResponse, our own codes as CodeSystem.

As NDJSON, one resource a line, the shape of FHIR's bulk data: a Bundle is one JSON value and would have to be whole
before anybody could read it, and a year of heart rate is millions of resources. Series without a code of their own
and recordings without a clock (an Observation needs a moment) are left to the plain export.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from uitknop.core import Entry, Findings, Recording, Samples
from uitknop.core.timeline import iso
from uitknop.report.export.block import BLOCK_ROWS, Block, encoded
from uitknop.report.export.cells import number_cells, utc_cells
from uitknop.report.export.codes import DIARY, MEASURES, OF_SAMPLES, SLEEP, own_codes
from uitknop.report.export.fhir_resource import observation_of, subject_of
from uitknop.report.export.fhir_verdicts import verdict_resources
from uitknop.report.export.identity import identity
from uitknop.report.export.sleep import find_episodes

OBSERVATIONS = "observation.ndjson"
ANSWERS = "questionnaire-response.ndjson"
CODES = "code-system.ndjson"


def fhir_export(
    pieces: Iterable[Recording],
    *,
    entries: Iterable[Entry] = (),
    findings: Findings | None = None,
    made_ms: int,
    version: str,
) -> Iterator[Block]:
    """Blocks of `observation.ndjson`, `questionnaire-response.ndjson` and `code-system.ndjson`.

    Args:
        pieces: recordings or pieces of them, in any order; each is looked at once.
        entries: lines of the diary, beside those inside the pieces; only those of kind "answer" and "sleep" go out.
        findings: what was concluded; each verdict becomes an Observation that is labelled as no diagnosis.
        made_ms: the present, UTC ms.
        version: of Uitknop.
    """
    yield _lines(CODES, [_code_system(made_ms, version)])
    diaries: dict[str, list[Entry]] = {"": [line for line in entries if line.kind in {"answer", "sleep"}]}
    for piece in pieces:
        if piece.clock is None:
            continue
        for series in piece.samples:
            yield from _samples(series, piece)
        diaries.setdefault(piece.person, []).extend(line for line in piece.entries if line.kind in {"answer", "sleep"})
    for person, lines in diaries.items():
        # the same line may stand in several pieces
        once = tuple(dict.fromkeys(lines))
        yield _lines(ANSWERS, [_response(line, person) for line in once if line.kind == "answer" and line.value])
        yield _lines(OBSERVATIONS, _nights(once, person))
    if findings is not None:
        yield _lines(OBSERVATIONS, verdict_resources(findings, version))


def _samples(series: Samples, piece: Recording) -> Iterator[Block]:
    code = OF_SAMPLES.get(series.kind)
    if code is None:
        return
    shared = json.dumps(observation_of(code, piece.person, series.device), ensure_ascii=False)[1:-1]
    unit = json.dumps(code.quantity(0.0)).replace('{"value": 0.0, ', "")
    whose = (series.kind, piece.source, series.device, piece.person)
    there = np.flatnonzero(np.isfinite(series.value))
    for first in range(0, there.size, BLOCK_ROWS):
        some = there[first : first + BLOCK_ROWS]
        t_ms = series.t_ms[some]
        rows = zip(t_ms.tolist(), utc_cells(t_ms), number_cells(series.value[some]), strict=True)
        text = "".join(
            f'{{{shared}, "id": "{identity(*whose, t, value)}", "effectiveDateTime": "{time}", '
            f'"valueQuantity": {{"value": {value}, {unit}}}\n'
            for t, time, value in rows
        )
        yield Block(OBSERVATIONS, encoded(text))


def _nights(entries: Iterable[Entry], person: str) -> list[dict[str, Any]]:
    return [
        {
            **observation_of(SLEEP, person),
            "id": identity("sleep", person, night.start_ms, night.end_ms, night.asleep_ms),
            "effectivePeriod": {"start": iso(night.start_ms, night.zone), "end": iso(night.end_ms, night.zone)},
            "valueQuantity": SLEEP.quantity(round(night.asleep_ms / 60_000, 3)),
        }
        for night in find_episodes(entries)
    ]


def _response(line: Entry, person: str) -> dict[str, Any]:
    question = line.label if line.label.strip() else "answer"
    items = [{"linkId": question, "text": question, "answer": [{"valueString": line.value}]}]
    if line.end_ms is not None:
        for name, t_ms in (("about-start", line.at_ms), ("about-end", line.end_ms)):
            items.append({"linkId": name, "answer": [{"valueDateTime": iso(t_ms, line.zone)}]})
    return {
        "resourceType": "QuestionnaireResponse",
        "id": identity("answer", person, line.at_ms, line.end_ms, line.zone, line.label, line.value),
        "questionnaire": DIARY,
        "status": "completed",
        "subject": subject_of(person),
        "authored": iso(line.at_ms, line.zone),
        "item": items,
    }


def _code_system(made_ms: int, version: str) -> dict[str, Any]:
    codes = own_codes()
    return {
        "resourceType": "CodeSystem",
        "id": "uitknop-measures",
        "url": MEASURES,
        "version": version,
        "name": "UitknopMeasures",
        "title": "Measures of Uitknop that have no code elsewhere",
        "status": "active",
        "date": iso(made_ms, "UTC"),
        "content": "complete",
        "caseSensitive": True,
        "count": len(codes),
        "concept": [
            {"code": one.code, "display": one.display, **({"definition": one.method} if one.method else {})}
            for one in codes
        ],
    }


def _lines(name: str, resources: Iterable[dict[str, Any]]) -> Block:
    return Block(name, encoded("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in resources)))
