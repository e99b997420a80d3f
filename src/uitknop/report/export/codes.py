"""Which quantity has a true code, and what ours are called where none exists.

LOINC 80404-7 is the standard deviation of RR intervals (SDNN). RMSSD is another measure and has no LOINC code that we
know of: it gets a code of ours and a method in words, never that of SDNN. Units are UCUM.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from uitknop.core import SampleKind
from uitknop.core.table import Value

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"

HOME = "https://uitknop.invalid/fhir"
"""Our canonical URLs. The domain is reserved (RFC 2606) and leads nowhere on purpose: a name, not an address."""

MEASURES = f"{HOME}/CodeSystem/measures"
DIARY = f"{HOME}/Questionnaire/diary"


@dataclass(frozen=True, slots=True)
class Code(Value):
    """One code with its words; `unit` is UCUM with `unit_words` for people; `category` as in HL7's list.

    `method` says how it was come by where the code alone does not.
    """

    system: str
    code: str
    display: str
    unit: str = ""
    unit_words: str = ""
    category: str = ""
    method: str = ""

    def concept(self) -> dict[str, Any]:
        """As a CodeableConcept."""
        return {
            "coding": [{"system": self.system, "code": self.code, "display": self.display}],
            "text": self.display,
        }

    def quantity(self, value: float) -> dict[str, Any]:
        """A value in its unit."""
        words = {"unit": self.unit_words} if self.unit_words else {}
        return {"value": value, **words, "system": UCUM, "code": self.unit}


_MAKER = "Computed by the maker of the device, who does not tell how."

OF_SAMPLES: Mapping[SampleKind, Code] = MappingProxyType(
    {
        "heart_rate": Code(LOINC, "8867-4", "Heart rate", "/min", "beats/minute", "vital-signs"),
        "vendor_resting_heart_rate": Code(
            LOINC, "40443-4", "Heart rate --resting", "/min", "beats/minute", "vital-signs", _MAKER
        ),
        "vendor_sdnn": Code(
            LOINC,
            "80404-7",
            "R-R interval.standard deviation (Heart rate variability)",
            "ms",
            "ms",
            "vital-signs",
            f"Standard deviation of RR intervals. {_MAKER}",
        ),
        "respiration_rate": Code(LOINC, "9279-1", "Respiratory rate", "/min", "breaths/minute", "vital-signs"),
        "oxygen_saturation": Code(
            LOINC, "59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry", "%", "%", "vital-signs"
        ),
        "vendor_rmssd": Code(
            MEASURES,
            "vendor-rmssd",
            "RMSSD of RR intervals, computed by the maker of the device",
            "ms",
            "ms",
            "vital-signs",
            f"Root mean square of successive differences of RR intervals; this is not SDNN. {_MAKER}",
        ),
    }
)
"""Kinds of samples that go out; the others have no code that says the same, and stand in the plain export."""

SLEEP = Code(LOINC, "93832-4", "Sleep duration", "min", "min", "activity", "Time asleep, counted once where "
             "devices overlap; time awake in bed is not sleep.")  # fmt: skip

RMSSD = Code(
    MEASURES,
    "rmssd",
    "RMSSD of RR intervals, one epoch",
    "ms",
    "ms",
    "vital-signs",
    "Root mean square of successive differences of RR intervals (Task Force 1996, doi:10.1161/01.CIR.93.5.1043) after "
    "artefacts were taken out; this is not SDNN.",
)

VERDICT = Code(
    MEASURES,
    "rest-verdict",
    "Whether the body settled during a rest; not a diagnosis",
    category="activity",
    method="Change of heart rate and ln RMSSD within the rest against before, by Uitknop.",
)

ANSWERS: Mapping[str, Code] = MappingProxyType(
    {
        "settled": Code(MEASURES, "settled", "The body settled"),
        "not_settled": Code(MEASURES, "not-settled", "The body did not settle"),
        "cannot_tell": Code(MEASURES, "cannot-tell", "It can't be told"),
        "breathing_only": Code(MEASURES, "breathing-only", "Slow breathing alone explains what was seen"),
    }
)

PROBABILITY = Code(MEASURES, "probability", "Probability that the body settled", "1", "")
CONFIDENCE = Code(MEASURES, "confidence", "Confidence of the answer, A (best) to D (heart rate only)")
KIND = Code(MEASURES, "kind-of-rest", "Kind of rest")

ESTIMATES: Mapping[str, Code] = MappingProxyType(
    {
        "restorative_min": Code(MEASURES, "restorative-minutes", "Minutes on the calm side", "min", "min"),
        "latency_min": Code(MEASURES, "latency", "Minutes until the settled state", "min", "min"),
        "hr_change_bpm": Code(
            MEASURES, "heart-rate-change", "Change of heart rate against before", "/min", "beats/minute"
        ),
        "ln_rmssd_change": Code(MEASURES, "ln-rmssd-change", "Change of ln RMSSD against before", "1", ""),
    }
)


def interval_of(code: Code) -> Code:
    """The code of an estimate's interval."""
    return Code(code.system, f"{code.code}-interval", f"{code.display}: interval", code.unit, code.unit_words)


def own_codes() -> tuple[Code, ...]:
    """Every code of ours, each once."""
    estimates = tuple(ESTIMATES.values())
    return (
        OF_SAMPLES["vendor_rmssd"],
        RMSSD,
        VERDICT,
        *ANSWERS.values(),
        PROBABILITY,
        CONFIDENCE,
        KIND,
        *estimates,
        *map(interval_of, estimates),
    )
