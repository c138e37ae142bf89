"""The nouns of the workbench as frozen data classes: where meaning lives before counting begins.

All offsets are half-open code-point offsets into the raw text of one article, which is never rewritten.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Stance(StrEnum):
    """How a sentence stands toward a target."""

    FAVOR = "favor"
    NEUTRAL = "neutral"
    AGAINST = "against"


STANCES: tuple[Stance, ...] = tuple(Stance)
"""Column order of every probability array of shape (n, 3): favor, neutral, against."""

Voice = Literal["outlet", "quoted"]
Commitment = Literal["plain", "endorsing", "distancing"]


class Span(NamedTuple):
    """Half-open code-point offsets into a raw text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the slice of `text` that the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it was read; `text` is the body code point for code point.

    Of a web page besides: ``rutitr`` (the line over the title), ``lead``, ``category``, ``tags`` (parted by '، ') and
    ``read_by``, which tells how the article was found in it (``site mehr``, ``trafilatura``, ``feed``).
    """

    article_id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    published: datetime | None = None
    published_raw: str | None = None
    url: str | None = None
    rutitr: str | None = None
    lead: str | None = None
    category: str | None = None
    tags: str | None = None
    read_by: str | None = None


def stable_id(*parts: str | None) -> str:
    """Return an id that the same source gives again."""
    return (
        "a"
        + hashlib.sha256("\x1f".join(part or "" for part in parts).encode("utf-8", "surrogatepass")).hexdigest()[:15]
    )


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an article speaks of a target.

    Attributes
    ----------
    start, end : int
        Offsets into the raw text of the article (or of the sentence given).
    target : str
        ISO 3166-1 alpha-2 code of the state.
    kind : str
        Why the words stand for the state: ``name``, ``demonym``, ``capital``, ``government``, ``forces``,
        ``office``, ``byname`` or ``anaphor`` (a second mention such as 'این کشور').
    """

    start: int
    end: int
    target: str
    kind: str


@dataclass(frozen=True, slots=True)
class Speech:
    """A stretch of text and whose words it holds.

    Attributes
    ----------
    start, end : int
        Offsets of what is said.
    holder : str
        ISO code of the speaker's state, ``other`` (any other state, body or person) or ``author`` (the outlet).
    speaker, cue : Span or None
        The words that name the speaker, and those that say that he speaks ('گفت', a colon, 'به گزارش').
    voice : {'outlet', 'quoted'}
        Whether the outlet speaks or somebody it quotes, directly or indirectly.
    commitment : {'plain', 'endorsing', 'distancing'}
        How the outlet's verb of saying stands to what is said ('گفت', 'تأکید کرد', 'مدعی شد').
    """

    start: int
    end: int
    holder: str
    speaker: Span | None = None
    cue: Span | None = None
    voice: Voice = "quoted"
    commitment: Commitment = "plain"


class Token(Protocol):
    """A word or mark with its place in the raw text.

    ``text`` is normalised with half-spaces restored; ``parts`` are the stem and its clitics with offsets of their own.
    """

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def lemma(self) -> str: ...


class Tokenizer(Protocol):
    """Cut a raw text into tokens in reading order, without overlap."""

    def __call__(self, text: str, /) -> Sequence[Token]: ...


@dataclass(frozen=True, slots=True)
class Document:
    """An article that has been read: its sentences and tokens, who is spoken of and who speaks.

    Attributes
    ----------
    article : Article
    sentences : tuple of Span
        In reading order; boilerplate lines ('انتهای پیام') are not among them.
    tokens : tuple of Token
        In reading order, over the whole text.
    mentions : tuple of Mention
        In reading order.
    speeches : tuple of Speech
        In reading order; they may nest. What no speech covers is the outlet's own voice.
    """

    article: Article
    sentences: tuple[Span, ...]
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    speeches: tuple[Speech, ...] = ()

    @property
    def text(self) -> str:
        """The raw text of the article."""
        return self.article.text


@dataclass(frozen=True, slots=True)
class Passage:
    """What a stance classifier judges: one sentence of a document and one target that it mentions.

    Attributes
    ----------
    document : Document
    sentence : int
        0-based index into ``document.sentences``.
    target : str
        ISO code.
    mentions : tuple of Mention
        The target's mentions in this sentence.
    """

    document: Document
    sentence: int
    target: str
    mentions: tuple[Mention, ...]

    @property
    def span(self) -> Span:
        """Offsets of the sentence in the raw text."""
        return self.document.sentences[self.sentence]

    @property
    def text(self) -> str:
        """The raw sentence."""
        return self.span.of(self.document.text)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The stance of one sentence toward one target, by a person or a machine.

    Attributes
    ----------
    article_id : str
    sentence : int
        0-based, in reading order.
    start, end : int
        Offsets of the sentence.
    target : str
    stance : Stance
    probabilities : tuple of float
        Favor, neutral, against; sums to 1.
    holder : str or None
        ISO code, ``author`` or ``other``; None for neutral.
    mentions, evidence : tuple of Span
        Offsets of the target's mentions and of the words that decided.
    classifier : str
        Name and version of who judged.
    voice : {'outlet', 'quoted'}
    speaker : Span or None
        The words that name the speaker, when somebody is quoted.
    reason : str
        One readable line: why.
    """

    article_id: str
    sentence: int
    start: int
    end: int
    target: str
    stance: Stance
    probabilities: tuple[float, float, float]
    holder: str | None = None
    mentions: tuple[Span, ...] = ()
    evidence: tuple[Span, ...] = ()
    classifier: str = ""
    voice: Voice = "outlet"
    speaker: Span | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reject:
    """An article or file that could not be used, and why."""

    source: str
    reason: str
    article_id: str | None = None


class StanceClassifier(Protocol):
    """The signature of a member of `workbench.stance`; scikit-learn conventions over passages.

    ``predict_proba`` has shape (n, 3) in the order of `STANCES`; ``judge`` gives one judgement per passage, in order.
    """

    name: str

    def fit(self, X: Sequence[Passage], y: Sequence[str], /) -> Any: ...  # noqa: N803
    def predict(self, X: Sequence[Passage], /) -> NDArray[np.str_]: ...  # noqa: N803
    def predict_proba(self, X: Sequence[Passage], /) -> NDArray[np.float64]: ...  # noqa: N803
    def judge(self, X: Sequence[Passage], /) -> list[Judgement]: ...  # noqa: N803


@dataclass(frozen=True, slots=True)
class Target:
    """A state that articles speak of, as `seeds/targets/<CODE>.toml` describes it.

    Attributes
    ----------
    code : str
        ISO 3166-1 alpha-2.
    names : dict of str to str
        Its name by language, for the screen: ``fa`` and ``en``.
    aliases : dict of str to tuple of str
        Kind of alias (see `Mention`) to the spellings that stand for the state, half-spaces as they should be.
    exclusions : tuple of str
        Phrases that hold an alias and are not the state.
    """

    code: str
    names: dict[str, str]
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    exclusions: tuple[str, ...] = ()
