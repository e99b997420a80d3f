"""Whether a proposal may be made, by what the person said before; and the answer to their own request for more room.

A request is a line `event`, `request/<effort>`, value `asked` or `withdrawn`, for one of four kinds of effort. Only
the person's own counts. On track P it is the only road to more, by the published rule: four weeks without a crash, one
thing, at most a tenth, back at the first sign (clinical reference, section 3). Nothing is proposed by itself.
"""

from __future__ import annotations

from collections.abc import Iterable

from uitknop.core import Advice, Entry, Reason
from uitknop.guidance.answered import Said, answers_to, days_since, last_added, refused, settled_lately
from uitknop.guidance.limits import limit
from uitknop.guidance.offers import REMEMBERED_DAYS, Person, held_back
from uitknop.guidance.steps import PROPOSED, advice_of, steps
from uitknop.state import Diary

REQUEST = "request/"
EFFORTS = ("physical", "mental", "social", "sensory")
ASKED, WITHDRAWN = "asked", "withdrawn"


def may_be_made(name: str, diary: Diary) -> bool:
    """Whether a step may come now: not answered so lately that it stays away, and no proposal that had a no."""
    step = steps()[name]
    lately = step.again_days is not None and settled_lately(step.name, diary, step.again_days)
    return not lately and (step.kind not in PROPOSED or refused(step.name, diary) is None)


def added_lately(diary: Diary, days: int = REMEMBERED_DAYS) -> bool:
    """Whether the person said yes to more in the last so many days."""
    last = last_added(diary)
    since = days_since(last.at_ms if last is not None else None, diary.now_ms)
    return since is not None and since < days


def requests(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Kinds of effort for which the person asks for more room, the longest asked first."""
    asked: dict[str, int] = {}
    lines = (entry for entry in entries if entry.kind == "event" and entry.label.startswith(REQUEST))
    for entry in sorted(lines, key=lambda entry: entry.at_ms):
        effort = entry.label.removeprefix(REQUEST)
        if effort in EFFORTS:
            if entry.value == ASKED:
                asked.setdefault(effort, entry.at_ms)
            elif entry.value == WITHDRAWN:
                asked.pop(effort, None)
    return tuple(sorted(asked, key=lambda effort: (asked[effort], effort)))


def room(person: Person) -> Advice | None:
    """The answer to the person's own request for more room on track P; None where they did not ask, or on track B."""
    asked = requests(person.diary.entries)
    if not asked or person.state.track.track == "B":
        return None
    stands = tuple(reason for reason in held_back(person) if reason.code != "pem_held_back") + _not_yet(person)
    if stands:
        return Advice(None, "own_request", (), stands, {})
    given = tuple(one.reason for one in person.state.phase.expansion)
    return advice_of(steps()["room"], "own_request", (Reason("own_request", asked[0]), *given), {})


def _not_yet(person: Person) -> tuple[Reason, ...]:
    """What the published rule still asks for."""
    phase = person.state.phase
    found = [one.reason for one in phase.expansion if one.answer != "open"]
    if phase.phase != 2:
        found.append(Reason("phase_held_back", phase.phase, 2))
    days = days_since(answers_to(person.diary.entries).get("room", Said()).yes_ms, person.diary.now_ms)
    apart = round(limit("crash_free_before_expansion_days").least or 0)
    if days is not None and days < apart:
        found.append(Reason("added_lately", days, apart, "days"))
    if (no := refused("room", person.diary)) is not None:
        found.append(no)
    return tuple(found)
