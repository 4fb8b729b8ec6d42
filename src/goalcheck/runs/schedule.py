"""Gives jobs to workers and takes what comes of them, in the order of the jobs.

The work may be done by any :class:`concurrent.futures.Executor`: by processes on this machine, by a cluster. Few jobs
are under way at a time, so memory does not grow with their number. A process that dies takes nothing with it: the jobs
that were under way are done again one by one, and only that which kills its process is given up.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from goalcheck.collector import collect_seldom

J = TypeVar("J")
D = TypeVar("D")
Batch = Sequence[J]
Work = Callable[[Sequence[J]], Sequence[D]]
Done = Generator[D, None, None]
Lost = Callable[[J, BaseException], D]
"""What is said of a job that could not be done, and of the error that came instead."""


def in_order(
    work: Work[J, D], batches: Iterable[Batch[J]], executor: Executor, ahead: int, lost: Lost[J, D]
) -> Done[D]:
    """What ``work`` makes of each job, at most ``ahead`` batches under way at a time.

    ``executor`` stays open. Where it breaks, all jobs that are left are lost.
    """
    yield from _Line(work, batches, ahead, lost).through(executor, None)


def in_processes(work: Work[J, D], batches: Iterable[Batch[J]], processes: int, lost: Lost[J, D]) -> Done[D]:
    """The same by ``processes`` processes of this machine."""
    line = _Line(work, batches, _EACH * processes, lost)
    while not line.done:
        with _pool(processes) as executor:
            yield from line.through(executor, partial(_pool, 1))


@contextmanager
def _pool(size: int) -> Iterator[Executor]:
    """An executor of ``size`` processes; where it is left by an error, what is under way is of no use to anybody."""
    from concurrent.futures import ProcessPoolExecutor  # only where there is more than one

    started: Any = _Started()
    with ProcessPoolExecutor(size, started, initializer=_settle) as executor:
        try:
            yield executor
        except BaseException:
            for process in started.processes:
                if process.is_alive():
                    process.terminate()
            raise


class _Started:
    """The usual way to start processes, which remembers those it has started: others' are not ours to end."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context()
        self.processes: list[BaseProcess] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)

    def Process(self, *args: Any, **kwargs: Any) -> BaseProcess:  # noqa: N802  # so an executor calls it
        """A process that is about to be started."""
        process: BaseProcess = self._context.Process(*args, **kwargs)
        self.processes.append(process)
        return process


_EACH = 3  # batches under way for each process: one in work, the others so that it need not wait


_ENDING = {number for name in ("SIGINT", "SIGTERM", "SIGHUP") if (number := getattr(signal, name, None)) is not None}


def _settle() -> None:
    """A worker ends at once where it is interrupted; what there is to say is said by who started it."""
    collect_seldom()
    for number in _ENDING:
        with contextlib.suppress(ValueError):
            signal.signal(number, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)


@contextmanager
def _signals_wait() -> Iterator[None]:
    """What ends the run is heard afterwards: Python passes over errors, and so over signals, amid a fork."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Line(Generic[J, D]):
    """Batches that wait for their turn, and those under way."""

    def __init__(self, work: Work[J, D], batches: Iterable[Batch[J]], ahead: int, lost: Lost[J, D]) -> None:
        self._work = work
        self._batches = iter(batches)
        self._ahead = ahead
        self._lost = lost
        self._under_way: deque[tuple[Batch[J], Future[Sequence[D]]]] = deque()
        self.done = False

    def through(self, executor: Executor, single: Callable[[], AbstractContextManager[Executor]] | None) -> Iterator[D]:
        """Have ``executor`` do all of it; where it breaks, do singly what was under way, and leave the rest."""
        while self._fill(executor):
            batch, future = self._under_way.popleft()
            error = future.exception()
            if error is None:
                yield from future.result()
            elif single is None or not isinstance(error, BrokenExecutor):
                yield from (self._lost(job, error) for job in batch)  # on the way there or back: work raises nothing
            else:
                jobs = [job for b in (batch, *(b for b, _ in self._under_way)) for job in b]
                self._under_way.clear()
                yield from (self._singly(job, single) for job in jobs)
                return
        self.done = True

    def _fill(self, executor: Executor) -> bool:
        """Send batches on their way; whether any is."""
        while len(self._under_way) < self._ahead:
            batch = next(self._batches, None)
            if batch is None:
                break
            self._under_way.append((batch, _sent(executor, self._work, batch)))
        return bool(self._under_way)

    def _singly(self, job: J, single: Callable[[], AbstractContextManager[Executor]]) -> D:
        with single() as executor:
            future = _sent(executor, self._work, [job])
            error = future.exception()
            return future.result()[0] if error is None else self._lost(job, error)


def _sent(executor: Executor, work: Work[J, D], batch: Batch[J]) -> Future[Sequence[D]]:
    """The future of ``batch``, be it that ``executor`` is broken already."""
    try:
        with _signals_wait():
            return executor.submit(work, batch)
    except BrokenExecutor as error:
        broken: Future[Sequence[D]] = Future()
        broken.set_exception(error)
        return broken
