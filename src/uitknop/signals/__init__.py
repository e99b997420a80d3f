"""Clean beats, epochs, heart-rate variability, breathing and activity. Takes and returns frozen values of `core`."""

from uitknop.signals.clean import Cleaned as Cleaned
from uitknop.signals.clean import CleaningReport as CleaningReport
from uitknop.signals.clean import clean as clean
from uitknop.signals.epochs import Epochs as Epochs
from uitknop.signals.epochs import make_epochs as make_epochs
