"""A bare matplotlib figure measured in points from its top left, whose marks can be chosen.

A figure without axes, with labels that the page lays out, is drawn in some ten milliseconds; axes and laid out text would
cost several times that. What can be chosen lies over the marks as one collection of empty rectangles with an id, so that
the same SVG is clickable where a kernel listens and still where none does.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from matplotlib import rc_context
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from workbench.labels import Language, name

# Told apart by the colour-blind (Okabe and Ito); each stance has a mark of its own besides.
COLOURS = {"favor": "#0072b2", "neutral": "#8c8c8c", "against": "#d55e00"}
MARKS = {"favor": "^", "neutral": "o", "against": "v"}
INK, FAINT, RULE = "#1b1b1b", "#616161", "#c8c8c8"
_STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "workbench",
    "figure.dpi": 72,
    "text.parse_math": False,
}
# The page's own colours, so that a picture follows the light or dark theme it stands in.
_PAINT = {
    **{colour: f"var(--wb-{stance},{colour})" for stance, colour in COLOURS.items()},
    INK: f"var(--wb-ink,{INK})",
    FAINT: f"var(--wb-faint,{FAINT})",
    RULE: f"var(--wb-rule,{RULE})",
}
_HITS = "wb-hits"
# Each label reads in its own direction, whatever stands around it.
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that can be chosen, what it says aloud, and what choosing it changes in the selection."""

    left: float
    top: float
    width: float
    height: float
    label: str
    change: dict[str, Any]


@dataclass
class Canvas:
    """A picture in the making.

    Parameters
    ----------
    width, height : float
        Points.
    """

    width: float
    height: float
    _hits: list[Hit] = field(default_factory=list)
    _lines: dict[tuple[str, float, float], list[Any]] = field(default_factory=dict)
    _areas: dict[tuple[str, float], list[Any]] = field(default_factory=dict)
    _marks: dict[tuple[str, str, float], list[tuple[float, float]]] = field(default_factory=dict)
    _texts: list[tuple[float, float, str, dict[str, Any]]] = field(default_factory=list)

    def line(self, points: Sequence[tuple[float, float]], colour: str, width: float = 1.0, alpha: float = 1.0) -> None:
        """Draw a line through points."""
        self._lines.setdefault((colour, width, alpha), []).append(points)

    def area(self, points: Sequence[tuple[float, float]], colour: str, alpha: float = 1.0) -> None:
        """Fill a polygon."""
        self._areas.setdefault((colour, alpha), []).append(points)

    def bar(self, left: float, top: float, width: float, height: float, colour: str, alpha: float = 1.0) -> None:
        """Fill a rectangle."""
        corners = [(left, top), (left + width, top), (left + width, top + height), (left, top + height)]
        self.area(corners, colour, alpha)

    def mark(self, x: float, y: float, shape: str, colour: str, size: float = 6.0) -> None:
        """Draw a mark."""
        self._marks.setdefault((shape, colour, size), []).append((x, y))

    def text(self, x: float, y: float, words: str, size: float = 10.5, colour: str = INK, **how: Any) -> None:
        """Write words at the height of their middle; ``ha`` as matplotlib has it."""
        self._texts.append((x, y, words, {"fontsize": size, "color": colour, **how}))

    def hit(self, left: float, top: float, width: float, height: float, label: str, **change: Any) -> None:
        """Make a rectangle choosable."""
        self._hits.append(Hit(left, top, width, height, label, change))

    def picture(self, title: str) -> Picture:
        """Draw it."""
        with rc_context(_STYLE):
            figure = Figure(figsize=(self.width / 72, self.height / 72), dpi=72)
            down = Affine2D().scale(1, -1).translate(0, self.height)
            for (colour, alpha), polygons in self._areas.items():
                figure.add_artist(
                    PolyCollection(polygons, facecolors=colour, alpha=alpha, linewidths=0, transform=down)
                )
            for (colour, width, alpha), lines in self._lines.items():
                figure.add_artist(LineCollection(lines, colors=colour, alpha=alpha, linewidths=width, transform=down))
            for (shape, colour, size), points in self._marks.items():
                figure.add_artist(
                    Line2D(
                        *zip(*points, strict=True),
                        linestyle="none",
                        marker=shape,
                        color=colour,
                        markersize=size,
                        markeredgewidth=0,
                        transform=down,
                    )
                )
            for x, y, words, how in self._texts:
                figure.add_artist(_Label(x, y, f"{_ISOLATE}{words}{_END_ISOLATE}", transform=down, **how))
            if self._hits:
                boxes = [_corners(hit) for hit in self._hits]
                figure.add_artist(
                    PolyCollection(boxes, facecolors="none", linewidths=0, transform=down, gid=_HITS, zorder=9)
                )
            out = io.StringIO()
            figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
        return Picture(_tidy(out.getvalue()), title, tuple(self._hits))


class _Label(Text):
    """Words whose shaping and width are left to the page: measuring them here would be most of the drawing."""

    def draw(self, renderer: Any) -> None:
        """Draw at the anchor, the baseline a third of the size below the middle."""
        x, y = self.get_transform().transform(self.get_position())
        pen = renderer.new_gc()
        pen.set_foreground(self.get_color())
        baseline = renderer.height - y + 0.35 * float(self.get_fontsize())
        renderer.draw_text(pen, x, baseline, self.get_text(), self.get_fontproperties(), 0, False, self)
        pen.restore()


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn figure: its SVG, and what can be chosen in it."""

    svg: str
    title: str
    hits: tuple[Hit, ...]

    def still(self) -> str:
        """Return the SVG for a page on which nobody listens."""
        return self._with(f'role="img" aria-label="{escape(self.title)}"', [])

    def live(self, key: str) -> str:
        """Return the SVG with every hit a button; `key` keeps the focus when the picture is drawn again."""
        buttons = [
            f'class="wb-hit" fill="none" role="button" tabindex="{0 if index == 0 else -1}" aria-label="{escape(hit.label)}" '
            f'data-key="{key}-{index}" data-select="{escape(json.dumps(hit.change, ensure_ascii=False))}"'
            for index, hit in enumerate(self.hits)
        ]
        return self._with(f'role="group" aria-label="{escape(self.title)}"', buttons)

    def _with(self, role: str, buttons: Sequence[str]) -> str:
        svg = self.svg.replace("<svg ", f"<svg {role} ", 1)
        head, found, tail = svg.partition(f'<g id="{_HITS}">')
        if not found:
            return svg
        body, _, rest = tail.partition("</g>")
        if not buttons:
            return head + rest
        places = re.findall(r' d="([^"]*)"', body)
        drawn = "".join(
            f'<path d="{place}" {button}><title>{escape(hit.label)}</title></path>'
            for place, button, hit in zip(places, buttons, self.hits, strict=True)
        )
        return f"{head}<g>{drawn}</g>{rest}"


def legend(canvas: Canvas, left: float, middle: float, language: Language) -> None:
    """Say which mark is in favour and which against."""
    for index, stance in enumerate(("favor", "against")):
        at = left + index * 74
        canvas.mark(at, middle, MARKS[stance], COLOURS[stance], 7)
        canvas.text(at + 9, middle, name(stance, language), 9, FAINT, ha="left")


def _corners(hit: Hit) -> list[tuple[float, float]]:
    right, bottom = hit.left + hit.width, hit.top + hit.height
    return [(hit.left, hit.top), (right, hit.top), (right, bottom), (hit.left, bottom)]


def _tidy(svg: str) -> str:
    """Cut the prologue and fixed size away, and let the page choose the colours."""
    svg = re.sub(r"^.*?<svg", "<svg", svg, count=1, flags=re.DOTALL)
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"(<svg[^>]*?) width=\"[^\"]*\" height=\"[^\"]*\"", r"\1", svg, count=1)
    svg = re.sub(r"\n\s*", "\n", svg).replace("</defs>\n<defs>", "")
    svg = re.sub(r' id="[A-Za-z]+[a-z0-9]*_\d+"', "", svg)  # several pictures share a page
    svg = re.sub(r"(\d\.\d)\d+", r"\1", svg).replace("\nL ", "L ").replace(" \nz\n", "z").replace(" \nL ", "L ")
    svg = re.sub(r" ?font-family: [^;\"]*;?", "", svg)  # the page's
    return re.sub("|".join(_PAINT), lambda match: _PAINT[match.group()], svg)
