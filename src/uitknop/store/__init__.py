"""The person's file: one encrypted SQLite file, in which facts are only added. Imports core only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uitknop.core.on_demand import on_demand

if TYPE_CHECKING:
    from uitknop.store.batch import Batch as Batch
    from uitknop.store.inbox import add_tap as add_tap
    from uitknop.store.inbox import drain as drain
    from uitknop.store.inbox import inbox_path as inbox_path
    from uitknop.store.key_file import KeyFile as KeyFile
    from uitknop.store.key_file import keys_path as keys_path
    from uitknop.store.key_ring import KeyRing as KeyRing
    from uitknop.store.keys import new_data_key as new_data_key
    from uitknop.store.keys import new_inbox_keys as new_inbox_keys
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
    "add_tap": "uitknop.store.inbox",
    "drain": "uitknop.store.inbox",
    "inbox_path": "uitknop.store.inbox",
    "KeyFile": "uitknop.store.key_file",
    "keys_path": "uitknop.store.key_file",
    "KeyRing": "uitknop.store.key_ring",
    "new_data_key": "uitknop.store.keys",
    "new_inbox_keys": "uitknop.store.keys",
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
