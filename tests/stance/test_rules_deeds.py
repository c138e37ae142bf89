"""Deeds: who does one, who suffers it, what 'this deed' is called; help remembered, ties told far apart, and what news says in asides."""

from __future__ import annotations

import pytest

from workbench.reading import passages, read
from workbench.stance.rules import Rules
from workbench.types import Article, Judgement


def judged(text: str, target: str) -> Judgement:
    return Rules().judge(passages(read(Article("a", text), (target,)), (target,)))[0]


CASES = [
    # who suffers a deed is not blamed by whom condemns it, who does it is
    ("وزیر خارجه عمان ترور دانشمندان ایران را محکوم کرد.", "IR", "favor"),
    ("وزیر خارجه عمان تحریم ایران را محکوم کرد.", "IR", "favor"),
    ("وزیر خارجه عمان تحریم‌های آمریکا را محکوم کرد.", "US", "against"),
    ("اتحادیه آفریقا حملات آمریکا به خاک یمن را محکوم کرد.", "US", "against"),
    ("پارلمان مالزی بیانیه‌ای داد که در آن یورش آمریکا به بندر محکوم شده است.", "US", "against"),
    # 'this deed' is that of its agent, of the one behind its noun, or of the subject before
    ("سخنگوی دولت هند درباره توقیف یک کشتی به دست گارد ساحلی چین این اقدام را غیرقانونی دانست.", "CN", "against"),
    ("پس از ورود سربازان چین به دره، دولت هند این رفتار را به شدت محکوم کرد.", "CN", "against"),
    # a siege or a seizure with its agent
    ("محاصره بندرهای ایران از سوی ناوگان آمریکا ادامه دارد.", "IR", "against"),
    ("نویسنده کتاب محاصره بندرهای ایران را در سه فصل شرح می‌دهد.", "IR", "neutral"),
    # an object and its verb far apart
    ("ارتش آمریکا انبارهای ایران را که در ساحل ساخته شده بود هدف قرار داد.", "IR", "against"),
    ("وزارت دارایی آمریکا شماری از بانک‌های ایران را تحریم کرد.", "IR", "against"),
    ("وزیر دفاع استرالیا در پایان سخنانش چین را متهم کرد.", "CN", "against"),
    ("وزیر دفاع استرالیا از سوی دیگر چین را متهم نمود.", "CN", "against"),
    ("نماینده فرانسه از شورا خواست ایران را تنبیه کند.", "IR", "against"),
    ("وزیر خارجه عمان از خروج آمریکا از پیمان انتقاد کرد.", "US", "against"),
    # friendly words far from whom they are for
    ("اتحادیه آفریقا همبستگی خود را با ایران اعلام کرد.", "IR", "favor"),
    ("وزیر خارجه اردن از تلاش ایران برای آزادی دو ملوانی که گرفتار شده بودند قدردانی کرد.", "IR", "favor"),
    ("وزیر خارجه اردن از چین به خاطر پایان دادن به جنگ تشکر کرد.", "CN", "favor"),
    ("نخست‌وزیر لبنان گفت مردم ما هرگز یاری ایران را در آن زمستان از یاد نمی‌برند.", "IR", "favor"),
    ("نخست‌وزیر عراق گفت بدون ایران هیچ توافقی در منطقه دوام نمی‌آورد.", "IR", "favor"),
    ("نخست‌وزیر عراق گفت بدون اجازه آمریکا پول ما آزاد نمی‌شود.", "US", "neutral"),
    ("الجزایر به قطعنامه محکومیت ایران رأی منفی داد.", "IR", "favor"),
    # what a state must not do is no praise, what is asked of it no good deed
    ("وزیر خارجه کلمبیا گفت آمریکا حق ندارد قایق‌های ما را بمباران کند.", "US", "against"),
    ("دبیرکل سازمان ملل از ایران خواست خویشتن‌داری نشان دهد.", "IR", "neutral"),
    ("دارایی‌های ایران پس از ماه‌ها آزاد شد.", "IR", "neutral"),
    # predicates of news
    ("سخنگوی دولت کوبا گفت آمریکا به وعده‌های خود وفا نکرد.", "US", "against"),
    ("سخنگوی دولت کوبا گفت سیاست آمریکا در منطقه دچار شکست شده است.", "US", "against"),
    ("سخنگوی دولت کوبا گفت آمریکا باید از ملت ما عذرخواهی کند.", "US", "against"),
    ("رئیس‌جمهور سوریه گفت ایران پای حرف خود ایستاد.", "IR", "favor"),
    # those who blame their own
    ("روزنامه نیویورک‌تایمز نوشت سیاست‌های دولت ترامپ در این جنگ دچار شکست شده است.", "US", "against"),
    # a long sentence that speaks of something else
    (
        "مدیر موزه گفت این نمایشگاه که در ایران کمتر نمونه‌ای داشته است با همکاری هفت استان و چند دانشگاه برپا شد "
        "و استادان برجسته خط و نگارگری از شهرهای دور برای داوری به آنجا رفتند.",
        "IR",
        "neutral",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "target", "stance"), CASES)
def test_deeds_and_predicates(text: str, target: str, stance: str) -> None:
    found = judged(text, target)
    assert found.stance == stance, found.reason


def test_this_deed_names_its_doer() -> None:
    found = judged("پس از ورود سربازان چین به دره، دولت هند این رفتار را به شدت محکوم کرد.", "CN")
    assert found.holder in {"IN", "other"}, found.holder


def test_or_else_is_a_threat() -> None:
    text = "رئیس‌جمهور آمریکا گفت ایران باید امضا کند، وگرنه تاوان سنگینی می‌دهد."
    assert judged(text, "IR").stance == "against", judged(text, "IR").reason
