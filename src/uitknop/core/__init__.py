"""Values, time, units and errors: what every room speaks in. Imports nothing of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uitknop.core.on_demand import on_demand

if TYPE_CHECKING:
    from uitknop.core.advice import Advice as Advice
    from uitknop.core.beats import BeatKind as BeatKind
    from uitknop.core.beats import Beats as Beats
    from uitknop.core.beats import Flag as Flag
    from uitknop.core.estimate import Estimate as Estimate
    from uitknop.core.estimate import Reason as Reason
    from uitknop.core.findings import Anchors as Anchors
    from uitknop.core.findings import Findings as Findings
    from uitknop.core.findings import RecordingSummary as RecordingSummary
    from uitknop.core.findings import Scale as Scale
    from uitknop.core.findings import Trace as Trace
    from uitknop.core.phrase import Phrase as Phrase
    from uitknop.core.recording import Entry as Entry
    from uitknop.core.recording import EntryKind as EntryKind
    from uitknop.core.recording import Grade as Grade
    from uitknop.core.recording import Recording as Recording
    from uitknop.core.recording import Samples as Samples
    from uitknop.core.span import Span as Span
    from uitknop.core.table import Table as Table
    from uitknop.core.table import Value as Value
    from uitknop.core.units import SAMPLE_KINDS as SAMPLE_KINDS
    from uitknop.core.units import UNIT_OF as UNIT_OF
    from uitknop.core.units import SampleKind as SampleKind
    from uitknop.core.verdict import KINDS as KINDS
    from uitknop.core.verdict import Answer as Answer
    from uitknop.core.verdict import Bout as Bout
    from uitknop.core.verdict import Level as Level
    from uitknop.core.verdict import LevelBand as LevelBand
    from uitknop.core.verdict import Movement as Movement
    from uitknop.core.verdict import Pooled as Pooled
    from uitknop.core.verdict import Posture as Posture
    from uitknop.core.verdict import Verdict as Verdict

_HOMES = {
    "Advice": "uitknop.core.advice",
    "BeatKind": "uitknop.core.beats",
    "Beats": "uitknop.core.beats",
    "Flag": "uitknop.core.beats",
    "Estimate": "uitknop.core.estimate",
    "Reason": "uitknop.core.estimate",
    "Anchors": "uitknop.core.findings",
    "Findings": "uitknop.core.findings",
    "RecordingSummary": "uitknop.core.findings",
    "Scale": "uitknop.core.findings",
    "Trace": "uitknop.core.findings",
    "Phrase": "uitknop.core.phrase",
    "Entry": "uitknop.core.recording",
    "EntryKind": "uitknop.core.recording",
    "Grade": "uitknop.core.recording",
    "Recording": "uitknop.core.recording",
    "Samples": "uitknop.core.recording",
    "Span": "uitknop.core.span",
    "Table": "uitknop.core.table",
    "Value": "uitknop.core.table",
    "SAMPLE_KINDS": "uitknop.core.units",
    "UNIT_OF": "uitknop.core.units",
    "SampleKind": "uitknop.core.units",
    "KINDS": "uitknop.core.verdict",
    "Answer": "uitknop.core.verdict",
    "Bout": "uitknop.core.verdict",
    "Level": "uitknop.core.verdict",
    "LevelBand": "uitknop.core.verdict",
    "Movement": "uitknop.core.verdict",
    "Pooled": "uitknop.core.verdict",
    "Posture": "uitknop.core.verdict",
    "Verdict": "uitknop.core.verdict",
}

__all__ = sorted(_HOMES)
__getattr__ = on_demand(__name__, _HOMES)
