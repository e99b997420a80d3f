"""The recordings of a day: what cleaning does, day and night, the own scale, and how long all of it takes.

    python benchmarks/days.py DATA

DATA holds the folder rr24h (PhysioNet nsr2db, chf2db and RR intervals of healthy subjects). They carry no clock, no
movement and no labels, so nothing here says whether a verdict is right.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path

import numpy as np

from uitknop import sources
from uitknop.core import Beats, Scale
from uitknop.rest import assess
from uitknop.signals import hrv


def raw_rmssd_ms(beats: Beats) -> float:
    """RMSSD of the intervals as they came, without any cleaning."""
    return float(np.sqrt(np.mean(np.diff(beats.rr_ms) ** 2)))


def shown(value: float | None, digits: int = 0) -> str:
    """A figure, or a dash where it is not known."""
    return "-" if value is None or not np.isfinite(value) else f"{value:.{digits}f}"


def scale_of(scale: Scale | None) -> list[str]:
    """Day and night of heart rate and of ln RMSSD."""
    if scale is None:
        return ["-"] * 4
    return [
        shown(scale.day_hr_bpm),
        shown(scale.night_hr_bpm),
        shown(scale.day_ln_rmssd, 2),
        shown(scale.night_ln_rmssd, 2),
    ]


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    options = parser.parse_args()
    print(
        "RMSSD in ms; scale: heart rate and ln RMSSD of the upright day and of the night floor, - where it makes none"
    )
    print(
        f"{'recording':26}{'beats':>7}{'raw':>7}{'clean':>7}{'cover':>7}{'artef':>7}"
        f"{'day':>5}{'night':>6}{'ln day':>8}{'night':>6}{'s':>7}  quiet time"
    )
    for path in sorted((options.data / "rr24h").glob("*/*.gz")):
        started = time.perf_counter()
        recording = sources.read(path)
        found = assess((recording,))
        seconds = time.perf_counter() - started
        cleaned, beats = found.cases[0].cleaned, recording.beats
        if cleaned is None or beats is None:
            continue
        report = cleaned.report
        day, night, ln_day, ln_night = scale_of(found.scale)
        answers = Counter(verdict.answer for verdict in found.verdicts)
        print(
            f"{path.parent.name + '/' + path.name.split('.')[0]:26}{len(beats):>7}{raw_rmssd_ms(beats):>7.0f}"
            f"{shown(hrv(cleaned).rmssd_ms, 1):>7}{100 * report.coverage:>6.1f}%{report.artefact_pct:>6.2f}%"
            f"{day:>5}{night:>6}{ln_day:>8}{ln_night:>6}{seconds:>7.2f}  "
            + ", ".join(f"{answer} {n}" for answer, n in answers.most_common())
        )


if __name__ == "__main__":
    main()
