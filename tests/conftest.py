"""What holds for every test: nothing of the machine's environment, no time limit, and not too many examples."""

from __future__ import annotations

import os

from helpers import COLOURING
from hypothesis import HealthCheck, settings

for name in COLOURING & os.environ.keys():
    del os.environ[name]

# A busy machine makes no test fail: no deadline, and no complaint about how long an example takes to make.
settings.register_profile("goalcheck", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=30)
settings.load_profile("goalcheck")
