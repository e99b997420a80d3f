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

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
    "uitknop.core": (
        "Beats",
        "Bout",
        "Entry",
        "Estimate",
        "Findings",
        "Pooled",
        "Reason",
        "Recording",
        "Samples",
        "Span",
        "Verdict",
    ),
    "uitknop.core.errors": ("UitknopError",),
    "uitknop.rest": ("judge_rest", "pool"),
    "uitknop.signals": ("clean", "hrv", "sliding_hrv"),
    "uitknop.sources": ("read", "read_many", "read_spans"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME_OF)


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'uitknop' has no attribute {name!r}")
    return getattr(import_module(_HOME_OF[name]), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
