"""Whole people, made up by hypothesis: what they answered, tapped, wrote, measured, closed, refused and asked for.

`people()` is the strategy; `known(person)` gives what the rooms make of one. Some people are drawn towards a gate
(weeks without a crash, a whole screen, a phase confirmed), because by chance alone nobody would ever reach one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from random import Random

from hypothesis import strategies as st

from uitknop.core import Bout, Entry, Level, Span, Verdict
from uitknop.guidance import Guided, OpenFlag, Settings, conditions, flags_of, guide, practices, waiting
from uitknop.guidance.help_actions import actions
from uitknop.guidance.proposals import EFFORTS
from uitknop.guidance.steps import steps
from uitknop.instruments import Answer, Instrument, Item, instrument, to_entry
from uitknop.state import Diary, State, read_diary, state_of
from uitknop.state.diary import CRASH, FINE, HEAVY, NOW, SKIPPED

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
NOW_MS = 20_000 * DAY_MS + 19 * HOUR_MS
ZONES = ("+01:00", "Europe/Amsterdam", "Pacific/Auckland")
TAPS = {"f": FINE, "h": HEAVY, "c": CRASH, "s": SKIPPED}
SIGNS = tuple(flag for action in actions().values() for flag in action.flags)
SUICIDAL_WORDS = ("ik wil niet meer leven", "Zelfdoding", "I want to die", "beter af zonder mij")
SUBSTANCES = (
    r"magnesium|ashwagandha|rhodiola|bacopa|brahmi|vitamin\w*|b-?complex|b6|b12|zink|zinc|omega|creatine|melatonin\w*"
    r"|supplement\w*|curcum\w*|kurkuma|coq10|q10|selen\w*|ijzer|iron|5-htp|tyrosin\w*|cbd|paracetamol|ibuprofen"
)
OTHER_WORDS = ("moe", "wandeling", "a quiet day", "ik wil slapen", "")
ANSWERS = ("settled", "not_settled", "cannot_tell", "breathing_only")


@dataclass(frozen=True)
class Made:
    """A person as they were made up.

    Args:
        entries: their diary, answers and all.
        verdicts: on their rests.
        has: conditions asked about.
        settings: what they set.
        suicidal: whether a line raises suicidality and no later line closes it.
    """

    entries: tuple[Entry, ...]
    verdicts: tuple[Verdict, ...] = ()
    has: dict[str, bool] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    zone: str = ZONES[0]
    suicidal: bool = False


@dataclass(frozen=True)
class Known:
    """What the rooms make of a person."""

    made: Made
    diary: Diary
    flags: tuple[OpenFlag, ...]
    state: State
    guided: Guided


def known(made: Made, diary: Diary | None = None) -> Known:
    """The state and the next step of a person, as the walk puts them together; `diary` where it was read already."""
    diary = read_diary(made.entries, now_ms=NOW_MS, zone=made.zone) if diary is None else diary
    flags = flags_of(diary)
    state = state_of(made.entries, made.verdicts, now_ms=NOW_MS, zone=made.zone, open_flags=waiting(flags))
    return Known(made, diary, flags, state, guide(state, diary, flags, made.settings, made.has))


# --- Lines ---------------------------------------------------------------------------------------------------------


def at(ago: int, hour: int = 12) -> int:
    """A moment so many days before now, UTC ms."""
    return NOW_MS + (hour - 20) * HOUR_MS - ago * DAY_MS


def event(zone: str, label: str, value: str, ago: int, hour: int = 12) -> Entry:
    """A line of kind event."""
    return Entry(at(ago, hour), zone, "event", value, label=label)


@dataclass(frozen=True)
class Traits:
    """What is drawn of a person; the details follow from `seed`. So a failing person shrinks, and 2,000 are quick."""

    seed: int
    zone: str
    steady: bool
    calm: bool
    pem: str
    phase: int
    road: str
    plan: bool


TRAITS = st.builds(
    Traits,
    seed=st.integers(0, 2**32),
    zone=st.sampled_from(ZONES),
    steady=st.booleans(),
    calm=st.sampled_from([True, True, True, False]),
    pem=st.sampled_from(
        ["no", "no", "no", "no", "yes", "yes", "part", "against", "none", "no_yes", "yes_no", "proxy", "old", "other"]
    ),
    phase=st.sampled_from([1, 2, 2, 3]),
    road=st.sampled_from(["", "", "", "", "", "", "", "", "page", "button", "phq9", "4dkl", "words", "lost"]),
    plan=st.sampled_from([True, True, False]),
)


def people() -> st.SearchStrategy[Made]:
    """Whole people."""
    return TRAITS.map(made)


def made(traits: Traits) -> Made:
    """The person of some traits; the same traits give the same person."""
    chance = Random(traits.seed)
    lines, suicidal = signs(chance, traits)
    lines += [*taps(chance, traits), *pem(chance, traits), *told(chance, traits)]
    if chance.random() < 0.7:
        lines.append(
            to_entry(instrument("function"), Answer("ordinary_day", chance.choice([0, 0, 1]), at(90)), traits.zone)
        )
    for name in chance.sample(["mood", "function", "work", "load", "energy"], chance.randrange(3)):
        lines += some_answers(chance, instrument(name), traits.zone)
    chance.shuffle(lines)
    has = {name: chance.random() < 0.3 for name in chance.sample(sorted(conditions()), chance.randrange(7))}
    if chance.random() < 0.5:
        has = {**dict.fromkeys(conditions(), False), **has}
    own = {name: round(chance.uniform(0, 60), 1) for name in chance.sample(sorted(practices()), chance.randrange(4))}
    rests = tuple(verdict(chance.randrange(60), chance.choice(ANSWERS)) for _ in range(chance.randrange(4)))
    return Made(tuple(lines), rests, has, Settings(traits.plan, own), traits.zone, suicidal)


def taps(chance: Random, traits: Traits) -> list[Entry]:
    """A row of days: fine for long where it is steady, anything where not."""
    if traits.steady:
        row = "f" * chance.choice([14, 22, 30, 40, 90]) + chance.choice(
            ["", "", "", "", "h", "fh", "hff", "c", "s", "--", "cffff"]
        )
    else:
        row = "".join(chance.choices(["fff", "fhf", "hhh", "c", "-", "---", "sfs", "fffffff"], k=chance.randrange(12)))
    return tapped(row, chance.choice([0, 0, 0, 0, 1, 5]), traits.zone)


def some_answers(chance: Random, one: Instrument, zone: str) -> list[Entry]:
    """Answers to part of a list, some by somebody else, perhaps against each other."""
    ago, by = chance.randrange(90), chance.choice(["self", "self", "proxy"])
    items = chance.choices(one.items, k=chance.randrange(6))
    return [to_entry(one, Answer(item.id, value_of(chance, item), at(ago), by), zone) for item in items]  # type: ignore[arg-type]


def value_of(chance: Random, item: Item) -> int | tuple[str, ...] | None:
    """An answer that the item has, or none."""
    if chance.random() < 0.15:
        return None
    if item.kind == "many":
        own = [key for key in item.keys if key != "none"]
        return ("none",) if "none" in item.keys and chance.random() < 0.3 else tuple(chance.sample(own, 2))
    return chance.choice(sorted(item.numbers))


def tapped(row: str, last: int = 0, zone: str = ZONES[0]) -> list[Entry]:
    """A letter a day, the last one so many days before today: f fine, h heavy, c crash, s skipped, else none."""
    days = [(last + len(row) - 1 - place, letter) for place, letter in enumerate(row)]
    return [Entry(at(ago), zone, "answer", TAPS[said], label=NOW) for ago, said in days if said in TAPS]


def whole_screen(zone: str, ago: int, *, positive: bool) -> list[Entry]:
    """The PEM screen, filled in whole."""
    one, found = instrument("pem_screen"), []
    for item in one.items:
        if item.needs is None or positive:
            value = 2 if positive and 2 in item.numbers else 0
            found.append(to_entry(one, Answer(item.id, value, at(ago)), zone))
    return found


def pem(chance: Random, traits: Traits) -> list[Entry]:
    """Answers about PEM: none, part, whole, twice, or against each other."""
    screen, zone, how = instrument("pem_screen"), traits.zone, traits.pem
    if how == "part":
        return [one for one in whole_screen(zone, 90, positive=chance.random() < 0.5) if chance.random() < 0.8]
    if how == "no":
        return [*whole_screen(zone, 300, positive=False), *whole_screen(zone, chance.randint(1, 83), positive=False)]
    if how in ("yes", "old"):
        return whole_screen(zone, chance.randint(84, 300), positive=how == "yes")
    if how == "proxy":
        return [replace(row, value=f"proxy:{row.value}") for row in whole_screen(zone, 20, positive=False)]
    if how == "other":
        begun = to_entry(instrument("dsq_pem"), Answer("4f", chance.choice([None, 0, 4]), at(9)), zone)
        return [*whole_screen(zone, 40, positive=False), begun]
    if how == "against":
        both = [Answer("worse_after_body", 1, at(3)), Answer("how_long", 0, at(2))]
        return [*whole_screen(zone, 90, positive=False), *(to_entry(screen, one, zone) for one in both)]
    if how in ("no_yes", "yes_no"):
        first = whole_screen(zone, 150, positive=how == "yes_no")
        return [*first, *whole_screen(zone, 60, positive=how == "no_yes")]
    return []


def signs(chance: Random, traits: Traits) -> tuple[list[Entry], bool]:
    """The page of red flags, buttons, words and closings; and whether suicidality stands open."""
    page, zone = instrument("red_flags"), traits.zone
    lines: list[Entry] = []
    raised, closed = [], []
    if traits.calm or chance.random() < 0.5:
        ago = chance.choice([0, 3, 30, 60, 80]) if traits.calm else chance.choice([80, 84, 200])
        lines.append(to_entry(page, Answer("signs", ("none",), at(ago, 10)), zone))
    if not traits.calm:
        for sign in chance.sample(SIGNS, chance.randint(1, 2)):
            ago, by = chance.randrange(120), chance.choice(["self", "self", "proxy"])
            lines.append(to_entry(page, Answer("signs", (sign,), at(ago), by), zone))  # type: ignore[arg-type]
            raised += [ago] if sign == "suicidality" else []
            if chance.random() < 0.5:
                lines.append(event(zone, f"flag/{sign}", chance.choice(["discussed", "known"]), ago // 2, 15))
                closed += [ago // 2] if sign == "suicidality" else []
    if traits.road:
        ago = chance.randrange(50)
        lines.append(suicidal_line(chance, traits.road, ago, zone))
        raised.append(ago)
        if chance.random() < 0.3:
            lines.append(event(zone, "flag/suicidality", "discussed", ago, 15))
            closed.append(ago)
    return lines, any(not any(at(ago) < at(later, 15) for later in closed) for ago in raised)


def suicidal_line(chance: Random, road: str, ago: int, zone: str) -> Entry:
    """One of the roads to the page of help."""
    if road == "button":
        return event(zone, "sign/suicidality", "pressed", ago)
    if road == "page":
        return to_entry(instrument("red_flags"), Answer("signs", ("suicidality",), at(ago)), zone)
    if road == "words":
        return Entry(at(ago), zone, chance.choice(["tag", "event"]), chance.choice(SUICIDAL_WORDS))  # type: ignore[arg-type]
    if road == "lost":
        return Entry(at(ago), zone, "answer", "none,suicidality", label="red_flags/1/signs")
    item, most = {"phq9": ("9", 3), "4dkl": ("46", 2)}[road]
    return to_entry(instrument(road), Answer(item, chance.randint(1, most), at(ago)), zone)


def told(chance: Random, traits: Traits) -> list[Entry]:
    """What else a diary holds: phases, answers to proposals, requests, energy, effort, words."""
    zone = traits.zone
    since = chance.choice([26, 60, 60, 150])
    lines = [event(zone, "phase", str(phase), since - 5 * phase, 11) for phase in range(2, traits.phase + 1)]
    names = sorted({one.name for one in steps().values() if one.answered})
    for name in chance.sample(names, chance.randrange(4)):
        said = chance.choice(["yes", "yes", "yes", "no", "no", "proxy:yes", "proxy:no", "perhaps"])
        lines.append(event(zone, f"proposal/{name}", said, chance.choice([0, 2, 6, 7, 8, 13, 20, 28, 40]), 13))
    for effort in chance.sample([*EFFORTS, "running"], chance.randrange(2)):
        said = chance.choice(["asked", "asked", "asked", "proxy:asked", "withdrawn"])
        lines.append(event(zone, f"request/{effort}", said, chance.randrange(60)))
    if chance.random() < 0.5:
        lines.append(event(zone, "stressor", "solved", chance.randrange(30)))
    if chance.random() < 0.1:
        long = Answer("how_long", chance.randrange(6), at(chance.randrange(90)))
        lines.append(to_entry(instrument("effort_diary"), long, zone))
    if chance.random() < 0.1:
        lines.append(event(zone, "total/phq9/total", f"{chance.randrange(28)} | 2014", chance.randrange(90)))
    if chance.random() < 0.3:
        ago = chance.randrange(60)
        lines.append(Entry(at(ago, 9), zone, "exertion", chance.choice(OTHER_WORDS), at(ago, 10)))
    if chance.random() < 0.1:
        lines.append(event(zone, "told", "crash", chance.randrange(40)))
    if chance.random() < 0.3:
        lines += [
            to_entry(instrument("mood"), Answer(item, chance.choice([0, 0, 1, 2]), at(chance.randrange(20))), zone)
            for item in ("joy", "low")
        ]
    start, spread = chance.randint(2, 8), chance.choice([0, 1, 3])
    for week in range(chance.randrange(7)):
        points = min(10, max(0, start + chance.randint(-spread, spread)))
        lines.append(to_entry(instrument("energy"), Answer("energy", points, at(7 * week, 9)), zone))
    return lines


def verdict(ago: int, answer: str) -> Verdict:
    """A verdict on one rest."""
    span = Span(at(ago, 14), at(ago, 14) + HOUR_MS // 2)
    bout = Bout(span, "supine", "passive")
    return Verdict(bout, answer, 0.9, "moved", Level("between"), None, None, None, None, "B")  # type: ignore[arg-type]


def with_other_verdicts(made: Made) -> Iterable[Made]:
    """The same person with every verdict changed, with none, and with many."""
    yield replace(made, verdicts=())
    yield replace(made, verdicts=tuple(replace(one, answer=ANSWERS[1], probability=0.1) for one in made.verdicts))
    yield replace(made, verdicts=tuple(verdict(ago, ANSWERS[ago % 4]) for ago in range(8)))
