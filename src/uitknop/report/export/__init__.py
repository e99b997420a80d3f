"""A person's data on the way out: plain files that outlive us, FHIR and Open mHealth where a true code exists.

Values in, blocks of bytes out: nothing here writes a file.
"""

from uitknop.report.export.block import Block as Block
from uitknop.report.export.fhir import fhir_export as fhir_export
from uitknop.report.export.open_mhealth import open_mhealth_export as open_mhealth_export
from uitknop.report.export.plain import plain_export as plain_export
