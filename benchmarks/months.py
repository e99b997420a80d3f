"""People over months, led by the body model: do the verdicts agree with the truth, and is the kind of rest found out?

    python benchmarks/months.py [--people 4] [--days 98] [--jobs 2]

Each person is made day by day, taken into an encrypted file and judged there as in daily use. About a minute per person
and core.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from uitknop.core import Recording
from uitknop.person import Secret, findings_of, judge_touched, make_file
from uitknop.store import Origin
from uitknop.synthetic import life_of, live
from uitknop.synthetic.months import DOES, DOES_NOT

LARGE_BPM = -6.0


@dataclass(frozen=True)
class Rest:
    """One tagged rest: what is true, and what was said."""

    kind: str
    settles: bool
    change_bpm: float
    answer: str
    outside: bool


@dataclass(frozen=True)
class Found:
    """One person: every rest, and of each kind the chance it settles by and what was said of all of them."""

    seed: int
    rests: tuple[Rest, ...]
    kinds: tuple[tuple[str, float, float, float], ...]


def one_person(job: tuple[int, int]) -> Found:
    """Make, keep, judge, compare."""
    seed, days = job
    life = life_of(seed, days)
    truth = {}
    with tempfile.TemporaryDirectory() as folder:
        store, _ = make_file(Path(folder) / "person.uitknop", Secret(passphrase="of nobody at all"), now_ms=0)
        with store:
            store.keep_setting("zone", life.zone)
            for day in live(life):
                name = str(day.day)
                diary = Recording("diary", name, life.zone, None, (), day.entries, "D")
                with store.batch(Origin(name, name, "synthetic", "", "", 0)) as batch:
                    for recording in (day.strap, day.night, day.phone, diary):
                        batch.add(recording)
                truth |= {bout.span: bout for bout in day.truth if bout.tagged}
            judge_touched(store)
            found = findings_of(store)
    rests = []
    for verdict in found.verdicts:
        if (true := truth.get(verdict.bout.span)) is not None:
            kind = true.label or true.kind
            rests.append(Rest(kind, true.settles, true.hr_change_bpm, verdict.answer, true.outside_priors))
    kinds = [
        (kind, life.does[kind], pooled.against_quiet.low, pooled.against_quiet.high)
        for pooled in found.pooled
        if (kind := pooled.label or pooled.kind) in life.does and pooled.against_quiet is not None
    ]
    return Found(seed, tuple(rests), tuple(kinds))


def told(rests: list[Rest]) -> str:
    """How many of them were called settled."""
    return f"{sum(rest.answer == 'settled' for rest in rests)} of {len(rests)}"


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=4)
    parser.add_argument("--days", type=int, default=98)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    with ProcessPoolExecutor(options.jobs) as pool:
        people = list(pool.map(one_person, [(seed, options.days) for seed in range(1, options.people + 1)]))
    rests = [rest for person in people for rest in person.rests]
    still = [rest for rest in rests if not rest.settles]
    eased = [rest for rest in rests if rest.settles]
    print(f"{len(rests)} rests of {len(people)} people over {options.days} days")
    print(f"did not settle, called settled        {told(still)}")
    print(f"  slow breathing among them           {told([rest for rest in still if rest.kind == 'breathing'])}")
    print(f"  outside the assumptions             {told([rest for rest in still if rest.outside])}")
    print(f"settled, called settled               {told(eased)}")
    print(f"  by 6 bpm and more                   {told([rest for rest in eased if rest.change_bpm <= LARGE_BPM])}")
    print(f"can't tell                            {sum(rest.answer == 'cannot_tell' for rest in rests)}")
    above: dict[float, list[bool]] = defaultdict(list)
    for person in people:
        for _, chance, low, _ in person.kinds:
            above[chance].append(low > 0.0)
    for chance in sorted(above, reverse=True):
        mark = {DOES: "a signal that does something", DOES_NOT: "a signal that does not"}.get(chance, "another kind")
        print(f"settles in {chance:.0%}: {mark}: above quiet time in {sum(above[chance])} of {len(above[chance])}")


if __name__ == "__main__":
    main()
