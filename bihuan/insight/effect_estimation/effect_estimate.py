"""The verdict on a measure: fixed, improved, unchanged or worse; and what is still missing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from bihuan.core.text import Text
from bihuan.insight.effect_estimation.effect_sentences import effect_sentence
from bihuan.insight.effect_estimation.fitting import Days, Fit, fit_change
from bihuan.insight.effect_estimation.rates import reached_share
from bihuan.insight.effect_estimation.sample_size import needed_for_target, units_for_change
from bihuan.insight.intervals import LEVEL, Interval, jeffreys, poisson
from bihuan.insight.lazy_modules import stats

METHOD = "log-rate-did/1"
HORIZON = 28  # days of observation a daily look plans for
SMALLEST_CHANGE = 0.05  # log ratio below which nothing is planned for: it could not be distinguished from no change


@dataclass(frozen=True)
class Effect:
    """`ratio` after / before, of the rate itself or, with a control, of what the control did in the same days.

    `rate_before`, `rate_after` per event (per day where only counts exist), `after_interval` of the latter; `interval` of
    the ratio; `p` two-sided. `target_shown`: the rate is shown to be below the target (None without one). `more_needed`
    events (days where only counts exist) until `missing` ("change" or "target") would probably be shown.
    """

    verdict: str
    rate_before: float
    rate_after: float
    after_interval: Interval
    ratio: float
    interval: Interval
    p: float
    scatter: float
    controlled: bool
    counted_only: bool
    target: float | None
    target_shown: bool | None
    more_needed: int | None
    missing: str
    looks: str
    method: str
    sentence: Text


def estimate_effect(
    hits: ArrayLike, *, after: int, events: ArrayLike | None = None, control_hits: ArrayLike | None = None,
    control_events: ArrayLike | None = None, target: float | None = None, washout: int = 0, looks: str = "once",
    horizon: int = HORIZON, level: float = LEVEL,
) -> Effect:  # fmt: skip
    """Estimate the effect of a measure that began on day `after` of daily `hits`.

    `events`: orders, payments or users of each day; without them only counts are compared. Two bare totals are two days. `control_hits` (and
    `control_events`): the untouched rest on the same days. `target`: a rate to be shown to be undercut. `washout` days
    from the measure on are left out. `looks="daily"`: one looks every day, up to `horizon` days that count (later ones are
    left out); early looks ask for more, so that all of them together err no more often. ValueError where a period is empty.
    """
    if looks not in ("once", "daily"):
        raise ValueError("looks is once or daily")
    y = np.asarray(hits, dtype=float)
    n = np.ones_like(y) if events is None else np.asarray(events, dtype=float)
    c = None if control_hits is None else np.asarray(control_hits, dtype=float)
    m = None if c is None else np.ones_like(c) if control_events is None else np.asarray(control_events, dtype=float)
    first = after + washout
    parts = [slice(0, after), slice(first, len(y) if looks == "once" else first + horizon)]
    before, later = (Days(y[s], n[s], None if c is None else c[s], None if m is None else m[s]) for s in parts)
    if min(before.events.sum(), later.events.sum()) <= 0:
        raise ValueError("a period without events")
    fit = fit_change(before, later, shares=events is not None and bool((y <= n).all()))
    seen = 1.0 if looks == "once" else _information_share(fit, len(later.hits) / horizon)
    interval, p = _test(fit, seen, looks, level)
    return _effect(before, later, fit, interval, p, target, events is None, looks, level)


def _information_share(fit: Fit, days: float) -> float:
    """The share of the information planned for that is there already, after this share of the days."""
    before, after = fit.information
    return (1 / before + days / after) / (1 / before + 1 / after)


def _test(fit: Fit, seen: float, looks: str, level: float) -> tuple[Interval, float]:
    """Interval of the ratio and p. Looked at once: Student's t. Daily: O'Brien and Fleming's (1979) boundary with looks at
    any time; the interval is the repeated one of Jennison and Turnbull (1989)."""
    sd = np.sqrt(fit.variance)
    if looks == "once":
        half = float(stats.t.ppf((1 + level) / 2, fit.freedom)) * sd
        p = float(2 * stats.t.sf(abs(fit.change) / sd, fit.freedom))
    else:
        # A Brownian path leaves ±c before time 1 with chance 4(1 - Phi(c)).
        bound = float(special.ndtri(1 - (1 - level) / 4))
        half = bound / np.sqrt(seen) * sd
        p = min(1.0, float(4 * stats.norm.sf(abs(fit.change) / sd * np.sqrt(seen))))
    return Interval(float(np.exp(fit.change - half)), float(np.exp(fit.change + half))), p


def _effect(
    before: Days, later: Days, fit: Fit, interval: Interval, p: float, target: float | None, counted_only: bool, looks: str, level: float
) -> Effect:  # fmt: skip
    k, n = float(later.hits.sum()), float(later.events.sum())
    scatter = _own_scatter(later)
    shown = None if target is None else _below(k, n, target, scatter, level, counted_only)
    better, worse = interval.high < 1, interval.low > 1
    verdict = "worse" if worse else "fixed" if better and shown else "improved" if better else "unchanged"
    more, missing = _missing(before, later, fit, verdict, target, scatter, level, counted_only)
    bounds = poisson(k / scatter, level) if counted_only else jeffreys(k / scatter, max(k, n) / scatter, level)
    scale = scatter / n if counted_only else 1.0
    numbers = Effect(
        verdict, float(before.hits.sum() / before.events.sum()), k / n, Interval(bounds.low * scale, bounds.high * scale),
        float(np.exp(fit.change)), interval, p, fit.scatter, before.control is not None, counted_only, target, shown, more, missing,
        looks, METHOD, Text("", ""),
    )  # fmt: skip
    return Effect(**{**numbers.__dict__, "sentence": effect_sentence(numbers)})


def _own_scatter(days: Days) -> float:
    """How much more the days after scattered around their rate than chance; 1 for fewer than five days."""
    mean = days.events * days.hits.sum() / days.events.sum()
    used = mean > 0
    if used.sum() < 5:
        return 1.0
    return max(1.0, float(((days.hits - mean)[used] ** 2 / mean[used]).sum() / (used.sum() - 1)))


def _below(k: float, n: float, target: float, scatter: float, level: float, counted_only: bool) -> bool:
    if counted_only:
        return poisson(k / scatter, 2 * level - 1).high * scatter / n < target
    return reached_share(k, n, target, level=level, scatter=scatter)


def _missing(
    before: Days, later: Days, fit: Fit, verdict: str, target: float | None, scatter: float, level: float, counted_only: bool
) -> tuple[int | None, str]:  # fmt: skip
    """(events more, for what): to show a change, or a target already likely met."""
    n = float(later.events.sum())
    if verdict == "unchanged":
        return _for_change(fit, n, level), "change"
    if verdict == "improved" and target is not None and not counted_only:
        whole = needed_for_target(float(later.hits.sum()) / n, target, level=level, scatter=scatter)
        return None if whole is None else max(1, whole - int(n)), "target"
    return None, ""


def _for_change(fit: Fit, events: float, level: float) -> int | None:
    """Events until today's ratio would be shown with 80 % chance, days as they are now; None if it never would."""
    if abs(fit.change) < SMALLEST_CHANGE:
        return None
    before, after = fit.information
    times = units_for_change(fit.change, before / fit.scatter, after / fit.scatter, level=level)
    return None if times is None else max(1, int(np.ceil(events * (times - 1))))
