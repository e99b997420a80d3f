"""A person's file in daily use: open it, take files in, judge the touched days, keep it safe, forget it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uitknop.core.on_demand import on_demand

if TYPE_CHECKING:
    from uitknop.person.forget import erasable as erasable
    from uitknop.person.forget import erase as erase
    from uitknop.person.ground import zone_of as zone_of
    from uitknop.person.intake import Taken as Taken
    from uitknop.person.intake import take_in as take_in
    from uitknop.person.judging import Judged as Judged
    from uitknop.person.judging import findings_of as findings_of
    from uitknop.person.judging import judge_touched as judge_touched
    from uitknop.person.judging import lines_hold as lines_hold
    from uitknop.person.place import default_path as default_path
    from uitknop.person.safe import back_up as back_up
    from uitknop.person.safe import restore as restore
    from uitknop.person.undo import undo_last as undo_last
    from uitknop.person.unlock import Secret as Secret
    from uitknop.person.unlock import make_file as make_file
    from uitknop.person.unlock import open_file as open_file
    from uitknop.person.unlock import rewrap as rewrap
    from uitknop.person.unlock import ways_of as ways_of

_HOMES = {
    "erasable": "uitknop.person.forget",
    "erase": "uitknop.person.forget",
    "zone_of": "uitknop.person.ground",
    "Taken": "uitknop.person.intake",
    "take_in": "uitknop.person.intake",
    "Judged": "uitknop.person.judging",
    "findings_of": "uitknop.person.judging",
    "judge_touched": "uitknop.person.judging",
    "lines_hold": "uitknop.person.judging",
    "default_path": "uitknop.person.place",
    "back_up": "uitknop.person.safe",
    "restore": "uitknop.person.safe",
    "undo_last": "uitknop.person.undo",
    "Secret": "uitknop.person.unlock",
    "make_file": "uitknop.person.unlock",
    "open_file": "uitknop.person.unlock",
    "rewrap": "uitknop.person.unlock",
    "ways_of": "uitknop.person.unlock",
}

__all__ = sorted(_HOMES)
__getattr__ = on_demand(__name__, _HOMES)
