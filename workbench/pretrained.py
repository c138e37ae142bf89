"""Models of the package ``transformers``: loaded when they are asked for, never running code that comes with a model."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from workbench.errors import ExtraError, ModelError

_LONGEST = 256


@dataclass(frozen=True, slots=True)
class Pretrained:
    """A sequence classifier and its tokenizer.

    Attributes
    ----------
    model : torch.nn.Module
    tokenizer : transformers.PreTrainedTokenizerFast
    """

    model: Any
    tokenizer: Any

    @classmethod
    def load(cls, name: str, labels: int | None = None) -> Self:
        """Load a model by name or path; one that is not on this machine is downloaded by ``transformers``.

        Parameters
        ----------
        name : str
        labels : int, optional
            Put a new head of so many outputs on an encoder.

        Raises
        ------
        ExtraError
            ``transformers`` or ``torch`` is not installed.
        ModelError
            The model cannot be had.
        """
        transformers = _transformers(name)
        more: dict[str, Any] = {} if labels is None else {"num_labels": labels, "ignore_mismatched_sizes": True}
        try:
            model = transformers.AutoModelForSequenceClassification.from_pretrained(
                name, trust_remote_code=False, use_safetensors=True, **more
            )
            tokenizer = transformers.AutoTokenizer.from_pretrained(name, trust_remote_code=False)
        except (OSError, ValueError) as error:
            raise ModelError(f"{name}: cannot be loaded by transformers ({str(error).splitlines()[0]})") from error
        return cls(model.eval(), tokenizer)

    def batch(self, texts: Sequence[str], others: Sequence[str]) -> Any:
        """Tokenize pairs of texts; the first of each pair is cut where both are too long."""
        return self.tokenizer(
            list(texts),
            list(others),
            truncation="only_first",
            max_length=self.longest,
            padding=True,
            return_tensors="pt",
        )

    @property
    def longest(self) -> int:
        """Pieces that the model can read, at most some hundreds."""
        return int(min(_LONGEST, getattr(self.model.config, "max_position_embeddings", _LONGEST) - 2))

    def logits(self, texts: Sequence[str], others: Sequence[str], batch: int = 16) -> NDArray[np.float64]:
        """Return logits of pairs, shape (n, labels)."""
        import torch

        found = []
        with torch.no_grad():
            for start in range(0, len(texts), batch):
                given = self.batch(texts[start : start + batch], others[start : start + batch])
                found.append(self.model(**given).logits.double().numpy())
        return np.concatenate(found) if found else np.zeros((0, self.model.config.num_labels))

    def letter_scores(self, text: str, other: str, direction: Sequence[float]) -> NDArray[np.float64]:
        """How much each code point of `text` speaks for a direction of the logits: gradient times input, piece by piece.

        References
        ----------
        Shrikumar et al. (2017), Learning Important Features Through Propagating Activation Differences, ICML.
        """
        import torch

        given = self.tokenizer(
            text,
            other,
            truncation="only_first",
            max_length=self.longest,
            return_tensors="pt",
            return_offsets_mapping=True,
        )
        places = given.pop("offset_mapping")[0].tolist()
        owners = given.sequence_ids(0)
        states = self.model.get_input_embeddings()(given.pop("input_ids")).detach().requires_grad_(True)
        logits = self.model(inputs_embeds=states, **given).logits[0]
        (logits @ torch.tensor(list(direction), dtype=logits.dtype)).backward()
        scores = (states.grad[0] * (states[0] - states[0].mean(dim=0))).sum(dim=-1).detach().double().numpy()
        found = np.zeros(len(text))
        for owner, (start, end), score in zip(owners, places, scores, strict=True):
            if owner == 0 and end > start:
                found[start:end] += score / (end - start)
        return found

    def saved(self) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
        """Return configuration and tokenizer as JSON, and the weights as arrays."""
        card = {"configuration": self.model.config.to_dict(), "tokenizer": self.tokenizer.backend_tokenizer.to_str()}
        card["marks"] = {
            name: token for name, token in self.tokenizer.special_tokens_map.items() if isinstance(token, str)
        }
        weights = {name: value.detach().cpu().numpy() for name, value in self.model.state_dict().items()}
        return json.loads(json.dumps(card, default=str)), weights

    @classmethod
    def restored(cls, card: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> Self:
        """Make the model again from what `saved` gave."""
        transformers = _transformers("a saved model")
        import tokenizers
        import torch

        settings = dict(card["configuration"])
        configuration = transformers.AutoConfig.for_model(settings.pop("model_type"), **settings)
        model = transformers.AutoModelForSequenceClassification.from_config(configuration, trust_remote_code=False)
        model.load_state_dict({name: torch.from_numpy(array) for name, array in arrays.items()})
        own = tokenizers.Tokenizer.from_str(card["tokenizer"])
        return cls(model.eval(), transformers.PreTrainedTokenizerFast(tokenizer_object=own, **card["marks"]))


def _transformers(what: str) -> Any:
    try:
        import torch  # noqa: F401 - transformers alone loads no model
        import transformers
    except ImportError as error:
        raise ExtraError(f"model {what!r}", "transformers") from error
    return transformers
