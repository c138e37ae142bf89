"""`llm`: any language model behind an OpenAI-compatible URL, asked in several ways; every answer is checked and kept.

The article's text travels as a JSON string in a message of its own. An answer counts only when it is one JSON object with a
known stance and holder, the question's key, and evidence that stands in the sentence word for word. What does not count is
no label: the passage is judged with equal probabilities, says so in its reason, and is counted in `report_`.
"""

from __future__ import annotations

import json
import os
import re
import threading
import unicodedata
import warnings
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin

from workbench.answers import AnswerStore
from workbench.errors import ServiceError
from workbench.seeds import seed_path
from workbench.service import Service
from workbench.targets import target
from workbench.types import STANCES, Judgement, Passage, Span, Stance
from workbench.views import view

HOLDERS = ("IR", "US", "CN", "author", "other")
_PROPERTIES: dict[str, Any] = {
    "key": {"type": "string"},
    "stance": {"type": "string", "enum": [str(stance) for stance in STANCES]},
    "holder": {"type": ["string", "null"], "enum": [*HOLDERS, None]},
    "evidence": {"type": "array", "items": {"type": "string"}, "maxItems": 3},
}
_SCHEMA = {
    "type": "object",
    "properties": _PROPERTIES,
    "required": list(_PROPERTIES),
    "additionalProperties": False,
}
_FIELDS = set(_PROPERTIES)
_LONGEST_ANSWER = 400
# Words that speak to a model rather than to a reader; such a passage is left to a person and never sent.
_ADDRESSES_A_MODEL = re.compile(
    r"""ignore\s+(?:all|any|the|your|previous|prior|above)|disregard\s+(?:all|the|your|previous|above)|system\s*prompt|as\s+an\s+ai
    |<\|[a-z_]+\|>|\[/?INST\]|"(?:stance|holder|evidence)"\s*:|(?:stance|role)\s*[:=]\s*"?(?:favor|against|neutral|system|assistant)
    |(?:دستور|دستورالعمل|راهنمایی|پیام)\w*[\s\u200c]*(?:ها|های)?\s+(?:قبلی|پیشین|بالا|سیستم)|نادیده\s+بگیر(?:ید)?\s+(?:دستور|همه\s+دستور)
    |(?:پاسخ|جواب|برچسب)\s+(?:بده|دهید|بزن|بزنید)\s*[:«"]|تو\s+(?:یک\s+)?(?:مدل|هوش\s+مصنوعی)""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run would ask.

    Attributes
    ----------
    passages : int
    calls : int
        Questions that no kept answer covers; a rejected answer is asked for once more, which is not counted here.
    kept : int
        Questions that are answered already.
    tokens : int
        Of those calls, question and answer, guessed at three characters a token.
    cost : float or None
        By the price given.
    """

    passages: int
    calls: int
    kept: int
    tokens: int
    cost: float | None


@dataclass(frozen=True, slots=True)
class _Answer:
    stance: Stance
    holder: str | None
    evidence: tuple[Span, ...]


class Llm(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Ask a language model.

    Parameters
    ----------
    url, model : str, optional
        ``WORKBENCH_LLM_URL`` and ``WORKBENCH_LLM_MODEL`` of the environment when absent. The key, where one is needed, is read
        from ``WORKBENCH_LLM_KEY`` and kept nowhere.
    prompts : tuple of str
        Files of `seeds/prompts/` without their ending, or paths; each is asked, and all count alike.
    folder : path, optional
        Where answers are kept; ``WORKBENCH_LLM_ANSWERS``, or ``llm-answers`` where one stands, when absent.
    offline : bool
        Ask nothing: only kept answers count.
    most_calls : int, optional
        A run that would ask more is refused before it starts.
    price : float, optional
        Of a million tokens, for `estimate`.
    jobs : int
        Questions under way at once.
    service : Service, optional
        How to ask, in place of one made from `url`.

    Attributes
    ----------
    report_ : dict
        Of the last call of `judge`: ``questions``, ``kept``, ``asked``, ``invalid`` (questions without a valid answer),
        ``invalid_share``, ``withheld`` (passages that speak to a model), ``disagreements`` (passages whose prompts differ).
    """

    name = "llm 1"

    def __init__(
        self,
        url: str | None = None,
        model: str | None = None,
        prompts: Sequence[str] = ("fa", "en"),
        folder: str | Path | None = None,
        offline: bool = False,
        most_calls: int | None = None,
        price: float | None = None,
        jobs: int = 4,
        service: Service | None = None,
    ) -> None:
        self.url = url
        self.model = model
        self.prompts = prompts
        self.folder = folder
        self.offline = offline
        self.most_calls = most_calls
        self.price = price
        self.jobs = jobs
        self.service = service

    def fit(self, X: Sequence[Passage], y: Sequence[str]) -> Any:  # noqa: N803
        """Do nothing: the model is what it is."""
        del X, y
        return self

    def predict_proba(self, X: Sequence[Passage]) -> NDArray[np.float64]:  # noqa: N803
        """Return probabilities of shape (n, 3) in the order of `STANCES`."""
        return np.array([judgement.probabilities for judgement in self.judge(X)]).reshape(-1, len(STANCES))

    def predict(self, X: Sequence[Passage]) -> NDArray[np.str_]:  # noqa: N803
        """Return one stance per passage."""
        return np.array([str(judgement.stance) for judgement in self.judge(X)])

    def estimate(self, X: Sequence[Passage]) -> Estimate:  # noqa: N803
        """Say what judging `X` would ask, without asking."""
        store = self._store()
        questions = {AnswerStore.key(question): question for passage in X for question in self._questions(passage)}
        new = [question for key, question in questions.items() if store.get(key) is None]
        tokens = sum(len(json.dumps(question, ensure_ascii=False)) // 3 + _LONGEST_ANSWER // 3 for question in new)
        cost = None if self.price is None else tokens * self.price / 1e6
        return Estimate(len(X), len(new), len(questions) - len(new), tokens, cost)

    def judge(self, X: Sequence[Passage]) -> list[Judgement]:  # noqa: N803
        """Return one judgement per passage, in order.

        Raises
        ------
        ServiceError
            The run would ask more than `most_calls`, or the server does not answer; what was answered is kept, and the same
            call goes on from there.
        """
        if not self.offline and self.most_calls is not None:
            estimate = self.estimate(X)
            if estimate.calls > self.most_calls:
                raise ServiceError(
                    f"llm: {estimate.calls} calls needed, about {estimate.tokens} tokens; allowed are {self.most_calls}"
                )
        asked = {AnswerStore.key(q): q for passage in X for q in self._questions(passage)}
        told = self._answers(list(asked.values()))
        answers = dict(zip(asked, (answer for answer, _ in told), strict=True))
        judgements = [self._judgement(passage, answers) for passage in X]
        questions = [AnswerStore.key(question) for passage in X for question in self._questions(passage)]
        invalid = sum(self._valid(answers[key], asked[key]) is None for key in questions)
        self.report_ = {
            "questions": len(questions),
            "kept": len(told) - sum(calls > 0 for _, calls in told),
            "asked": sum(calls for _, calls in told),
            "invalid": invalid,
            "invalid_share": invalid / len(questions) if questions else 0.0,
            "withheld": sum(_speaks_to_a_model(passage) for passage in X),
            "disagreements": sum("prompts differ" in judgement.reason for judgement in judgements),
        }
        if invalid or self.report_["withheld"]:
            warnings.warn(
                f"llm: {invalid} of {len(questions)} answers invalid, {self.report_['withheld']} passages withheld; "
                "they carry equal probabilities and say so in their reason",
                stacklevel=2,
            )
        return judgements

    def _questions(self, passage: Passage) -> list[dict[str, Any]]:
        """One question per prompt; none for what speaks to a model."""
        if _speaks_to_a_model(passage):
            return []
        state = target(passage.target)
        material: dict[str, Any] = {
            "target": {"name": state.names.get("fa", passage.target), "code": passage.target},
            "sentence": _readable(passage.text),
        }
        if passage.document.article.title:
            material["title"] = _readable(passage.document.article.title)
        material["key"] = AnswerStore.key(material)[:12]
        return [{"model": self._model(), "prompt": _prompt(prompt), "material": material} for prompt in self.prompts]

    def _answers(self, questions: list[dict[str, Any]]) -> list[tuple[str | None, int]]:
        """Ask side by side; after the first question that fails no other is begun."""
        stopped = threading.Event()

        def one(question: dict[str, Any]) -> tuple[str | None, int]:
            if stopped.is_set():
                return None, 0
            try:
                return self._answer(question)
            except BaseException:
                stopped.set()
                raise

        with ThreadPoolExecutor(max(1, self.jobs)) as pool:
            return list(pool.map(one, questions))

    def _answer(self, question: dict[str, Any]) -> tuple[str | None, int]:
        """The answer as it came, kept or new, and how many calls it took; one that is not valid is asked for once more."""
        store = self._store()
        answer, calls = None, 0
        for attempt in range(2):
            key = AnswerStore.key(question if attempt == 0 else question | {"attempt": attempt})
            answer = store.get(key)
            if answer is None and not self.offline:
                answer = self._ask(question)
                store.put(key, answer)
                calls += 1
            if self._valid(answer, question) is not None:
                break
        return answer, calls

    def _ask(self, question: dict[str, Any]) -> str:
        body = {
            "model": question["model"],
            "messages": [
                {"role": "system", "content": question["prompt"]},
                {"role": "user", "content": json.dumps(question["material"], ensure_ascii=False)},
            ],
            "temperature": 0,
            "seed": 0,
            "max_tokens": _LONGEST_ANSWER,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "stance", "strict": True, "schema": _SCHEMA},
            },
        }
        answer = self._asker().post("chat/completions", body)
        try:
            content = answer["choices"][0]["message"]["content"]
        except (KeyError, IndexError, TypeError):
            content = None
        return content if isinstance(content, str) else json.dumps(answer, ensure_ascii=False)

    def _valid(self, answer: str | None, question: dict[str, Any]) -> _Answer | None:
        """Read an answer; None unless it keeps every rule. Offsets are into the sentence as it was sent."""
        try:
            row = json.loads(answer or "")
            stance, holder, evidence = Stance(row["stance"]), row["holder"], row["evidence"]
            sentence = question["material"]["sentence"]
            if set(row) != _FIELDS or row["key"] != question["material"]["key"]:
                return None
            if (holder is None) != (stance is Stance.NEUTRAL) or (holder is not None and holder not in HOLDERS):
                return None
            if not isinstance(evidence, list) or len(evidence) > 3 or bool(evidence) == (stance is Stance.NEUTRAL):
                return None
            spans = []
            for quotation in evidence:
                place = sentence.find(quotation) if quotation.strip() else -1
                if place < 0:
                    return None
                spans.append(Span(place, place + len(quotation)))
        except (ValueError, KeyError, TypeError, AttributeError):
            return None
        return _Answer(stance, holder, tuple(sorted(set(spans))))

    def _judgement(self, passage: Passage, answers: dict[str, str | None]) -> Judgement:
        questions = self._questions(passage)
        read = [self._valid(answers[AnswerStore.key(question)], question) for question in questions]
        valid = [answer for answer in read if answer is not None]
        seen = view(passage)
        if not questions:
            reason = "withheld from the model: the passage speaks to a model; left to a person"
        elif not valid:
            reason = f"no valid answer to {len(questions)} questions; left to a person"
        else:
            told = [
                f"{prompt}: {answer.stance if answer else 'invalid'}"
                for prompt, answer in zip(self.prompts, read, strict=True)
            ]
            reason = "; ".join(told) + ("; prompts differ" if len({answer.stance for answer in valid}) > 1 else "")
        counts = np.array([sum(answer.stance is stance for answer in valid) for stance in STANCES], dtype=float)
        shares = (counts + 0.2) / (counts.sum() + 0.6) if valid else np.full(3, 1 / 3)
        # Where the prompts are divided equally, or nothing is known, the cautious stance is named.
        order = (1, 0, 2)
        stance = STANCES[max(order, key=lambda index: (round(float(shares[index]), 9), index == 1))]
        agreeing = [answer for answer in valid if answer.stance is stance]
        shift = passage.span.start
        evidence = sorted(
            {Span(span.start + shift, span.end + shift) for answer in agreeing for span in answer.evidence}
        )
        favor, neutral, against = shares.tolist()
        return Judgement(
            article_id=passage.document.article.article_id,
            sentence=passage.sentence,
            start=passage.span.start,
            end=passage.span.end,
            target=passage.target,
            stance=stance,
            probabilities=(favor, neutral, against),
            holder=next((answer.holder for answer in agreeing), None),
            mentions=tuple(Span(mention.start, mention.end) for mention in passage.mentions),
            evidence=tuple(evidence),
            classifier=f"{self.name} {self._model()}",
            voice=seen.speech.voice if seen.speech else "outlet",
            speaker=seen.speech.speaker if seen.speech else None,
            reason=reason,
        )

    def _model(self) -> str:
        return self.model or os.environ.get("WORKBENCH_LLM_MODEL") or "default"

    def _store(self) -> AnswerStore:
        return AnswerStore(Path(self.folder or os.environ.get("WORKBENCH_LLM_ANSWERS") or "llm-answers"))

    def _asker(self) -> Service:
        if self.service is not None:
            return self.service
        url = self.url or os.environ.get("WORKBENCH_LLM_URL")
        if not url:
            raise ServiceError("classifier 'llm': no url given and WORKBENCH_LLM_URL is not set")
        return Service(url, os.environ.get("WORKBENCH_LLM_KEY"))


def _speaks_to_a_model(passage: Passage) -> bool:
    title = passage.document.article.title or ""
    return any(_ADDRESSES_A_MODEL.search(unicodedata.normalize("NFKC", text)) for text in (passage.text, title))


def _readable(text: str) -> str:
    """The text, each control and steering mark but the half-space as a space: places stay what they are."""
    return "".join(
        " " if unicodedata.category(letter) in {"Cc", "Cf", "Co", "Cs"} and letter != "\u200c" else letter
        for letter in text
    )


def _prompt(name: str) -> str:
    path = Path(name) if Path(name).suffix else seed_path("prompts", f"{name}.txt")
    return path.read_text("utf8")
