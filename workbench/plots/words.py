"""Words that mark a selection: log-odds with its interval, the more frequent above and the less frequent below."""

from __future__ import annotations

import pandas as pd

from workbench.frames import each
from workbench.labels import Language, number, say
from workbench.plots.canvas import COLOURS, FAINT, INK, RULE, Canvas, Picture

_WIDTH, _ROW = 560.0, 19.0
_Z = 1.96


def words_picture(rows: pd.DataFrame, language: Language = "fa") -> Picture:
    """Draw words with ``delta``, ``z``, ``here`` and ``elsewhere``; a word chosen is searched for."""
    middle = _WIDTH / 2
    canvas = Canvas(_WIDTH, 24 + len(rows) * _ROW)
    if rows.empty:
        return canvas.picture(say("figure_words", language))
    error = (rows["delta"] / rows["z"].where(rows["z"] != 0, 1)).abs()
    widest = float((rows["delta"].abs() + _Z * error).max()) or 1.0
    sign = -1 if language == "fa" else 1
    reach = middle - 120

    def x(value: float) -> float:
        return middle + sign * reach * value / widest

    canvas.line([(middle, 4), (middle, 8 + len(rows) * _ROW)], RULE, 1)
    canvas.text(x(widest * 0.5), 16 + len(rows) * _ROW, say("over", language), 8.5, FAINT, ha="center")
    canvas.text(x(-widest * 0.5), 16 + len(rows) * _ROW, say("under", language), 8.5, FAINT, ha="center")
    for line, (row, half) in enumerate(zip(each(rows), error * _Z, strict=True)):
        at = 6 + line * _ROW + _ROW / 2
        colour = COLOURS["favor"] if row.delta > 0 else COLOURS["neutral"]
        canvas.line([(x(row.delta - half), at), (x(row.delta + half), at)], colour, 1.4)
        canvas.mark(x(row.delta), at, "o" if row.delta > 0 else "s", colour, 6)
        beyond = x(row.delta + (half if row.delta > 0 else -half))
        right = (row.delta > 0) == (sign > 0)
        canvas.text(beyond + (8 if right else -8), at, row.word, 10.5, INK, ha="left" if right else "right")
        spoken = f"{row.word}: z {number(row.z, language, 1)}، {number(row.here, language)} / {number(row.elsewhere, language)}"
        canvas.hit(0, at - _ROW / 2, _WIDTH, _ROW, spoken, words=row.word)
    return canvas.picture(say("figure_words", language))
