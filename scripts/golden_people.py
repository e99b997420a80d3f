"""The constructed people of the golden vectors: each a short recipe of what somebody told, counted in days before now.

What must hold of each stands in tests/walk/test_people.py, by the same name. Nobody here exists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from uitknop.core import Entry, Recording, Samples
from uitknop.core.timeline import parse_iso
from uitknop.guidance import button_entry, closing_entry, condition_entry, setting_entry
from uitknop.instruments import Answer, instrument, to_entry
from uitknop.instruments.answers import By
from uitknop.instruments.condition import Given
from uitknop.walk import Request

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
ZONE = "Europe/Amsterdam"
NOW_MS = parse_iso("2026-03-20T20:00:00", ZONE)
TAPS = {"f": "fine", "h": "heavy", "c": "crash", "s": "skipped"}
FEW_WEEKS = "ffhfffhfffhffffhffhfffff"
"""Twenty-four days without a crash: mostly fine, the last five days fine."""
STEADY = "ffffffhffffffffffffhffffffff"
"""Four weeks without a crash, the last eight days fine."""

Lines = list[Entry]


def at(ago: float, hour: float = 12) -> int:
    """A local hour, so many days before today."""
    return NOW_MS + round((hour - 20) * HOUR_MS - ago * DAY_MS)


def taps(word: str, *, last_ago: int = 0) -> Lines:
    """One letter a day, the last one `last_ago` days before today; anything else is a day without a tap."""
    days = [(last_ago + len(word) - 1 - place, letter) for place, letter in enumerate(word)]
    return [Entry(at(ago, 19), ZONE, "answer", TAPS[said], label="now") for ago, said in days if said in TAPS]


def answers(name: str, told: Mapping[str, Given], *, ago: float = 20, by: By = "self") -> Lines:
    """Answers to a list on one day."""
    one = instrument(name)
    return [to_entry(one, Answer(item, value, at(ago), by), ZONE) for item, value in told.items()]


def page(*signs: str, ago: float = 10, by: By = "self") -> Lines:
    """The page of red flags: these signs, or none of them."""
    return answers("red_flags", {"signs": signs or ("none",)}, ago=ago, by=by)


def pem(often: int, *, ago: float = 60, by: By = "self") -> Lines:
    """The whole PEM screen: 0 is negative, 2 and more positive."""
    told: dict[str, Given] = {}
    for item in instrument("pem_screen").items:
        if item.needs is None or often:
            told[item.id] = min(often, max(item.numbers))
    if not often:
        told |= {"worse_after_body": 0, "worse_after_mind": 0, "how_long": 0}
    return answers("pem_screen", told, ago=ago, by=by)


def day(how: int, *, ago: float = 20, by: By = "self") -> Lines:
    """What an ordinary day is like: 0 mild to 3 very severe."""
    return answers("function", {"ordinary_day": how}, ago=ago, by=by)


def weekly(item: str, values: Sequence[int]) -> Lines:
    """Weekly answers of the list `energy`, the last one yesterday."""
    return [
        line
        for place, value in enumerate(reversed(values))
        for line in answers("energy", {item: value}, ago=1 + 7 * place)
    ]


def event(label: str, value: str, ago: float, *, hours: float | None = None) -> Entry:
    """A line of kind event, with an end where it has a length."""
    start_ms = at(ago)
    return Entry(start_ms, ZONE, "event", value, None if hours is None else start_ms + round(hours * HOUR_MS), label)


def exertion(minutes: Iterable[int], *, last_ago: int = 0) -> Lines:
    """Minutes of exertion a day, the last day `last_ago` days before today; 0 is a day with none noted."""
    told = list(minutes)
    days = [(last_ago + len(told) - 1 - place, number) for place, number in enumerate(told)]
    return [
        Entry(at(ago, 10), ZONE, "exertion", "walk", at(ago, 10) + number * 60_000) for ago, number in days if number
    ]


def plan(ago: float = 15) -> Entry:
    """Proposals to do more switched on."""
    return setting_entry("plan", True, at(ago), ZONE)


def person(*parts: Entry | Lines, **more: object) -> Request:
    """A request from lines and lists of lines."""
    entries = tuple(line for part in parts for line in ([part] if isinstance(part, Entry) else part))
    return replace(Request((), None, entries, ZONE, NOW_MS), **more)  # type: ignore[arg-type]


def told(entries: Iterable[Entry], by_ms: int = 0, zone: str = ZONE) -> Lines:
    """The same lines, moved in time or told in another zone."""
    return [replace(line, at_ms=line.at_ms + by_ms, zone=zone) for line in entries]


def by_proxy(entries: Iterable[Entry]) -> Lines:
    """The same lines, written by somebody else."""
    return [replace(line, value=f"proxy:{line.value}") for line in entries]


def on_b(ago: float = 60) -> Lines:
    """The page answered, PEM negative, mildly ill: track B."""
    return [*page(), *pem(0, ago=ago), *day(0)]


def on_p(how: int = 1) -> Lines:
    """The page answered, PEM positive: track P."""
    return [*page(), *pem(3), *day(how)]


def in_2b(word: str = STEADY) -> Lines:
    """In phase 2 on track B for forty days, with what goes against more asked."""
    return [*on_b(), *taps(word), event("phase", "2", 40), *asked("fever", "chest_pain", "fainting")]


def in_2p(word: str = STEADY) -> Lines:
    """In phase 2 on track P for forty days."""
    return [*on_p(), *taps(word), event("phase", "2", 40)]


def phq9(*values: int, ago: float = 3) -> Lines:
    """The first items of PHQ-9."""
    return answers("phq9", {str(place): value for place, value in enumerate(values, 1)}, ago=ago)


def asked(*names: str) -> Lines:
    """Conditions that were asked about and are not there."""
    return [condition_entry(name, False, at(12), ZONE) for name in names]


def lab(test: str, value: str, ago: float = 30) -> Entry:
    """A laboratory value as typed in."""
    return event(f"lab/{test}", value, ago)


BLANKET = (
    "sleep_apnoea",
    "copd",
    "heart_failure",
    "claustrophobia",
    "weakness",
    "epilepsy",
    "frailty",
)
FREE_DAYS = "f" * 84
CARRIED = [20, 30, 25, 40, 30, 20, 35] * 10
YES_RESTART = "proposal/restart"

PEOPLE: dict[str, Callable[[], Request]] = {
    # Nothing, or nearly nothing
    "nothing_at_all": person,
    "first_day_one_tap": lambda: person(page(ago=0), taps("f")),
    "first_day_one_question": lambda: person(
        page(ago=0), answers("pem_screen", {"small_effort_often": 0}, ago=0), taps("h")
    ),
    "pem_passed_over": lambda: person(
        page(), answers("pem_screen", {item.id: None for item in instrument("pem_screen").items}), taps("ffhf"), plan()
    ),
    "taps_and_nothing_else": lambda: person(taps("ffhfffhfhhcffh" * 5)),
    "sparse_diary": lambda: person(on_b(), taps("f...f......h.....f..."), plan()),
    "skipped_days": lambda: person(on_b(), taps("s" * 10 + "ff" + "s" * 10)),
    "diary_only_for_months": lambda: person(
        on_p(),
        taps("fffhffhffffhhc" * 6 + "ffhfff"),
        exertion([20, 30, 25, 20, 30, 40, 35, 25, 30, 20, 55, 70, 65, 0] * 6 + [20, 30, 25, 30, 20, 25]),
        [event("load/work", str(3 + ago % 4), ago) for ago in range(0, 40, 6)],
        [event("load/sensory", "8", ago) for ago in range(1, 40, 6)],
        [event("load/money", "2", ago) for ago in range(2, 40, 6)],
        weekly("energy", [4, 4, 5, 4, 5, 4]),
    ),
    # Phases and tracks
    "phase_0_check_due": lambda: person(page(ago=91), pem(0, ago=91), day(0), taps(FEW_WEEKS)),
    "phase_1_b": lambda: person(on_b(), taps("ffhf")),
    "phase_1_b_gate_open": lambda: person(
        on_b(), taps(FEW_WEEKS), weekly("energy", [4, 4, 4, 5, 6, 6]), weekly("control", [2]), plan()
    ),
    "phase_1_b_plan_off": lambda: person(
        on_b(), taps(FEW_WEEKS), weekly("energy", [4, 4, 4, 5, 6, 6]), weekly("control", [2])
    ),
    "phase_1_b_said_no": lambda: person(
        on_b(), taps(FEW_WEEKS), weekly("control", [2]), plan(), event("proposal/phase_2", "no", 4)
    ),
    "phase_1_b_stuck": lambda: person(page(ago=56), pem(0), day(0), taps("hhfh" * 6)),
    "phase_1_p": lambda: person(on_p(), taps("fhhf")),
    "phase_1_p_gate_open": lambda: person(on_p(), taps(FEW_WEEKS), weekly("energy", [4, 5, 4, 5]), plan()),
    "phase_2_b_plan_on": lambda: person(in_2b(), plan()),
    "phase_2_b_plan_off": lambda: person(in_2b()),
    "phase_2_b_one_thing_back": lambda: person(in_2b(), plan(), event(YES_RESTART, "yes", 7)),
    "phase_2_b_gone_worse": lambda: person(in_2b(STEADY[:-2] + "hh"), plan(), event(YES_RESTART, "yes", 5)),
    "phase_2_b_gate_open": lambda: person(
        in_2b(), answers("mood", {"joy": 0, "low": 0}, ago=5), event("stressor", "solved", 9), plan()
    ),
    "phase_2_b_low_mood": lambda: person(
        in_2b(), answers("mood", {"joy": 2, "low": 1}, ago=5), event("stressor", "solved", 9), plan()
    ),
    "phase_2_p_inside": lambda: person(
        in_2p("f" * 40 + "c" + "f" * 29),
        event("phase", "2", 8),
        exertion([*CARRIED[:37], 80, 90, 85, 0, *CARRIED[:26], 15, 15, 15]),
    ),
    "phase_2_p_outside": lambda: person(
        in_2p("f" * 40 + "c" + "f" * 29),
        event("phase", "2", 8),
        exertion([*CARRIED[:37], 80, 90, 85, 0, *CARRIED[:26], 90, 90, 95]),
    ),
    "phase_2_p_asks_for_room": lambda: person(in_2p("f" * 30), plan(), event("request/mental", "asked", 1)),
    "phase_2_p_asks_too_early": lambda: person(
        in_2p(STEADY[:-12] + "c" + "f" * 11), event("phase", "2", 9), plan(), event("request/mental", "asked", 1)
    ),
    "phase_2_p_review_due": lambda: person(
        page(), pem(3, ago=100), day(1), taps("f......" * 12 + "fff"), event("phase", "2", 90)
    ),
    "phase_3": lambda: person(on_b(120), pem(0), taps(STEADY), event("phase", "2", 60), event("phase", "3", 20)),
    "phase_3_three_months": lambda: person(
        on_b(140), pem(0), taps(FREE_DAYS), event("phase", "2", 120), event("phase", "3", 88)
    ),
    # Crashes, and PEM that changes
    "crash_now": lambda: person(on_b(), taps("fffffhhcc")),
    "crash_three_days_ago": lambda: person(in_2b(STEADY[:-6] + "hccfff"), plan()),
    "crash_told_afterwards": lambda: person(on_p(), taps("fff...fff"), event("", "crash", 5, hours=40)),
    "energy_fell": lambda: person(on_b(), taps("fffffffh"), weekly("energy", [6, 3])),
    "pem_turns_positive": lambda: person(in_2b(), plan(), pem(3, ago=1)),
    "pem_one_answer_taken_back": lambda: person(
        in_2b(), pem(3, ago=9), answers("pem_screen", {"small_effort_often": 0}, ago=2)
    ),
    "pem_contradicted": lambda: person(
        page(), pem(0, ago=3), answers("pem_screen", {"worse_after_body": 1}, ago=2), taps("ffhf")
    ),
    "pem_answered_long_ago": lambda: person(page(), pem(0, ago=1_100), day(0), taps(STEADY), plan()),
    "pem_answered_by_somebody_else": lambda: person(
        by_proxy([*page(), *pem(0), *day(0), *taps(STEADY)]), plan(), by_proxy([event("phase", "2", 40)])
    ),
    "pem_half_a_second_list": lambda: person(in_2b(), plan(), answers("dsq_pem", {"1f": 4}, ago=9)),
    "pem_against_two_crashes": lambda: person(on_b(), taps("f" * 8 + "cc" + "f" * 12 + "cc" + "f" * 12), plan()),
    "pem_against_the_effort_diary": lambda: person(
        in_2b(), plan(), answers("effort_diary", {"trigger": ("body",), "lag": 2, "how_long": 4, "how_heavy": 9}, ago=3)
    ),
    # How ill, and who answers
    "severe": lambda: person(on_p(2), taps("hhhfhhchhh")),
    "very_severe_by_proxy": lambda: person(
        page("severely_ill", by="proxy"),
        pem(4, ago=6, by="proxy"),
        day(3, ago=4, by="proxy"),
        by_proxy(taps("hhhhhcchh")),
    ),
    "in_bed_by_the_page_alone": lambda: person(page("severely_ill"), taps("hhh")),
    "five_questions_today": lambda: person(
        page(),
        answers("energy", {"energy": 3, "fatigue": 8, "sleep_refreshing": 2, "control": 0}, ago=0),
        answers("pem_screen", {"small_effort_often": 2}, ago=0),
    ),
    "pregnant_with_plan": lambda: person(
        page("pregnant"), pem(0), day(0), taps(STEADY), event("phase", "2", 40), plan()
    ),
    "pregnant_and_discussed": lambda: person(
        page("pregnant"), closing_entry("pregnant", at(8), ZONE), pem(0), day(0), taps("ffff")
    ),
    "under_18": lambda: person(page("under_18"), pem(0), day(0), taps(FEW_WEEKS), asked(*BLANKET), plan()),
    "beta_blocker": lambda: person(
        on_b(), condition_entry("beta_blocker", True, at(30), ZONE, medicine=True), taps(FEW_WEEKS)
    ),
    "conditions_all_asked": lambda: person(
        on_b(), taps("ffff"), asked(*BLANKET, "asthma"), condition_entry("migraine", True, at(9), ZONE)
    ),
    # Red flags: one each follows below
    "suicidality_by_the_button": lambda: person(on_b(), taps("ffh"), button_entry("suicidality", at(0), ZONE)),
    "suicidality_in_free_text": lambda: person(
        on_b(), taps("ffh"), Entry(at(1), ZONE, "tag", "ik wil niet meer leven", label="")
    ),
    "suicidality_with_a_low_total": lambda: person(on_b(), phq9(0, 0, 0, 0, 0, 0, 0, 0, 1), plan()),
    "suicidality_by_proxy": lambda: person(page("suicidality", by="proxy"), pem(0)),
    "flag_closed": lambda: person(page("lump"), closing_entry("lump", at(3), ZONE), pem(0), day(0), taps("ffff")),
    "flag_closed_and_more_waits": lambda: person(
        in_2b(), plan(), page("chest_pain", ago=2), closing_entry("chest_pain", at(1), ZONE)
    ),
    "flag_known_goes_against": lambda: person(
        in_2b(), plan(), page("fainted", ago=11), closing_entry("fainted", at(9), ZONE, known=True)
    ),
    "flag_suicidality_closed": lambda: person(
        in_2b(), plan(), button_entry("suicidality", at(3), ZONE), closing_entry("suicidality", at(2), ZONE)
    ),
    "flag_raised_again": lambda: person(
        page("lump"), closing_entry("lump", at(3), ZONE), page("lump", ago=1), pem(0), day(0)
    ),
    "flag_known_for_long": lambda: person(
        page("irregular_pulse"),
        closing_entry("irregular_pulse", at(8), ZONE, known=True),
        page("irregular_pulse", ago=2),
        pem(0),
        day(0),
    ),
    "flag_never_known_for_long": lambda: person(
        page("suicidality"), closing_entry("suicidality", at(8), ZONE, known=True), page("suicidality", ago=2)
    ),
    "flag_closed_by_somebody_else": lambda: person(
        page("lump"), by_proxy([closing_entry("lump", at(3), ZONE)]), pem(0)
    ),
    "two_flags": lambda: person(page("snoring_and_sleepy", "breathless", "pregnant"), pem(0), day(0)),
    # What can't be used, or not yet
    "half_filled_form": lambda: person(on_b(), phq9(1, 1, 1, 1, 1, 1, 1, 1, 0, ago=50), phq9(*[2] * 5)),
    "bad_lines": lambda: person(
        page(),
        event("load/work", "14", 2),
        event("load/karma", "3", 2),
        Entry(at(2), ZONE, "answer", "11", label="energy/1/energy"),
        Entry(at(2), ZONE, "answer", "1", label="energy/1/aura"),
        Entry(at(2), ZONE, "answer", "1", label="energy/9/energy"),
        Entry(at(2), ZONE, "answer", "great", label="now"),
        event("phase", "7", 2),
        event("setting/plan", "maybe", 2),
    ),
    "none_and_chest_pain": lambda: person(
        Entry(at(1), ZONE, "answer", "none,chest_pain", label="red_flags/1/signs"), taps("fff")
    ),
    "laboratory": lambda: person(
        page(),
        lab("vitamin_d", "24 | ng/ml | 20 | 50 | |"),
        lab("vitamin_d", "38 | nmol/l | 50 | 125 | |", 20),
        lab("tsh", "2,1 | mU/l | 0,4 | 4,0 | |"),
        lab("crp", "<5 | mg/l | | 10 | |"),
        lab("cortisol", "400 | nmol/l | 150 | 700 | |"),
        lab("hba1c", "5,4 | mmol/mol | 4,0 | 6,0 | |"),
    ),
    "supplements_that_clash": lambda: person(
        page("pregnant"),
        event("supplement/ashwagandha", "extract", 40),
        event("supplement/magnesium", "citrate", 60, hours=24 * 20),
        event("supplement/moonstone", "other", 5),
        Entry(at(200), ZONE, "medication", "levothyroxine"),
    ),
    "totals_typed_in": lambda: person(
        in_2b(),
        plan(),
        answers("mood", {"joy": 0, "low": 0}, ago=5),
        event("stressor", "solved", 9),
        event("total/phq9/total", "17 | Dutch, 2014", 6),
        event("total/sfq/total", "3 | 1999", 6),
    ),
    "high_total_hides_a_question": lambda: person(in_2b(), plan(), event("total/phq9/total", "24 | Dutch, 2014", 6)),
    "day_never_asked": lambda: person(page(), pem(0), taps(STEADY), event("phase", "2", 40), plan()),
    "lines_of_tomorrow": lambda: person(on_b(), taps("ffff"), page("lump", ago=-1), taps("c", last_ago=-2)),
    # Settings, work, travel
    "plan_switched_off_again": lambda: person(in_2b(), plan(), setting_entry("plan", False, at(2), ZONE)),
    "plan_by_somebody_else": lambda: person(in_2b(), by_proxy([plan()])),
    "own_minutes": lambda: person(
        on_b(),
        taps("ffff"),
        setting_entry("minutes/quiet_rest", 8, at(3), ZONE),
        setting_entry("minutes/slow_breathing", 90, at(3), ZONE),
    ),
    "conflict_at_work": lambda: person(
        on_b(), taps("ffff"), answers("work", {"now": 1, "conflict": 1, "company_doctor": 0}, ago=3)
    ),
    "load_that_stands_out": lambda: person(
        on_b(),
        taps("fffh"),
        [
            event(f"load/{domain}", str(points), ago)
            for ago in (2, 5, 9, 14)
            for domain, points in (("work", 9), ("money", 2), ("home", 3), ("relations", 2))
        ],
    ),
    "across_zones": lambda: person(
        on_b(),
        told(taps("fffff", last_ago=10)),
        told(taps("fhccf", last_ago=4), -8 * HOUR_MS, "Asia/Tokyo"),
        told(taps("fff"), 9 * HOUR_MS - DAY_MS, "America/Los_Angeles"),
        zone="America/Los_Angeles",
    ),
}

RESTING_BPM = (64, 65, 63, 66, 64, 62, 65, 64, 63, 65)


def watch(ago: int) -> Recording:
    """An hour of heart rate from a watch, twenty minutes of it a rest in which it falls by twelve a minute."""
    start_ms = at(ago, 14)
    bpm = [RESTING_BPM[minute % 10] + (12 if minute < 30 else 0) for minute in range(60)]
    t_ms = [start_ms + minute * 60_000 for minute in range(60)]
    still = Samples("steps", t_ms[:1], [0.0])  # type: ignore[arg-type]
    rest = Entry(t_ms[25], ZONE, "rest", "passive", t_ms[45])
    heart = Samples("heart_rate", t_ms, [float(beats) for beats in bpm])  # type: ignore[arg-type]
    return Recording("walk", f"day {ago}", ZONE, None, (heart, still), (rest,), "D")


PEOPLE |= {
    "measured": lambda: person(on_b(), taps("ffhf"), recordings=tuple(watch(ago) for ago in (1, 2, 4, 9))),
    "beta_blocker_measured": lambda: person(
        on_b(),
        condition_entry("beta_blocker", True, at(30), ZONE, medicine=True),
        taps("ffhf"),
        recordings=(watch(1),),
    ),
}

SIGNS = tuple(key for key in instrument("red_flags").items[0].keys if key != "none")
PEOPLE |= {f"flag_{sign}": lambda sign=sign: person(page(sign), pem(0), day(0), plan()) for sign in SIGNS}  # type: ignore[misc]
"""Each red flag on somebody for whom nothing else holds anything back."""
