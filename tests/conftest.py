"""How many examples Hypothesis tries: set FACTLEDGER_LONG=1 for many."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile("default", deadline=None, max_examples=30, suppress_health_check=_SLOW)
settings.register_profile("long", deadline=None, max_examples=600, suppress_health_check=_SLOW)
settings.load_profile("long" if os.environ.get("FACTLEDGER_LONG") == "1" else "default")
