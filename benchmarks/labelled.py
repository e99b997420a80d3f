"""Task against rest in healthy people: what the verdict makes of every labelled recording.

    python benchmarks/labelled.py DATA [--bootstrap 2000] [--json FILE]

DATA holds the folders stress_predict, wearable_stress_exercise and noneeg (see docs/verdict.md for where they come
from). Each labelled span is judged exactly as given, from the recording of its person alone. Beside the verdict stand
two plain rules: the change of mean heart rate from before, and the z of heart rate within the person.

The weight for spans of a protocol is fitted anew without each person in turn, and the figures use the probability
that the fit without that person gives ("held out"); "frozen" is what the product holds.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np

from uitknop import sources
from uitknop.core import Bout, Recording, Span, Verdict
from uitknop.rest import assess
from uitknop.rest.assess import given_before
from uitknop.rest.course import make_course
from uitknop.rest.judge import contrast_of
from uitknop.rest.parameters import NOT_SETTLED_BELOW, PROTOCOL_BASE, PROTOCOL_PER_BPM, PROTOCOL_SETTLED_AT
from uitknop.rest.surroundings import Contrast, is_followed

SETS = ("stress_predict", "wearable", "noneeg")


@dataclass
class Judged:
    """One labelled span of one person."""

    set_name: str
    person: str
    bout: Bout
    verdict: Verdict
    contrast: Contrast | None
    is_rest: bool
    plain_change: float
    plain_z: float
    held_out: float = field(default=0.5)
    held_out_answer: str = "cannot_tell"


def recordings(data: Path) -> Iterator[tuple[str, str, Recording, tuple[Bout, ...]]]:
    """Every labelled recording: name of its set, person, recording, spans."""
    e4 = (("stress_predict", data / "stress_predict/Raw_data"), ("wearable", data / "wearable_stress_exercise/STRESS"))
    for set_name, root in e4:
        for folder in sorted(path for path in root.iterdir() if (path / "spans.csv").exists()):
            yield set_name, folder.name, sources.read(folder), sources.read_spans(folder / "spans.csv")
    for recording in sources.read_many([data / "noneeg/hr_spo2_1hz.csv"]).recordings:
        spans = tuple(
            Bout(
                Span(entry.at_ms, entry.end_ms),
                kind="rest" if entry.value.startswith("Relax") else "task",
                label=entry.value,
                given=True,
            )
            for entry in recording.entries
            if entry.kind == "tag" and entry.end_ms is not None
        )
        yield "noneeg", recording.name, recording, spans


def judge_all(data: Path) -> list[Judged]:
    """Every rest and task span, judged."""
    found = []
    for set_name, person, recording, spans in recordings(data):
        result = assess((recording,), spans)
        case = result.cases[0]
        fine = make_course(case.cleaned, recording.samples, epoch_s=5.0)
        everything = fine.hr_bpm[np.isfinite(fine.hr_bpm)]
        for verdict in result.verdicts:
            if verdict.bout.kind not in {"rest", "task"}:
                continue
            inside = _mean(fine.hr_bpm[fine.within(verdict.bout.span)])
            before = given_before(spans, verdict.bout.span)
            found.append(
                Judged(
                    set_name,
                    f"{set_name}/{person}",
                    verdict.bout,
                    verdict,
                    contrast_of(case, verdict.bout, followed=is_followed(spans, verdict.bout.span))
                    if verdict.probability is not None
                    else None,
                    verdict.bout.kind == "rest",
                    _mean(fine.hr_bpm[fine.within(before)]) - inside,
                    (float(everything.mean()) - inside) / float(everything.std()),
                )
            )
    return found


def _mean(values: np.ndarray) -> float:
    finite = values[np.isfinite(values)]
    return float(finite.mean()) if finite.size else math.nan


def hold_out(spans: Sequence[Judged]) -> np.ndarray:
    """Fit weight and threshold without each person in turn, fill in the held-out answers, return the fits."""
    usable = [item for item in spans if item.contrast is not None]
    x = np.array([[1.0, item.contrast.around_bpm] for item in usable if item.contrast])
    y = np.array([item.is_rest for item in usable], dtype=float)
    who = np.array([item.person for item in usable])
    weights = []
    for person in dict.fromkeys(who):
        out = who == person
        w = fit_logistic(x[~out], y[~out])
        threshold = safe_threshold(1 / (1 + np.exp(-x[~out] @ w)), y[~out])
        weights.append([*w, threshold])
        for item, row in zip([i for i, o in zip(usable, out, strict=True) if o], x[out], strict=True):
            item.held_out = float(1 / (1 + np.exp(-row @ w)))
            item.held_out_answer = "cannot_tell"
            if item.held_out >= threshold:
                item.held_out_answer = "settled"
            elif item.held_out < NOT_SETTLED_BELOW:
                item.held_out_answer = "not_settled"
    return np.array(weights)


def fit_logistic(x: np.ndarray, y: np.ndarray, *, ridge: float = 0.05) -> np.ndarray:
    """Logistic regression by Newton steps; a light ridge on everything but the constant."""
    w = np.zeros(x.shape[1])
    penalty = np.diag([0.0, *[ridge] * (x.shape[1] - 1)])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (y - p) - penalty @ w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + penalty
        step = np.linalg.solve(hessian, gradient)
        w = w + step
        if np.abs(step).max() < 1e-9:
            break
    return w


def safe_threshold(p: np.ndarray, y: np.ndarray, *, most: float = 0.04) -> float:
    """The lowest threshold from 0.6 on at which at most `most` of the judged tasks are called settled."""
    tasks = p[y == 0]
    for t in np.arange(0.6, 0.99, 0.01):
        judged = (tasks >= t) | (tasks < NOT_SETTLED_BELOW)
        if (tasks[judged] >= t).mean() <= most:
            return float(t)
    return 0.99


Score = Callable[[Judged], float]


def pairs_right(spans: Sequence[Judged], score: Score) -> dict[str, tuple[float, int]]:
    """Per person: how many rest-task pairs are in the right order (ties half), and how many pairs."""
    right: dict[str, tuple[float, int]] = {}
    for person in dict.fromkeys(item.person for item in spans):
        own = [item for item in spans if item.person == person]
        rest = np.array([score(item) for item in own if item.is_rest])
        task = np.array([score(item) for item in own if not item.is_rest])
        if rest.size and task.size:
            difference = rest[:, None] - task[None, :]
            won = np.where(np.isnan(difference), 0.5, (difference > 0) + 0.5 * (difference == 0))
            right[person] = float(won.sum()), won.size
    return right


def auc(spans: Sequence[Judged], score: Score, draws: int) -> tuple[float, float, float]:
    """AUC within persons, with a 95 % interval by resampling persons."""
    right = np.array(list(pairs_right(spans, score).values()))
    if not right.size:
        return math.nan, math.nan, math.nan
    rng = np.random.default_rng(1)
    picked = right[rng.integers(0, len(right), (draws, len(right)))].sum(axis=1)
    low, high = np.quantile(picked[:, 0] / picked[:, 1], (0.025, 0.975))
    return float(right[:, 0].sum() / right[:, 1].sum()), float(low), float(high)


def direction(spans: Sequence[Judged]) -> tuple[int, int]:
    """Over contrasts of a rest with the task before it: people whose heart rate was lower at rest, and people."""
    right = total = 0
    for person in dict.fromkeys(item.person for item in spans):
        own = sorted((item for item in spans if item.person == person), key=lambda item: item.bout.span)
        for before, after in pairwise(own):
            if after.is_rest and not before.is_rest and not math.isnan(after.plain_change):
                right += after.plain_z > before.plain_z
                total += 1
    return int(right), total


def settled_share(spans: Sequence[Judged], rest: bool, answer: Callable[[Judged], str]) -> tuple[int, int]:
    """Spans called settled, and spans judged."""
    judged = [item for item in spans if item.is_rest is rest and answer(item) != "cannot_tell"]
    return sum(answer(item) == "settled" for item in judged), len(judged)


def risk_at(spans: Sequence[Judged], cover: float) -> float:
    """Share of wrong answers among the surest `cover` of all spans."""
    ranked = sorted(spans, key=lambda item: -abs(item.held_out - 0.5))[: max(1, round(cover * len(spans)))]
    return float(np.mean([(item.held_out >= 0.5) != item.is_rest for item in ranked]))


def report(spans: Sequence[Judged], draws: int) -> dict[str, dict[str, object]]:
    """The table, per set and pooled."""
    table: dict[str, dict[str, object]] = {}
    for name in (*SETS, "pooled"):
        part = [item for item in spans if name in {"pooled", item.set_name}]
        strict = [item for item in part if item.held_out_answer != "cannot_tell"]
        reasons = Counter(item.verdict.reasons[0].code for item in part if item.verdict.answer == "cannot_tell")
        right, total = direction(part)
        table[name] = {
            "persons": len({item.person for item in part}),
            "spans rest/task": f"{sum(i.is_rest for i in part)}/{sum(not i.is_rest for i in part)}",
            "direction on heart rate": f"{right}/{total} = {right / total:.2f}",
            "AUC change of heart rate": _show(auc(part, lambda i: i.plain_change, draws)),
            "AUC z of heart rate": _show(auc(part, lambda i: i.plain_z, draws)),
            "AUC verdict, held out": _show(auc(part, lambda i: i.held_out, draws)),
            "AUC, can't tell at 0.5": _show(
                auc(part, lambda i: 0.5 if i.held_out_answer == "cannot_tell" else i.held_out, draws)
            ),
            "AUC, without can't tell": _show(auc(strict, lambda i: i.held_out, draws)),
            "AUC frozen": _show(
                auc(part, lambda i: 0.5 if i.verdict.probability is None else i.verdict.probability, draws)
            ),
            "task settled, held out": _count(settled_share(part, False, lambda i: i.held_out_answer)),
            "rest settled, held out": _count(settled_share(part, True, lambda i: i.held_out_answer)),
            "task settled, frozen": _count(settled_share(part, False, lambda i: i.verdict.answer)),
            "rest settled, frozen": _count(settled_share(part, True, lambda i: i.verdict.answer)),
            "rest settled of all": _count((_settled_rests(part), sum(i.is_rest for i in part))),
            "risk at 20/40/60 %": " / ".join(f"{risk_at(part, cover):.2f}" for cover in (0.2, 0.4, 0.6)),
            "Brier": f"{np.mean([(i.held_out - i.is_rest) ** 2 for i in part]):.3f}",
            "can't tell, frozen": f"{np.mean([i.verdict.answer == 'cannot_tell' for i in part]):.2f} "
            + ", ".join(f"{code} {n}" for code, n in reasons.most_common()),
        }
    return table


def _settled_rests(spans: Sequence[Judged]) -> int:
    return sum(item.is_rest and item.verdict.answer == "settled" for item in spans)


def _frozen(item: Judged) -> float:
    return 0.5 if item.verdict.probability is None else item.verdict.probability


def _show(found: tuple[float, float, float]) -> str:
    return f"{found[0]:.3f} [{found[1]:.2f}-{found[2]:.2f}]"


def _count(found: tuple[int, int]) -> str:
    return f"{found[0]}/{found[1]} = {found[0] / max(found[1], 1):.3f}"


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--bootstrap", type=int, default=2000)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    spans = judge_all(options.data)
    folds = hold_out(spans)
    table = report(spans, options.bootstrap)
    width = max(len(row) for row in table["pooled"])
    for row in table["pooled"]:
        print(f"{row:{width}}  " + "  ".join(f"{table[name][row]!s:26}" for name in table))
    low, high = folds.min(axis=0), folds.max(axis=0)
    names = ("base", "per bpm", "threshold")
    frozen = (PROTOCOL_BASE, PROTOCOL_PER_BPM, PROTOCOL_SETTLED_AT)
    for name, a, b, mean, value in zip(names, low, high, folds.mean(axis=0), frozen, strict=True):
        print(f"{name}: held-out fits {a:.3f} to {b:.3f}, mean {mean:.3f}; frozen {value}")
    if options.json:
        options.json.write_text(json.dumps(table, indent=1))


if __name__ == "__main__":
    main()
