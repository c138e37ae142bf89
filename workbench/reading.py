"""An article to a document: its sentences and tokens, who is spoken of and who speaks; and a document to passages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from workbench.holders import find_speeches
from workbench.mentions import find_mentions
from workbench.speakers import is_foreign
from workbench.targets import DEFAULT_TARGETS, target
from workbench.text import Token, sentences, tokens
from workbench.types import Article, Document, Mention, Passage, Span, Speech

# Lines that close or surround an article on the outlets' pages and say nothing of their own.
_BOILERPLATE = re.compile(
    r"""^\W*(?:انتها[یي]\s+(?:پ[یي]ام|خبر|گزارش|مطلب)|پا[یي]ان\s+پ[یي]ام|(?:عکس|منبع|برچسب(?:\s?ها)?|لینک\s+کوتاه|کد\s+خبر)\s*[:/])
    [^.!؟]{0,60}$""",
    re.VERBOSE,
)


def read(article: Article, targets: Sequence[str] = DEFAULT_TARGETS) -> Document:
    """Read an article.

    Parameters
    ----------
    article : Article
    targets : sequence of str
        Checked here, so that a wrong code fails before the work; mentions of all states are kept, for speakers are found
        by them.

    Returns
    -------
    Document

    Raises
    ------
    UnknownNameError
        No state has such a code.
    """
    for code in targets:
        target(code)
    text = article.text
    spans = tuple(span for span in sentences(text) if not _BOILERPLATE.match(span.of(text)))
    words = tuple(tokens(text))
    mentions = find_mentions(words, spans)
    speeches = find_speeches(spans, words, mentions, article.title)
    return Document(article, spans, words, _own_of_speakers(mentions, speeches, words), speeches)


def _own_of_speakers(
    mentions: tuple[Mention, ...], speeches: tuple[Speech, ...], words: Sequence[Token]
) -> tuple[Mention, ...]:
    """Give 'our country' to the state of him who says it; where he is another state's, it is not the state of the alias."""
    if not any(mention.kind == "own" for mention in mentions):
        return mentions
    found = []
    for mention in mentions:
        if mention.kind == "own":
            speech = next((s for s in speeches if s.start <= mention.start < s.end and s.speaker is not None), None)
            told = speech is not None and (speech.cue is None or mention.start > speech.cue.end)
            own = _state_of(speech.speaker, mentions) if told and speech and speech.speaker else None
            if own is None and told and speech and len(speech.holder) == len(mention.target):
                own = speech.holder
            if own is None and told and speech and _is_foreign(speech, words):
                continue  # 'کشورمان' of one who is known to be of none of the states listed
            if own is not None and own != mention.target:
                mention = replace(mention, target=own)
        found.append(mention)
    return tuple(found)


def _is_foreign(speech: Speech, words: Sequence[Token]) -> bool:
    """Whether the speaker is known by name, and as nobody of a state that has a code."""
    span = speech.speaker
    return span is not None and is_foreign([word.form.key for word in words if span.start <= word.start < span.end])


def _state_of(speaker: Span, mentions: tuple[Mention, ...]) -> str | None:
    """The state that the words for a speaker name."""
    return next((m.target for m in mentions if speaker.start <= m.start < speaker.end and m.kind != "own"), None)


def passages(document: Document, targets: Sequence[str] = DEFAULT_TARGETS) -> list[Passage]:
    """List what there is to judge: each sentence with each target that it mentions, in reading order."""
    found: list[Passage] = []
    mentions = document.mentions
    at = 0
    for index, span in enumerate(document.sentences):
        while at < len(mentions) and mentions[at].start < span.start:
            at += 1
        here = []
        while at < len(mentions) and mentions[at].start < span.end:
            here.append(mentions[at])
            at += 1
        named = {mention.target for mention in here}
        for code in targets:
            if code in named:
                own = tuple(mention for mention in here if mention.target == code)
                found.append(Passage(document, index, code, own))
    return found
