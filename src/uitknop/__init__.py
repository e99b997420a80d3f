"""Uitknop: does rest, and which rest, do something for me?"""

__version__ = "0.1.0"
