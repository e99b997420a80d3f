"""What can go wrong, drawn as one tree.

```text
UitknopError
├── SourceError          a file or packet can't be used; nothing was stored
│   ├── NotRecognised    no source knows this format
│   ├── Malformed        known format, broken content (place named)
│   ├── TooLarge         size, ratio, member or time limit reached
│   └── Implausible      readable, but no body does this
├── StoreError           the person's file
│   ├── WrongKey
│   ├── NewerSchema      written by a newer version
│   ├── Damaged          an integrity check failed
│   ├── NotWritable      it can be read but not written now: no room, or no permission
│   │   └── Busy         another program is writing
│   └── Conflict         same key, other payload: kept aside and reported
├── SignalError          this epoch gives no answer
│   ├── TooFewBeats
│   └── FlatSignal
├── ModelError
│   ├── NotConverged
│   └── ParameterOutOfRange
├── KnowledgeError       a claim, questionnaire or parameter file breaks its schema
├── ShapeError           arrays don't fit together: our fault
└── LimitError           advice would pass a hard limit: our fault, never shown as advice
```

An error carries its sentence as a `Phrase`, so that a face can say it in the reader's language. A plain string is
taken as a phrase without fields.
"""

from __future__ import annotations

from uitknop.core.phrase import Phrase


class UitknopError(Exception):
    """Anything this project raises on purpose."""

    def __init__(self, phrase: Phrase | str) -> None:
        self.phrase = phrase if isinstance(phrase, Phrase) else Phrase(phrase)
        super().__init__(str(self.phrase))


class SourceError(UitknopError):
    """A file or packet can't be used; nothing was stored."""


class NotRecognised(SourceError):
    """No source knows this format."""


class Malformed(SourceError):
    """Known format, broken content; the sentence names the place."""


class TooLarge(SourceError):
    """A limit on size, ratio, members or time was reached."""


class Implausible(SourceError):
    """Readable, but no body does this."""


class StoreError(UitknopError):
    """The person's file can't be used as asked."""


class WrongKey(StoreError):
    """The key does not open this file."""


class NewerSchema(StoreError):
    """The file was written by a newer version."""


class Damaged(StoreError):
    """An integrity check failed."""


class NotWritable(StoreError):
    """It can be read, but not written now: the disk is full, or there is no permission."""


class Busy(NotWritable):
    """Another program is writing to it."""


class Conflict(StoreError):
    """Same key, other payload: kept aside and reported."""


class SignalError(UitknopError):
    """This epoch gives no answer."""


class TooFewBeats(SignalError):
    """Fewer beats or pairs of beats than the measure needs."""


class FlatSignal(SignalError):
    """All values are equal, which no heart does."""


class ModelError(UitknopError):
    """The body model can't give this answer."""


class NotConverged(ModelError):
    """A solver stopped before it reached its tolerance."""


class ParameterOutOfRange(ModelError):
    """A parameter lies outside its plausible range."""


class KnowledgeError(UitknopError):
    """A claim, questionnaire or parameter file breaks its schema."""


class ShapeError(UitknopError):
    """Arrays don't fit together: our fault."""


class LimitError(UitknopError):
    """Advice would pass a hard limit: our fault, never shown as advice."""
