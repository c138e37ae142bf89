"""Key words in context: before the word at its right, after it at its left, as Persian is read."""

from __future__ import annotations

from workbench.labels import SIGNS, name, number, say
from workbench.panels.explorer.parts import button, choices, nothing, pager
from workbench.panels.explorer.state import ExplorerState
from workbench.render import safe

_PAGE = 20


def concordance(state: ExplorerState, live: bool) -> str:
    """Draw the tab."""
    language, columns, mask = state.language, state.columns, state.mask
    query = state.selection.words.strip()
    if not mask.any():
        return nothing(language)
    if query and not state.vocabulary().knows(columns):
        return nothing(language, "indexing")
    found = state.vocabulary().concordance(columns, mask, query, state.kwic_order)
    notes = [] if query else [say("kwic_mentions", language)]
    if found.sampled:
        notes.append(f"{say('kwic_sampled', language)} {number(found.hits, language)}.")
    first = state.page * _PAGE if live else 0
    body = ""
    for index, line in enumerate(found.lines[first : first + _PAGE]):
        stance = columns.names["stance"][columns.codes["stance"][line.row]]
        target = name(columns.names["target"][columns.codes["target"][line.row]], language)
        sign = f"<span class='stance-{stance}' title='{name(stance, language)}'>{SIGNS[stance]}</span> <span class='meta'>{safe(target)}</span>"
        node = safe(line.node)
        shown = button(node, f"kwic-{index}", "wb-node", read=int(line.row)) if live else f"<b>{node}</b>"
        body += (
            f"<tr><td class='wb-before'><bdi>{safe(line.before)}</bdi></td><td class='wb-middle'>{shown}</td>"
            f"<td class='wb-after'><bdi>{safe(line.after)}</bdi></td><td class='wb-sign'>{sign}</td></tr>"
        )
    heads = ("before", "node", "after", "stances")
    head = "".join(f"<th scope='col'>{say(one, language)}</th>" for one in heads)
    bar = ""
    if live:
        orders = [(one, say(f"sort_{one}", language)) for one in ("before", "after", "text")]
        bar = f"<div class='wb-bar'>{choices(say('sort', language), 'kwic_order', orders, state.kwic_order)}{pager(state.page, _PAGE, len(found.lines), language)}</div>"
    note = f"<p class='meta'>{' '.join(notes)}</p>" if notes else ""
    return f"{bar}{note}<table class='wb-kwic' lang='fa' dir='rtl'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
