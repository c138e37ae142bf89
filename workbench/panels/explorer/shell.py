"""The explorer's frame: what stands around the tab that is shown."""

from __future__ import annotations

from workbench.labels import Language, localized, name, number, percent, say, short_date
from workbench.panels.explorer.background import Work
from workbench.panels.explorer.parts import button, does
from workbench.panels.explorer.state import ExplorerState
from workbench.panels.explorer.tabs import TABS
from workbench.render import safe
from workbench.selection import FACETS, NOBODY

EXPORTS = ("csv", "xlsx", "parquet", "bib", "html")
_SHOWN = 7


def shell(state: ExplorerState, twin: str) -> str:
    """The frame with its places for status, facets and panel; drawn once for each language."""
    language = state.language
    tabs = "".join(
        f'<button type="button" role="tab" id="{twin}-{tab}" data-tab="{tab}" aria-controls="{twin}-panel" aria-selected="false">'
        f"{say(f'tab_{tab}', language)}</button>"
        for tab in TABS
    )
    exports = "".join(
        button(kind.upper() if kind != "html" else say("report", language), f"export-{kind}", export=kind)
        for kind in EXPORTS
    )
    actions = (
        button(f"{say('back', language)} ⌫", "undo", undo=True)
        + button(say("clear", language), "clear", clear=True)
        + _menu(
            say("share_menu", language),
            button(say("copy_code", language), "code", code=True)
            + button(say("copy_selection", language), "text", text=True)
            + exports,
        )
        + f'<button type="button" data-own="help" aria-label="{say("keys", language)}">?</button>'
        + button(say("language", language), "language", set={"language": "en" if language == "fa" else "fa"})
    )
    return (
        f'<div class="wb-top"><div class="wb-status" role="status" data-slot="status"></div><div data-slot="works"></div>'
        f'<div class="wb-actions" role="toolbar" aria-label="{say("explorer", language)}">{actions}</div></div>'
        f'<div class="wb-help meta" hidden>{say("help", language)}</div><div class="wb-copied"></div>'
        f'<div class="wb-body"><section class="wb-side" aria-label="{say("filters", language)}">{_inputs(state)}'
        f'<div data-slot="facets"></div></section>'
        f'<div class="wb-main"><div class="wb-tabs" role="tablist" aria-label="{say("explorer", language)}">{tabs}</div>'
        f'<div class="wb-panel" role="tabpanel" tabindex="-1" id="{twin}-panel" data-slot="panel"></div></div></div>'
    )


def _menu(label: str, inside: str) -> str:
    return f'<details class="wb-menu"><summary data-key="menu">{label}</summary><div>{inside}</div></details>'


def _inputs(state: ExplorerState) -> str:
    language = state.language

    def named(field: str, control: str) -> str:
        return f'<label class="wb-named"><span>{say(field, language)}</span>{control}</label>'

    options = "".join(f"<option value='{safe(one)}'>{safe(one)}</option>" for one in state.classifiers)
    words = '<input type="search" data-field="words" lang="fa" dir="auto" autocomplete="off" spellcheck="false">'
    shown = "1403/01/01" if language == "fa" else "2024-03-20"
    dates = "".join(
        named(
            field,
            f'<input type="text" data-field="{field}" inputmode="numeric" placeholder="{localized(shown, language)}" autocomplete="off">',
        )
        for field in ("since", "until")
    )
    return (
        named("words", words)
        + f'<div class="wb-two">{dates}</div>'
        + named(
            "confidence",
            '<span class="wb-range"><input type="range" data-field="confidence" min="0" max="1" step="0.05"><span class="wb-said" aria-hidden="true"></span></span>',
        )
        + named("classifier", f'<select data-field="classifier">{options}</select>')
        + named(
            "options", '<input type="text" data-field="options" dir="ltr" placeholder="name=value" autocomplete="off">'
        )
    )


def facets(state: ExplorerState) -> str:
    """The values of each facet with what each would leave."""
    return "".join(_facet(state, field) for field in FACETS)


def _facet(state: ExplorerState, field: str) -> str:
    language = state.language
    values = state.facet(field)
    chosen = set(getattr(state.selection, field))
    most = max((n for _, n in values), default=1) or 1
    made = [_option(field, value, n, most, value in chosen, language) for value, n in values]
    # What is chosen is never hidden among the rest.
    order = sorted(
        range(len(values)), key=lambda at: (values[at][0] not in chosen if len(values) > _SHOWN else False, at)
    )
    shown, rest = [made[at] for at in order[:_SHOWN]], [made[at] for at in order[_SHOWN:]]
    more = (
        f"<details><summary>{number(len(rest), language)} {say('more', language)}</summary>{''.join(rest)}</details>"
        if rest
        else ""
    )
    return f"<fieldset><legend>{say(field, language)}</legend>{''.join(shown)}{more}</fieldset>"


def _option(field: str, value: str, n: int, most: int, on: bool, language: Language) -> str:
    label = (
        say("none", language)
        if value == NOBODY and field == "holders"
        else say("unknown", language)
        if value == NOBODY
        else name(value, language)
    )
    if field == "outlets" and value != NOBODY:
        label = value
    return (
        f'<label class="wb-option" style="--part:{n / most:.2f}"><input type="checkbox" data-key="{field}-{safe(value)}"'
        f'{" checked" if on else ""} {does(toggle=[field, value])}><span class="wb-name" title="{safe(label)}"><bdi>{safe(label)}</bdi></span>'
        f'<span class="wb-n">{number(n, language)}</span></label>'
    )


def status(state: ExplorerState, said: str = "") -> str:
    """How much is selected, and what narrows it."""
    language = state.language
    stances, articles = state.counts()
    head = (
        f"<strong>{number(stances, language)} {say('stances_n', language)}</strong>"
        f"<span class='meta'>{say('in', language)} {number(articles, language)} {say('articles_n', language)}</span>"
    )
    chips = "".join(_chips(state))
    return head + chips + (f"<span class='wb-said'>{safe(said)}</span>" if said else "")


def works(state: ExplorerState) -> str:
    """What goes on beside the filters."""
    language = state.language
    return _work(state.judging, "judging", language, True) + _work(state.indexing, "indexing", language, False)


def _chips(state: ExplorerState) -> list[str]:
    language, chosen = state.language, state.selection
    made = [
        button(
            f"<bdi>{safe(value if field == 'outlets' else name(value, language))}</bdi> ×",
            f"chip-{field}-{value}",
            "wb-chip",
            toggle=[field, value],
        )
        for field in FACETS
        for value in getattr(chosen, field)
    ]
    if chosen.words:
        made.append(button(f"«<bdi>{safe(chosen.words)}</bdi>» ×", "chip-words", "wb-chip", select={"words": ""}))
    made += [
        button(
            f"{say(field, language)} <bdi>{short_date(getattr(chosen, field), language)}</bdi> ×",
            f"chip-{field}",
            "wb-chip",
            select={field: ""},
        )
        for field in ("since", "until")
        if getattr(chosen, field)
    ]
    if chosen.confidence:
        made.append(
            button(
                f"{say('confidence', language)} {percent(chosen.confidence, language)} ×",
                "chip-confidence",
                "wb-chip",
                select={"confidence": 0.0},
            )
        )
    return made


def _work(work: Work | None, key: str, language: Language, can_stop: bool) -> str:
    if work is None or work.status in ("waiting", "done"):
        return ""
    if work.status == "failed":
        return f"<span class='wb-work' role='alert' data-shape='{key}-failed'>{say('failed', language)}: <bdi>{safe(work.error)}</bdi></span>"
    at = f"{number(work.done, language)} {say('of', language)} {number(work.total, language)}"
    label = say("stopped" if work.status == "stopped" else key, language)
    end = ""
    if can_stop:
        end = (
            button(say("resume", language), "resume", resume=True)
            if work.status == "stopped"
            else button(say("stop", language), "stop", stop=True)
        )
    return f"<span class='wb-work' data-shape='{key}-{work.status}'>{label} <progress max='{work.total}' value='{work.done}' aria-label='{label}'></progress> <bdi>{at}</bdi>{end}</span>"
