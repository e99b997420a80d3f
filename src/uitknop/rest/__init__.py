"""Did it settle? Finds bouts of rest, judges each, and pools the verdicts by kind of rest."""

from uitknop.rest.assess import Assessment as Assessment
from uitknop.rest.assess import assess as assess
from uitknop.rest.assess import judge_rest as judge_rest
from uitknop.rest.day_scale import DayScale as DayScale
from uitknop.rest.day_scale import scale_of_day as scale_of_day
from uitknop.rest.days import OpenDay as OpenDay
from uitknop.rest.days import judge_opened as judge_opened
from uitknop.rest.days import open_day as open_day
from uitknop.rest.days import sketch_of as sketch_of
from uitknop.rest.pool import pool as pool
from uitknop.rest.shared_movement import share_movement as share_movement
from uitknop.rest.sketch import DaySketch as DaySketch
