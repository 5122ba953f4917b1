"""How long an example takes is measured in tests/bench; on a busy machine it says nothing about a law."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
