"""How is a figure drawn? The Vega-Lite specifications, made with Altair.

Importing Altair takes 1.7 s, longer than judging a day. So the specifications are made here and kept in `specs/` as
JSON; a test says that they are the same. After a change: `python scripts/charts.py`.

Colours are stand-ins that `figures` swaps for the page's own, so that one drawing serves light and dark; words are
stand-ins too, swapped for the reader's language.
"""

from __future__ import annotations

from typing import Any

INK, QUIET_INK, GRID, HEART, VARIATION, SETTLED, PAPER = (f"#0{n}0{n}0{n}" for n in range(1, 8))
"""Stand-ins for the text, the quiet text, the grid, the two lines of a bout, the moment it settled, and the ground."""

WIDTH_PX = 290
"""Drawn as wide as a small telephone; wider screens scale it up."""


def bout_spec() -> dict[str, Any]:
    """Heart rate above, ln RMSSD below, over minutes since the start of the bout.

    Data sets: `rows` (minute, hr, hr_fit, hr_low, hr_high, ln, ln_fit, ln_low, ln_high), `anchors` (channel, value,
    words), `moments` (minute) and `onset` (minute, low, high).
    """
    import altair as alt

    heart = _panel("hr", "TITLE_HEART", HEART, height_px=150)
    variation = _panel("ln", "TITLE_VARIATION", VARIATION, height_px=120)
    chart = alt.vconcat(heart, variation, spacing=14).resolve_scale(x="shared")
    return finished(chart)


def _panel(channel: str, title: str, colour: str, *, height_px: int) -> Any:
    import altair as alt

    rows, anchors = alt.NamedData(name="rows"), alt.NamedData(name="anchors")
    moments, onset = alt.NamedData(name="moments"), alt.NamedData(name="onset")
    minute = alt.X(
        "minute:Q",
        title="TITLE_MINUTES",
        axis=alt.Axis(tickCount=6, grid=False),
        scale=alt.Scale(nice=False, padding=4),
    )
    y_scale = alt.Scale(zero=False, padding=8)
    unsure = alt.Chart(onset).mark_rect(color=SETTLED, opacity=0.18).encode(x="low:Q", x2="high:Q")
    band = (
        alt.Chart(rows)
        .mark_area(color=colour, opacity=0.22)
        .encode(
            x=minute,
            y=alt.Y(f"{channel}_low:Q", title=None, scale=y_scale, axis=alt.Axis(tickCount=4)),
            y2=f"{channel}_high:Q",
        )
    )
    measured = (
        alt.Chart(rows).mark_point(color=INK, filled=True, size=16, opacity=0.75).encode(x=minute, y=f"{channel}:Q")
    )
    fitted = alt.Chart(rows).mark_line(color=colour, strokeWidth=2.6).encode(x=minute, y=f"{channel}_fit:Q")
    own = alt.Chart(anchors).transform_filter(f"datum.channel === '{channel}'")
    scale_line = own.mark_rule(color=QUIET_INK, strokeDash=[5, 4]).encode(y="value:Q")
    scale_words = own.mark_text(color=QUIET_INK, align="right", dy=-5, fontSize=12).encode(
        x=alt.value(WIDTH_PX - 2), y="value:Q", text="words:N"
    )
    begun = alt.Chart(moments).mark_rule(color=QUIET_INK, strokeWidth=1).encode(x="minute:Q")
    settled = alt.Chart(onset).mark_rule(color=SETTLED, strokeWidth=2.4).encode(x="minute:Q")
    layers = [unsure, band, scale_line, begun, measured, fitted, settled, scale_words]
    return alt.layer(*layers).properties(
        width=WIDTH_PX, height=height_px, title=alt.TitleParams(title, anchor="start", fontSize=13.5, fontWeight=600)
    )


def kinds_spec() -> dict[str, Any]:
    """One row per kind: the share that settled as a point with its interval; quiet time is the square.

    Data set: `kinds` (row, share, low, high, words, is_quiet), shares in 0..10 of every 10 times.
    """
    import altair as alt

    kinds = alt.Chart(alt.NamedData(name="kinds"))
    row = alt.Y("row:O", axis=None, scale=alt.Scale(paddingOuter=0.1))
    share_axis = alt.Axis(values=[0, 2, 4, 6, 8, 10], grid=True, orient="bottom")
    share = alt.X("share:Q", title="TITLE_SHARE", scale=alt.Scale(domain=[-0.3, 10.3]), axis=share_axis)
    line = kinds.mark_rule(strokeWidth=5, opacity=0.45, strokeCap="round").encode(
        x=alt.X("low:Q", title="TITLE_SHARE", scale=alt.Scale(domain=[-0.3, 10.3]), axis=share_axis),
        x2="high:Q",
        y=row,
        color=alt.condition("datum.is_quiet", alt.value(QUIET_INK), alt.value(HEART)),
    )
    point = kinds.mark_point(filled=True, size=110, opacity=1).encode(
        x=share,
        y=row,
        shape=alt.condition("datum.is_quiet", alt.value("square"), alt.value("circle")),
        color=alt.condition("datum.is_quiet", alt.value(QUIET_INK), alt.value(HEART)),
    )
    text = kinds.mark_text(align="left", dy=-15, color=INK, fontSize=13).encode(x=alt.value(2), y=row, text="words:N")
    return finished(alt.layer(line, point, text).properties(width=WIDTH_PX, height=alt.Step(46)))


def finished(chart: Any) -> dict[str, Any]:
    """The specification of a chart, in the house's type and colours."""
    # In one go: each call of `configure` copies the whole chart.
    chart = chart.configure(
        background="transparent",
        aria=False,
        padding={"left": 2, "right": 6, "top": 4, "bottom": 2},
        view={"stroke": None},
        axis={
            "labelColor": INK,
            "titleColor": INK,
            "tickColor": GRID,
            "domainColor": GRID,
            "gridColor": GRID,
            "gridOpacity": 0.5,
            "labelFontSize": 12.5,
            "titleFontSize": 12.5,
            "titleFontWeight": "normal",
        },
        title={"color": INK},
    )
    spec: dict[str, Any] = chart.to_dict()
    spec.pop("usermeta", None)
    return spec
