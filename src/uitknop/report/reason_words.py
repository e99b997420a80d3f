"""What does a reason mean? Words for every code the rooms give, and what would help.

A reason is a value: a code, what was found, what was needed. Here each code gets one sentence for when the figures are
known and one for when they are not, and, where something can be done about it, what would help next time.
"""

from __future__ import annotations

from uitknop.core import Phrase, Reason
from uitknop.report.reason_shape import ReasonWords as ReasonWords
from uitknop.report.step_reason_words import STEP_WORDS
from uitknop.report.words import N_

_STRAP = N_("A chest strap that gives every heartbeat tells most. Wear it as long as it is comfortable, not longer.")
_POSTURE = N_("Note in one word how you rested: lying, sitting or standing. Then a change of posture is not mistaken.")
_LONGER = N_("A stretch of about ten quiet minutes or more, with a few quiet minutes before it, can be judged better.")
_SNUG = N_("Moisten the strap and let it sit close to the skin; wear a watch a little tighter while you rest.")
_MORE_OF_ONE = N_("Rest as you already do. Each recording with a rest in it makes the picture a little clearer.")
_TAG = N_("If you can spare it: note which rest it was, in one word. An empty note is fine too.")
_DAY_AND_NIGHT = N_("A recording with an ordinary upright part of the day and a night in it gives your own scale.")
_AFTER = N_("Keep recording for about ten quiet minutes after a breathing exercise.")
_CLOCK = N_("Give the moment the recording began, and the times can be shown.")
_FREELY = N_("Let your breathing go its own way while you rest, if you want to know what the rest itself does.")
_DOCTOR = N_("An irregular heartbeat is often harmless, yet worth a mention to your GP if it is new to you.")

WORDS: dict[str, ReasonWords] = {
    # what keeps a bout from a clearer answer
    "too_short": ReasonWords(
        "limit",
        N_("This stretch was too short to judge."),
        N_("This stretch lasted {found} minutes; at least {needed} are needed."),
        _LONGER,
    ),
    "no_beats": ReasonWords("limit", N_("Nothing of your heart was recorded during this stretch."), None, _SNUG),
    "too_few_beats": ReasonWords(
        "limit",
        N_("Too few clear heartbeats were recorded here."),
        N_("{found} clear heartbeats were recorded here; {needed} are needed."),
        _SNUG,
    ),
    "low_coverage": ReasonWords(
        "limit",
        N_("A large part of this stretch was not recorded."),
        N_("{found} % of this stretch was recorded; {needed} % is needed."),
        _SNUG,
    ),
    "heart_rate_only": ReasonWords(
        "limit",
        N_("Only a heart rate was recorded, not each beat, so only the heart rate could be judged."),
        None,
        _STRAP,
    ),
    "gap_in_bout": ReasonWords(
        "limit",
        N_("There is a gap in the recording in the middle of this stretch."),
        N_("There is a gap of {found} minutes in the recording in the middle of this stretch."),
        _SNUG,
    ),
    "artefacts": ReasonWords(
        "limit",
        N_("Too many heartbeats were disturbed, by movement or by loose contact."),
        N_(
            "{found} % of the heartbeats were disturbed, by movement or by loose contact; up to {needed} % can be used."
        ),
        _SNUG,
    ),
    "ectopy": ReasonWords(
        "limit",
        N_("Many extra heartbeats. With those, this measure says nothing, so we say nothing."),
        N_("{found} % extra heartbeats. Above {needed} % this measure says nothing, so we say nothing."),
        _DOCTOR,
    ),
    "irregular_rhythm": ReasonWords(
        "limit",
        N_("The heartbeat was irregular here. With that, this measure says nothing, so we say nothing."),
        None,
        _DOCTOR,
    ),
    "medication": ReasonWords(
        "limit",
        N_("You noted a medicine or pacemaker that steers the heartbeat. Then this measure says nothing about rest."),
    ),
    "after_effort": ReasonWords(
        "limit",
        N_("This was shortly after effort. Then the heart is still on its way back by itself."),
        N_(
            "This was {found} minutes after effort; in the first {needed} minutes the heart is still on its way back "
            "by itself."
        ),
    ),
    "slow_breathing": ReasonWords(
        "limit",
        N_("You breathed slowly here. That changes the heartbeat by itself, so those minutes do not count."),
        N_(
            "You breathed slowly here for about {found} minutes. That changes the heartbeat by itself, so those "
            "minutes do not count."
        ),
        _FREELY,
    ),
    "breathing_unknown": ReasonWords(
        "limit", N_("How you breathed is not known, and that makes the answer less sure."), None, None
    ),
    "movement_unknown": ReasonWords(
        "limit", N_("Whether you moved is not known, so this may have been a quiet activity.")
    ),
    "posture_unknown": ReasonWords(
        "limit",
        N_("Whether you lay or sat is not known. Lying down alone already lowers the heart rate."),
        None,
        _POSTURE,
    ),
    "posture_change": ReasonWords(
        "limit",
        N_("Your posture changed. That shifts the heart rate by itself, and we took it into account."),
        None,
        _POSTURE,
    ),
    "no_before": ReasonWords(
        "limit",
        N_("There is no recording from just before, so there is nothing to compare with."),
        N_("There are {found} minutes of recording from just before; {needed} are needed to compare."),
        _LONGER,
    ),
    "no_reference": ReasonWords(
        "limit",
        N_("Your own day and night are not known yet, so we cannot say how deep this rest went."),
        None,
        _DAY_AND_NIGHT,
    ),
    "calibrating": ReasonWords(
        "limit",
        N_("Your own scale is still being built."),
        N_("Your own scale is still being built: {found} of {needed} nights."),
        _DAY_AND_NIGHT,
    ),
    "light_sensor": ReasonWords(
        "limit",
        N_("A light sensor on the skin times each heartbeat less exactly than a chest strap."),
        None,
        _STRAP,
    ),
    "short_span": ReasonWords(
        "limit",
        N_("This stretch is short, so the answer stays careful."),
        N_("This stretch is short ({found} minutes), so the answer stays careful."),
        _LONGER,
    ),
    "carry_over_missing": ReasonWords(
        "limit",
        N_("There is no quiet recording after the breathing exercise, so what stays of it is not known."),
        None,
        _AFTER,
    ),
    "clockless": ReasonWords(
        "limit",
        N_("This recording has no clock. Times are counted from its start."),
        None,
        _CLOCK,
    ),
    "talking_possible": ReasonWords(
        "limit", N_("The breathing looks as if you may have been talking here. That disturbs the picture.")
    ),
    "asleep_possible": ReasonWords(
        "limit", N_("You may have been asleep here. Falling asleep looks different from resting awake.")
    ),
    "constant_input": ReasonWords(
        "limit", N_("The values do not change at all here. No heart does that, so we leave them out."), None, _SNUG
    ),
    "implausible_series": ReasonWords(
        "limit",
        N_("These values do not fit a heart, so we leave them out."),
        None,
        _SNUG,
    ),
    "wide_interval": ReasonWords(
        "limit", N_("It lies too close to the edge between settled and not settled."), None, None
    ),
    "channels_disagree": ReasonWords("limit", N_("Heart rate and the variation between beats pointed different ways.")),
    "small_shift": ReasonWords(
        "limit",
        N_("There was a shift, too small to tell from ordinary ups and downs."),
    ),
    # what the heart did
    "moved": ReasonWords("seen", N_("Your heart shifted to the calm side during this stretch.")),
    "not_moved": ReasonWords("seen", N_("We saw no shift to the calm side.")),
    "already_calm": ReasonWords("seen", N_("Your heart was already calm at the start.")),
    "moved_but_high": ReasonWords(
        "seen", N_("There was a shift, and your heart still stayed near your own upright day.")
    ),
    "level_low": ReasonWords("seen", N_("You came close to your own night.")),
    "level_high": ReasonWords("seen", N_("Your heart stayed near your own upright day.")),
    "hr_fell": ReasonWords(
        "seen", N_("Your heart rate went down."), N_("Your heart rate went down by {found} beats a minute.")
    ),
    "hr_rose": ReasonWords(
        "seen", N_("Your heart rate went up."), N_("Your heart rate went up by {found} beats a minute.")
    ),
    "lower_around": ReasonWords(
        "seen",
        N_("Your heart rate was lower than in the minutes around it."),
        N_("Your heart rate was lower by {found} beats a minute than in the minutes around it."),
    ),
    "not_lower_around": ReasonWords("seen", N_("Your heart rate was not clearly lower than in the minutes around it.")),
    "around": ReasonWords("seen", N_("Your heart rate was compared with the minutes around this stretch.")),
    "hr_flat": ReasonWords("seen", N_("Your heart rate stayed about the same.")),
    "ln_rmssd_rose": ReasonWords("seen", N_("The variation between beats grew.")),
    "ln_rmssd_fell": ReasonWords("seen", N_("The variation between beats became smaller.")),
    "ln_rmssd_flat": ReasonWords("seen", N_("The variation between beats stayed about the same.")),
    "carry_over": ReasonWords("seen", N_("This is judged on the quiet minutes after the breathing exercise.")),
    "breathing_only": ReasonWords(
        "seen", N_("The shift was there only while you breathed slowly, and not after it."), None, _AFTER
    ),
    # what keeps the pooled answer early
    "too_few_bouts": ReasonWords(
        "pool",
        N_("There are too few moments of this kind to say something."),
        N_("Judged so far: {found}. From about {needed} on it becomes clearer."),
        _MORE_OF_ONE,
    ),
    "no_quiet_time": ReasonWords(
        "pool",
        N_("There is too little quiet time to compare with: quiet minutes in which you just sat, not to rest."),
        None,
        N_("Leave the recording on for a while when you are just sitting and doing nothing special."),
    ),
    "other_posture": ReasonWords(
        "pool", N_("The quiet time beside it was in another posture, which makes a difference of its own.")
    ),
    "few_judged": ReasonWords(
        "pool",
        N_("Of many of these moments we cannot say anything."),
        N_("We can say something about {found} of the {needed} moments of this kind."),
        _MORE_OF_ONE,
    ),
    "no_answers": ReasonWords("pool", N_("How it felt is not known. That is allowed."), None, _TAG),
    # why the next step is what it is
    **STEP_WORDS,
}

UNKNOWN = ReasonWords("limit", N_("There is another reason, for which this page has no words yet."))


def words_of(reason: Reason) -> ReasonWords:
    """The words of a reason; a general sentence for a code nobody wrote words for."""
    return WORDS.get(reason.code, UNKNOWN)


def phrase_of(reason: Reason) -> Phrase:
    """What a reason says, with its figures where it has all that its sentence needs."""
    words = words_of(reason)
    figures = {"found": _figure(reason.found), "needed": _figure(reason.needed)}
    if words.told is not None:
        fields = {name: value for name, value in figures.items() if f"{{{name}}}" in words.told}
        if all(value is not None for value in fields.values()):
            return Phrase(words.told, fields)
    return Phrase(words.plain)


def _figure(value: float | str | None) -> object:
    """A figure as a sentence shows it: without its sign, and with no more digits than a tired reader needs."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    size = abs(float(value))
    return float(round(size)) if size >= 10 else float(round(size, 1))
