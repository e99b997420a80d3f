"""Verdicts as FHIR Observations, each labelled as no diagnosis, and the RMSSD that stands behind them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from uitknop.core import Estimate, Findings, Trace, Verdict
from uitknop.core.timeline import iso
from uitknop.report.export import codes
from uitknop.report.export.codes import Code
from uitknop.report.export.fhir_resource import observation_of
from uitknop.report.export.identity import identity
from uitknop.report.findings_json import has_beats

NOT_A_DIAGNOSIS = (
    "This is not a diagnosis. It says what heart recordings showed during a rest; no clinician has looked at it."
)


def verdict_resources(findings: Findings, version: str) -> Iterator[dict[str, Any]]:
    """An Observation per verdict, and one per epoch of its rest that has RMSSD; nothing without a clock."""
    if findings.zone is None:
        return
    for verdict, trace in zip(findings.verdicts, findings.traces, strict=True):
        yield _verdict(verdict, findings.zone, version)
        if trace is not None and has_beats(verdict):
            yield from _epochs(trace, verdict, findings.zone)


def _verdict(verdict: Verdict, zone: str, version: str) -> dict[str, Any]:
    bout = verdict.bout
    answer = codes.ANSWERS[verdict.answer]
    components = [_said(codes.KIND, bout.label or bout.kind), _said(codes.CONFIDENCE, verdict.confidence)]
    if verdict.probability is not None and math.isfinite(verdict.probability):
        components.append(_measured(codes.PROBABILITY, verdict.probability))
    for name, code in codes.ESTIMATES.items():
        estimate: Estimate | None = getattr(verdict, name)
        if estimate is not None and (code is not codes.ESTIMATES["ln_rmssd_change"] or has_beats(verdict)):
            components += _estimated(code, estimate)
    return {
        **observation_of(codes.VERDICT, device=f"Uitknop {version}"),
        "id": identity("verdict", bout.span.start_ms, bout.span.end_ms, bout.kind, bout.label),
        "effectivePeriod": {"start": iso(bout.span.start_ms, zone), "end": iso(bout.span.end_ms, zone)},
        "valueCodeableConcept": answer.concept(),
        "note": [{"text": NOT_A_DIAGNOSIS}],
        "component": components,
    }


def _epochs(trace: Trace, verdict: Verdict, zone: str) -> Iterator[dict[str, Any]]:
    span = verdict.bout.span
    shared = observation_of(codes.RMSSD)
    for t_ms, ln_rmssd in zip(trace.t_ms.tolist(), trace.ln_rmssd.tolist(), strict=True):
        if math.isfinite(ln_rmssd) and span.start_ms <= t_ms < span.end_ms:
            yield {
                **shared,
                "id": identity("rmssd", span.start_ms, span.end_ms, t_ms),
                "effectiveDateTime": iso(t_ms, zone),
                "valueQuantity": codes.RMSSD.quantity(round(math.exp(ln_rmssd), 4)),
            }


def _estimated(code: Code, estimate: Estimate) -> Iterator[dict[str, Any]]:
    """The estimate, and its interval as a range."""
    if math.isfinite(estimate.value):
        component = _measured(code, estimate.value)
        if estimate.censored is not None:
            component["valueQuantity"]["comparator"] = ">" if estimate.censored == "right" else "<"
        yield component
    ends = {"low": estimate.low, "high": estimate.high}
    known = {name: code.quantity(end) for name, end in ends.items() if math.isfinite(end)}
    if known and estimate.low <= estimate.high:
        words = f"{100 * estimate.level:g} % interval, n = {estimate.n}"
        yield {"code": codes.interval_of(code).concept(), "valueRange": known, "interpretation": [{"text": words}]}


def _measured(code: Code, value: float) -> dict[str, Any]:
    return {"code": code.concept(), "valueQuantity": code.quantity(value)}


def _said(code: Code, words: str) -> dict[str, Any]:
    return {"code": code.concept(), "valueString": words}
