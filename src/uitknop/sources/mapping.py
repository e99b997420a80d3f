"""Which column of a table is what: guessed, or said by the person in a small TOML file."""

from __future__ import annotations

import dataclasses
import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from uitknop.core import Phrase
from uitknop.core.errors import Malformed, NotRecognised, TooLarge
from uitknop.core.table import Value

TimeUnit = Literal["auto", "iso", "epoch_s", "epoch_ms", "s", "ms"]
IntervalUnit = Literal["auto", "s", "ms"]
AccelerationUnit = Literal["auto", "mg", "g", "m/s2"]

_MOST_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Mapping(Value):
    """Names of columns, "" where the table has none.

    Args:
        time: when; ISO 8601, seconds or ms since 1970, or seconds or ms from the start (`time_unit`).
        clock: hour, minute and, if there is one, second, as columns of their own; no date, so no clock.
        heart_rate: bpm.
        rr: RR intervals in `rr_unit`.
        steps: steps since the row before.
        acceleration: length of the acceleration in `acceleration_unit`; or `acceleration_xyz`: its three axes.
        oxygen_saturation: %.
        respiration_rate: breaths per minute.
        skin_temperature: degrees Celsius.
        label: what went on: rows with the same word next to each other become one span.
        tag: a word in a row is a tag at that moment.
        subject: who: one recording each.
    """

    time: str = ""
    time_unit: TimeUnit = "auto"
    clock: tuple[str, ...] = ()
    heart_rate: str = ""
    rr: str = ""
    rr_unit: IntervalUnit = "auto"
    steps: str = ""
    acceleration: str = ""
    acceleration_xyz: tuple[str, ...] = ()
    acceleration_unit: AccelerationUnit = "auto"
    oxygen_saturation: str = ""
    respiration_rate: str = ""
    skin_temperature: str = ""
    label: str = ""
    tag: str = ""
    subject: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns it names."""
        single = (getattr(self, name) for name in _SINGLE)
        return tuple(name for name in (*single, *self.clock, *self.acceleration_xyz) if name)

    @property
    def has_heart(self) -> bool:
        """Whether it names anything of the heart."""
        return bool(self.heart_rate or self.rr)


_UNITS: dict[str, tuple[str, ...]] = {
    "time_unit": get_args(TimeUnit),
    "rr_unit": get_args(IntervalUnit),
    "acceleration_unit": get_args(AccelerationUnit),
}
_LISTS = {"clock": (2, 3), "acceleration_xyz": (3, 3)}
_FIELDS = tuple(field.name for field in dataclasses.fields(Mapping))
_SINGLE = tuple(name for name in _FIELDS if name not in _UNITS and name not in _LISTS)

_USUAL: dict[str, tuple[str, ...]] = {
    "time": ("time", "timestamp", "datetime", "date_time", "date", "phone_timestamp", "t", "time_s", "time_ms"),
    "heart_rate": ("heart_rate", "heartrate", "hr", "bpm", "pulse", "pulse_rate", "beats_per_minute", "hartslag"),
    "rr": ("rr", "rr_ms", "rr_s", "rri", "ibi", "rr_interval", "r_r", "nn", "rr_intervals", "ppi", "pp_interval"),
    "steps": ("steps", "step_count", "stappen"),
    "acceleration": ("acceleration", "acc", "accel", "acc_magnitude", "acceleration_mg", "enmo_mg"),
    "oxygen_saturation": ("spo2", "sp_o2", "oxygen_saturation", "o2"),
    "respiration_rate": ("respiration_rate", "respiratory_rate", "breathing_rate"),
    "skin_temperature": ("skin_temperature", "temperature", "temp"),
    "label": ("label", "activity", "phase", "condition"),
    "tag": ("tag", "tags", "event", "marker"),
    "subject": ("subject", "participant", "person", "subject_id", "participant_id", "user_code"),
}
_CLOCK_PARTS = (("hour", "uur"), ("minute", "minuut"), ("second", "seconde"))
_AXES = (("x", "acc_x", "accx", "ax"), ("y", "acc_y", "accy", "ay"), ("z", "acc_z", "accz", "az"))


def plain_name(column: str) -> str:
    """A column name without its unit, capitals and marks.

    >>> plain_name("Heart Rate (bpm)")
    'heart_rate'
    """
    name = re.sub(r"[(\[][^()\[\]]*[)\]]", "", column)
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name)
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def guess_mapping(header: list[str]) -> Mapping:
    """The mapping that usual column names suggest; empty where nothing is obvious."""
    plain = {plain_name(column): column for column in reversed(header)}
    found = {field: next((plain[name] for name in names if name in plain), "") for field, names in _USUAL.items()}
    clock = tuple(next((plain[name] for name in names if name in plain), "") for names in _CLOCK_PARTS)
    axes = tuple(next((plain[name] for name in names if name in plain), "") for names in _AXES)
    has_clock = bool(clock[0] and clock[1])
    return Mapping(
        time=found["time"],
        heart_rate=found["heart_rate"],
        rr=found["rr"],
        steps=found["steps"],
        acceleration=found["acceleration"],
        oxygen_saturation=found["oxygen_saturation"],
        respiration_rate=found["respiration_rate"],
        skin_temperature=found["skin_temperature"],
        label=found["label"],
        tag=found["tag"],
        subject=found["subject"],
        clock=tuple(part for part in clock if part) if has_clock and not found["time"] else (),
        acceleration_xyz=axes if all(axes) else (),
    )


def load_mapping(path: Path) -> Mapping:
    """A mapping from a TOML file.

    Raises:
        NotRecognised: no such file.
        TooLarge, Malformed: not a mapping.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise TooLarge(Phrase("{name} is too large for a mapping of columns.", {"name": path.name}))
        text = path.read_text("utf-8-sig")
    except OSError as fault:
        raise NotRecognised(Phrase("{name} can't be opened. Check the path.", {"name": path.name})) from fault
    except UnicodeDecodeError as fault:
        raise Malformed(Phrase("{name} is no text in UTF-8.", {"name": path.name})) from fault
    return parse_mapping(text, path.name)


def parse_mapping(text: str, name: str) -> Mapping:
    """A mapping from TOML.

    Raises:
        Malformed: no TOML, an unknown key, or a value of the wrong shape.
    """
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise Malformed(
            Phrase('{name} is no TOML. Write lines like heart_rate = "HR (bpm)".', {"name": name})
        ) from fault
    values: dict[str, object] = {}
    for key, value in said.items():
        if key not in _FIELDS:
            raise Malformed(
                Phrase(
                    '{name}: "{key}" is no field of a mapping. Known: {known}.',
                    {"name": name, "key": key[:40], "known": ", ".join(_FIELDS)},
                )
            )
        values[key] = _checked(key, value, name)
    mapping = Mapping(**values)  # type: ignore[arg-type]
    if not mapping.has_heart:
        raise Malformed(Phrase('{name} names neither "heart_rate" nor "rr". Name at least one.', {"name": name}))
    return mapping


def dump_mapping(mapping: Mapping) -> str:
    """The mapping as TOML, only what it says; `parse_mapping` reads it back.

    >>> print(dump_mapping(Mapping(time="t", heart_rate="HR")), end="")
    time = "t"
    heart_rate = "HR"
    """
    lines = []
    for field in dataclasses.fields(mapping):
        value = getattr(mapping, field.name)
        if value != field.default:
            # JSON strings and lists of strings are TOML too, when nothing outside ASCII is escaped in pairs.
            lines.append(f"{field.name} = {_toml(value)}")
    return "".join(line + "\n" for line in lines)


def _toml(value: str | tuple[str, ...]) -> str:
    text = json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
    return text.replace("\x7f", "\\u007f")


def _checked(key: str, value: object, name: str) -> object:
    if key in _LISTS:
        fewest, most = _LISTS[key]
        if isinstance(value, list) and fewest <= len(value) <= most and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise Malformed(
            Phrase(
                '{name}: "{key}" must be a list of {fewest} to {most} column names.',
                {"name": name, "key": key, "fewest": fewest, "most": most},
            )
        )
    if not isinstance(value, str):
        raise Malformed(Phrase('{name}: "{key}" must be a column name in quotes.', {"name": name, "key": key}))
    if key in _UNITS and value not in _UNITS[key]:
        raise Malformed(
            Phrase(
                '{name}: "{key}" must be one of {known}.', {"name": name, "key": key, "known": ", ".join(_UNITS[key])}
            )
        )
    return value
