"""What fits next, and what does not: hard limits, red flags, practices and the words that go with them.

Protection is always on. Nothing here proposes to do more.
"""
