"""What every FHIR resource of ours says: whose it is, and of an Observation what was observed and how."""

from __future__ import annotations

from typing import Any

from uitknop.report.export.codes import CATEGORY, MEASURES, Code


def observation_of(code: Code, person: str = "", device: str = "") -> dict[str, Any]:
    """What all Observations of a code share."""
    shared: dict[str, Any] = {
        "resourceType": "Observation",
        "status": "final",
        "category": [{"coding": [{"system": CATEGORY, "code": code.category}]}],
        "code": code.concept(),
        "subject": subject_of(person),
    }
    if code.method:
        shared["method"] = {"text": code.method}
    if device.strip():
        shared["device"] = {"display": device}
    return shared


def subject_of(person: str) -> dict[str, Any]:
    """The person, without a name: whoever hands the file on knows whose it is."""
    subject: dict[str, Any] = {"type": "Patient", "display": "The person whose recordings these are"}
    if person.strip():
        subject["identifier"] = {"system": f"{MEASURES}/person", "value": person}
    return subject
