"""How it might work, told in steps, with what each step leans on: the whole story, and what is told of it to people
whom effort may make worse. Every coupling of the model belongs to one step, or to what else is in it.
"""

from __future__ import annotations

from dataclasses import dataclass

from uitknop.body import body_model
from uitknop.core import Value
from uitknop.report.words import N_

GRADE_WORDS = {
    "E": N_("established"),
    "H": N_("a hypothesis"),
    "M": N_("a picture, for the sake of the model"),
}
"""How sure a coupling is."""


@dataclass(frozen=True, slots=True)
class Step(Value):
    """One step of the story.

    Args:
        name: for addresses and tests.
        heading, lines: templates of the catalogue.
        couplings: of the model, that it leans on.
    """

    name: str
    heading: str
    lines: tuple[str, ...]
    couplings: tuple[str, ...]


BUCKET = Step(
    "bucket",
    N_("The bucket"),
    (
        N_("Work, worries, noise, illness: in the model, all that weighs goes into one bucket."),
        N_("It empties by itself, and that takes days."),
        N_("Such a bucket is a picture. Nobody has ever measured it."),
    ),
    ("stressors_load", "sensitisation_load"),
)

STORY = (
    BUCKET,
    Step(
        "guard",
        N_("The guard"),
        (
            N_("When the bucket gets full, the body goes on guard: the heart beats faster, and sleep gets lighter."),
            N_("For a while that is of use. Then it passes."),
        ),
        (
            *("load_threat", "threat_vagal", "threat_hpa", "threat_sleep", "threat_energy", "sensation_threat"),
            "sensation_amplified",
        ),
    ),
    Step(
        "loop",
        N_("The loop"),
        (
            N_("When it lasts, the guard may keep itself up."),
            N_("Cells go into defence. Defence stirs up inflammation, and that calls the guard again."),
            N_("This loop is a hypothesis. It may be otherwise."),
        ),
        (
            *("threat_defence", "defence_atp", "atp_defence", "atp_inflammation", "inflammation_threat"),
            *("threat_inflammation", "inflammation_atp", "inflammation_vagal"),
        ),
    ),
    Step(
        "rest",
        N_("Why rest alone may then do little"),
        (
            N_("Rest empties the bucket. But in the model the loop can go on without a full bucket."),
            N_("Then rest changes little, and that does not come from how somebody rests."),
            N_("For some made-up people rest alone does it."),
        ),
        ("defence_threat", "slow_off", "defence_energy", "inflammation_energy", "energy_defence", "sleep_energy"),
    ),
    Step(
        "safety",
        N_("What lets the guard down"),
        (
            N_("In the model that is felt safety: warmth, calm breathing, somebody near. It works on for days."),
            N_("It can't be forced, and it is nobody's merit."),
            N_("While the load stays heavy the guard stays too, however much safety there is."),
        ),
        (
            *("safety_threat", "safety_memory", "safety_vagal", "vagal_defence", "vagal_inflammation"),
            *("plasticity_safety", "safety_plasticity"),
        ),
    ),
    Step(
        "back",
        N_("The way back, in steps"),
        (
            N_("After that a little can be added again."),
            N_("Early and all at once is what gets stuck most often in the model. In steps it goes better."),
            N_("When that would be for anybody, the model does not know."),
        ),
        (
            *("exertion_debt", "defence_debt", "debt_atp", "exertion_energy", "energy_envelope", "defence_envelope"),
            "crash_capacity",
        ),
    ),
)
"""The six steps."""

PROTECTED_STORY = (
    BUCKET,
    Step(
        "limit",
        N_("The limit"),
        (
            N_("In the model there is a limit to what one can do in a day. With little energy it is lower."),
            N_("Thinking, noise and visits count too."),
            N_("Where it lies for anybody, the model does not know."),
        ),
        ("exertion_energy", "sleep_energy", "defence_energy", "energy_envelope", "defence_envelope"),
    ),
    Step(
        "later",
        N_("What comes later"),
        (
            N_("Above the limit complaints get worse. Often not at once, but a day or two later."),
            N_("That makes it hard to see where they come from."),
            N_("Why they come later is a hypothesis."),
        ),
        ("exertion_debt", "defence_debt", "debt_atp", "atp_inflammation"),
    ),
)
"""What is told where effort does harm, or may: load, the limit, the delayed crash, and nothing of a way back."""


def other_couplings() -> tuple[str, ...]:
    """The couplings that no step of the story leans on."""
    told = {name for step in STORY for name in step.couplings}
    return tuple(name for name in body_model().couplings if name not in told)
