"""What a walk prints: the findings on rest and, where the moment was given, where the person stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from uitknop.core import Findings, Phrase
from uitknop.report import findings_to_dict
from uitknop.walk.assembly import Standing, standing
from uitknop.walk.request import Request
from uitknop.walk.run import walk
from uitknop.walk.standing_json import standing_to_dict


def output_of(
    request: Request,
    *,
    on_progress: Callable[[int, int], None] | None = None,
    say: Callable[[Phrase], str] = str,
) -> dict[str, Any]:
    """The whole answer to a request in the types JSON knows: the same request gives the same answer.

    Args:
        request: what to start from. Without `now_ms` there is no `standing`, and nothing else changes.
        on_progress: called with recordings done and recordings in all.
        say: puts why a line was refused in the reader's language; English without it.
    Raises:
        Malformed: a recording without a clock, or from decades ago, beside others.
    """
    findings = walk(request, on_progress=on_progress)
    found = standing_of(request, findings)
    told = findings_to_dict(findings)
    return told if found is None else {**told, "standing": standing_to_dict(found, say)}


def standing_of(request: Request, findings: Findings) -> Standing | None:
    """Where the person of a request stands, given what was found in the recordings; None without a moment.

    The diary is that of the request and of its recordings. The zone is that of the request, of the recordings, or of
    the last line before that moment.
    """
    if request.now_ms is None:
        return None
    now_ms = request.now_ms
    entries = [*request.entries, *(entry for each in request.recordings for entry in each.entries)]
    before = [(entry.at_ms, entry.zone) for entry in entries if entry.at_ms <= now_ms]
    zone = request.zone or findings.zone or max(before, default=(0, "UTC"))[1]
    return standing(
        entries, findings.verdicts, now_ms=now_ms, zone=zone, settings=request.settings, aside=request.aside
    )
