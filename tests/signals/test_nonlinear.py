"""Sample entropy and DFA alpha1 against plain loops and NeuroKit2."""

import math

import numpy as np
import numpy.typing as npt
import pytest

from uitknop.signals.nonlinear import dfa_alpha1, sample_entropy

Floats = npt.NDArray[np.float64]


def whole(rr_ms: Floats) -> tuple[Floats, npt.NDArray[np.bool_], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    starts = np.zeros(rr_ms.size, dtype=np.bool_)
    starts[0] = True
    return rr_ms, starts, np.array([0]), np.array([rr_ms.size])


def plain_entropy(x: Floats, usable: npt.NDArray[np.bool_]) -> float:
    radius, a, b = 0.2 * x.std(ddof=1), 0, 0
    places = [i for i in range(x.size - 2) if usable[i]]
    for i in places:
        for j in places:
            if i != j and abs(x[i] - x[j]) <= radius and abs(x[i + 1] - x[j + 1]) <= radius:
                b += 1
                a += abs(x[i + 2] - x[j + 2]) <= radius
    return -math.log(a / b)


def plain_alpha1(x: Floats) -> float:
    y, points = np.cumsum(x - x.mean()), []
    for size in range(4, 17):
        boxes = y[: y.size // size * size].reshape(-1, size)
        time = np.arange(size)
        squares = [np.mean((box - np.polyval(np.polyfit(time, box, 1), time)) ** 2) for box in boxes]
        points.append((math.log(size), 0.5 * math.log(np.mean(squares))))
    return float(np.polyfit(*np.array(points).T, 1)[0])


@pytest.mark.parametrize("seed", range(4))
def test_entropy_equals_a_plain_loop(seed: int) -> None:
    rr_ms = np.round(np.random.default_rng(seed).normal(800, 40, 150))
    found = sample_entropy(*whole(rr_ms))[0]
    assert found == pytest.approx(plain_entropy(rr_ms, np.ones(rr_ms.size, dtype=np.bool_)), rel=1e-12)


def test_no_template_is_laid_across_a_gap() -> None:
    rr_ms = np.round(np.random.default_rng(5).normal(800, 40, 200))
    starts = np.zeros(200, dtype=np.bool_)
    starts[[0, 77, 78, 150]] = True
    usable = np.array([not starts[i + 1 : i + 3].any() for i in range(198)])
    found = sample_entropy(rr_ms, starts, np.array([0]), np.array([200]))[0]
    assert found == pytest.approx(plain_entropy(rr_ms, usable), rel=1e-12)


def test_entropy_in_blocks_equals_entropy_in_one() -> None:
    rr_ms = np.round(np.random.default_rng(6).normal(800, 40, 700))  # 700 x 700 needs three blocks
    found = sample_entropy(*whole(rr_ms))[0]
    assert found == pytest.approx(plain_entropy(rr_ms, np.ones(700, dtype=np.bool_)), rel=1e-12)


def test_a_regular_series_has_less_entropy_than_noise() -> None:
    noise = np.random.default_rng(1).normal(800, 40, 300)
    wave = 800 + 40 * np.sin(np.arange(300) * 0.7)
    assert sample_entropy(*whole(wave))[0] < sample_entropy(*whole(noise))[0] / 3


@pytest.mark.parametrize("seed", range(4))
def test_alpha1_equals_a_plain_loop(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rr_ms = 800 + np.cumsum(rng.normal(0, 5, 320)) + rng.normal(0, 10, 320)
    assert dfa_alpha1(*whole(rr_ms))[0] == pytest.approx(plain_alpha1(rr_ms), rel=1e-9)


def test_alpha1_is_one_half_for_noise_and_one_and_a_half_for_its_sum() -> None:
    noise = np.random.default_rng(2).normal(0, 10, 20_000)
    assert dfa_alpha1(*whole(800 + noise))[0] == pytest.approx(0.5, abs=0.1)  # small boxes bias it upwards
    assert dfa_alpha1(*whole(800 + np.cumsum(noise) / 10))[0] == pytest.approx(1.5, abs=0.1)


def test_no_box_is_laid_across_a_gap() -> None:
    rr_ms = 800 + np.random.default_rng(3).normal(0, 10, 400)
    rr_ms[200:] += 300  # another heart rate after the gap
    starts = np.zeros(400, dtype=np.bool_)
    starts[[0, 200]] = True
    broken = dfa_alpha1(rr_ms, starts, np.array([0]), np.array([400]))[0]
    assert broken == pytest.approx(0.5, abs=0.2)


def test_too_short_a_window_has_no_answer() -> None:
    rr_ms = np.random.default_rng(4).normal(800, 40, 40)
    assert np.isnan(sample_entropy(*whole(rr_ms))[0])
    assert np.isnan(dfa_alpha1(*whole(rr_ms))[0])


@pytest.mark.filterwarnings("ignore")
def test_neurokit2_finds_the_same_entropy() -> None:
    neurokit2 = pytest.importorskip("neurokit2")
    rr_ms = np.round(np.random.default_rng(9).normal(800, 40, 300))
    theirs, _ = neurokit2.entropy_sample(rr_ms, delay=1, dimension=2, tolerance=0.2 * rr_ms.std(ddof=1))
    assert sample_entropy(*whole(rr_ms))[0] == pytest.approx(theirs, rel=1e-6)
