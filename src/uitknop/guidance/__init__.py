"""What fits next, and what does not: hard limits, red flags, practices and the words that go with them.

Protection is always on. Nothing here proposes to do more.
"""

from uitknop.guidance.fitting import Permission as Permission
from uitknop.guidance.fitting import allowed as allowed
from uitknop.guidance.fitting import increase as increase
from uitknop.guidance.fitting import numbers as numbers
from uitknop.guidance.fitting import said as said
from uitknop.guidance.help_actions import Action as Action
from uitknop.guidance.help_actions import HelpNumber as HelpNumber
from uitknop.guidance.help_actions import action_of as action_of
from uitknop.guidance.help_actions import actions as actions
from uitknop.guidance.help_actions import help_numbers as help_numbers
from uitknop.guidance.help_actions import red_flag_words as red_flag_words
from uitknop.guidance.limits import Checked as Checked
from uitknop.guidance.limits import Limit as Limit
from uitknop.guidance.limits import checked as checked
from uitknop.guidance.limits import checked_advice as checked_advice
from uitknop.guidance.limits import limit as limit
from uitknop.guidance.limits import limits as limits
from uitknop.guidance.limits import within_limits as within_limits
from uitknop.guidance.nsdr import Script as Script
from uitknop.guidance.nsdr import guided_rest as guided_rest
from uitknop.guidance.pacer import Pace as Pace
from uitknop.guidance.pacer import pace_at as pace_at
from uitknop.guidance.practices import Condition as Condition
from uitknop.guidance.practices import Practice as Practice
from uitknop.guidance.practices import Track as Track
from uitknop.guidance.practices import conditions as conditions
from uitknop.guidance.practices import practice as practice
from uitknop.guidance.practices import practices as practices
from uitknop.guidance.practices import rest_menu as rest_menu
from uitknop.guidance.red_flags import Closed as Closed
from uitknop.guidance.red_flags import OpenFlag as OpenFlag
from uitknop.guidance.red_flags import Raised as Raised
from uitknop.guidance.red_flags import conditions_meant as conditions_meant
from uitknop.guidance.red_flags import open_flags as open_flags
from uitknop.guidance.red_flags import proposals_wait as proposals_wait
from uitknop.guidance.red_flags import speaks_of_suicide as speaks_of_suicide
from uitknop.guidance.red_flags import what_stays_open as what_stays_open
from uitknop.guidance.sheets import Sheet as Sheet
from uitknop.guidance.sheets import sheet as sheet
from uitknop.guidance.sheets import sheets as sheets
from uitknop.guidance.text import Text as Text
