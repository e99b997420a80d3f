"""The person's file: one encrypted SQLite file, in which facts are only added. Imports core only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uitknop.core.on_demand import on_demand

if TYPE_CHECKING:
    from uitknop.store.batch import Batch as Batch
    from uitknop.store.notes import read_note as read_note
    from uitknop.store.person_file import Store as Store
    from uitknop.store.person_file import create_store as create_store
    from uitknop.store.person_file import open_store as open_store
    from uitknop.store.values import Aside as Aside
    from uitknop.store.values import BatchInfo as BatchInfo
    from uitknop.store.values import Kept as Kept
    from uitknop.store.values import Origin as Origin
    from uitknop.store.values import SeriesInfo as SeriesInfo

_HOMES = {
    "Batch": "uitknop.store.batch",
    "read_note": "uitknop.store.notes",
    "Store": "uitknop.store.person_file",
    "create_store": "uitknop.store.person_file",
    "open_store": "uitknop.store.person_file",
    "Aside": "uitknop.store.values",
    "BatchInfo": "uitknop.store.values",
    "Kept": "uitknop.store.values",
    "Origin": "uitknop.store.values",
    "SeriesInfo": "uitknop.store.values",
}

__all__ = sorted(_HOMES)
__getattr__ = on_demand(__name__, _HOMES)
