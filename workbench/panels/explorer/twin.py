"""The static twin of the explorer: what the selection shows, as HTML that needs no kernel, no script and no network."""

from __future__ import annotations

from pathlib import Path

from workbench import render
from workbench.labels import number, percent, say
from workbench.panels.explorer.state import ExplorerState
from workbench.panels.explorer.tabs import TABS
from workbench.render import safe

CSS = render.STYLE + Path(__file__).with_name("explorer.css").read_text("utf-8")
_LEFT_OUT = ("concordance", "reader")


def section(state: ExplorerState, tab: str) -> str:
    """One tab of the twin; empty for a tab that shows nothing now."""
    if tab == "words" and not state.vocabulary().has(state.columns):
        return ""  # not worth the making of an index that nobody asked for
    if (
        tab in _LEFT_OUT
        and not (tab == "reader" and state.chosen)
        and not (tab == "concordance" and state.selection.words)
    ):
        return ""
    return f"<section><h3>{say(f'tab_{tab}', state.language)}</h3>{TABS[tab](state, False)}</section>"


def twin(state: ExplorerState, identity: str, sections: dict[str, str], provenance: str, *, first: bool = False) -> str:
    """Put the twin together.

    Parameters
    ----------
    state : ExplorerState
    identity : str
        Of the live widget: where that stands, its twin hides; where a later twin stands, the first one does.
    sections : dict of str to str
        Tab to what `section` gave.
    provenance : str
        HTML.
    first : bool
        This one goes with the widget's own output and is never brought up to date.
    """
    language = state.language
    stances, articles = state.counts()
    css = "wb-twin-first" if first else "wb-twin-kept"
    rivals = f'.wb-explorer[data-twin="{identity}"]' + (f',.wb-twin-kept[data-twin="{identity}"]' if first else "")
    hide = f':root:has({rivals}) .{css}[data-twin="{identity}"]{{display:none}}'
    chosen = f"<p class='meta'>{say('filters', language)}: <bdi>{safe(_said(state))}</bdi></p>"
    return (
        f"<style>{CSS}{hide}</style><div class='wb wb-twin {css}' data-twin='{identity}' dir='{'rtl' if language == 'fa' else 'ltr'}' lang='{language}'>"
        f"<h2>{say('explorer', language)}</h2><p><strong>{number(stances, language)} {say('stances_n', language)}</strong> "
        f"<span class='meta'>{number(articles, language)} {say('articles_n', language)}</span></p>{chosen}"
        f"{''.join(sections.get(tab, '') for tab in TABS)}{provenance}</div>"
    )


def _said(state: ExplorerState) -> str:
    from workbench.labels import name
    from workbench.selection import FACETS

    language, chosen = state.language, state.selection
    parts = [
        f"{say(field, language)} {'، '.join(value if field == 'outlets' else name(value, language) for value in getattr(chosen, field))}"
        for field in FACETS
        if getattr(chosen, field)
    ]
    parts += [
        f"{say(field, language)} {getattr(chosen, field)}"
        for field in ("since", "until", "words")
        if getattr(chosen, field)
    ]
    if chosen.confidence:
        parts.append(f"{say('confidence', language)} {percent(chosen.confidence, language)}")
    return " · ".join([*parts, f"{say('classifier', language)} {chosen.classifier}"])
