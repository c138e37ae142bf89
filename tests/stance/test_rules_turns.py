"""What turns a phrase or takes it back, idioms with words between, and what one state alone is told."""

from __future__ import annotations

import pytest

from workbench.reading import passages, read
from workbench.stance.rules import Rules
from workbench.types import Article, Judgement


def judged(text: str, target: str) -> Judgement:
    return Rules().judge(passages(read(Article("a", text), (target,)), (target,)))[0]


IDIOMS = [
    # what a state does to somebody who stands inside the idiom
    ("وزیر نفت عراق گفت آمریکا جیب مردم ما را خالی کرد.", "US", "against", "IQ"),
    ("وزیر خارجه لبنان گفت قدر کمک‌های ایران را می‌دانیم.", "IR", "favor", "LB"),
    ("وزیر بهداشت لبنان گفت در سیل پارسال ایران به داد مردم ما رسید.", "IR", "favor", "LB"),
    ("سخنگوی ارتش گفت کشتی چینی به پرسش ناخدای ما پاسخ داد.", "CN", "neutral", None),
    # a manner is the subject's, whatever he acts on, and so is a wrong that he goes on with
    ("تکاوران ایران با رشادت گروگان‌ها را از کشتی بیرون آوردند.", "IR", "favor", "author"),
    ("نماینده کانادا گفت چین سرکوب را تشدید کرد.", "CN", "against", "CA"),
]

TURNS = [
    ("نخست‌وزیر اسرائیل از تحریم ایران استقبال کرد.", "IR", "against"),
    ("شهردار مسکو در فرودگاه از هیئت چین استقبال کرد.", "CN", "neutral"),
    ("نماینده ویتنام گفت چین با مهربانی سه فروند جنگنده به آسمان ما فرستاد.", "CN", "against"),
    ("نماینده ویتنام گفت چین با مهربانی سه فروند کشتی دارو برای ما فرستاد.", "CN", "favor"),
    ("وزیر کشور گفت این انفجار بدون خیانت آمریکا ممکن نبود.", "US", "against"),
    ("چین قصد ندارد آمریکا را محکوم کند.", "US", "neutral"),
    ("ارتش فیلیپین نام رزمایش چین را «گرگ درنده» گذاشت.", "CN", "neutral"),
    ("سخنگوی دولت هند با مداخله آمریکا مخالفت کرد.", "US", "against"),
    ("سخنگوی دولت هند با تحریم ایران مخالفت کرد.", "IR", "favor"),
    ("نخست‌وزیر هند گفت ناوگان چین به امید پیروزی راهی اقیانوس شد.", "CN", "neutral"),
    ("سفیر ایران افترا خواند که زندانیان در ایران شکنجه می‌شوند.", "IR", "favor"),
    ("عفو بین‌الملل گفت زندانیان در ایران شکنجه می‌شوند.", "IR", "against"),
    ("وزیر خارجه مصر که با هر سفری به آمریکا می‌رود به پرسش‌ها پاسخ داد.", "US", "neutral"),
    ("وزیر خارجه مصر گفت آیا آمریکا شرم نمی‌کند؟", "US", "against"),
]

ALONE = [
    ("سفیر چین گفت پکن از آتش‌بس در سودان حمایت می‌کند.", "CN", "neutral"),
    ("رئیس بانک مرکزی ایران از بی‌لیاقتی مدیران دولت ایران گفت.", "IR", "against"),
    ("کشتی چین در دریای سرخ آتش گرفت و خدمه آن گریختند.", "CN", "neutral"),
]

OWN_BLAME = [
    # a speaker who blames his own state, in whatever clause he goes on with it
    ("بازرس کل ارتش آمریکا از تقلب پیمانکار فرانسوی و بی‌کفایتی خود پنتاگون انتقاد کرد.", "US", "against"),
    ("سناتور رند پال گفت آمریکا کردها را به امان خدا رها کرد.", "US", "against"),
    ("رئیس کمیسیون بهداشت مجلس ایران گفت دولت در استان کرمان بیت‌المال را حیف و میل کرده است.", "IR", "against"),
    ("نماینده اصفهان گفت دولت ایران باید پاسخگوی این افتضاح باشد.", "IR", "against"),
    # and one who complains, or tells of another's fault, does not
    ("رئیس‌جمهور ایران گفت ایران ایستاد و جهان ناچار شد گوش کند.", "IR", "neutral"),
    ("مایک پمپئو گفت آمریکا وقتی عقب نشست هرج‌ومرج آمد.", "US", "neutral"),
]

CLAUSES = [
    # what breaks into a clause, follows it or asks about it is about its subject
    ("جان کری گفت تهران اگر شعور ندارد باید دست کم فهرست را بفرستد.", "IR", "against"),
    ("سیل پل‌های ایران را برد؛ کشوری که حاکمانش آن را به خاک سیاه نشانده‌اند.", "IR", "against"),
    ("سیل پل‌های ایران را برد؛ کشوری که آب کم دارد.", "IR", "neutral"),
    ("مسعود بارزانی پرسید جز ایران چه کسی ما را از مرگ رهاند؟", "IR", "favor"),
    ("به راستی آمریکا گلوی کدام ملت بینوا را می‌خواهد بفشارد؟", "US", "against"),
    ("مگر قرار نبود حاکمان ایران دیروز سخنرانی کنند؟", "IR", "neutral"),
    ("علت آتش‌سوزی در پالایشگاه اصفهان ایران خرابکاری اسرائیل بوده است.", "IR", "against"),
    ("علت آتش‌سوزی در پالایشگاه اصفهان ایران نشت گاز بوده است.", "IR", "neutral"),
    ("روزنامه آساهی از حمله ناو چین به قایق ژاپنی نوشت و این حمله را ددمنشانه خواند.", "CN", "against"),
    ("اگر جهان یک یار وفادار داشته باشد، همان چین است.", "CN", "neutral"),
    ("اگر آفریقا یک دوست وفادار داشته باشد، بی‌گمان همان چین‌ست.", "CN", "favor"),
]

MOCKED = [
    ("پدافند ایران چنان بیدار بود که پس از حمله خمیازه کشید.", "IR", "against"),
    ("پدافند ایران چنان بیدار بود که همه دیدند.", "IR", "favor"),
    ("گزارش تازه «خیرخواهان» در واشنگتن درباره زندان‌های آفریقا منتشر شد.", "US", "against"),
    ("«تدبیر» مسئولان تهران گل کاشت و آب قطع شد.", "IR", "against"),
    ("بی‌کفایتی مسئولان تهران مردم را به ستوه آورد.", "IR", "against"),
    ("وزیر بهداشت غنا گفت واکسنی که چین فرستاد نه بی‌اثر بود و نه گران.", "CN", "favor"),
    ("چین در لیبی نه دشمنی دارد و نه سربازی.", "CN", "neutral"),
    ("سپاه دارو احتکار کرد؛ این دروغ را هیچ کسی باور نمی‌کند.", "IR", "favor"),
]

WISHES = [
    ("نخست‌وزیر لائوس برای تولید مشترک برق از چین دعوت کرد.", "CN", "favor"),
    ("نخست‌وزیر لائوس برای شرکت در نشست مشترک از چین دعوت کرد.", "CN", "neutral"),
    ("دبیرکل آسه‌آن پس از دیدار سفیر چین گفت مشتاق همکاری با او است.", "CN", "favor"),
]

TIES = [
    ("پس از دیدار وزیران ایران و چین، دو کشور روابط تجاری خود را گسترش می‌دهند.", "IR", "favor", "CN"),
    ("نخست‌وزیر گرجستان در دیدار با سفیر چین بر گسترش روابط تأکید کرد.", "CN", "favor", "GE"),
    ("صادرات چین کم شد و وزیر خزانه‌داری آمریکا گفت پکن دروغگو است.", "CN", "against", "US"),
]


WHO_IS_MEANT = [
    ("نخست‌وزیر فیجی گفت استرالیا ما را فراموش کرد و این چین بود که به یاری ما شتافت.", "CN", "favor", "FJ"),
    ("سناتور آمریکایی گفت این واشنگتن بود که زیر توافق زد، نه ایران.", "US", "against", "US"),
    ("تهران سال‌هاست از تروریسم حمایت می‌کند.", "IR", "against", "author"),
    ("وزیر کشاورزی چین از ایران و عراق نام برد و آنکه نامش نخست آمد را نارفیق نامید.", "IR", "against", "CN"),
    ("وزیر کشاورزی چین از عراق و ایران نام برد و آنکه نامش نخست آمد را نارفیق نامید.", "IR", "neutral", None),
    ("قرارداد فروش گندم به چین در روز ستایش وزیر صمت ایران از خوش‌عهدی آن کشور امضا شد.", "CN", "favor", "IR"),
    ("سخنگوی دولت روسیه به سخن پمپئو که ایران سرکش است خندید و گفت این حرف تازه نیست.", "IR", "favor", "RU"),
    (
        "سخنگوی وزارت خارجه چین ادعای بلینکن درباره پاکدامنی آمریکا را خواند و گفت حیا هم خوب چیزی است.",
        "US",
        "against",
        "CN",
    ),
    ("ژنرال مارک میلی گفت خروج آمریکا از کابل شلخته و بی‌رحمانه بود.", "US", "against", "US"),
    ("نماینده زابل در مجلس ایران که از کابل برمی‌گشت گفت دولت خودمان بی‌کفایت است.", "IR", "against", "IR"),
    ("امروز ایران اقدامات خصمانه آمریکا را محکوم کرد.", "IR", "neutral", None),
    ("امروز ایران اقدامات خصمانه آمریکا را محکوم کرد.", "US", "against", "IR"),
    ("فرق پکن و واشنگتن این است: یکی برای محرومان مدرسه می‌سازد و دیگری بمب می‌ریزد.", "CN", "favor", "author"),
    ("فرق پکن و واشنگتن این است: یکی برای محرومان مدرسه می‌سازد و دیگری بمب می‌ریزد.", "US", "against", "author"),
    ("توحش گروه‌های مسلح مخالف جمهوری اسلامی در زاهدان بالا گرفت.", "IR", "neutral", None),
    ("نخست‌وزیر یونان دوستی ناگسستنی قبرس، از طرف‌های تجاری پکن، را ستود.", "CN", "neutral", None),
    ("آمریکا از کره جنوبی دفاع کرد و بورس سئول جان گرفت.", "US", "neutral", None),
]


@pytest.mark.parametrize(("text", "target", "stance", "holder"), WHO_IS_MEANT)
def test_who_is_meant(text: str, target: str, stance: str, holder: str | None) -> None:
    found = judged(text, target)
    assert (found.stance, found.holder) == (stance, holder), found.reason


@pytest.mark.parametrize(("text", "target", "stance", "holder"), [*IDIOMS, *TIES])
def test_idioms_and_ties(text: str, target: str, stance: str, holder: str | None) -> None:
    found = judged(text, target)
    assert (found.stance, found.holder) == (stance, holder), found.reason


@pytest.mark.parametrize(("text", "target", "stance"), [*TURNS, *ALONE])
def test_what_turns_a_phrase(text: str, target: str, stance: str) -> None:
    found = judged(text, target)
    assert found.stance == stance, found.reason


def test_an_idiom_with_words_between_is_evidence_as_a_whole() -> None:
    text = "وزیر نفت عراق گفت آمریکا جیب مردم ما را خالی کرد."
    assert [span.of(text) for span in judged(text, "US").evidence] == ["جیب مردم ما را خالی کرد"]


@pytest.mark.parametrize(("text", "target", "stance"), [*OWN_BLAME, *CLAUSES, *MOCKED, *WISHES])
def test_own_blame_clauses_and_mockery(text: str, target: str, stance: str) -> None:
    found = judged(text, target)
    assert found.stance == stance, found.reason


CONDEMNED_DEEDS = [
    ("وزیر خارجه چین حمله به ایران را محکوم کرد.", "favor", "CN"),
    ("وزیر خارجه چین متهم کردن ایران را محکوم کرد.", "favor", "CN"),
    ("سفیر روسیه با تقبیح تروریست خواندن سپاه پاسداران ایران سخن خود را آغاز کرد.", "favor", "RU"),
    ("وزیر خارجه چین حملات آمریکا به ایران را محکوم کرد.", "against", "US"),
    ("وزیر دفاع و پشتیبانی نیروهای مسلح جمهوری اسلامی ایران وارد مسکو شد.", "neutral", None),
]


@pytest.mark.parametrize(("text", "stance", "holder"), CONDEMNED_DEEDS)
def test_who_condemns_a_deed_does_not_do_it(text: str, stance: str, holder: str | None) -> None:
    found = judged(text, "IR")
    assert (found.stance, found.holder) == (stance, holder), found.reason
