"""A total from a form that was filled in elsewhere: typed in with its date and the version of the form."""

from __future__ import annotations

from dataclasses import dataclass

from uitknop.core import Phrase, Reason, Value
from uitknop.core.errors import Malformed
from uitknop.instruments.answers import By
from uitknop.instruments.instrument import Instrument, Scale
from uitknop.instruments.scoring import Score, reached


@dataclass(frozen=True, slots=True)
class TypedTotal(Value):
    """What was typed in.

    Args:
        scale: name of the scale.
        value: the total on the form.
        at_ms: when the form was filled in, UTC ms.
        form_version: what stands on the form, such as "Dutch, 2014".
        by: proxy when somebody else types it in.
    """

    scale: str
    value: float
    at_ms: int
    form_version: str
    by: By = "self"


def take_total(instrument: Instrument, total: TypedTotal, *, now_ms: int) -> Score:
    """The typed total as a result, with the published limits it lies beyond.

    A total hides its items. Where one of them would have opened the help page, the result says that this is unknown.

    Raises:
        Malformed: a list worded here, an unknown scale, a total that form can't give, a date in the future, or no
            version of the form. Nothing is kept then.
    """
    scale = instrument.scale(total.scale)
    if instrument.wording == "own":
        raise Malformed("This list is filled in here, question by question; it has no total to type in.")
    if scale is None:
        raise Malformed(
            Phrase(
                "This list has no scale called {scale}; it has {known}. Nothing was stored.",
                {"scale": total.scale, "known": ", ".join(known.id for known in instrument.scales) or "none"},
            )
        )
    if not total.form_version.strip():
        raise Malformed("The version of the form is missing. It stands at its top or bottom; nothing was stored.")
    if total.at_ms > now_ms:
        raise Malformed("The date of the form lies in the future. Nothing was stored; check the date.")
    _check(scale, total.value)
    return Score(
        *(instrument.id, instrument.version, scale.id, total.value, scale.low, scale.high),
        *(len(scale.items), len(scale.items)),
        reached=reached(scale.cutoffs, total.value),
        by_proxy=total.by == "proxy",
        typed=True,
        reasons=(Reason("safety_item_unknown"),) if instrument.flags else (),
        at_ms=total.at_ms,
    )


def _check(scale: Scale, value: float) -> None:
    # Written so that NaN is refused too.
    if not scale.low <= value <= scale.high:
        raise Malformed(
            Phrase(
                "The total of this form lies between {low} and {high}. Nothing was stored; check the number.",
                {"low": f"{scale.low:g}", "high": f"{scale.high:g}"},
            )
        )
    if scale.how == "sum" and not scale.weights and (value / scale.factor) % 1:
        raise Malformed(
            Phrase(
                "The total of this form goes up in steps of {step}. Nothing was stored; check the number.",
                {"step": f"{scale.factor:g}"},
            )
        )
