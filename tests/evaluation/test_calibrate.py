from __future__ import annotations

import pytest

from panelbot.errors import InputError
from panelbot.evaluation.calibrate import find_point


def test_the_point_refuses_one_in_twenty_answerable_questions() -> None:
    yes = [(True, float(score)) for score in range(1, 41)]
    found = find_point([*yes, (False, 0.0), (False, 2.5), (False, 20.0), (False, -3.0)])
    assert (found.point, found.refused) == (3.0, 0.05)
    assert (found.n_answerable, found.n_unanswerable, found.caught) == (40, 4, 0.75)
    assert found.area == pytest.approx((40 + 38 + 20.5 + 40) / 160)


def test_without_unanswerable_questions_nothing_is_said_of_them() -> None:
    found = find_point([(True, 1.0)] * 20)
    assert (found.point, found.refused, found.caught, found.area) == (1.0, 0.0, None, None)


def test_few_questions_tell_no_point() -> None:
    with pytest.raises(InputError, match="19 questions with an answer are too few"):
        find_point([(True, 1.0)] * 19 + [(False, 0.0)] * 50)
