"""Results come in the order of their items, however many work on them."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipeline.running.executors import SerialExecutor, count_workers, map_in_order, open_executor


def double(number: int) -> int:
    return number * 2


def fail_on_three(number: int) -> int:
    if number == 3:
        raise ValueError("三")
    return number


def sleep_less_and_less(number: int) -> int:
    time.sleep(max(0, 5 - number) / 200)
    return number


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_order(workers: int) -> None:
    with open_executor(workers) as executor:
        found = map_in_order(executor, double, range(80), lambda: 10 * workers)
        assert list(found) == list(range(0, 160, 2))


def test_a_slow_item_holds_its_place() -> None:
    with ThreadPoolExecutor(3) as executor:
        found = list(map_in_order(executor, sleep_less_and_less, range(20), lambda: 9))
    assert found == list(range(20))


@pytest.mark.parametrize("workers", [1, 2])
def test_a_fault_reaches_the_caller(workers: int) -> None:
    with open_executor(workers) as executor, pytest.raises(ValueError, match="三"):
        list(map_in_order(executor, fail_on_three, range(5), lambda: workers))


def test_serial_holds_a_fault_until_asked() -> None:
    future = SerialExecutor().submit(fail_on_three, 3)
    assert isinstance(future.exception(), ValueError)


def test_items_are_taken_as_they_are_needed() -> None:
    taken = []

    def items() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    with ThreadPoolExecutor(2) as executor:
        found = map_in_order(executor, double, items(), lambda: 20)
        assert next(found) == 0
        assert len(taken) < 100
        found.close()


def test_stopping_early_drops_what_has_not_begun() -> None:
    begun = []

    def begin(number: int) -> int:
        begun.append(number)
        time.sleep(0.02)
        return number

    with ThreadPoolExecutor(2) as executor:
        found = map_in_order(executor, begin, range(1000), lambda: 4)
        next(found)
        found.close()
    assert len(begun) < 10


@pytest.mark.parametrize(("wanted", "workers"), [("1", 1), ("8", 8), ("auto", os.cpu_count())])
def test_workers_wanted(wanted: str, workers: int) -> None:
    assert count_workers(wanted) == workers


@pytest.mark.parametrize("wanted", ["0", "-1", "two", "", "1.5", "²"])
def test_workers_that_are_none(wanted: str) -> None:
    with pytest.raises(ValueError, match="positive number"):
        count_workers(wanted)
