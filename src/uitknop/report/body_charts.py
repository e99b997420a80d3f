"""How are the figures of the body model drawn? Their Vega-Lite specifications; see `charts`."""

from __future__ import annotations

from typing import Any

from uitknop.report.charts import GRID, HEART, INK, PAPER, QUIET_INK, SETTLED, VARIATION, WIDTH_PX, finished

STEP_PX = 46
"""Height of a row that has its words above it."""

LINE_PX = 17
"""And what each further line of words adds."""


def ensemble_spec() -> dict[str, Any]:
    """Symptoms and envelope of many made-up people over days, as a middle with a band, and the shares of outcomes.

    Data sets: `rows` (day, symptoms, symptoms_low, symptoms_high, envelope, envelope_low, envelope_high) and `shares`
    (row, share, low, high, words), shares in 0..100.
    """
    courses = _below(_course("symptoms", "TITLE_SYMPTOMS", VARIATION), _course("envelope", "TITLE_ENVELOPE", HEART))
    return _whole(courses, _shares(lines=2))


def bands_spec() -> dict[str, Any]:
    """What fills and what is left, of many made-up people, over a time without numbers and without any outcome.

    Data set: `rows` (day, load, load_low, load_high, envelope, envelope_low, envelope_high).
    """
    bare = {"labels": False, "ticks": False, "grid": False}
    return _whole(
        _below(
            _course("load", "TITLE_LOAD", VARIATION, axis=bare), _course("envelope", "TITLE_ENVELOPE", HEART, axis=bare)
        )
    )


def effort_spec() -> dict[str, Any]:
    """Bucket, envelope and symptoms of many made-up people in the hours around an effort, without any outcome.

    Data set: `rows` (day, in hours; and of load, envelope and symptoms the middle, _low, _high).
    """
    hours = {"values": list(range(-24, 169, 24)), "grid": False}
    panels = (("load", VARIATION), ("envelope", HEART), ("symptoms", SETTLED))
    return _whole(_below(*(_course(name, f"TITLE_{name.upper()}", colour, axis=hours) for name, colour in panels)))


def bifurcation_spec() -> dict[str, Any]:
    """Where the model can stay: defence over load, of the model among people.

    Data sets: `people` (curve, at, level, defence), `model` (part, at, level, defence, stable), `folds` (level,
    defence), `moves` (level, from, to, angle), `labels` (level, defence, words, strong) and `usual` (level).
    """
    import altair as alt

    level = alt.X(
        "level:Q", title="TITLE_LEVEL", axis=alt.Axis(tickCount=6, grid=False), scale=alt.Scale(nice=False, padding=7)
    )
    defence = alt.Y(
        "defence:Q",
        title=None,
        axis=alt.Axis(values=[0, 0.2, 0.4, 0.6, 0.8, 1]),
        scale=alt.Scale(domain=[-0.03, 1.08], nice=False),
    )
    people = alt.Chart(alt.NamedData(name="people")).mark_line(color=QUIET_INK, strokeWidth=1, opacity=0.45)
    model, folds = alt.Chart(alt.NamedData(name="model")), alt.Chart(alt.NamedData(name="folds"))
    moves, labels = alt.Chart(alt.NamedData(name="moves")), alt.Chart(alt.NamedData(name="labels"))
    usual = alt.Chart(alt.NamedData(name="usual")).mark_rule(color=QUIET_INK, strokeDash=[2, 3])
    where = {"x": level, "y": defence}
    beside: dict[str, Any] = {"align": "left", "baseline": "middle", "fontSize": 12.5}
    strong = alt.condition("datum.strong", alt.value(INK), alt.value(QUIET_INK))
    chart = alt.layer(
        people.encode(**where, detail="curve:N", order="at:Q"),
        usual.encode(x=level),
        model.transform_filter("datum.stable")
        .mark_line(color=HEART, strokeWidth=3.2)
        .encode(**where, detail="part:N", order="at:Q"),
        model.transform_filter("!datum.stable")
        .mark_line(color=HEART, strokeWidth=2.2, strokeDash=[6, 4])
        .encode(**where, detail="part:N", order="at:Q"),
        moves.mark_rule(color=SETTLED, strokeWidth=2).encode(x=level, y=alt.Y("from:Q"), y2="to:Q"),
        moves.mark_point(shape="triangle-up", color=SETTLED, filled=True, size=110, opacity=1).encode(
            x=level, y=alt.Y("to:Q"), angle=alt.Angle("angle:Q", scale=None)
        ),
        folds.mark_point(shape="circle", filled=True, size=70, opacity=1, color=SETTLED).encode(**where),
        labels.mark_text(**beside, stroke=PAPER, strokeWidth=5, strokeJoin="round").encode(**where, text="words:N"),
        labels.mark_text(**beside).encode(**where, text="words:N", color=strong),
    )
    return _whole(chart.properties(width=WIDTH_PX, height=260, title=_title("TITLE_DEFENCE")))


def story_spec() -> dict[str, Any]:
    """Bucket, envelope and symptoms of many over the stretches of a story, and how many are ill at the end of each.

    Data sets: `rows` (day, and of load, envelope and symptoms the middle, _half_low, _half_high, _low, _high),
    `phases` (from, to, number, odd) and `shares` (row, share, low, high, words).
    """
    panels = [
        _story_panel("load", "TITLE_LOAD", VARIATION, first=True),
        _story_panel("envelope", "TITLE_ENVELOPE", HEART),
        _story_panel("symptoms", "TITLE_SYMPTOMS", SETTLED, last=True),
    ]
    return _whole(_below(*panels), _shares())


def crash_spec() -> dict[str, Any]:
    """What exertion adds to symptoms, hour by hour, ill beside well, and when it is most.

    Data sets: `rows` (hour, who, middle, half_low, half_high, low, high; who is "ill" or "well"), `exertion` (from, to,
    middle, words), `peak` (hour, low, high, words), `labels` (hour, middle, words) and `shares`.
    """
    return _whole(_crash_panel(), _shares())


def relapse_spec() -> dict[str, Any]:
    """Share that relapses, by day of the restart and load after it.

    Data set: `cells` (day, load, share in 0..100, words).
    """
    import altair as alt

    cells = alt.Chart(alt.NamedData(name="cells"))
    x = alt.X("load:O", title="TITLE_LEVEL", sort=None, axis=alt.Axis(labelAngle=0, grid=False))
    y = alt.Y("day:O", title=None, axis=alt.Axis(grid=False))
    depth = alt.Opacity("share:Q", scale=alt.Scale(domain=[0, 100], range=[0.02, 0.42]), legend=None)
    fill = cells.mark_rect(color=SETTLED, stroke=None).encode(x=x, y=y, opacity=depth)
    frame = cells.mark_rect(fillOpacity=0, stroke=GRID, strokeWidth=1).encode(x=x, y=y)
    words = cells.mark_text(color=INK, fontSize=14).encode(x=x, y=y, text="words:N")
    chart = alt.layer(fill, frame, words).properties(width=WIDTH_PX, height=alt.Step(34), title=_title("TITLE_DAY"))
    return _whole(chart)


def fates_spec() -> dict[str, Any]:
    """What becomes of people who differ little, more and much: the share of each fate with its interval.

    Data set: `fates` (place, fate, first, size, share, low, high, far, words), shares in 0..100; `fate` stands above
    the first row of each, `words` on the side that `far` says.
    """
    import altair as alt

    rows = alt.Chart(alt.NamedData(name="fates"))
    y = alt.Y("place:Q", axis=None, scale=alt.Scale(nice=False, zero=False, reverse=True, padding=10))
    shape = alt.Shape("size:N", scale=alt.Scale(domain=["s", "m", "l"], range=["circle", "square", "diamond"]))
    axis = alt.Axis(values=[0, 25, 50, 75, 100], grid=True, orient="bottom")
    scale = alt.Scale(domain=[-3, 103])
    share = alt.X("share:Q", title="TITLE_SHARE", scale=scale, axis=axis)
    low = alt.X("low:Q", title="TITLE_SHARE", scale=scale, axis=axis)
    heads = rows.transform_filter("datum.first")
    chart = alt.layer(
        rows.mark_rule(strokeWidth=5, opacity=0.4, strokeCap="round", color=HEART).encode(x=low, x2="high:Q", y=y),
        rows.mark_point(filled=True, size=80, opacity=1, color=HEART).encode(x=share, y=y, shape=shape.legend(None)),
        heads.mark_text(align="left", dy=-16, color=INK, fontSize=13).encode(x=alt.value(2), y=y, text="fate:N"),
        rows.transform_filter("!datum.far")
        .mark_text(align="left", dx=9, color=INK, fontSize=12)
        .encode(x=alt.X("high:Q", title="TITLE_SHARE", scale=scale, axis=axis), y=y, text="words:N"),
        rows.transform_filter("datum.far")
        .mark_text(align="right", dx=-9, color=INK, fontSize=12)
        .encode(x=low, y=y, text="words:N"),
    )
    return _whole(chart.properties(width=WIDTH_PX, height=470))


def _shares(*, lines: int = 1) -> Any:
    """Rows of a share each, with their words above it on so many lines."""
    import altair as alt

    above_px = LINE_PX * (lines - 1)

    shares = alt.Chart(alt.NamedData(name="shares"))
    row = alt.Y("row:O", axis=None, scale=alt.Scale(paddingOuter=0.1))
    axis = alt.Axis(values=[0, 25, 50, 75, 100], grid=True, orient="bottom")
    scale = alt.Scale(domain=[-3, 103])
    line = shares.mark_rule(strokeWidth=5, opacity=0.45, strokeCap="round", color=HEART).encode(
        x=alt.X("low:Q", title="TITLE_SHARE", scale=scale, axis=axis), x2="high:Q", y=row
    )
    point = shares.mark_point(filled=True, size=110, opacity=1, color=HEART).encode(
        x=alt.X("share:Q", title="TITLE_SHARE", scale=scale, axis=axis), y=row
    )
    text = shares.mark_text(align="left", dy=-15 - above_px, lineHeight=LINE_PX, color=INK, fontSize=13)
    said = text.encode(x=alt.value(2), y=row, text="words:N")
    return alt.layer(line, point, said).properties(width=WIDTH_PX, height=alt.Step(STEP_PX + above_px))


def _course(channel: str, title: str, colour: str, *, axis: dict[str, Any] | None = None) -> Any:
    import altair as alt

    rows = alt.Chart(alt.NamedData(name="rows"))
    along = alt.Axis(**(axis or {"tickCount": 6, "grid": False}))
    day = alt.X("day:Q", title="TITLE_DAYS", axis=along, scale=alt.Scale(nice=False))
    height = alt.Scale(domainMin=0)
    band = rows.mark_area(color=colour, opacity=0.25).encode(
        x=day,
        y=alt.Y(f"{channel}_low:Q", title=None, scale=height, axis=alt.Axis(tickCount=4)),
        y2=f"{channel}_high:Q",
    )
    middle = rows.mark_line(color=colour, strokeWidth=2.6).encode(x=day, y=f"{channel}:Q")
    return alt.layer(band, middle).properties(width=WIDTH_PX, height=110, title=_title(title))


def _story_panel(channel: str, title: str, colour: str, *, first: bool = False, last: bool = False) -> Any:
    import altair as alt

    rows, phases = alt.Chart(alt.NamedData(name="rows")), alt.Chart(alt.NamedData(name="phases"))
    axis, said = alt.Axis(tickCount=6, grid=False, labels=last), "TITLE_DAYS" if last else None
    day = alt.X("day:Q", title=said, axis=axis, scale=alt.Scale(nice=False, padding=0))
    height = alt.Axis(tickCount=4)
    fans = [
        rows.mark_area(color=colour, opacity=opacity).encode(
            x=day, y=alt.Y(f"{channel}_{part}low:Q", title=None, axis=height), y2=f"{channel}_{part}high:Q"
        )
        for part, opacity in (("", 0.2), ("half_", 0.3))
    ]
    layers = [
        *fans,
        rows.mark_line(color=colour, strokeWidth=2.6).encode(x=day, y=f"{channel}:Q"),
        phases.transform_filter("datum.from > 0")
        .mark_rule(color=QUIET_INK, strokeDash=[4, 3])
        .encode(x=alt.X("from:Q", title=said)),
    ]
    if first:
        layers.append(
            phases.mark_text(color=INK, fontSize=13, fontWeight=600, baseline="bottom").encode(
                x=alt.X("middle:Q", title=said), y=alt.value(-2), text="number:N"
            )
        )
    room = 18 if first else 6
    return alt.layer(*layers).properties(width=WIDTH_PX, height=100, title=_title(title, offset=room))


def _crash_panel() -> Any:
    import altair as alt

    rows, exertion = alt.Chart(alt.NamedData(name="rows")), alt.Chart(alt.NamedData(name="exertion"))
    peak, labels = alt.Chart(alt.NamedData(name="peak")), alt.Chart(alt.NamedData(name="labels"))
    hour = alt.X(
        "hour:Q",
        title="TITLE_HOURS",
        axis=alt.Axis(values=list(range(0, 169, 24)), grid=False),
        scale=alt.Scale(nice=False),
    )
    height = alt.Axis(tickCount=4)
    hidden = alt.X("low:Q", title="TITLE_HOURS")
    layers = [
        exertion.mark_rect(color=QUIET_INK, opacity=0.22).encode(x=alt.X("from:Q", title="TITLE_HOURS"), x2="to:Q"),
        peak.mark_rect(color=SETTLED, opacity=0.13).encode(x=hidden, x2="high:Q"),
    ]
    for who, colour, dash in (("ill", SETTLED, [1, 0]), ("well", VARIATION, [7, 3])):
        own = rows.transform_filter(f"datum.who === '{who}'")
        layers += [
            own.mark_area(color=colour, opacity=opacity).encode(
                x=hour, y=alt.Y(f"{part}low:Q", title=None, axis=height), y2=f"{part}high:Q"
            )
            for part, opacity in (("", 0.2), ("half_", 0.3))
        ]
        layers.append(own.mark_line(color=colour, strokeWidth=2.6, strokeDash=dash).encode(x=hour, y="middle:Q"))
    layers += [
        peak.mark_rule(color=SETTLED, strokeWidth=1.6).encode(x=hour),
        labels.mark_text(align="left", baseline="middle", color=INK, fontSize=13).encode(
            x=hour, y="middle:Q", text="words:N"
        ),
    ]
    return alt.layer(*layers).properties(width=WIDTH_PX, height=210, title=_title("TITLE_SYMPTOMS"))


def _below(*panels: Any) -> Any:
    import altair as alt

    return alt.vconcat(*panels, spacing=14).resolve_scale(x="shared")


def _title(stand_in: str, **more: Any) -> Any:
    import altair as alt

    return alt.TitleParams(stand_in, anchor="start", fontSize=13.5, fontWeight=600, **more)


def _whole(*parts: Any) -> dict[str, Any]:
    """The parts under the title of the whole and the label."""
    import altair as alt

    whole = alt.TitleParams("TITLE_WHOLE", subtitle="TITLE_NATURE", anchor="start", subtitleColor=QUIET_INK)
    return finished(alt.vconcat(*parts, spacing=20, title=whole))
