"""What holds for every test: nothing of the machine's environment, no time limit, and not too many examples."""

from __future__ import annotations

import gc
import os
import signal

import pytest
from helpers import COLOURING, examples
from hypothesis import HealthCheck, Phase, settings

for name in COLOURING & os.environ.keys():
    del os.environ[name]

# A suite that is started in the background or by nohup ignores these, and so would the commands that it starts.
for name in ("SIGINT", "SIGHUP"):
    if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) is signal.SIG_IGN:
        signal.signal(getattr(signal, name), signal.SIG_DFL)

# The same examples every time, and a busy machine makes no test fail: there is no deadline.
settings.register_profile(
    "goalcheck",
    deadline=None,
    derandomize=True,
    database=None,
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    max_examples=examples(100),
)
settings.load_profile("goalcheck")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest is begun first, so that several processes end together."""
    items.sort(key=lambda item: [item.get_closest_marker(name) is None for name in ("long", "slow")])


def pytest_collection_finish() -> None:
    """What has been loaded stays: garbage is looked for among what tests make."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
