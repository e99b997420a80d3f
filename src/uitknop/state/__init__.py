"""Where am I? Load by domain, crashes and what lay before them, the energy envelope, track and phase."""

from uitknop.state.crashes import Crash as Crash
from uitknop.state.crashes import CrashFree as CrashFree
from uitknop.state.crashes import find_crashes as find_crashes
from uitknop.state.diary import Diary as Diary
from uitknop.state.diary import read_diary as read_diary
from uitknop.state.envelope import Envelope as Envelope
from uitknop.state.envelope import envelope_of as envelope_of
from uitknop.state.faults import fault_of as fault_of
from uitknop.state.gates import Gate as Gate
from uitknop.state.load import DomainLoad as DomainLoad
from uitknop.state.load import Load as Load
from uitknop.state.load import load_of as load_of
from uitknop.state.lookback import Fact as Fact
from uitknop.state.lookback import LookBack as LookBack
from uitknop.state.lookback import look_back as look_back
from uitknop.state.phase import PhaseNow as PhaseNow
from uitknop.state.phase import phase_of as phase_of
from uitknop.state.protection import Protection as Protection
from uitknop.state.protection import protection_of as protection_of
from uitknop.state.state import State as State
from uitknop.state.state import severity_now as severity_now
from uitknop.state.state import state_in as state_in
from uitknop.state.state import state_of as state_of
from uitknop.state.track import TrackNow as TrackNow
from uitknop.state.track import track_of as track_of
