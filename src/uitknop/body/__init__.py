"""The body model: the system the texts describe, as open mathematics that explains and predicts nobody's course."""
