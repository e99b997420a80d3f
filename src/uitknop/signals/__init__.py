"""Clean beats, epochs, heart-rate variability, breathing and activity. Takes and returns frozen values of `core`."""

from uitknop.signals.activity import QUIET_MG as QUIET_MG
from uitknop.signals.activity import QUIET_STEPS_PER_MIN as QUIET_STEPS_PER_MIN
from uitknop.signals.activity import Activity as Activity
from uitknop.signals.activity import activity_of as activity_of
from uitknop.signals.breathing import KNOWN_CONCENTRATION as KNOWN_CONCENTRATION
from uitknop.signals.breathing import SLOW_BRPM as SLOW_BRPM
from uitknop.signals.clean import HIGH_MS as HIGH_MS
from uitknop.signals.clean import LOW_MS as LOW_MS
from uitknop.signals.clean import Cleaned as Cleaned
from uitknop.signals.clean import CleaningReport as CleaningReport
from uitknop.signals.clean import clean as clean
from uitknop.signals.epochs import EPOCH_S as EPOCH_S
from uitknop.signals.epochs import FEWEST_PAIRS as FEWEST_PAIRS
from uitknop.signals.epochs import MOST_ARTEFACT as MOST_ARTEFACT
from uitknop.signals.epochs import Epochs as Epochs
from uitknop.signals.epochs import make_epochs as make_epochs
from uitknop.signals.metrics import HrvMetrics as HrvMetrics
from uitknop.signals.metrics import hrv as hrv
from uitknop.signals.rhythm import irregular_pct as irregular_pct
from uitknop.signals.tick import find_tick_ms as find_tick_ms
from uitknop.signals.windows import MOST_MISSING as MOST_MISSING
from uitknop.signals.windows import STEP_S as STEP_S
from uitknop.signals.windows import WINDOW_S as WINDOW_S
from uitknop.signals.windows import HrvWindows as HrvWindows
from uitknop.signals.windows import sliding_hrv as sliding_hrv
