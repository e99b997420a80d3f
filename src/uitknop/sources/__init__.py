"""One module per format: a path in, a `Recording` out; bounded and never trusting. Imports core only."""

from uitknop.sources.mapping import Mapping as Mapping
from uitknop.sources.mapping import dump_mapping as dump_mapping
from uitknop.sources.mapping import load_mapping as load_mapping
from uitknop.sources.pieces import Piece as Piece
from uitknop.sources.pieces import pieces as pieces
from uitknop.sources.reading import Found as Found
from uitknop.sources.reading import ReadResult as ReadResult
from uitknop.sources.reading import find_files as find_files
from uitknop.sources.reading import read as read
from uitknop.sources.reading import read_many as read_many
from uitknop.sources.reading import request_of as request_of
from uitknop.sources.registry import PARSERS as PARSERS
from uitknop.sources.registry import all_sources as all_sources
from uitknop.sources.source import Quality as Quality
from uitknop.sources.source import Source as Source
from uitknop.sources.spans import read_spans as read_spans
