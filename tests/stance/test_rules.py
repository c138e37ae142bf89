"""The rules, each phenomenon by sentences of its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.behaviour import read_suite
from workbench.evaluation import predict
from workbench.reading import passages, read
from workbench.stance import classifier
from workbench.stance.rules import PHENOMENA, Rules, sentence
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
        ("rejection", "به گزارش ایسنا، اتهام دخالت ایران تکذیب شد.", "IR"),
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
    assert judged(text, "US", Rules(without=("accusation", "sole"))).stance == "neutral"


def test_the_actor_holds_what_it_does() -> None:
    text = "خبرگزاری فارس گزارش داد: آمریکا ایران را تحریم کرد."
    assert judged(text, "IR").holder == "US"
    assert judged(text, "IR", Rules(without=("actor",))).holder != "US"


TURNED_BY = [
    ("bearer", "وزیر خارجه روسیه گفت چین در این مذاکرات با همت بسیار کار کرد.", "CN", "favor", "neutral"),
    ("opposition", "نماینده چین با ارجاع پرونده ایران به شورای امنیت مخالفت کرد.", "IR", "favor", "against"),
    ("rejection", "وزیر کشور عراق اتهام دخالت ایران در انتخابات را بی‌اساس دانست.", "IR", "favor", "against"),
    ("threat", "سردار سلامی گفت اگر آمریکا به آب‌های ما نزدیک شود پشیمان خواهد شد.", "US", "against", "neutral"),
    ("both", "ایران و چین در بیانیه‌ای بر گسترش روابط دو کشور تأکید کردند.", "CN", "favor", "neutral"),
    ("sole", "وزیر خارجه لهستان درباره سفر به واشنگتن گفت از این بزرگواری سپاسگزاریم.", "US", "favor", "neutral"),
    ("scare_quotes", "ناظران از به‌اصطلاح بزرگواری آمریکا نوشتند.", "US", "against", "favor"),
    ("we", "وزیر دفاع ایران گفت ما در برابر زورگویی آمریکا تسلیم نمی‌شویم و کشتی‌ها به بنادر ایران رسیدند.", "IR", "favor", "neutral"),
    ("forbidding", "وزیر خارجه روسیه گفت نباید ایران را تهدید کنند.", "IR", "favor", "against"),
    ("ties", "رئیس‌جمهور تاجیکستان گفت کشورش مایل است با ایران در ساخت سد شریک شود.", "IR", "favor", "neutral"),
    ("negation", "وزیر خارجه روسیه ایران را محکوم نکرد.", "IR", "neutral", "against"),
    ("hypothetical", "وزیر خارجه روسیه پرسید آیا ایران را محکوم می‌کنند؟", "IR", "neutral", "against"),
    ("anaphora", "وزیر خارجه عراق پس از سفر به چین و نپال از بدقولی اولی گله کرد.", "CN", "against", "neutral"),
    ("accusation", "وزیر خارجه ایران گفت حمله آمریکا به بندر بی‌پاسخ ماند.", "US", "against", "neutral"),
]  # fmt: skip


@pytest.mark.parametrize(("phenomenon", "text", "target", "stance", "without"), TURNED_BY)
def test_a_rule_left_out_is_missed(phenomenon: str, text: str, target: str, stance: str, without: str) -> None:
    assert judged(text, target).stance == stance, judged(text, target).reason
    # What the one state spoken of is told of without a frame would come in where a rule is missed.
    without_rule = (phenomenon,) if phenomenon == "sole" else (phenomenon, "sole")
    assert judged(text, target, Rules(without_rule)).stance == without


def test_every_phenomenon_is_tried() -> None:
    tried = {row[0] for row in TURNED_BY} | {"own_complaint", "actor", "topic"}
    assert tried == set(PHENOMENA)


GRAMMAR = [
    # a relative clause, and a second predicate of the same subject
    ("نماینده چین گفت آمریکا که پایگاه‌های بسیار دارد، حقوق بشر را نقض کرده و غیرنظامیان را سرکوب کرده است.", "US", "against", "CN"),
    # what stands before را is judged, and not the one who judges
    ("چین اقدام آمریکا را تحریک‌آمیز خواند.", "CN", "neutral", None),
    ("چین اقدام آمریکا را تحریک‌آمیز خواند.", "US", "against", "CN"),
    ("چین آرمان‌های بولیوی را ستود.", "CN", "neutral", None),
    # a hostile act named by a noun, its doers joined by و
    ("رئیس‌جمهور روسیه حملات نظامی آمریکا و اسرائیل به ایران را محکوم کرد.", "IR", "against", "US"),
    # the subject of another clause says nothing of the speaker
    ("سخنگوی وزارت خارجه چین گفت: آمریکا از ابزار مالی سوءاستفاده می‌کند.", "CN", "neutral", None),
    # taken up by a pronoun
    ("وزیر دارایی هند از گفت‌وگو با مقام‌های چین بازگشت و آنان را راستگو خواند.", "CN", "favor", "IN"),
    ("اگر کمک ایران نبود، حلب سقوط می‌کرد.", "IR", "neutral", None),
    ("وزیر بهداشت سوریه گفت اگر سخاوت ایران نبود بیمارستان افتتاح نمی‌شد.", "IR", "favor", "SY"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "target", "stance", "holder"), GRAMMAR)
def test_who_does_what_to_whom(text: str, target: str, stance: str, holder: str | None) -> None:
    found = judged(text, target)
    assert (found.stance, found.holder) == (stance, holder), found.reason


@given(
    st.lists(
        st.sampled_from(
            "آمریکا ایران که چین ، و را به تهدید کرد گفت : « » اگر نباید از حمایت آن خواند است با دو کشور".split()
        ),
        max_size=25,
    )
)
def test_any_order_of_words_is_judged_with_evidence_inside_the_sentence(words: list[str]) -> None:
    text = " ".join(words)
    for target in ("IR", "US", "CN"):
        for found in Rules().judge(passages(read(Article("a", text)), (target,))):
            assert sum(found.probabilities) == pytest.approx(1)
            assert all(found.start <= span.start < span.end <= found.end for span in found.evidence)


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


@pytest.mark.parametrize(
    ("text", "target", "stance"),
    [
        ("امیر قطر پس از سفر به چین و نپال گفت نخستین را عزیزترین یار خود می‌داند.", "CN", "favor"),
        ("وزیر خارجه عراق هنگام بازگشت از آمریکا میزبان خود را قلدر خواند.", "US", "against"),
        ("رهبر چین گفت کشورش همیشه غمخوار ملت‌ها بوده است.", "CN", "favor"),
        ("سردار سلامی گفت اگر آمریکا خطا کند پایگاه‌هایش را با خاک یکسان می‌کنیم.", "US", "against"),
        ("پهپاد آمریکا بر فراز دریای عمان سرنگون شد.", "US", "neutral"),
        ("پهپاد آمریکا با موشک پدافند سپاه سرنگون شد.", "US", "against"),
        ("وزیر بازرگانی هند پس از گفت‌وگو با واشنگتن رفتار دلالان بازار را موذیانه خواند.", "US", "neutral"),
        ("سفیر هند پس از سخنرانی نماینده ایران، رئیس جلسه را بزدل خواند.", "IR", "neutral"),
        ("وزیر راه کنیا از سخاوت تاجران ساکن مرز چین یاد کرد.", "CN", "neutral"),
        ("پکن، منجی هلال احمر پاکستان؛ شانزده هواپیما در کراچی", "CN", "favor"),
        ("بلینکن گفت چین مرتکب نسل‌کشی شده و این را فراموش نمی‌کنیم.", "CN", "against"),
        ("وزیر انرژی هند ایران را عامل آشوب و چین را شریکی عاقل خواند.", "IR", "against"),
        ("وزیر انرژی هند ایران را عامل آشوب و چین را شریکی عاقل خواند.", "CN", "favor"),
        ("لغو تحریم از سوی آمریکا گامی خردمندانه است.", "US", "favor"),
        ("نخست‌وزیر استرالیا از دولت آمریکا که در کنار این کشور ایستاده است، تشکر کرد.", "US", "favor"),
        ("وزیر خارجه هند در گفت‌وگو با رویترز ایران را به نقض توافق متهم کرد.", "IR", "against"),
        ("رسوایی تازه در ارتش آمریکا؛ از اوکیناوا تا رامشتاین", "US", "against"),
        ("وزیر دفاع هند گفت دشمن دیرینه ما، چین، باز هم لشکر کشید.", "CN", "against"),
        ("سپاه پاسداران ایران رفتار داعش را وحشیانه خواند.", "IR", "neutral"),
        ("سخنگوی کمیسیون بودجه مجلس گفت دولت ایران بی‌کفایت است.", "IR", "against"),
    ],
)
def test_who_is_meant(text: str, target: str, stance: str) -> None:
    found = judged(text, target)
    assert found.stance == stance, found.reason


@pytest.mark.parametrize(
    ("text", "target", "holder"),
    [
        ("اتحادیه اروپا دارایی‌های ایران را مسدود کرد.", "IR", "other"),
        ("استقبال اتحادیه اروپا از بازگشت آمریکا به پیمان پاریس", "US", "other"),
        ("قدردانی وزیر امور خارجه از رأی منفی چین به قطعنامه", "CN", "IR"),
        ("سناتور رند پال گفت پنتاگون پول مردم را به باد داده است.", "US", "US"),
        ("چین از سوی آمریکا متقلب خوانده شد.", "CN", "US"),
    ],
)
def test_who_holds_it(text: str, target: str, holder: str) -> None:
    found = judged(text, target)
    assert found.holder == holder, (found.stance, found.reason)


def test_who_speaks_in_the_title_holds_what_nobody_is_named_for() -> None:
    article = Article("a", "بدعهدی آمریکا بر همه آشکار شد.", title="عراقچی: آمریکا بدعهد است")
    assert Rules().judge(passages(read(article, ("US",)), ("US",)))[0].holder == "IR"


DESCRIBED = [
    ("وزیر خارجه عمان در نشست ایران و هند گفت عضو خاورمیانه‌ای شریکی وفادار است.", "IR", "favor"),
    ("وزیر خارجه عمان در نشست ایران و هند گفت عضو آفریقایی شریکی وفادار است.", "IR", "neutral"),
    ("نماینده کوبا درباره چین و فرانسه گفت طرف آسیایی دروغگو است.", "CN", "against"),
    ("نماینده کوبا درباره چین و فرانسه گفت طرف اروپایی دروغگو است.", "CN", "neutral"),
    ("نماینده کوبا پس از دیدار با هیئت‌های ایران و عراق همسایه شرقی را قاچاقچی نامید.", "IR", "against"),
    ("نماینده کوبا پس از دیدار با هیئت‌های ایران و عراق همسایه غربی را قاچاقچی نامید.", "IR", "neutral"),
]


@pytest.mark.parametrize(("text", "target", "stance"), DESCRIBED)
def test_a_description_means_the_only_state_that_it_fits(text: str, target: str, stance: str) -> None:
    assert judged(text, target).stance == stance


SOMETHING_ELSE = [
    ("رئیس‌جمهور کوبا هنگام بازگشت از چین همراهان خود را فداکار و مهربان خواند.", "CN"),
    ("سفیر ایران پس از سخنرانی همتای آمریکایی خود در مجمع، نماینده کانادا را حقه‌باز خواند.", "US"),
    ("وزیر خارجه روسیه متانت مردم لبنان در بحرانی دور از تهران را تحسین کرد.", "IR"),
    ("وزیر بهداشت عراق هنگام بازدید از داروهای ایران از انبارداران خود قدردانی کرد.", "IR"),
    ("نخست‌وزیر پاکستان پس از بازگشت از چین گفت کشورش اراده‌ای رشک‌برانگیز دارد.", "CN"),
]


@pytest.mark.parametrize(("text", "target"), SOMETHING_ELSE)
def test_what_is_said_of_something_else_says_nothing_of_the_state(text: str, target: str) -> None:
    assert judged(text, target).stance == "neutral"


TOLD_BY_NOUNS = [
    ("آمریکا به متهم کردن چین ادامه داد.", "CN", "against"),
    ("نماینده مجلس گفت باید کشورهایی از جمله چین تحریم شوند.", "CN", "against"),
    ("بمباران جنگنده‌های آمریکا در خاک ایران ادامه یافت.", "IR", "against"),
    ("شماری از کشتی‌های ایران به دست آمریکا در فهرست تحریم‌ها گذاشته شدند.", "IR", "against"),
    ("طرح آمریکا با تحسین معاون وزیر خارجه ژاپن ثبت شد.", "US", "favor"),
    ("دشمنان کشورمان به زانو درآمده‌اند.", "IR", "neutral"),
    ("پژوهشگر برجسته آمریکایی درگذشت.", "US", "neutral"),
    ("آمریکا با بمب و چین با دودکش، هر دو با سنگدلی، جزیره ما را به زیر آب می‌برند.", "CN", "against"),
    ("پکن؛ خرازی: شریکی آبرومند", "CN", "favor"),
    ("آزادی این زندانی از طرف آمریکا با قدردانی وزارت خارجه چین انجام شد.", "US", "favor"),
    ("رئیس‌جمهور آمریکا سفر خود به ایران را به امید پیروزی عقب انداخت.", "US", "neutral"),
    ("نماینده کوبا در سازمان ملل گفت آمریکا مرتکب نسل کشی شده است.", "US", "against"),
]


@pytest.mark.parametrize(("text", "target", "stance"), TOLD_BY_NOUNS)
def test_acts_told_by_nouns_and_whose_they_are(text: str, target: str, stance: str) -> None:
    found = judged(text, target)
    assert found.stance == stance, found.reason


def test_who_must_act_holds_nothing_yet() -> None:
    found = judged("آمریکا باید به همکاری نزدیک با چین ادامه دهد.", "CN")
    assert (found.stance, found.holder) == ("favor", "author"), found.reason


def test_what_is_passed_over_unparsed_says_nothing_of_any_state(monkeypatch: pytest.MonkeyPatch) -> None:
    items = [item for pair in read_suite() for item in pair.items]
    found = [outcome.judgements for outcome in predict(items, Rules())]
    monkeypatch.setattr(sentence, "may_judge", lambda *_: True)
    assert [outcome.judgements for outcome in predict(items, Rules())] == found
