"""People with a known truth, and what their devices would have written: for tests, benchmarks and the demo."""

from uitknop.synthetic.bouts import CASES as CASES
from uitknop.synthetic.bouts import Case as Case
from uitknop.synthetic.bouts import make_bout_recording as make_bout_recording
from uitknop.synthetic.fortnight import long_person as long_person
from uitknop.synthetic.fortnight import make_person as make_person
from uitknop.synthetic.people import PERSON_KINDS as PERSON_KINDS
from uitknop.synthetic.people import QUALITIES as QUALITIES
from uitknop.synthetic.people import Person as Person
from uitknop.synthetic.people import PersonKind as PersonKind
from uitknop.synthetic.people import Quality as Quality
from uitknop.synthetic.rests import SETTLE_PROBABILITY as SETTLE_PROBABILITY
from uitknop.synthetic.shapes import SHAPES as SHAPES
from uitknop.synthetic.shapes import Shape as Shape
from uitknop.synthetic.truth import BoutRecording as BoutRecording
from uitknop.synthetic.truth import SyntheticPerson as SyntheticPerson
from uitknop.synthetic.truth import TrueBout as TrueBout
from uitknop.synthetic.workload import Artefact as Artefact
from uitknop.synthetic.workload import Workload as Workload
from uitknop.synthetic.workload import artefact_workload as artefact_workload
from uitknop.synthetic.writers import WRITERS as WRITERS
from uitknop.synthetic.writers import spans_csv as spans_csv
