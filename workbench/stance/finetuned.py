"""`finetuned`: a transformers encoder trained on judged sentences, whole or from few examples.

References
----------
Tunstall et al. (2022), Efficient Few-Shot Learning Without Prompts (SetFit); Devlin et al. (2019), BERT.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from workbench.calibration import Scaling, fit_scaling, indices
from workbench.errors import ModelError
from workbench.pretrained import Pretrained
from workbench.saving import SavedModel
from workbench.stance.base import Learned, Look, directions
from workbench.targets import target
from workbench.types import STANCES, Passage, Stance

_DEFAULT = "FacebookAI/xlm-roberta-base"


@dataclass(frozen=True, slots=True)
class Examined:
    """Passages and their logits, shape (n, 3)."""

    look: Look
    logits: NDArray[np.float64]


class Finetuned(Learned):
    """Fine-tune a transformers encoder on sentences, the target named as a second text.

    Parameters
    ----------
    model : str
        Name or path of an encoder.
    few : bool
        Before the head is trained, bring sentences of one stance together and part those of different ones (as SetFit
        does): better with some dozens of examples, slower with thousands.
    epochs, batch : int
    rate : float
    seed : int
    """

    name = "finetuned 1"
    table_name = "finetuned"

    def __init__(
        self,
        model: str = _DEFAULT,
        few: bool = False,
        epochs: int = 3,
        batch: int = 16,
        rate: float = 2e-5,
        seed: int = 0,
    ) -> None:
        self.model = model
        self.few = few
        self.epochs = epochs
        self.batch = batch
        self.rate = rate
        self.seed = seed

    @classmethod
    def shipped(cls) -> Self:
        """Refuse: none is shipped.

        Raises
        ------
        ModelError
            Always; the message says how one is made.
        """
        raise ModelError(
            "classifier 'finetuned': none is shipped; train one (workbench train --classifier finetuned) and give its path"
        )

    def fit_look(
        self,
        look: Look,
        y: Sequence[str],
        groups: Sequence[str] | None = None,
        weights: ArrayLike | None = None,
    ) -> NDArray[np.float64]:
        """Fine-tune; a fifth of the groups is left out of the training and calibrates it."""
        from sklearn.model_selection import GroupShuffleSplit

        gold = indices(y)
        owners = np.asarray(groups if groups is not None else np.arange(len(gold)))
        train, test = next(GroupShuffleSplit(1, test_size=0.2, random_state=self.seed).split(gold, gold, owners))
        self.loaded_ = Pretrained.load(self.model, labels=len(STANCES))
        texts, others = _texts(look.passages)
        _train(self, self.loaded_, [texts[i] for i in train], [others[i] for i in train], gold[train])
        raw = self.loaded_.logits(texts, others)
        counts = None if weights is None else np.asarray(weights)[test]
        self.scaling_ = fit_scaling(raw[test], gold[test], counts)
        return self.scaling_(raw)

    def examine(self, look: Look) -> Examined:
        """Run the model."""
        return Examined(look, self.loaded_.logits(*_texts(look.passages)))

    def probabilities(self, examined: Examined) -> NDArray[np.float64]:
        """Calibrated softmax."""
        return self.scaling_(examined.logits)

    def word_scores(self, examined: Examined, asked: Sequence[tuple[int, Stance]]) -> list[NDArray[np.float64]]:
        """Gradient times input."""
        return [self._shares(examined, index, stance) for index, stance in asked]

    def _shares(self, examined: Examined, index: int, stance: Stance) -> NDArray[np.float64]:
        passage, seen = examined.look.passages[index], examined.look.seen[index]
        (text,), (other,) = _texts([passage])
        (direction,) = directions([stance]).tolist()
        letters = self.loaded_.letter_scores(text, other, direction)
        shift = passage.span.start
        return np.array([letters[word.start - shift : word.end - shift].sum() for word in seen.words])

    def saved(self) -> SavedModel:
        """Return configuration, tokenizer and weights; nothing of it runs when it is read."""
        card, weights = self.loaded_.saved()
        arrays: dict[str, NDArray[Any]] = {f"weights/{name}": array for name, array in weights.items()}
        arrays |= {"slope": np.array(self.scaling_.slope), "offset": self.scaling_.offset}
        return self._saved(arrays, **card)

    @classmethod
    def _restored(cls, model: SavedModel) -> Self:
        made = cls(**model.card["parameters"])
        prefix = "weights/"
        weights = {name.removeprefix(prefix): a for name, a in model.arrays.items() if name.startswith(prefix)}
        made.loaded_ = Pretrained.restored(model.card, weights)
        made.scaling_ = Scaling(float(model.arrays["slope"]), model.arrays["offset"])
        return made


def _texts(passages: Sequence[Passage]) -> tuple[list[str], list[str]]:
    """The sentences, and what each is asked about."""
    return [passage.text for passage in passages], [target(passage.target).names["fa"] for passage in passages]


def _train(
    recipe: Finetuned, loaded: Pretrained, texts: Sequence[str], others: Sequence[str], gold: NDArray[np.int64]
) -> None:
    import torch

    random = np.random.default_rng(recipe.seed)
    model = loaded.model
    optimiser = torch.optim.AdamW(model.parameters(), lr=recipe.rate, weight_decay=0.01)
    model.train()
    with torch.random.fork_rng():
        torch.manual_seed(recipe.seed)
        for near in (True, False) if recipe.few else (False,):
            for _ in range(recipe.epochs):
                order = random.permutation(len(texts))
                for start in range(0, len(order), recipe.batch):
                    chosen = order[start : start + recipe.batch]
                    given = loaded.batch([texts[i] for i in chosen], [others[i] for i in chosen])
                    truth = torch.from_numpy(gold[chosen])
                    loss = (
                        _apart(model, given, truth)
                        if near
                        else torch.nn.functional.cross_entropy(model(**given).logits, truth)
                    )
                    optimiser.zero_grad()
                    loss.backward()
                    optimiser.step()
    model.eval()


def _apart(model: Any, given: Any, truth: Any) -> Any:
    """Contrastive loss: mean states of one stance close, of two stances far."""
    import torch

    states = model(**given, output_hidden_states=True).hidden_states[-1]
    mask = given["attention_mask"][..., None]
    means = torch.nn.functional.normalize((states * mask).sum(dim=1) / mask.sum(dim=1), dim=-1)
    same = (truth[:, None] == truth[None, :]).to(means.dtype)
    return (((means @ means.T) - same) ** 2).mean()
