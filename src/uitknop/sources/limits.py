"""Every limit on what is read from outside, in one place.

Sizes were chosen so that a month of beats passes and nothing that arrives can take more than 400 MB of memory.
"""

from __future__ import annotations

HEAD_BYTES = 65_536
"""How much of a file is looked at to recognise it."""

TEXT_BYTES = 64_000_000
"""Largest text that is read, after unpacking."""

LIST_BYTES = 2_000_000_000
"""Largest list of RR intervals or beat times that is read piece by piece."""

LIST_ROWS = 40_000_000
"""Most numbers in such a list: a year of beats, day and night."""

LINE_BYTES = 1_000_000
"""Longest line in such a list."""

STREAM_BYTES = 20_000_000_000
"""Largest content that is read piece by piece; exports of many years unpack to a few GB."""

FIT_BYTES = 32_000_000
"""Largest FIT file; a day of recording with beats is below 2 MB."""

ZIP_BYTES = 8_000_000_000
"""Largest zip file that is opened; its members are read one by one, each within its own limit."""

NESTED_ZIP_BYTES = 1_000_000_000
"""Largest zip file inside a zip file."""

ZIP_DEPTH = 2
"""How many zip files may lie in each other below the one that is given."""

ZIP_DIRECTORY_BYTES = 12_000_000
"""Largest list of contents of a zip file; it is read whole before anything else."""

ZIP_MEMBERS = 60_000
"""Most members in a zip file; accounts of many years hold a few files a day."""

UNPACK_RATIO = 200
"""Most bytes out for one byte in; exports of vendors pack up to about 30 times."""

UNPACK_FREE_BYTES = 10_000_000
"""Below this the ratio is not looked at: short files of zeros pack well honestly."""

FOLDER_FILES = 20_000
"""Most entries looked at in a folder."""

FOLDER_DEPTH = 8
"""How deep a folder is searched."""

BEATS = 3_600_000
"""Most beats in one recording: a month."""

ROWS = 700_000
"""Most rows in a table: a week, second by second."""

COLUMNS = 256
"""Most columns in a table."""

SAMPLES = 4_000_000
"""Most values of vendors in one file: years of heart rate, minute by minute."""

DATABASE_BYTES = 96_000_000
"""Largest packed database, which is unpacked in memory, never on disk; that of two years was seen to be 53 MB."""

DATABASE_ON_DISK_BYTES = 2_000_000_000
"""Largest database that lies on disk as it is; it is read page by page."""

DATABASE_STEPS = (20_000_000, 20)
"""Most steps a database may make us take: so many, and so many more for each byte; honest ones take one a byte."""

ENTRIES = 200_000
"""Most diary lines in one file."""

FIT_MESSAGES = 600_000
"""Most messages in one FIT file: a day at one a second, with beats, three times over."""

GAP_MS = 3000.0
"""An interval longer than this is a gap: no beat was seen, time went on. 20 beats per minute."""

MEDIAN_RR_MS = (250.0, 2500.0)
"""Median RR interval of any living person: 24 to 240 beats per minute."""

HEART_RATE_BPM = (20.0, 250.0)
"""Heart rates outside are no heart rates."""

SPAN_DAYS = 400
"""Longest time one recording may span."""

NOT_NUMBERS_SHARE = 0.01
"""Largest share of lines without a number in a list of numbers."""

CLOCK_RATIO = (0.95, 1.05)
"""Sum of the RR intervals over the time on the wall clock, where a file has both. Packets that arrive twice or never
show here."""

FEWEST_BEATS = 10
"""A list with fewer numbers can't be told from anything else."""

EPOCH_S = 1e9
"""Times above are seconds since 1970 (after 2001); above 1e11, ms."""

EPOCH_MS = 1e11

JSON_VALUES = 3_000_000
"""Most values in one JSON file; the text of so many is unpacked piece by piece."""

WORDS = 500
"""Most letters kept of a person's own words, such as a tag or an answer."""

OWN_WORDS = 10_000
"""Most letters of one text in an own export: what was kept comes back whole, a broken file does not."""
