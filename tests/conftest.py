"""What holds for every test: nothing of the machine's environment, no time limit, and not too many examples."""

from __future__ import annotations

import functools
import gc
import json
import os
import signal
import sys
from collections.abc import Generator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from goalcheck.limits import Limits
    from goalcheck.source import Source

# Byte code of modules and of rewritten assertions is kept, as the commands that tests start keep it: else every process
# makes all of it anew. Both are set before anything large is imported.
sys.dont_write_bytecode = False
gc.set_threshold(200_000, 20, 100)

# A suite that is started in the background or by nohup ignores these, and so would the commands that it starts.
for name in ("SIGINT", "SIGHUP"):
    if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) is signal.SIG_IGN:
        signal.signal(getattr(signal, name), signal.SIG_DFL)


def pytest_configure(config: pytest.Config) -> None:
    """What is needed where tests run: not in a process that only hands them out to others, which wait for it."""
    if config.getoption("tx", None) and not hasattr(config, "workerinput"):
        return
    from helpers import COLOURING, examples
    from hypothesis import HealthCheck, Phase, settings

    for name in COLOURING & os.environ.keys():
        del os.environ[name]
    os.fsync = lambda _: None  # what tests write need not outlast a power cut, and disks take their time
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


@functools.cache
def _told_of_pdf(data: bytes, limits: Limits) -> str:
    from goalcheck import readers, reading

    return json.dumps(reading._told(readers.read(data, limits=limits)))


@pytest.fixture
def pdf_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFs are read in this process, each but once, and what is told of them goes the way it comes from the other one.

    For tests that promise nothing of that process, which takes longer to start than to read.
    """
    from goalcheck import reading

    def read_here(data: bytes, path: str, limits: Limits) -> Source:
        return reading._source(json.loads(_told_of_pdf(data, limits)), data, path)

    monkeypatch.setattr(reading, "_read_apart", read_here)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest is begun first, so that several processes end together; all know the same order."""
    items.sort(key=lambda item: ([item.get_closest_marker(name) is None for name in ("long", "slow")], item.path))


def pytest_collection_finish() -> None:
    """What has been loaded stays: garbage is looked for among what tests make."""
    gc.freeze()


def pytest_sessionfinish() -> None:
    """Garbage is looked for once more; pytest itself would look through all there is five times."""
    gc.collect()
    gc.freeze()
