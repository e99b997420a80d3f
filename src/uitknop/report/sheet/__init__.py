"""The consult sheet: one page to give to a professional, and nothing on it that the person leaves out.

Load; rest and stimuli; mood; laboratory values from the doctor; what fits now and my questions. At its foot what is
not known and where help is, on its back the grades and sources.
"""

from uitknop.report.sheet.build import sheet_of as sheet_of
from uitknop.report.sheet.consult import FIELDS as FIELDS
from uitknop.report.sheet.consult import PARTS as PARTS
from uitknop.report.sheet.consult import ConsultSheet as ConsultSheet
from uitknop.report.sheet.consult import LeanedOn as LeanedOn
from uitknop.report.sheet.consult import SheetLine as SheetLine
from uitknop.report.sheet.consult import SheetSection as SheetSection
from uitknop.report.sheet.consult import fields_without as fields_without
from uitknop.report.sheet.paper import sheet_to_paper as sheet_to_paper
from uitknop.report.sheet.source import Stands as Stands
