"""The walk of one piece of data through the rooms: a pure run from recordings to findings."""

from uitknop.walk.request import Request as Request
from uitknop.walk.request import output_schema as output_schema
from uitknop.walk.request import parse_request as parse_request
from uitknop.walk.request import request_schema as request_schema
from uitknop.walk.request import request_to_dict as request_to_dict
from uitknop.walk.run import walk as walk
from uitknop.walk.run import without_strangers as without_strangers
