"""The rules, each phenomenon by sentences of its own."""

from __future__ import annotations

import pytest

from workbench.reading import passages, read
from workbench.stance import classifier
from workbench.stance.rules import PHENOMENA, Rules
from workbench.types import Article, Judgement


def judged(text: str, target: str, rules: Rules | None = None) -> Judgement:
    return (rules or Rules()).judge(passages(read(Article("a", text), (target,)), (target,)))[0]


CASES = [
    ("وزیر خارجه چین تحریم‌های آمریکا را محکوم کرد.", "US", "against", "CN"),
    ("وزیر خارجه ایران از حمایت چین قدردانی کرد.", "CN", "favor", "IR"),
    ("پکن از حقوق قانونی ایران حمایت می‌کند.", "IR", "favor", "CN"),
    ("سخنگوی کاخ سفید ایران را تهدید کرد.", "IR", "against", "US"),
    ("آمریکا چین را به جاسوسی متهم کرد.", "CN", "against", "US"),
    ("فرمانده ارتش ایران گفت: اقتدار ایران بی‌نظیر است.", "IR", "favor", "IR"),
    ("جنایات آمریکا فراموش نمی‌شود.", "US", "against", "author"),
    ("به گفته وزیر دفاع ایران، زورگویی آمریکا ادامه دارد.", "US", "against", "IR"),
    ("نشست ایران و چین در ژنو برگزار شد.", "IR", "neutral", None),
    ("هیئت چینی وارد تهران شد.", "CN", "neutral", None),
    ("زلزله‌ای غرب چین را لرزاند.", "CN", "neutral", None),
    ("وزیر خارجه روسیه از مواضع ایران تمجید کرد.", "IR", "favor", "RU"),
    ("مرگ بر آمریکا", "US", "against", "author"),
    ("وزير دفاع چين از ايران حمايت ميكند.", "IR", "favor", "CN"),
]


@pytest.mark.parametrize(("text", "target", "stance", "holder"), CASES)
def test_stance_and_holder(text: str, target: str, stance: str, holder: str | None) -> None:
    found = judged(text, target)
    assert (found.stance, found.holder) == (stance, holder), found.reason


@pytest.mark.parametrize(
    ("phenomenon", "text", "target"),
    [
        ("topic", "کارشناسان درباره حمله به ایران بحث کردند.", "IR"),
        ("negation", "چین ایران را تهدید نکرد.", "IR"),
        ("rejection", "وزیر خارجه روسیه تهدید ایران را بی‌اساس خواند و رد کرد.", "IR"),
        ("hypothetical", "اگر آمریکا به ایران حمله کند، همه زیان می‌بینند.", "IR"),
        ("own_complaint", "سخنگوی وزارت خارجه ایران گفت: آن‌ها به ایران حمله کردند.", "IR"),
    ],
)
def test_a_phenomenon_is_neutral_with_its_rule_and_not_without(phenomenon: str, text: str, target: str) -> None:
    assert judged(text, target).stance == "neutral"
    assert judged(text, target, Rules(without=(phenomenon,))).stance == "against"


def test_a_speaker_who_tells_of_a_hostile_act_blames_its_doer() -> None:
    text = "وزیر خارجه ایران گفت: حمله آمریکا به بندر هنوز پاسخ نگرفته است."
    assert (judged(text, "US").stance, judged(text, "US").holder) == ("against", "IR")
    assert judged(text, "US", Rules(without=("accusation",))).stance == "neutral"


def test_the_actor_holds_what_it_does() -> None:
    text = "خبرگزاری فارس گزارش داد: آمریکا ایران را تحریم کرد."
    assert judged(text, "IR").holder == "US"
    assert judged(text, "IR", Rules(without=("actor",))).holder != "US"
    assert set(PHENOMENA) == {"negation", "rejection", "hypothetical", "own_complaint", "actor", "accusation", "topic"}


@pytest.mark.parametrize("text", [case[0] for case in CASES])
def test_evidence_stands_in_the_sentence_and_in_the_reason(text: str) -> None:
    for target in ("IR", "US", "CN"):
        for found in Rules().judge(passages(read(Article("a", text)), (target,))):
            assert sum(found.probabilities) == pytest.approx(1)
            assert all(0 <= p <= 1 for p in found.probabilities)
            for span in found.evidence:
                assert span.of(text) in found.reason
            assert bool(found.evidence) == (found.stance != "neutral")


def test_every_classifier_of_the_table_judges_in_order() -> None:
    from workbench.stance import available

    found = passages(read(Article("a", "ایران و چین و آمریکا. چین آمد.")))
    for name in available():
        judgements = classifier(name).judge(found)
        assert [(j.sentence, j.target) for j in judgements] == [(p.sentence, p.target) for p in found]
        assert classifier(name).predict_proba(found).shape == (len(found), 3)
