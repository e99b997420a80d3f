"""The weekly dose: one study or claim in the 3-1-1 form, a page and a text of about four minutes.

Background, aim and findings; one lesson; one practice; always its limitation; a line for readers and one for
professionals. The doses are data files of ours, in both languages, and lean on claims with a grade.
"""

from uitknop.report.letter.dose import PARTS as PARTS
from uitknop.report.letter.dose import Dose as Dose
from uitknop.report.letter.dose import Part as Part
from uitknop.report.letter.dose import doses as doses
from uitknop.report.letter.dose import numbered as numbered
from uitknop.report.letter.dose import read_doses as read_doses
from uitknop.report.letter.page import render_letter as render_letter
from uitknop.report.letter.parts import letter_to_dict as letter_to_dict
from uitknop.report.letter.parts import own_line as own_line
from uitknop.report.letter.terminal import print_letter as print_letter
