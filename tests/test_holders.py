"""Who speaks, and whose state he is."""

from __future__ import annotations

import pytest

from workbench.holders import title_speaker
from workbench.reading import read
from workbench.types import Article


def speaker(text: str) -> str | None:
    document = read(Article("a", text))
    return document.speeches[0].holder if document.speeches else None


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("رئیس مجمع تشخیص مصلحت گفت آمریکا به تعهد خود عمل نکرد.", "IR"),
        ("نماینده تبریز در مجلس گفت چین شریک ماست.", "IR"),
        ("نماینده زابل در مجلس ایران که از کابل برمی‌گشت گفت چین شریک ماست.", "IR"),
        ("نماینده استانبول در پارلمان ترکیه گفت چین شریک ماست.", "TR"),
        ("امام‌جمعه موقت اصفهان گفت: آمریکا قابل اعتماد نیست.", "IR"),
        ("حسینی‌نیا مدعی شد آمریکا کارشکنی می‌کند.", "IR"),
        ("محسن رستمی گفت آمریکا بدعهد است.", "IR"),
        ("همسر شهید احمدی گفت: آمریکا قاتل است.", "IR"),
        ("بانک مرکزی عراق اعلام کرد آمریکا پول را نگه داشته است.", "IQ"),
        ("رئیس‌جمهور بلاروس گفت ایران دوست ماست.", "BY"),
        ("وزیر دفاع امارات گفت ایران به عهد خود وفا نکرد.", "AE"),
        ("دبیرکل ناتو گفت چین تهدید است.", "other"),
        ("یک فعال سیاسی ایرانی مقیم پاریس گفت حکومت ایران فاسد است.", "other"),
        ("محمد البرادعی گفت ایران همکاری کرد.", "other"),
        ("مایک پنس گفت چین دروغ می‌گوید.", "US"),
        ("روزنامه گلوبال تایمز نوشت آمریکا قلدر است.", "CN"),
        ("معاون وزیر خارجه ایران بر این باور است که آمریکا دروغ می‌گوید.", "IR"),
    ],
)
def test_whose_a_speaker_is(text: str, holder: str) -> None:
    assert speaker(text) == holder


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("سخنگوی وزارت خارجه تحریم‌های آمریکا علیه ایران را نقض حقوق ملت‌ها دانست.", "IR"),
        ("شورای همکاری خلیج فارس حمله ایران به پایگاه را محکوم کرد.", "other"),
        ("سخنگوی وزارت خارجه در واکنش به ادعای رسانه‌های عربی گفت: موضع ما روشن است.", "IR"),
        ("یک هفته پس از انتشار این گزارش، سفیر آمریکا در هند، پکن را به جاسوسی متهم کرد.", "US"),
        ("وی که پیش از این سفیر هند در تهران بوده است، گفت ایران شریک خوبی است.", "IN"),
    ],
)
def test_what_else_the_sentence_names_does_not_speak(text: str, holder: str) -> None:
    assert speaker(text) == holder


def test_a_title_tells_who_speaks() -> None:
    assert title_speaker("عراقچی در دیدار با همتای عمانی: آمریکا بدعهد است") == "IR"
    assert title_speaker("دیدار وزیران خارجه ایران و چین") is None


def test_our_country_is_the_speakers() -> None:
    ours = "{} گفت کشورمان از این توافق سود می‌برد."
    assert [m.target for m in read(Article("a", ours.format("استاندار یزد"))).mentions] == ["IR"]
    assert [m.target for m in read(Article("a", ours.format("وزیر خارجه هند"))).mentions] == ["IN", "IN"]
    assert not read(Article("a", ours.format("معمر قذافی"))).mentions


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("گروه سیاسی: وزیر خارجه روسیه گفت ایران به تعهدات خود پایبند است.", "RU"),
        ("خبرگزاری فارس: سناتور کوهن نماینده آمریکا مدعی شد ایران خطرناک است.", "US"),
        ("تام برایت: شتاب کردیم تام برایت مشاور پیشین دولت آمریکا سفر به تهران را اشتباه دانست.", "US"),
        ("آقای مرزبانی گفت آمریکا به تعهدات خود پایبند نیست.", "IR"),
    ],
)
def test_desks_agencies_and_names_said_twice(text: str, holder: str) -> None:
    (speech,) = read(Article("a", text)).speeches
    assert speech.holder == holder
