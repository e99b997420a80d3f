"""Why is the next step what it is? Words for the codes of the rooms `state` and `guidance`."""

from __future__ import annotations

from uitknop.report.reason_shape import ReasonWords
from uitknop.report.words import N_

_TAP = N_("One tap a day, when you can, makes more known.")

STEP_WORDS: dict[str, ReasonWords] = {
    # what comes first
    "flag_open": ReasonWords("step", N_("Something on the page of help is open. That comes first.")),
    "not_asked": ReasonWords("step", N_("The page of help was not answered yet.")),
    "check_due": ReasonWords("step", N_("The page of help was answered more than twelve weeks ago.")),
    "open_flags": ReasonWords("step", N_("Nothing on the page of help is open.")),
    "flags_asked": ReasonWords("step", N_("The page of help was answered in the last twelve weeks.")),
    "flags_asked_too_little": ReasonWords("step", N_("The page of help still waits for an answer.")),
    "pem_asked": ReasonWords("step", N_("You were asked what effort does to you later.")),
    "pem_asked_too_little": ReasonWords("step", N_("What effort does to you later was not asked yet.")),
    "pem_not_asked": ReasonWords("step", N_("It is not known what effort does to you later.")),
    "pem_held_back": ReasonWords("step", N_("PEM is kept in mind, so nothing is added by itself.")),
    "pem_old": ReasonWords("step", N_("The questions about effort were answered more than twelve weeks ago.")),
    "pem_by_proxy": ReasonWords("step", N_("Somebody else answered the questions about effort.")),
    "pem_against_diary": ReasonWords(
        "step", N_("Since you answered the questions about effort, your diary tells of crashes or of a long worsening.")
    ),
    "sign_closed": ReasonWords("step", N_("It is less than a week since something on the page of help was closed.")),
    "safety_item_unknown": ReasonWords(
        "step", N_("The total of a list on mood is high, and one of its answers is not known here.")
    ),
    "condition_not_asked": ReasonWords("step", N_("It is not known yet whether something you have goes against it.")),
    "adapted": ReasonWords("step", N_("What is offered to you is adapted, so nothing is added.")),
    "severity": ReasonWords("step", N_("More would ask too much now, or it is not known how ill you are.")),
    "plan_off": ReasonWords("step", N_("Proposals to do more are switched off. You can switch them on.")),
    "said_no": ReasonWords(
        "step",
        N_("You said no to this. It is not asked again for four weeks."),
        N_("You said no to this {found} days ago. It is not asked again until {needed} days have passed."),
    ),
    # crashes and the last days
    "crash_now": ReasonWords("step", N_("You called this a crash, and it is not known to be over.")),
    "after_crash": ReasonWords(
        "step",
        N_("It is less than a week since a crash."),
        N_("It is {found} days since a crash; nothing is added in the first {needed}."),
    ),
    "back_after_crash": ReasonWords("step", N_("After a crash you went back one phase.")),
    "energy_fell": ReasonWords(
        "step", N_("Your energy went down since the answer before."), N_("Your energy went down by {found} points.")
    ),
    "not_stable": ReasonWords("step", N_("A day of the last three was heavy.")),
    "worse_after_more": ReasonWords(
        "step",
        N_("It got heavier after something was added."),
        N_("It got heavier {found} days ago, after something was added; nothing is added for {needed} days."),
    ),
    "week_known_too_little": ReasonWords(
        "step",
        N_("Too few days of this week are known."),
        N_("{found} days of this week are known; {needed} are needed, the last ones too."),
        _TAP,
    ),
    "added_lately": ReasonWords(
        "step",
        N_("Something was added a short time ago."),
        N_("Something was added {found} days ago; {needed} days lie between one time and the next."),
    ),
    # the gates
    "known_days": ReasonWords(
        "step", N_("Enough days are known."), N_("{found} days are known; {needed} were needed."), None
    ),
    "known_days_too_little": ReasonWords(
        "step", N_("Too few days are known."), N_("{found} days are known; {needed} are needed."), _TAP
    ),
    "crash_free": ReasonWords(
        "step",
        N_("This is about the days since the last crash."),
        N_("It is {found} days since the last crash; {needed} are needed."),
    ),
    "crash_free_too_little": ReasonWords(
        "step", N_("No day is known yet, so nothing is known of crashes."), None, _TAP
    ),
    "fine_days": ReasonWords(
        "step",
        N_("This is about the days you called fine."),
        N_("You called {found} of the last 21 days fine; {needed} are looked for."),
    ),
    "fine_days_too_little": ReasonWords("step", N_("Too few days are known to count the fine ones."), None, _TAP),
    "energy_up": ReasonWords(
        "step",
        N_("This is about energy now and three weeks before."),
        N_("Your energy changed by {found} points in three weeks; {needed} is looked for."),
    ),
    "energy_up_too_little": ReasonWords("step", N_("Energy was answered too seldom to compare.")),
    "control": ReasonWords("step", N_("This is about a hold on your days, by your last answer.")),
    "control_too_little": ReasonWords("step", N_("Whether you have a hold on your days was not answered lately.")),
    "steady_energy": ReasonWords(
        "step",
        N_("This is about how much your energy swings."),
        N_("Your energy swings by {found} points; up to {needed} counts as steady."),
    ),
    "steady_days": ReasonWords(
        "step",
        N_("This is about the days you called heavy."),
        N_("You called {found} of the last 21 days heavy; up to {needed} counts as steady."),
    ),
    "steady_days_too_little": ReasonWords("step", N_("Too few days are known to count the heavy ones."), None, _TAP),
    "energy_kept": ReasonWords(
        "step",
        N_("This is about falls of your energy in four weeks."),
        N_("The largest fall of your energy was {found} points; less than {needed} is looked for."),
    ),
    "energy_kept_too_little": ReasonWords("step", N_("Energy was answered too seldom to look for falls.")),
    "mood": ReasonWords("step", N_("This is about your answers on mood.")),
    "mood_total": ReasonWords("step", N_("The total of the list on mood fits a low time.")),
    "low_mood": ReasonWords("step", N_("Your last answers on mood fit a low time.")),
    "mood_too_little": ReasonWords("step", N_("Mood was not answered.")),
    "stressor_solved": ReasonWords("step", N_("This is about something that weighed and is solved, by your own word.")),
    "phase_held_back": ReasonWords("step", N_("This belongs to the phase of staying inside your limit.")),
    "no_exit": ReasonWords(
        "step",
        N_("You have been in this phase for a while."),
        N_("You have been in this phase for {found} weeks; from {needed} on somebody should look along."),
    ),
    "review_due": ReasonWords(
        "step", N_("It is time to look at this phase together."), N_("You have been in this phase for {found} weeks.")
    ),
    # the own history
    "inside_of_own_history": ReasonWords("step", N_("The last days stayed inside what you carried before.")),
    "in_unsure_band": ReasonWords("step", N_("The last days lie where your own history does not decide.")),
    "outside_of_own_history": ReasonWords("step", N_("The last days held more than you carried before.")),
    "no_crash_seen": ReasonWords("step", N_("No crash was told of, so nobody knows where your limit lies.")),
    "no_days": ReasonWords("step", N_("No days are known yet."), None, _TAP),
    "days_unknown": ReasonWords("step", N_("The last days are not known."), None, _TAP),
    "too_few_windows": ReasonWords(
        "step",
        N_("Your own history is too short to know your limit."),
        N_("Your own history holds {found} stretches of three days; {needed} are needed to know your limit."),
        _TAP,
    ),
    # why a quiet step
    "rest_first": ReasonWords("step", N_("In this phase rest comes first.")),
    "rest_then_structure": ReasonWords("step", N_("In this phase a few fixed points in the day come after rest.")),
    "nothing_needed": ReasonWords("step", N_("Nothing is needed now.")),
    "work_asks": ReasonWords("step", N_("Your answers about work are a matter for the occupational physician.")),
    "own_request": ReasonWords("step", N_("You asked for more room yourself.")),
}
