"""What holds for every test: nothing of the machine's environment, no time limit, and not too many examples."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Generator

import pytest

# Byte code of modules and of rewritten assertions is kept, as the commands that tests start keep it: else every process
# makes all of it anew. Both are set before anything large is imported.
sys.dont_write_bytecode = False
gc.set_threshold(50_000, 20, 100)

from helpers import COLOURING, examples  # noqa: E402
from hypothesis import HealthCheck, Phase, settings  # noqa: E402

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


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Several processes begin to import the modules at different ones, and find rewritten what another one has met."""
    report = yield
    worker = getattr(collector.config, "workerinput", None)
    if worker is not None and isinstance(collector, pytest.Dir):
        start = len(report.result) * int(worker["workerid"].removeprefix("gw")) // worker["workercount"]
        report.result = report.result[start:] + report.result[:start]
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest is begun first, so that several processes end together; all know the same order."""
    items.sort(key=lambda item: ([item.get_closest_marker(name) is None for name in ("long", "slow")], item.path))


def pytest_collection_finish() -> None:
    """What has been loaded stays: garbage is looked for among what tests make."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """Garbage is looked for once more; pytest itself would look through all there is five times."""
    gc.collect()
    gc.freeze()
