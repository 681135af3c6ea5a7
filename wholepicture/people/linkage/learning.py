"""Weights learnt from pairs of which the truth is known: still one number a level, still Splink's JSON.

Unsupervised, a model takes twins for one person: they agree in all but one field, and it adds fields up as if they were
independent. Logistic regression on which level each comparison reached finds the additive weights that judge such pairs
best, and its probabilities mean what they say. It begins from the model's own weights and is held near them where the
labels are few.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from wholepicture.foundation.refusals import Refused
from wholepicture.people.linkage.model import Model
from wholepicture.people.linkage.types import Row

_STEPS: Final = 60
_DONE: Final = 1e-6
_HELD: Final = 0.05
"""How firmly a weight is held to where it began: as firmly as by this many pairs, squared over bits."""

_FAST: Final = 1e9  # a blank weighs nothing, and must go on weighing nothing
_LEAST_PAIRS: Final = 20
Numbers = npt.NDArray[np.float64]


def learn(model: Model, pairs: Iterable[tuple[Row, Row, bool, float]]) -> dict[str, Any]:
    """The model's settings with weights learnt from pairs: two rows, whether they are one person, and for how
    many pairs they stand.

    Those that blocking puts side by side should all be there, each for itself, and a few of the others, each for many:
    then the weights and the prior are those of any two rows, as Splink's are. Raises Refused where there are too few of
    either kind.
    """
    places = _places(model)
    rows, truth, stands_for = [], [], []
    for left, right, same, many in pairs:
        rows.append([places[one.field, model_level] for one, model_level in _reached(model, left, right)])
        truth.append(same)
        stands_for.append(many)
    if min(sum(truth), len(truth) - sum(truth)) < _LEAST_PAIRS:
        told = f"Weights are learnt from at least {_LEAST_PAIRS} pairs that are one person and as many that are not."
        raise Refused("too_few", told)
    began = np.array([model.prior, *(weight for _, weight in _weights(model))])
    held = np.array([_HELD, *(_FAST if level.blank else _HELD for one in model.comparisons for level in one.levels)])
    agreeing = [places[one.field, 1] for one in model.comparisons if one.levels[1].holds is not None]
    bits = _fitted(np.array(rows), np.array(truth, float), np.array(stands_for), began, held, agreeing)
    return _written(model, bits)


def _reached(model: Model, left: Row, right: Row) -> Iterable[tuple[Any, int]]:
    for one in model.comparisons:
        for n, level in enumerate(one.levels):
            if level.holds is None or level.holds(left, right) is True:
                yield one, n
                break


def _places(model: Model) -> dict[tuple[str, int], int]:
    """Where each level's weight stands among all; the prior is the first."""
    return {key: n for n, (key, _) in enumerate(_weights(model), 1)}


def _weights(model: Model) -> list[tuple[tuple[str, int], float]]:
    return [((one.field, n), level.weight) for one in model.comparisons for n, level in enumerate(one.levels)]


def _fitted(
    reached: npt.NDArray[np.int64],
    truth: Numbers,
    stands_for: Numbers,
    began: Numbers,
    held: Numbers,
    agreeing: list[int],
) -> Numbers:
    """Newton's steps to the likeliest weights in bits, each `held` by a spring to where it began.

    What agrees wholly never weighs against, however little it says beside the rest.
    """
    design = np.zeros((len(truth), len(began)))
    design[:, 0] = 1
    np.put_along_axis(design, reached, 1, axis=1)
    nats = began * math.log(2)
    start = nats.copy()
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-np.clip(design @ nats, -500, 500)))
        slope = design.T @ (stands_for * (truth - likely)) - held * (nats - start)
        bend = (design * (stands_for * likely * (1 - likely))[:, None]).T @ design + np.diag(held)
        step = np.clip(np.linalg.solve(bend, slope), -2, 2)
        nats = nats + step
        nats[agreeing] = np.maximum(nats[agreeing], 0)
        if np.abs(step).max() < _DONE:
            break
    return nats / math.log(2)


def _written(model: Model, bits: Numbers) -> dict[str, Any]:
    """Settings in which log2(m/u) of each level is its learnt weight."""
    settings: dict[str, Any] = deepcopy(dict(model.settings))
    places = _places(model)
    for one, written in zip(model.comparisons, settings["comparisons"], strict=True):
        for n, level in enumerate(written["comparison_levels"]):
            if not level.get("is_null_level"):
                level.update(_shares(float(bits[places[one.field, n]]), level))
    settings["probability_two_random_records_match"] = 1 / (1 + 2.0 ** -float(bits[0]))
    return settings


def _shares(weight: float, level: Mapping[str, Any]) -> dict[str, float]:
    """An m and u of that ratio, with u as it was counted where both stay shares."""
    u = min(float(level["u_probability"]), 1.0)
    m = u * 2.0**weight
    return {"m_probability": m, "u_probability": u} if m <= 1 else {"m_probability": 1.0, "u_probability": 2.0**-weight}
