"""What do the seeds claim, how well is each claim supported, and what do we answer? Graded claims from data files."""

from uitknop.knowledge.load import library as library
from uitknop.knowledge.load import read_library as read_library
from uitknop.knowledge.search import find_claims as find_claims
from uitknop.knowledge.search import fold as fold
from uitknop.knowledge.values import FLAGS as FLAGS
from uitknop.knowledge.values import GRADES as GRADES
from uitknop.knowledge.values import KINDS as KINDS
from uitknop.knowledge.values import SEEDS as SEEDS
from uitknop.knowledge.values import Claim as Claim
from uitknop.knowledge.values import Claimed as Claimed
from uitknop.knowledge.values import Contradiction as Contradiction
from uitknop.knowledge.values import Flag as Flag
from uitknop.knowledge.values import Grade as Grade
from uitknop.knowledge.values import Kind as Kind
from uitknop.knowledge.values import Labels as Labels
from uitknop.knowledge.values import Language as Language
from uitknop.knowledge.values import Library as Library
from uitknop.knowledge.values import Links as Links
from uitknop.knowledge.values import Point as Point
from uitknop.knowledge.values import Question as Question
from uitknop.knowledge.values import Seed as Seed
from uitknop.knowledge.values import Source as Source
from uitknop.knowledge.values import TellableClaim as TellableClaim
from uitknop.knowledge.values import Term as Term
from uitknop.knowledge.values import Text as Text
from uitknop.knowledge.values import tellable as tellable
