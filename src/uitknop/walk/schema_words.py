"""What breaks the schema of a request, in words: one short sentence on what should stand there."""

from __future__ import annotations

from typing import Any

from uitknop.core import Phrase

LONGEST_NAME = 40
_TYPES = {
    "object": Phrase("an object with named fields belongs there"),
    "array": Phrase("a list belongs there"),
    "string": Phrase("a text belongs there"),
    "integer": Phrase("a whole number belongs there"),
    "number": Phrase("a number belongs there"),
    "boolean": Phrase("true or false belongs there"),
}


def worst_of(fault: Any) -> Any:
    """The fault that was meant: of "null or this" the one that got furthest, and never that it is not null."""
    while fault.context:
        fault = max(reversed(fault.context), key=lambda inner: (len(inner.absolute_path), not _asks_for_null(inner)))
    return fault


def place_of(fault: Any) -> str | Phrase:
    """Where it stands, as the names and numbers that lead there."""
    return "/".join(str(part) for part in fault.absolute_path) or Phrase("the top")


def said_of(fault: Any) -> Phrase:
    """What should stand there; it holds no value that stands there now."""
    rule, needed = fault.validator, fault.validator_value
    if rule == "type":
        names = [needed] if isinstance(needed, str) else [name for name in needed if name != "null"]
        return _TYPES[names[0]]
    if rule == "required":
        missing = next((name for name in needed if name not in fault.instance), "")
        return Phrase("the field {name} is missing", {"name": missing})
    if rule == "additionalProperties":
        known = fault.schema.get("properties", {})
        name = next((str(name) for name in fault.instance if name not in known), "")
        return Phrase("there is no field called {name}", {"name": name[:LONGEST_NAME]})
    if rule in ("enum", "const"):
        known = ", ".join(str(one) for one in needed) if rule == "enum" else str(needed)
        return Phrase("one of these belongs there: {known}", {"known": known})
    if rule in ("minimum", "maximum"):
        words = {"minimum": Phrase("the number is too small"), "maximum": Phrase("the number is too large")}
        return words[rule]
    if rule == "exclusiveMinimum":
        return Phrase("a number above {least} belongs there", {"least": f"{needed:g}"})
    return Phrase("nothing stands there yet")


def _asks_for_null(fault: Any) -> bool:
    return bool(fault.validator == "type" and fault.validator_value == "null")
