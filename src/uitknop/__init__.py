"""Uitknop: does rest, and which rest, do something for me?

```python
import uitknop as ut

recording = ut.read("night.txt")
verdicts = ut.judge_rest(recording)
answer = ut.pool(verdicts, recording.entries)
```

Names are looked up when they are first used, so that `import uitknop` costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from uitknop.core.on_demand import on_demand

if TYPE_CHECKING:
    from uitknop.body import Ensemble as Ensemble
    from uitknop.body import simulate as simulate
    from uitknop.core import Beats as Beats
    from uitknop.core import Bout as Bout
    from uitknop.core import Entry as Entry
    from uitknop.core import Estimate as Estimate
    from uitknop.core import Findings as Findings
    from uitknop.core import Pooled as Pooled
    from uitknop.core import Reason as Reason
    from uitknop.core import Recording as Recording
    from uitknop.core import Samples as Samples
    from uitknop.core import Span as Span
    from uitknop.core import Verdict as Verdict
    from uitknop.core.errors import UitknopError as UitknopError
    from uitknop.rest import judge_rest as judge_rest
    from uitknop.rest import pool as pool
    from uitknop.signals import clean as clean
    from uitknop.signals import hrv as hrv
    from uitknop.signals import sliding_hrv as sliding_hrv
    from uitknop.sources import read as read
    from uitknop.sources import read_many as read_many
    from uitknop.sources import read_spans as read_spans

__version__ = "0.1.0"

_HOMES = {
    "Beats": "uitknop.core",
    "Bout": "uitknop.core",
    "Ensemble": "uitknop.body",
    "Entry": "uitknop.core",
    "Estimate": "uitknop.core",
    "Findings": "uitknop.core",
    "Pooled": "uitknop.core",
    "Reason": "uitknop.core",
    "Recording": "uitknop.core",
    "Samples": "uitknop.core",
    "Span": "uitknop.core",
    "Verdict": "uitknop.core",
    "UitknopError": "uitknop.core.errors",
    "judge_rest": "uitknop.rest",
    "pool": "uitknop.rest",
    "clean": "uitknop.signals",
    "hrv": "uitknop.signals",
    "simulate": "uitknop.body",
    "sliding_hrv": "uitknop.signals",
    "read": "uitknop.sources",
    "read_many": "uitknop.sources",
    "read_spans": "uitknop.sources",
}

__all__ = sorted(_HOMES)
__getattr__ = on_demand(__name__, _HOMES)
