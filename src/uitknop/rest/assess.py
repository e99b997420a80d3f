"""Every rest of one person: recordings in, verdicts out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from uitknop.core import Bout, Entry, Recording, Scale, Span, Trace, Value, Verdict
from uitknop.rest.bouts import find_bouts, with_posture
from uitknop.rest.case import Case, best_case, open_case
from uitknop.rest.judge import judge
from uitknop.rest.parameters import BEFORE_MIN, NEIGHBOUR_MIN
from uitknop.rest.pool import QUIET
from uitknop.rest.scale import find_nights, make_scale, own_noise
from uitknop.rest.shared_movement import share_movement
from uitknop.rest.surroundings import is_followed, is_protocol
from uitknop.rest.verdict import Judged


@dataclass(frozen=True, slots=True)
class Assessment(Value):
    """What one person's recordings say.

    Args:
        cases: one per recording, with cleaned beats and courses.
        verdicts, traces: one per bout, in order of time.
        scale: the person's own scale, or None.
    """

    cases: tuple[Case, ...]
    verdicts: tuple[Verdict, ...]
    traces: tuple[Trace | None, ...]
    scale: Scale | None


def judge_rest(recording: Recording, spans: Sequence[Bout] | None = None) -> tuple[Verdict, ...]:
    """Judge every rest of one recording.

    Args:
        recording: from `uitknop.read`.
        spans: when given, exactly these are judged, each as it stands; else rests are looked for.
    Returns: one verdict per bout, in order of time. "Can't tell" is a normal answer and carries its reasons.
    """
    return assess((recording,), spans).verdicts


def assess(
    recordings: Sequence[Recording],
    spans: Sequence[Bout] | None = None,
    entries: Sequence[Entry] = (),
    *,
    on_progress: Callable[[int, int], None] | None = None,
) -> Assessment:
    """Judge every rest in the recordings of one person, on the scale that all of them make together.

    Args:
        recordings: of one person.
        spans: when given, exactly these are judged.
        entries: diary lines beside those the recordings carry.
        on_progress: called with recordings done and recordings in all.
    """
    opened = []
    for number, recording in enumerate(share_movement(recordings)):
        opened.append(open_case(recording))
        if on_progress is not None:
            on_progress(number + 1, len(recordings))
    diary = diary_of(recordings, entries)
    courses = tuple(case.course for case in opened)
    nights = find_nights(courses)
    rests = tuple(span for entry in diary if entry.kind == "rest" and (span := entry.span) is not None)
    scale = make_scale(courses, nights, rests)
    noise = own_noise(courses, nights)
    cases = tuple(replace(case, entries=diary, scale=scale, nights=nights, noise=noise) for case in opened)
    judged = _judge_given(cases, spans) if spans is not None else judge_found(cases)
    judged.sort(key=lambda pair: pair[0].bout.span)
    return Assessment(cases, tuple(v for v, _ in judged), tuple(t for _, t in judged), scale)


def diary_of(recordings: Sequence[Recording], entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """All diary lines once, in order of time."""
    every = [*entries, *(entry for recording in recordings for entry in recording.entries)]

    def place(entry: Entry) -> tuple[int, str, str, int, str, str]:
        ends_ms = entry.at_ms if entry.end_ms is None else entry.end_ms
        return entry.at_ms, entry.kind, entry.value, ends_ms, entry.label, entry.zone

    return tuple(sorted(dict.fromkeys(every), key=place))


def judge_found(cases: Sequence[Case], within: Span | None = None) -> list[Judged]:
    """The verdicts on the bouts that are found, or on those of them that start within a span; not yet in order.

    Each is judged on one recording, quiet time that another recording held too on the one that comes first.
    """
    judged: list[Judged] = []
    held: list[tuple[Case, list[Bout]]] = []
    for case in cases:
        done: dict[Bout, None] = {}
        beside = [bout for other, bouts in held if _overlap(other, case) for bout in bouts]
        for bout in find_bouts(case.course, case.entries, case.nights, case.scale):
            if bout in done or not (within is None or within.start_ms <= bout.span.start_ms < within.end_ms):
                continue
            if bout.kind == QUIET and any(bout.span.overlaps(other.span) for other in beside):
                continue
            if best_case(cases, bout.span) is case:
                done[bout] = None
                judged.append(judge(case, bout))
        held.append((case, list(done)))
    return judged


def _overlap(one: Case, other: Case) -> bool:
    """Whether two recordings held heart data at the same time."""
    spans = one.recording.span, other.recording.span
    return spans[0] is not None and spans[1] is not None and spans[0].overlaps(spans[1])


def _judge_given(cases: tuple[Case, ...], spans: Sequence[Bout]) -> list[Judged]:
    if not cases:
        return []
    ordered = sorted((replace(bout, given=True) for bout in spans), key=lambda bout: bout.span)
    judged = []
    for bout in ordered:
        case = best_case(cases, bout.span)
        own = tuple(other for other in ordered if best_case(cases, other.span) is case)
        judged.append(
            judge(
                case,
                with_posture(bout, case.entries),
                before=given_before(own, bout.span),
                protocol=is_protocol(own),
                followed=is_followed(own, bout.span),
            )
        )
    return judged


def given_before(spans: Iterable[Bout], span: Span) -> Span:
    """What a given span is compared with: the last ten minutes of the given span that ended shortly before it, or,
    without one, the ten minutes before it."""
    reach_ms = round(BEFORE_MIN * 60_000)
    earlier = [bout.span for bout in spans if 0 <= span.start_ms - bout.span.end_ms <= NEIGHBOUR_MIN * 60_000]
    if not earlier:
        return Span(span.start_ms - reach_ms, span.start_ms)
    nearest = max(earlier, key=lambda other: other.end_ms)
    return Span(max(nearest.start_ms, nearest.end_ms - reach_ms), nearest.end_ms)
