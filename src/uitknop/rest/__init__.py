"""Did it settle? Finds bouts of rest, judges each, and pools the verdicts by kind of rest."""

from uitknop.rest.assess import Assessment as Assessment
from uitknop.rest.assess import assess as assess
from uitknop.rest.assess import judge_rest as judge_rest
from uitknop.rest.pool import pool as pool
