"""The walk of one piece of data through the rooms: a pure run from recordings and diary to findings and standing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uitknop.core.on_demand import on_demand
from uitknop.rest import DayScale as DayScale
from uitknop.rest import DaySketch as DaySketch
from uitknop.rest import OpenDay as OpenDay
from uitknop.rest import open_day as open_day
from uitknop.rest import scale_of_day as scale_of_day
from uitknop.rest import sketch_of as sketch_of
from uitknop.rest.day_scale import MARGIN_H as MARGIN_H
from uitknop.rest.days import window_of as window_of
from uitknop.walk.calendar import day_spans as day_spans
from uitknop.walk.days import clockless_of as clockless_of
from uitknop.walk.days import day_key as day_key
from uitknop.walk.days import find_in_day as find_in_day
from uitknop.walk.days import gather as gather
from uitknop.walk.days import judge_day as judge_day
from uitknop.walk.days import sketch_day as sketch_day
from uitknop.walk.days import with_scale as with_scale
from uitknop.walk.kept import DayFindings as DayFindings
from uitknop.walk.request import Request as Request
from uitknop.walk.request import output_schema as output_schema
from uitknop.walk.request import parse_request as parse_request
from uitknop.walk.request import request_schema as request_schema
from uitknop.walk.request import request_to_dict as request_to_dict
from uitknop.walk.run import walk as walk
from uitknop.walk.run import without_strangers as without_strangers

if TYPE_CHECKING:
    from uitknop.walk.answered import Answered as Answered
    from uitknop.walk.answered import Refused as Refused
    from uitknop.walk.assembly import Standing as Standing
    from uitknop.walk.assembly import standing as standing
    from uitknop.walk.output import output_of as output_of
    from uitknop.walk.output import standing_of as standing_of
    from uitknop.walk.standing_json import standing_to_dict as standing_to_dict
    from uitknop.walk.typed import Taken as Taken

_HOMES = {
    "Answered": "uitknop.walk.answered",
    "Refused": "uitknop.walk.answered",
    "output_of": "uitknop.walk.output",
    "standing_of": "uitknop.walk.output",
    "Standing": "uitknop.walk.assembly",
    "standing": "uitknop.walk.assembly",
    "standing_to_dict": "uitknop.walk.standing_json",
    "Taken": "uitknop.walk.typed",
}
"""Where a person stands takes rooms that the judging of rest does not need."""

__getattr__ = on_demand(__name__, _HOMES)
