"""How a value leaves Python: as a dictionary for JSON, or as a data frame when a library for that is installed."""

from __future__ import annotations

import dataclasses
import importlib
import math
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any

from uitknop.core.phrase import Phrase


def plain(value: object) -> Any:
    """`value` in the types JSON knows: arrays become lists, phrases their English sentence, dates ISO 8601, NaN and
    infinity None."""
    if isinstance(value, Phrase):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {item.name: plain(getattr(value, item.name)) for item in dataclasses.fields(value)}
    if type(value).__module__ == "numpy":  # an array or one of its numbers, told without importing numpy here
        return plain(value.tolist())  # type: ignore[attr-defined]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


NO_COLUMN = "no_column"
"""In the metadata of a field: an array that has no entry per row, even where its length happens to fit."""


class Value:
    """Something with a `to_dict`."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """The value as a dictionary of JSON types."""
        return dict(plain(self))


class Table(Value):
    """A value whose array fields of equal length form a table."""

    __slots__ = ()

    def to_dataframe(self) -> Any:
        """The columns as a data frame of pandas or, failing that, polars.

        Raises:
            ImportError: neither is installed.
        """
        import numpy as np

        arrays = {
            item.name: getattr(self, item.name)
            for item in dataclasses.fields(self)  # type: ignore[arg-type]
            if isinstance(getattr(self, item.name), np.ndarray) and not item.metadata.get(NO_COLUMN)
        }
        length = next(iter(arrays.values())).size if arrays else 0
        columns = {name: array for name, array in arrays.items() if array.size == length}
        for library in ("pandas", "polars"):
            try:
                return importlib.import_module(library).DataFrame(columns)
            except ImportError:
                continue
        raise ImportError("a data frame needs pandas or polars: pip install pandas")
