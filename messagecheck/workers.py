"""Untrusted files are parsed in processes of their own: one that hangs, swells or crashes its reader costs itself.

A worker is this module run as a program. It is told its work once and then a task at a time, over pipes, and is used
again until it fails.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Timer
from typing import IO, Generic, TypeVar, cast

T = TypeVar("T")
R = TypeVar("R")

Worker = subprocess.Popen[bytes]
Work = Callable[[T], R]
"""A function that can be imported by name, or a `partial` of such a function: it travels to the worker."""

RAISE = "; raise the bound in [limits] if the file is sound"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a task may cost: `memory_mb` comes on top of what the worker holds once its modules are loaded."""

    seconds: int
    memory_mb: int


@dataclass(frozen=True, slots=True)
class Failed:
    """In a result's place: why there is none, in words that follow the file's name."""

    reason: str


@dataclass(frozen=True, slots=True)
class Crew(Generic[T, R]):
    """Workers at one kind of work: all that were `started`, and the `idle` ones."""

    work: Work[T, R]
    bounds: Bounds
    started: list[Worker]
    idle: SimpleQueue[Worker]

    def do(self, task: T) -> R | Failed:
        """Blocks until the task is done or has failed; may be called from several threads."""
        worker = self._take()
        late: list[bool] = []
        timer = Timer(self.bounds.seconds, partial(_stop, worker, late))
        timer.start()
        try:
            answer = self._ask(worker, task)
        except (EOFError, OSError, pickle.UnpicklingError):
            worker.kill()
            return Failed(f"takes longer than {self.bounds.seconds} s to read{RAISE}" if late else _died(worker.wait()))
        finally:
            timer.cancel()
        if not late:
            self.idle.put(worker)
        return answer

    def _ask(self, worker: Worker, task: T) -> R | Failed:
        _send(worker.stdin, task)
        return cast("R | Failed", pickle.load(_pipe(worker.stdout)))

    def _take(self) -> Worker:
        try:
            return self.idle.get_nowait()
        except Empty:
            worker = _start(self.work, self.bounds)
            self.started.append(worker)
            return worker


def each(work: Work[T, R], tasks: Sequence[T], bounds: Bounds, *, jobs: int) -> Iterator[R | Failed]:
    """The results in the tasks' order, `jobs` at a time; the workers live as long as the iterator."""
    crew = Crew(work, bounds, [], SimpleQueue())
    pool = ThreadPoolExecutor(jobs)
    try:
        yield from pool.map(crew.do, tasks)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in crew.started:
            worker.kill()
            worker.communicate()


def _start(work: Work[T, R], bounds: Bounds) -> Worker:
    command = [sys.executable, "-c", f"from {__name__} import main; main()"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    worker = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    )
    _send(worker.stdin, (work, bounds))
    return worker


def _stop(worker: Worker, late: list[bool]) -> None:
    late.append(True)
    worker.kill()


def _died(code: int) -> str:
    return f"its reader died (signal {-code}); the file may be damaged" if code < 0 else "its reader stopped halfway"


def _send(pipe: IO[bytes] | None, value: object) -> None:
    pickle.dump(value, _pipe(pipe))
    _pipe(pipe).flush()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise OSError("the worker was started without pipes")
    return pipe


def main() -> None:
    """The worker's life. What a parser prints must not get between the answers, so they have a channel of their own."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    tasks = sys.stdin.buffer
    work, bounds = pickle.load(tasks)
    _bound_memory(bounds.memory_mb)
    while True:
        try:
            task = pickle.load(tasks)
        except EOFError:
            return
        _send(answers, _done(work, task, bounds))


def _done(work: Work[T, R], task: T, bounds: Bounds) -> R | Failed:
    try:
        return work(task)
    except MemoryError:
        return Failed(f"needs more than {bounds.memory_mb} MB of memory to read{RAISE}")
    except Exception as error:  # noqa: BLE001  -- a fault of ours; told beside the file that shows it, the scan goes on
        return Failed(f"its reader failed ({type(error).__name__}: {error}); please report it, this is a fault of ours")


def _bound_memory(megabytes: int) -> None:
    """Linux alone says how much is held and keeps to the limit; elsewhere time is the only bound."""
    if sys.platform == "linux":
        import resource

        held = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (held + megabytes * 1_000_000,) * 2)
