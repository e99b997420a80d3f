"""The findings as one object for scripts: what `uitknop analyse --json` prints. It holds no words of any language."""

from __future__ import annotations

from collections import Counter
from typing import Any, get_args

from uitknop.core import Answer, Findings, RecordingSummary, Scale, Span, Verdict
from uitknop.core.table import plain
from uitknop.core.timeline import iso


def findings_to_dict(findings: Findings) -> dict[str, Any]:
    """Recordings, bouts, the pooled answer and a summary, in the types JSON knows.

    Times are ISO 8601 with the offset of `findings.zone`; without a clock they are None, and `start_s` and `end_s`
    hold seconds from the start of the recording. Estimates are objects with value, low, high, level, n, unit and
    censored. A heart-rate-only answer (confidence D) has no ln RMSSD: None.
    """
    return {
        "recordings": [_recording(summary, findings.zone) for summary in findings.recordings],
        "bouts": [_bout(verdict, findings.zone) for verdict in findings.verdicts],
        "pooled": [plain(pooled) for pooled in findings.pooled],
        "summary": _summary(findings),
    }


def _recording(summary: RecordingSummary, zone: str | None) -> dict[str, Any]:
    clock = summary.clock and (zone or summary.clock)
    return {
        "source": summary.source,
        "name": summary.name,
        "start": iso(summary.start_ms, clock) if clock else None,
        "duration_s": summary.duration_s,
        "n_beats": summary.n_beats,
        "coverage_pct": plain(summary.coverage_pct),
        "artefact_pct": plain(summary.artefact_pct),
        "grade": summary.grade,
        "notes": [plain(note) for note in summary.notes],
    }


def _times(span: Span, zone: str | None) -> dict[str, Any]:
    if zone is None:
        return {"start": None, "end": None, "start_s": span.start_ms / 1000, "end_s": span.end_ms / 1000}
    return {"start": iso(span.start_ms, zone), "end": iso(span.end_ms, zone), "start_s": None, "end_s": None}


def _bout(verdict: Verdict, zone: str | None) -> dict[str, Any]:
    bout = verdict.bout
    beats_known = has_beats(verdict)
    level = plain(verdict.level)
    if not beats_known:
        level["ln_rmssd"] = None
    return {
        **_times(bout.span, zone),
        "kind": bout.kind,
        "label": bout.label,
        "posture": bout.posture,
        "answer": verdict.answer,
        "probability": plain(verdict.probability),
        "movement": verdict.movement,
        "level": level,
        "restorative_min": plain(verdict.restorative_min),
        "latency_min": plain(verdict.latency_min),
        "hr_change_bpm": plain(verdict.hr_change_bpm),
        "ln_rmssd_change": plain(verdict.ln_rmssd_change) if beats_known else None,
        "confidence": verdict.confidence,
        "reasons": [plain(reason) for reason in verdict.reasons],
    }


def has_beats(verdict: Verdict) -> bool:
    """Whether beats stand behind a verdict; confidence D is heart rate only, and that never gives ln RMSSD."""
    return verdict.confidence != "D"


def _summary(findings: Findings) -> dict[str, Any]:
    counted = Counter(verdict.answer for verdict in findings.verdicts)
    return {
        "n_recordings": len(findings.recordings),
        "n_bouts": len(findings.verdicts),
        **{answer: counted[answer] for answer in get_args(Answer)},
        "scale": _scale(findings.scale, heart_rate_only=_heart_rate_only(findings)),
        "zone": findings.zone,
    }


def _scale(scale: Scale | None, *, heart_rate_only: bool) -> dict[str, Any] | None:
    if scale is None:
        return None
    told: dict[str, Any] = plain(scale)
    if heart_rate_only:
        told["day_ln_rmssd"] = told["night_ln_rmssd"] = None
    return told


def _heart_rate_only(findings: Findings) -> bool:
    return bool(findings.recordings) and all(summary.n_beats == 0 for summary in findings.recordings)
