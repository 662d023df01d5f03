"""A cluster: the workers of Dask as the crew of a run.

Takes the address of a scheduler, e.g. ``tcp://10.0.0.7:8786``, or a number of workers to start on
this machine, gives a standard executor. Files are read here and their bytes sent, so that 公报.txt
need not be on the machines of the workers; lexicons of one's own must be. Workers may come and go
in mid-run: what one that ended had not given is done by another. Known gap: a scheduler that ended
ends the run.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, cast

from pipeline.running.executors import REMEDY, Crew, WorkersError

if TYPE_CHECKING:
    from distributed import Client

_PATIENCE = 10  # seconds for a scheduler to answer
# Of 85 short documents, about a second of work, which the scheduler's millisecond does not show in.
_BYTES_OF_BATCH = 256_000
_AHEAD_PER_THREAD, _FEWEST_AHEAD = 4, 8


@contextmanager
def open_cluster(scheduler: str, dask_workers: int) -> Iterator[Crew]:
    """The workers of a scheduler, or of a cluster that lives as long as the run.

    Raises:
        WorkersError: If the library is missing, or the address answers nothing or no more.
    """
    try:
        from distributed.scheduler import KilledWorker
    except ImportError:
        fault = "Dask is not installed; install communique-pipeline[dask]"
        raise WorkersError(fault) from None
    with ExitStack() as stack:
        client = _start_workers(stack, dask_workers) if dask_workers else _connect(scheduler)
        stack.callback(client.close)
        executor = client.get_executor(pure=False)
        crew = Crew(executor, lambda: _count_ahead(client), _BYTES_OF_BATCH, is_far=True)
        try:
            yield crew
        except CancelledError:
            raise _tell_lost(client) from None
        except KilledWorker as error:
            fault = f"workers ended over the same documents, perhaps for want of memory ({error})"
            raise WorkersError(f"{fault}; {REMEDY}") from None
        except ImportError as error:
            fault = f"workers have not the program of this run ({error}); install the same version"
            raise WorkersError(fault) from None


def _connect(scheduler: str) -> Client:
    from distributed import Client
    from distributed.comm import get_address_host_port

    try:
        get_address_host_port(scheduler)  # a client of what is no address does not close
        return Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        fault = f"no Dask scheduler answers at {scheduler} ({_first_line(error)})"
        raise WorkersError(f"{fault}; start `dask scheduler` or check the address") from None


def _start_workers(stack: ExitStack, number: int) -> Client:
    from distributed import Client, LocalCluster

    cluster = LocalCluster(
        n_workers=number,
        threads_per_worker=1,
        dashboard_address=None,
        silence_logs=logging.ERROR,
    )
    stack.enter_context(cluster)
    return Client(cluster, timeout=_PATIENCE, set_as_default=False)


def _count_ahead(client: Client) -> int:
    """As many batches as keep the workers of now busy."""
    try:
        threads = sum(cast("dict[str, int]", client.nthreads()).values())
    except (OSError, RuntimeError, CancelledError):
        raise _tell_lost(client) from None
    return max(_FEWEST_AHEAD, threads * _AHEAD_PER_THREAD)


def _tell_lost(client: Client) -> WorkersError:
    address: Any = client.scheduler.address if client.scheduler else "its address"
    return WorkersError(f"the Dask scheduler at {address} is gone; {REMEDY}")


def _first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]
