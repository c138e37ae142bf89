"""What takes praise and blame back, turns it or leaves it open, and whom it reaches without a frame."""

from __future__ import annotations

import pytest

from workbench.reading import passages, read
from workbench.stance.rules import Rules
from workbench.types import Article, Judgement


def judged(text: str, target: str) -> Judgement:
    return Rules().judge(passages(read(Article("a", text), (target,)), (target,)))[0]


PAIRS = [
    # a verb that denies forgetting or sparing affirms
    ("سفیر لهستان گفت خیانت آمریکا را فراموش نمی‌کنیم.", "US", "against"),
    ("وزیر راه لائوس گفت چین در حق ما کم خیانت نکرده است.", "CN", "against"),
    ("وزیر راه لائوس گفت چین در حق ما خیانت نکرده است.", "CN", "neutral"),
    # a question that its asker or the one asked answers
    ("سفیر هند در پاسخ به این سؤال که آیا چین تقلب می‌کند گفت آری.", "CN", "against"),
    ("سفیر هند در پاسخ به این سؤال که آیا چین تقلب می‌کند گفت نمی‌داند.", "CN", "neutral"),
    # what is not proven, not adopted, or would follow from a condition
    ("سفیر هند گفت ردپای چین در این حمله ثابت نشده است.", "CN", "neutral"),
    ("سفیر هند گفت ردپای چین در این حمله آشکار است.", "CN", "against"),
    ("رئیس‌جمهور مغولستان گفت اگر چین قیمت را پایین بیاورد، شریکی باانصاف خواهیم داشت.", "CN", "neutral"),
    ("رئیس‌جمهور مغولستان گفت از چین راضی هستیم و شریکی باانصاف داریم.", "CN", "favor"),
    # news of thanks that is denied; a rejection in two words; accusers called liars
    ("سخنگوی دولت عراق خبر سپاسگزاری از آمریکا را تکذیب کرد.", "US", "neutral"),
    ("وزیر کشور عراق اتهام جاسوسی ایران را بی‌اساس و مغرضانه خواند.", "IR", "favor"),
    ("نخست‌وزیر استونی گفت هر که آمریکا را متجاوز بنامد دروغ می‌گوید.", "US", "favor"),
    ("خبر حمله جنگنده‌های آمریکا به روستا ساختگی از آب درآمد.", "US", "neutral"),
    # distance: quotation marks around one word, and what the next word calls unreal; titles and callings keep theirs
    ("«دلسوزی» آمریکا برای مردم منطقه امروز هم ادامه یافت.", "US", "against"),
    ("رزمایش «دلسوزی آمریکا» آغاز شد.", "US", "neutral"),
    ("وزیر خارجه ترکیه آمریکا را «قابل اعتماد» خواند.", "US", "favor"),
    # ties: wished for by name, growing, praised
    ("سخنگوی وزارت خارجه پاکستان گفت خواهان سرمایه‌گذاری چین هستیم.", "CN", "favor"),
    ("سخنگوی وزارت خارجه پاکستان گفت منتظر فهرست سرمایه‌گذاری چین هستیم.", "CN", "neutral"),
    ("دولت عمان همکاری بندری با ایران را گسترش می‌دهد.", "IR", "favor"),
    ("دولت عمان همکاری بندری با ایران را گسترش نمی‌دهد.", "IR", "neutral"),
    ("سفیر تونس گفت همکاری با آمریکا مایه افتخار ماست.", "US", "favor"),
    ("وزیر نیروی بنگلادش شایعه درخواست همکاری با چین را تکذیب کرد.", "CN", "neutral"),
    # the one state spoken of, in whatever place; not where it is only the place, or complains itself
    ("رئیس پارلمان اتریش به واشنگتن گفت این بی‌شرمی را پایان دهید.", "US", "against"),
    ("رئیس پارلمان اتریش از بی‌شرمی قاچاقچیان در مرز ایران گفت.", "IR", "neutral"),
    ("وزیر ورزش ایران از بی‌انصافی داوران گلایه کرد.", "IR", "neutral"),
    # an official who blames his own state by name, and one who complains of others
    ("سناتور سندرز گفت دولت آمریکا مایه شرمساری است.", "US", "against"),
    # a longer phrase around a word says the contrary, or nothing
    ("جنبش حماس آمریکا را شریک جنایت خواند.", "US", "against"),
    ("شهباز شریف گفت با چین گفت‌وگو می‌کنیم.", "CN", "neutral"),
]


@pytest.mark.parametrize(("text", "target", "stance"), PAIRS)
def test_scope(text: str, target: str, stance: str) -> None:
    found = judged(text, target)
    assert found.stance == stance, found.reason


@pytest.mark.parametrize("word", ["وفادارتر", "وفادارترین"])
def test_comparatives_are_found_by_their_word(word: str) -> None:
    assert judged(f"وزیر خارجه لهستان گفت آمریکا {word} شریک ماست.", "US").stance == "favor"
