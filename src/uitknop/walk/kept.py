"""The findings of one day, and how they are kept between runs."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from uitknop.core import Phrase, RecordingSummary, Scale, Span, Trace, Value, Verdict
from uitknop.core.errors import Damaged

FORMAT = 1
_PHRASE = "\0phrase"


@dataclass(frozen=True, slots=True)
class DayFindings(Value):
    """What was found in one day.

    Args:
        span: the day, from 04:00 to 04:00 local.
        verdicts: one per bout that starts within the day, in order of time.
        traces: one per verdict.
        recordings: what was recorded within the day, one per source and name.
        scale: the person's own scale as it was known on this day; None when nothing was known.
        clockless: names of recordings that took no part, because they have no clock.
    """

    span: Span
    verdicts: tuple[Verdict, ...]
    traces: tuple[Trace | None, ...]
    recordings: tuple[RecordingSummary, ...]
    scale: Scale | None
    clockless: tuple[str, ...] = ()

    def to_bytes(self) -> bytes:
        """The day to be kept; the same findings give the same bytes."""
        encoder, _ = _codecs()
        return zlib.compress(encoder.encode((FORMAT, self)), 6)

    @classmethod
    def from_bytes(cls, kept: bytes) -> DayFindings:
        """A day as it was kept.

        Raises:
            Damaged: these bytes are no day, or one of another version.
        """
        import msgspec  # only where days are kept

        try:
            _, decoder = _codecs()
            version, day = decoder.decode(zlib.decompress(kept))
            if version != FORMAT:
                raise ValueError(version)
        except (zlib.error, msgspec.MsgspecError, ValueError, TypeError) as fault:
            raise Damaged(
                Phrase("What was kept of a day can't be read. Nothing is lost: it is made again from the recordings.")
            ) from fault
        summaries = tuple(replace(told, notes=tuple(map(_with_phrases, told.notes))) for told in day.recordings)
        found: DayFindings = replace(day, recordings=summaries)
        return found


@lru_cache(maxsize=1)
def _codecs() -> tuple[Any, Any]:
    import msgspec.msgpack

    encoder = msgspec.msgpack.Encoder(enc_hook=_as_known)
    return encoder, msgspec.msgpack.Decoder(tuple[int, DayFindings], dec_hook=_from_known)


def _as_known(value: object) -> object:
    """What the format has no word for, in words it has."""
    if isinstance(value, np.ndarray):
        return value.astype(value.dtype.newbyteorder("<")).tobytes()
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, Mapping):
        return {name: {_PHRASE: item} if isinstance(item, Phrase) else item for name, item in value.items()}
    raise NotImplementedError(type(value).__name__)


def _from_known(kind: Any, value: Any) -> object:
    """An array from its bytes, in the type its column has; a field of a phrase as it is."""
    if kind is object:
        return value
    dtype = np.dtype(kind.__args__[1].__args__[0]).newbyteorder("<")
    return np.frombuffer(value, dtype=dtype)


def _with_phrases(phrase: Phrase) -> Phrase:
    """A phrase whose fields are phrases again where they were."""
    import msgspec

    fields = {
        name: _with_phrases(msgspec.convert(item[_PHRASE], Phrase, dec_hook=_from_known))
        if isinstance(item, dict) and _PHRASE in item
        else item
        for name, item in phrase.fields.items()
    }
    return replace(phrase, fields=fields)
