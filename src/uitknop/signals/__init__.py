"""Clean beats, epochs, heart-rate variability, breathing and activity. Takes and returns frozen values of `core`."""

from uitknop.signals.clean import Cleaned as Cleaned
from uitknop.signals.clean import CleaningReport as CleaningReport
from uitknop.signals.clean import clean as clean
from uitknop.signals.epochs import Epochs as Epochs
from uitknop.signals.epochs import make_epochs as make_epochs
from uitknop.signals.metrics import HrvMetrics as HrvMetrics
from uitknop.signals.metrics import hrv as hrv
from uitknop.signals.windows import HrvWindows as HrvWindows
from uitknop.signals.windows import sliding_hrv as sliding_hrv
