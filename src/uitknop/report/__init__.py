"""What a person gets to see: words, the terminal, the page, and the findings as JSON."""

from uitknop.report.findings_json import findings_to_dict as findings_to_dict
from uitknop.report.page import render_page as render_page
from uitknop.report.terminal import print_findings as print_findings
from uitknop.report.words import LANGUAGES as LANGUAGES
from uitknop.report.words import Catalogue as Catalogue
from uitknop.report.words import catalogue as catalogue
