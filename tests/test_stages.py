from __future__ import annotations

import threading
import time

import pytest

from panelbot.stages import record_stages, stage


def test_an_inner_stage_is_not_counted_twice():
    with record_stages() as seconds, stage("outer"):
        time.sleep(0.01)
        with stage("inner"):
            time.sleep(0.05)
    assert seconds["inner"] >= 0.05
    assert seconds["outer"] < 0.04


def test_a_stage_that_runs_twice_adds_up():
    with record_stages() as seconds:
        for _ in range(2):
            with stage("search"):
                time.sleep(0.02)
    assert seconds["search"] >= 0.04


def test_a_stage_that_fails_is_counted_and_leaves_the_stack_whole():
    with record_stages() as seconds:
        with pytest.raises(KeyError), stage("first"):
            raise KeyError
        with stage("second"):
            pass
    assert set(seconds) == {"first", "second"}


def test_nothing_is_recorded_without_a_recorder_or_from_another_thread():
    def work() -> None:
        with stage("elsewhere"):
            pass

    with stage("unheard"):
        pass
    with record_stages() as seconds:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert seconds == {}
