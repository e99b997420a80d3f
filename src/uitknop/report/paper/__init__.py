"""One page for screen, print and PDF: what stands on it is a value, and two printers make it into HTML or PDF."""

from uitknop.report.paper.document import Block as Block
from uitknop.report.paper.document import Line as Line
from uitknop.report.paper.document import Paper as Paper
from uitknop.report.paper.html import paper_to_html as paper_to_html
from uitknop.report.paper.pdf import check_pdf as check_pdf
from uitknop.report.paper.pdf import paper_to_pdf as paper_to_pdf
