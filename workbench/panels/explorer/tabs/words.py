"""Words that mark the selection, and the company of the word searched for."""

from __future__ import annotations

from typing import Any

from workbench import plots
from workbench.frames import each
from workbench.labels import Language, number, say
from workbench.panels.explorer.parts import button, figure, nothing
from workbench.panels.explorer.state import ExplorerState
from workbench.render import safe


def words(state: ExplorerState, live: bool) -> str:
    """Draw the tab."""
    language, columns, mask = state.language, state.columns, state.mask
    if not mask.any():
        return nothing(language)
    vocabulary = state.vocabulary()
    if not vocabulary.knows(columns):
        return nothing(language, "indexing")
    table, whole = vocabulary.keyness(columns, mask)
    heads: tuple[str, ...] = ("word", "here") if whole else ("word", "here", "elsewhere", "log_odds", "g2", "spread")
    marks = _table(
        [(row.word, [row.here] if whole else [row.here, row.elsewhere, row.z, row.g2, row.dp]) for row in each(table)],
        heads, "key", live, language,
    )  # fmt: skip
    note = say("whole" if whole else "keyness_note", language)
    picture = "" if whole else figure(plots.words_picture(table, language), "words", live)
    company = ""
    query = state.selection.words.strip()
    if query:
        found = vocabulary.collocates(columns, mask, query)
        rows = [(row.word, [row.together, row.alone, row.log_dice]) for row in each(found)]
        heads = ("word", "together", "count", "logDice")
        company = f"<section><h3>{say('collocations', language)} <bdi>{safe(query)}</bdi></h3>{_table(rows, heads, 'near', live, language)}</section>"
    return f"<p class='meta'>{note}</p><div class='wb-split'>{picture}<div>{company}{marks}</div></div>"


def _table(rows: list[tuple[str, list[Any]]], heads: tuple[str, ...], key: str, live: bool, language: Language) -> str:
    known = {"g2": "G²", "logDice": "logDice"}
    head = "".join(f"<th scope='col'>{known.get(one) or say(one, language)}</th>" for one in heads)
    body = ""
    for index, (word, figures) in enumerate(rows):
        shown = (
            button(f"<bdi>{safe(word)}</bdi>", f"{key}-{index}", "wb-word", narrow={"words": word})
            if live
            else f"<bdi>{safe(word)}</bdi>"
        )
        cells = "".join(
            f"<td class='figures'><bdi>{number(value, language, 0 if isinstance(value, int) or value == int(value) else 2)}</bdi></td>"
            for value in figures
        )
        body += f"<tr><th scope='row' lang='fa'>{shown}</th>{cells}</tr>"
    return f"<table class='wb-words'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
