"""Whether a capital stands for its state or is only a town: 'تهران هشدار داد' and 'ترافیک تهران'."""

from __future__ import annotations

from collections.abc import Sequence

# The press of a state writes of its own capital mostly as of a town: there it stands for the state only among politics.
HOME = "IR"
_AROUND = 14
_NEARBY = 9
_CHAIN = 3


def _words(keys: str) -> frozenset[str]:
    return frozenset(keys.split())


def stands_for_state(keys: Sequence[str], at: int, end: int, *, is_home: bool) -> bool:
    """Whether the capital named in words `at` to `end` means its government.

    Parameters
    ----------
    keys : sequence of str
        Matching keys of an article's words.
    at, end : int
        First word of the name, and the one behind it.
    is_home : bool
        Whether it is the capital of the press itself, which is a town unless politics is the matter.
    """
    if (
        keys[end : end + 1] == ["و"]
        and _SEATS & {*keys[end + 1 : end + 2]}
        and not near(keys, at, end, _TRAVEL, _NEARBY)
    ):
        return True  # 'میدان تسویه‌حساب تهران و واشنگتن'
    return not _is_city(keys, at, end) and (not is_home or _is_seat(keys, at, end))


def near(keys: Sequence[str], at: int, end: int, wanted: frozenset[str], reach: int = _AROUND) -> bool:
    """Whether one of the words that tell how a name is meant stands around it."""
    return not (wanted.isdisjoint(keys[max(0, at - reach) : at]) and wanted.isdisjoint(keys[end : end + reach]))


def _is_seat(keys: Sequence[str], at: int, end: int) -> bool:
    """Whether the home capital stands for its government: it speaks, or politics is the matter close by."""
    before = keys[at - 1] if at else ""
    if (
        before in SAYS
        or before in {"علیه", "حکومت"}
        or (_SEATS & {*keys[max(0, at - 2) : at], *keys[end : end + _CHAIN]} and not _is_of_towns(keys, at, end))
        or before in _CONDUCT | _OFFICIALS
        or (before.startswith("بی") and before.endswith("ی"))
        or before.endswith(("گری", "طلبی", "خواهی", "شکنی"))
    ):
        return True
    if _has_town_life(keys, at, end):
        return False
    if _REGIMES & {*keys[max(0, at - _REGIME) : at]}:
        return True  # 'این نظام تا بن دندان فاسد تهران'
    if end < len(keys) and keys[end] == "را" and not _NAMES_IT.isdisjoint(keys[end : end + _AROUND]):
        return True
    return near(keys, at, end, _POLITICS, _NEARBY if before in {"به", "از", "در"} else _AROUND)


def _is_of_towns(keys: Sequence[str], at: int, end: int) -> bool:
    """Whether several words of a town's life stand close by."""
    return sum(key in _LIFE for key in [*keys[max(0, at - _NEARBY) : at], *keys[end : end + _NEARBY]]) > 1


def _has_town_life(keys: Sequence[str], at: int, end: int) -> bool:
    """Whether the matter close by is a town's: its streets, air and people, an address, a bibliography, a letter's signature."""
    before, after = keys[max(0, at - _CHAIN) : at], keys[end : end + _CHAIN]
    if after[:1] and after[0].isdigit():
        return True  # 'سینما تهران ۱', 'تهران ۲۰۰ سال پیش'
    if (before[-1:] == ["نماینده"] and near(keys, at, end, _HOUSE)) or before[-2:] == ["بخشی", "از"]:
        return True
    if before[-1:] in (["حاشیه"], ["وارد"], ["مردم"]) or after[:2] == ["را", "ترک"] or _CAPITAL & set(before[-2:]):
        return True
    if (
        after[:1]
        and after[0] in {":", "،", "("}
        and (_PRINTED & {*keys[max(0, at - _NEARBY) : at], *after} or any(key.isdigit() for key in after))
    ):
        return True
    if before[-1:] and before[-1] in _DASHES and not _POLITICS & {*keys[max(0, at - 4) : at], *after}:
        return True
    life = sum(key in _LIFE for key in [*keys[max(0, at - _NEARBY) : at], *keys[end : end + _NEARBY]])
    return life > 0 and life >= sum(
        key in _STATECRAFT for key in [*keys[max(0, at - _NEARBY) : at], *keys[end : end + _NEARBY]]
    )


def _mocks(before: Sequence[str]) -> bool:
    """Whether people in quotation marks are those that a capital is the seat of: '«دلسوزان» … در واشنگتن'."""
    end = before.index("»") if "»" in before else 0
    return end > 0 and (before[end - 1].endswith("ان") or before[max(0, end - 2)] in _KIN)


def _is_city(keys: Sequence[str], at: int, end: int) -> bool:
    """Whether a capital is only a place: of a street, an exhibition, the weather; or the dateline of a report."""
    before = keys[at - 1] if at else ""
    after = keys[end] if end < len(keys) else ""
    if at == 0 and after in _DASHES:
        return True
    if before in _CONDUCT:
        return False
    if before == "از" and after == "،" and "گزارش" in keys[max(0, at - 6) : at]:
        return True  # 'به گزارش رویترز از پکن، …'
    if _TOWNS & set(keys[max(0, at - 4) : at]):
        return True  # 'شهرهایی مانند تهران و …'
    if after in {"بزرگ", "پست"} or before in _CITY_BEFORE or keys[max(0, at - 2) : at] == ["از", "شهر"]:
        return True
    if before == "در":
        return not (
            after in _IS
            or any(key in _OFFICIAL for key in keys[max(0, at - 4) : at - 1])
            or _mocks(keys[max(0, at - 5) : at - 1])
        )
    # 'پیاده‌رو تازه سنگ‌فرش پکن': a thing of the town a few words before, with nothing but its chain between.
    for back in range(at - 1, max(-1, at - 4), -1):
        if keys[back] in {"گفت", "نوشت", "افزود", "که", ":"}:
            return False
        if keys[back] in _PREPOSITIONS:
            return keys[back] in {"از", "به"} and any(key in _TRAVEL for key in keys[max(0, back - 5) : at])
        if keys[back] in _CITY_THINGS:
            return True
    return False


_PREPOSITIONS = _words("از به در با بر برای علیه تا توسط درباره")
_SEATS = _words(
    "واشنگتن واشینگتن پکن مسکو ریاض لندن پاریس برلین بروکسل تلاویو بغداد دمشق انکارا مسقط دوحه اسلاماباد دهلی باکو کاخ"
)
_REGIMES, _REGIME = _words("نظام رژیم حاکمان حکومت ملایان سران"), 6
_OFFICIALS = _words("مسیولان مقامات مقامهای حاکمان زمامداران دولتمردان سردمداران سیاستمداران سیاستگذاران تصمیمگیران")
_HOUSE = _words("مجلس تذکر تذکری کتبی سوال انتخابیه نمایندگان")
_CAPITAL = _words("پایتخت پایتختش مرکزیت")
_PRINTED = _words("ترجمه نشر انتشارات چاپ ناشر موسسه مولف کتاب مترجم تالیف")
_LIFE = _words(
    """خیابان خیابانها خیابانهای شهر شهری شهرداری شهردار شورای محله محلههای شهرک شهرکها ترافیک شلوغ شلوغی الودگی هوای فاضلاب زلزله ساکنان ساکن الودهترین سانس شهروندان همهجای رتبه جمعیت پایتخت شهرها شهرهایی شهرهای مدارس دانشگاه دانشگاههای
    نمایشگاه فرهنگسرا فرهنگسرای موزه سینما سینماهای تیاتر کنسرت جشنواره دوسالانه نمازجمعه شهرستان شهرستانها استان استانهای استانداری مترو اتوبوس
    بزرگراه پارک باغ رودخانه سد اب ابهای مسکن ساختمان ساختمانها اپارتمان اپارتمانی مجتمع گردشگری گردشگران تنیس فوتبال والیبال باشگاه مسابقات تیم بورس بازار اتاق دادگاه زندان بیمارستان
    روستا روستاهای محدوده حومه شمیران کرج شهرری ری تجریش دروازه دروازههای قاجار قاجاریه هجری جهانگرد دما درجه باران برف بامداد
    مدیرکل اداره مناطق ناحیه بوستان اغذیه رستوران هتل نانوایی تاکسی خودرو خودروها پیادهرو فرش هنرجویان ترانه اصفهان شیراز مشهد تبریز قم اهواز یزد"""
)
_STATECRAFT = _words(
    """امریکا امریکایی واشنگتن واشینگتن پکن مسکو مذاکره مذاکرات توافق تفاهمنامه برجام هستهای اتمی غنیسازی تحریم تحریمها روابط دیپلماتیک فشار تهدید حمله موشک
    موشکی تسلیم هرمز اتشبس تنش خاورمیانه سفیر خارجه اتهام علیه تروریسم نیابتی ترامپ اسراییل اروپا انگلیس ژاپن فرانسه المان روسیه ریاض عربستان"""
)
_POLITICS = _words(
    """امریکا امریکایی امریکاییها واشنگتن واشینگتن پکن چین چینی روسیه مسکو اروپا اروپایی لندن پاریس برلین بروکسل ریاض عربستان سعودی اسراییل تلاویو رژیم صهیونیستی غرب
    انکارا ترکیه بغداد عراق دمشق سوریه کابل پاکستان اسلاماباد دهلی هند توکیو ژاپن وین ژنو اژانس ناتو انگلیس فرانسه کاخ ترامپ بایدن اوباما بوش پمپیو
    مذاکره مذاکرات مذاکرهکننده مذاکرهکنندگان توافق توافقنامه تفاهم تفاهمنامه برجام هستهای اتمی غنیسازی اورانیوم تحریم تحریمها تحریمهای قطعنامه روابط مناسبات
    دیپلمات دیپلماتها دیپلماتهای دیپلماسی دیپلماتیک مواضع موضع موضعگیری فشار فشارها تهدید تهدیدها حمله حملات موشک موشکی موشکهای پهپاد پهپادی نظامی
    تسلیم خلیج هرمز تنگه مقاومت سپاه دفاعی تسلیحات اتشبس تنش تنشها همپیمان متحد متحدان دشمن دشمنان خاورمیانه
    امارات اوکراین عرب ارمنستان اذربایجان افغانستان طالبان لبنان یمن فلسطین غزه قطر دوحه عمان مسقط کویت بحرین نتانیاهو روبیو هگست لاوروف پوتین وانگ اکسیوس
    قدردانی سپاسگزاری همدردی پکک حزبالله حماس حوثی حوثیها داعش رویترز سفیر کاردار خارجه مهمات بمبافکن ملایان هیلی گوترش گروسی
    دولتمردان حاکمان حاکم سران مقامات مقامهای رهبران حکومت اتهام اتهامات علیه تروریسم تروریستی نفوذ نیابتی نیابتیهای گروگان میانجی میانجیگری پیشنویس دروغ تقلب خجالت"""
)
# Behind these a capital or a congress is one that speaks or acts.
SAYS = _words(
    "گفت افزود نوشت گفتند ملایان حکام سخنان اظهارات ادعای ادعاهای پاسخ واکنش دولت بیانیه درخواست هشدار موضع مواضع"
)
_CONDUCT = _words(
    """سیاست سیاستهای خارجی اقتدار تدبیر درایت عزم اراده تصمیم تصمیمات رفتار رفتارهای اقدام اقدامات مواضع موضع مهر لطف حمایت حمایتهای پشتیبانی کمک کمکهای
    بدعهدی عهدشکنی خیانت دروغ دروغهای تهدید تهدیدهای فشار فشارهای ادعا ادعای ادعاهای اتهام اتهامات شرارت شرارتهای توطیه توطیههای مداخله دخالت دخالتهای
    تجاوز تجاوزهای حملات حمله نفوذ تحریک تحریکات ماجراجویی جاهطلبی صبر صبوری بردباری نجابت صداقت وفای وفاداری پایبندی دوستی ایستادگی مقاومت پایداری
    هوشمندی قدرت توان ضعف سرکوب حاکم حاکمیت نظام رژیم متحد متحدان دشمن دشمنان دوست دوستان نقش طرح برنامه پیشنهاد پیام هشدار جواب واکنش تعهد تعهدات
    حسننیت خصومت دشمنی کینه نفرت زورگویی قلدری لجاجت سرسختی انعطاف جسارت شجاعت خویشتنداری فریب نیرنگ ریاکاری دورویی نیروهای ملایان"""
)
# Verbs and nouns of judging: who is judged with را is no town.
_NAMES_IT = _words(
    "خواند نامید دانست شمرد متهم محکوم تهدید ستود نکوهید سرزنش تحسین تحریم مقصر مسیول معرفی توصیف میداند میخواند مینامد دانستند خواندند"
)
_KIN = _words("برادر پدر دوست رهبر ارباب قیم پلیس")
_TOWNS = _words(
    """شهرهایی شهرهای کلانشهر کلان ابرشهر شهرستان شهرستانهای استانهای حوزههای زلزلهخیزی گسل گسلهای اتوبوسرانی راهاهن ازادراه تورنمنت
    بوستانهای کلانتری ابفای اکران بزرگراه"""
)
_DASHES = frozenset(["-", "–", "—", "ـ", "/", "−"])
_IS = frozenset(["است", "نیست", "بود", "اند", "نشسته", "مینشینند"])
_OFFICIAL = _words(
    "سفیر کاردار مقام مقامات دولتمردان سیاستمداران تصمیمگیران مذاکره مذاکرات کسی نشسته طرف طرفهای سران حاکمان سر تروریستی خودگمارده خودخوانده"
)
_TRAVEL = _words("پرواز پروازهای پروازها بلیت مسافر مسافران مسیر قطار فرودگاه اعزام")
_CITY_THINGS = _words(
    """نمایشگاههای جشنوارههای مصلای زباله زبالههای بیمارستانی اتشنشانی ایمنی توانبخشی دادگاه شهربانی زیستمحیطی موسسه کانون حاشیه اب مدیرکل اداره اتاق زندان دادسرا نمازجمعه حوالی اطراف تنیس چلنجر کاریکاتور اتحادیه دادسرای زیستبوم گردشگری جنتاباد سعادتاباد نارمک سینماهای
    رستوران رستورانهای هتل پالایشگاه نانوایی نانواییهای دربی پل کوه ایالت خلیج باغ پارک محله بازار اپرای شکوفههای پیادهرو
    معماری زمستان سرمای گرمای الودگی هوای غذای اغذیه مغازهداران ساکنان رانندگان اهالی حومه دانشگاه بیمارستان خیابان مترو متروی موزه نمایشگاه
    جشنواره مسابقات المپیک بازیهای شهردار شهرداری استان فرمانداری استانداری پلیس پزشکی برج میدان کافه سینما تیاتر تالار انبار قطار
    فانوسهای افتاب مهدود باران برف زلزله ترافیک بورس فرودگاه ورزشگاه"""
)
_CITY_BEFORE = _words(
    """شمال جنوب بلیت بلیتهای پلیس بزرگ پزشکی قانونی مرکز شهر استان شهرداری شهردار خیابان فرودگاه دانشگاه بورس حومه هوای مترو متروی فرمانداری
    استانداری جمعه بیانیه کنفرانس نشست کنوانسیون پروتکل دوره اجلاس سینماها سینماهای اورژانس اتشنشانی اتوبوسرانی تاکسیرانی
    بیمارستانهای خیابانهای پارکهای مدارس فرودگاههای دانشگاههای بازارهای محلات پارکینگهای بزرگراههای میادین"""
) - frozenset(["نشست", "اجلاس", "کنفرانس"])
