"""Every number the verdict leans on, with its source; frozen after cross-validation over persons (docs/verdict.md)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from uitknop.core import Value


@dataclass(frozen=True, slots=True)
class Channel(Value):
    """How one channel behaves in rest. Heart rate is turned round, so that up is calm in both.

    Args:
        prior_sd: SD of the size of a shift before anything was seen, in the unit of the channel.
        noise_sd: SD of one-minute values around a steady course, in the unit of the channel.
        noise_phi: correlation of that noise between neighbouring minutes.
        drift_sd: SD of the slow wandering per square root of an hour, in the unit of the channel.
        swc: smallest worthwhile change, in the unit of the channel.
        tail_sd: values further than this many noise SDs from the running median are pulled in.
    """

    prior_sd: float
    noise_sd: float
    noise_phi: float
    drift_sd: float
    swc: float
    tail_sd: float = 3.0

    def noisier(self, factor: float) -> Channel:
        """The same channel in a person whose noise is `factor` times the usual."""
        return replace(self, noise_sd=self.noise_sd * factor, drift_sd=self.drift_sd * factor)


HEART_RATE = Channel(prior_sd=5.0, noise_sd=2.0, noise_phi=0.5, drift_sd=2.0, swc=1.5)
"""Quiet-night noise of one-minute heart rate: SD 0.8-1.3 bpm, AR(1) 0.4-0.5 on three NSR2DB records; 2.0 leaves room
for waking rest. Prior and smallest worthwhile change: engineering choices, sizes of mental stress to rest 4-11 bpm
(Iqbal et al. 2022, doi:10.3390/s22218135; Hongn et al. 2025, doi:10.1038/s41597-025-04845-9)."""

LN_RMSSD = Channel(prior_sd=0.4, noise_sd=0.22, noise_phi=0.35, drift_sd=0.10, swc=0.10)
"""Quiet-night noise of one-minute ln RMSSD: SD 0.14-0.25, AR(1) 0.28-0.37 on three NSR2DB records."""

LN_RMSSD_LIGHT = replace(LN_RMSSD, noise_sd=0.35)
"""Pulse intervals from light time beats worse: the channel keeps a say, but can't overrule heart rate."""

ONSET_TAUS_MIN = (1.0, 3.0, 8.0)
"""Time constants of settling that are tried, min."""

LAST_ONSET_BEFORE_END_MIN = 5
"""An onset later than this before the end of the bout leaves too little to see."""

PRIOR_SHIFT = 0.5
"""Probability of a shift before anything was seen."""

BEATS_CARRY_HEART_RATE = 0.5
"""Share of an epoch that beats must cover before they, and not the device's own series, give its heart rate."""

MOVING_ACCELERATION_MG = 13.0
ACTIVE_ACCELERATION_MG = 50.0
"""Deviation of acceleration above which an epoch counts as moving (fidgeting at a desk) and as active (on the feet),
mg: engineering choices, unverified."""

NIGHT_LENGTH_H = 4.0
NIGHT_SPACING_H = 16.0
NIGHT_FEWEST_MIN = 90
NIGHT_STILL_SHARE = 0.9
NIGHT_DAY_AROUND_H = 12.0
NIGHTS_APART_BPM = 8.0
NIGHTS_NEAR_DAYS = 14
"""The night floor is read in the four hours with the lowest heart rate of which at least this much is covered. A night
is still for nine tenths of it; without movement data, at least half of the 24 hours around it must be recorded, or a
quiet day would pass for it. Floors further apart than this within a fortnight are no nights: evenings on a sofa."""

SHORTEST_FOR_SCALE_H = 8.0
"""Recordings that together hold less heart rate say nothing of day and night."""

FEWEST_DAY_EPOCHS = 60
"""Minutes of awake day needed for the day's anchor."""

REFERENCE_DAYS = 60
"""The scale rests on the last 60 days at most; adapting faster would make a slow decline normal."""

CALIBRATED_NIGHTS = 7
"""With fewer nights the scale is provisional, and is said to be."""

TREND_FEWEST_NIGHTS = 14

USUAL_WANDER_BPM = 1.0
NOISIEST = 2.0
"""SD of ten-minute medians of heart rate around the hour's course in an ordinary night, and the most by which a
person's own noise may widen the intervals (simulation: 0.8 to 1.2 in ordinary people, 1.5 with long-memory noise)."""

NARROWEST_SCALE_BPM = 6.0
NARROWEST_SCALE_LN = 0.10
"""Day and night closer together than this make no scale."""

MOVED_AT = 0.8
NOT_MOVED_BELOW = 0.35
"""Probability of a shift from which the body is said to have moved, and below which not."""

LEVEL_LOW_FROM = {"supine": 0.62, "seated": 0.40, "standing": 0.40, "unknown": 0.52}
LEVEL_HIGH_BELOW = 0.25
"""Bands of the level on the own scale."""

ANCHOR_SD_BPM = 1.0
ANCHOR_SD_LN = 0.08
"""How well the anchors themselves are known: night to night spread of the floor over the root of a week."""

BOUT_SHORTEST_MIN = 10
MERGE_GAP_MIN = 1
GAP_LONGEST_MIN = 2
QUIET_LONGEST_MIN = 30
WHOLE_RECORDING_LONGEST_MIN = 45
REST_APART_MIN = 5
STEADY_SPREAD_BPM = 3.5
IN_BED_LEVEL = 0.8
IN_BED_LEVEL_WITHOUT_MOVEMENT = 0.4
"""How quiet bouts are found: at least ten minutes, holes of a minute closed, no gap over two minutes."""

SPAN_SHORTEST_MIN = 2.0
HEART_COVER_LEAST = 0.5
ECTOPY_MOST_PCT = 5.0
IRREGULAR_MOST_PCT = {"rr": 50.0, "ppg": 80.0}
"""Limits of the checks: shortest span, least cover, most ectopic beats, and which share of a bout
may have an irregular rhythm (light makes one of noise: up to 60 % in one wrist recording)."""

AFTER_EFFORT_MIN = 15.0
EFFORT_FEWEST_MIN = 3.0
EFFORT_HR_BPM = 120.0
EFFORT_OVER_DAY_BPM = 35.0
"""Hard effort: at least three minutes at 120 bpm, or 35 above the own day, in the quarter of an hour before."""

BEFORE_MIN = 10.0
BEFORE_FEWEST_EPOCHS = 4
HYDROSTATIC_MIN = 3.0
LN_COVER_LEAST = 0.5
"""Minutes before the bout that are compared with, fewest of them, the minutes after a change of posture that are left
out, and how much of the bout beats must cover before ln RMSSD may speak."""

PROTOCOL_FEWEST_SPANS = 3
NEIGHBOUR_MIN = 10.0
PROTOCOL_EPOCH_S = 5.0
AROUND_MIN = 3.0
PROTOCOL_BASE = 0.03
PROTOCOL_PER_BPM = 0.24
PROTOCOL_SETTLED_AT = 0.87
"""Weights for spans of a protocol: logistic regression on stress_predict, wearable_stress_exercise and noneeg,
cross-validated over persons by benchmarks/labelled.py (Iqbal et al. 2022, doi:10.3390/s22218135; Hongn et al. 2025,
doi:10.1038/s41597-025-04845-9; PhysioNet noneeg)."""

CALIBRATION_SLOPE = 1.4
CALIBRATION_OFFSET = -0.6
"""What movement and level say together, on the log-odds scale, becomes the probability that is told: fitted on
made-up people, whose equations are not the detector's (docs/verdict.md)."""

SETTLED_AT = 0.80
NOT_SETTLED_BELOW = 0.5
"""Probability from which a bout is called settled, and below which not settled; between them: can't tell."""

LATENCY_WIDEN_MIN = 0.5
"""Onsets in people are not the exponential's: the interval is widened by this on either side (simulation)."""

CARRY_OVER_MIN = 10.0
CARRY_OVER_FEWEST_MIN = 5.0
"""A breathing exercise is judged on the ten minutes after its end, of which at least five must be there."""

SHORT_EPOCH_S = 30.0
LAST_ONSET_BEFORE_END_SHORT_MIN = 2
"""Spans under ten minutes, and those of a protocol, are looked at in half minutes."""

INFORMATIVE_SD_BPM = 2.5
"""A shift whose size stays less certain than this was not looked at closely enough to say "not settled"."""

BREATHING_KNOWN_LEAST = 0.5
GRADE_A_COVER = 0.9
"""Share of epochs with a known breathing rate, and cover by beats, that the best grades ask for."""

DIFFERENCE_PRIOR_SD = 1.0
FEWEST_BOUTS_HEART_RATE = 3
FEWEST_BOUTS_LN_RMSSD = 8
FEWEST_QUIET = 3
FELT_WITHIN_MIN = 60
HOUR_BAND_H = 3.0
"""Pooling: prior of a log odds ratio; bouts before an interval excludes no difference (1.96 x 0.19 against 0.13 ln,
1.96 x 5.3 against 6 bpm, squared: NSR2DB day noise); answers this long after a bout belong to it."""
