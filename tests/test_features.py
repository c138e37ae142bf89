"""Briefings: numbers of a passage, and the words behind them."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.features import Briefing
from workbench.stance.base import Look
from workbench.training import Labelled, training_set

TEXTS = {
    "US": "سخنگوی وزارت خارجه ایران تحریم‌های ظالمانه آمریکا را محکوم کرد و از چین به خاطر حمایتش تشکر کرد.",
    "CN": "سخنگوی وزارت خارجه ایران تحریم‌های ظالمانه آمریکا را محکوم کرد و از چین به خاطر حمایتش تشکر کرد.",
    "IR": "هیئتی از ایران دیروز وارد پکن شد.",
}


@pytest.mark.parametrize("target", TEXTS)
def test_what_the_numbers_weigh_is_shared_among_the_words_behind_them(target: str) -> None:
    look = Look.at(training_set([Labelled("1", TEXTS[target], target, "neutral")]).passages)
    ((passage, seen, judged, cues),) = look
    briefing = Briefing.of(passage, seen, judged, cues)
    weights = np.random.default_rng(0).standard_normal(len(briefing.values))
    frame = slice(7, 21)  # it speaks of the sentence as a whole
    weights[frame] = 0
    if not judged.evidence:
        weights[:7] = 0
    scores = briefing.word_scores(weights, len(seen.words))
    assert scores.sum() == pytest.approx(briefing.values @ weights)
    behind = {index for cue in cues for index in range(cue.first, cue.last + 1)}
    assert set(np.flatnonzero(scores)) <= behind | {
        index for index, word in enumerate(seen.words) if any(s.start <= word.start < s.end for s in judged.evidence)
    }
    assert bool(judged.evidence) == (target != "IR")
