"""Who speaks: for each sentence, whose words it reports and what says so.

A sentence is somebody's when a verb of saying ends or opens its report ('…، گفت', 'افزود:'), when a colon or 'به گفته …' names
him, when guillemets opened in an earlier sentence still hold, or when a pronoun carries on the speaker before ('وی افزود').
All else is the outlet's own voice.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from workbench.mentions import find_mentions
from workbench.speakers import OTHER, is_apart, is_foreign, speaks_of_home, whose
from workbench.speech import STATEMENTS, Saying, SpeechWords, find_sayings, speech_words
from workbench.targets import DEFAULT_TARGETS
from workbench.text import Token, lexicon, tokens
from workbench.types import Mention, Span, Speech

# Where a report begins with 'وی گفت' and nothing tells who he is, the Persian press has one of its own state in mind.
_HOME = "IR"
# A colon opens somebody's words only behind a short name.
_LONGEST_NAME = 12
_NAME_KINDS = frozenset({"office", "government", "name", "forces", "capital", "byname", "demonym"})


@dataclass(frozen=True, slots=True)
class _Speaker:
    holder: str
    span: Span
    is_of_title: bool = False


@dataclass(slots=True)
class _Sentence:
    """What a sentence is read from, whoever speaks in it.

    Attributes
    ----------
    span : Span
    words : sequence of Token
    keys : list of str
        Their matching keys.
    mentions : sequence of Mention
    names : dict of str to str
        Names that the article has told whose they are.
    """

    span: Span
    words: Sequence[Token]
    keys: list[str]
    mentions: Sequence[Mention]
    names: dict[str, str]


def find_speeches(
    sentences: Sequence[Span], words: Sequence[Token], mentions: Sequence[Mention], title: str | None = None
) -> tuple[Speech, ...]:
    """Attribute each sentence to its speaker.

    Parameters
    ----------
    sentences : sequence of Span
    words : sequence of Token
        Of the whole article.
    mentions : sequence of Mention
        Of all states.
    title : str, optional
        Tells who 'وی' is where no sentence before does ('مصاحبه سفیر چین').

    Returns
    -------
    tuple of Speech
        At most one per sentence, in reading order.
    """
    names: dict[str, str] = {}
    lead = _lead(title) if title else None
    previous = _Speaker(lead, Span(0, 0), is_of_title=True) if lead is not None else None
    open_quote = False
    found: list[Speech] = []
    starts = [word.start for word in words]
    all_keys = [word.form.key for word in words]
    places = [mention.start for mention in mentions]
    for span in sentences:
        first, end = bisect_left(starts, span.start), bisect_left(starts, span.end)
        inside, keys = words[first:end], all_keys[first:end]
        here = mentions[bisect_left(places, span.start) : bisect_left(places, span.end)]
        opens = keys.count("«")
        if opens:
            _learn_names(inside, here, names)
        speech, speaker = _attribute(_Sentence(span, inside, keys, here, names), previous)
        if speech is None and open_quote and previous is not None and not previous.is_of_title:
            speech = Speech(span.start, span.end, previous.holder, previous.span, None)
        if speech is not None and speech.holder == OTHER and speaker is not None and speaker is not previous:
            speech, speaker = _by_what_is_said(speech, speaker, inside, keys)
        if speech is not None:
            found.append(speech)
            previous = speaker or previous
        quotes = opens - keys.count("»")
        open_quote = quotes > 0 or (open_quote and quotes == 0)
    return tuple(found)


@lru_cache(maxsize=1 << 10)
def title_speaker(title: str) -> str | None:
    """Return whose words a headline gives ('عراقچی: …'), or None: what its article says unattributed is his."""
    words = tuple(tokens(title))
    if not words:
        return None
    whole = Span(0, words[-1].end)
    speech = next(iter(find_speeches([whole], words, find_mentions(words))), None)
    return speech.holder if speech is not None and speech.cue is not None and speech.cue.of(title) == ":" else None


@lru_cache(maxsize=1 << 10)
def _lead(title: str) -> str | None:
    """Whose words the article reports by its title: who speaks there, or whose interview, speech or report it is."""
    spoken = title_speaker(title)
    if spoken is not None:
        return spoken if spoken != OTHER else None
    words = tuple(tokens(title))
    keys = [word.form.key for word in words]
    at = next((at for at, key in enumerate(keys[:_LONGEST_NAME]) if key in _OCCASIONS), None)
    if at is None:
        return None
    stop = next((i for i in range(at + 1, len(keys)) if keys[i] in _PHRASE_ENDS), len(keys))
    inside = [m for m in find_mentions(words) if words[at].start < m.start < words[stop - 1].end]
    named = [(next(i for i in range(stop) if words[i].end > m.start) - at - 1, m.target) for m in inside]
    listed = speech_words()
    found = whose(keys[at + 1 : stop], named, listed.home, listed.office)
    return found if found != OTHER else None


_OCCASIONS = frozenset("مصاحبه گفتوگو گفتگو سخنان سخنرانی اظهارات پیام گزارش بیانیه نطق خطبههای خطبه".split())


def _attribute(read: _Sentence, previous: _Speaker | None) -> tuple[Speech | None, _Speaker | None]:
    listed, span, words, keys = speech_words(), read.span, read.words, read.keys
    cues = find_sayings(words, keys)
    has_source = not listed.sources.isdisjoint(keys)
    if not cues and not has_source and ":" not in keys:
        return None, None
    start = _after_credit(keys, listed, max((cue.first for cue in cues), default=0))
    colon = _colon(keys, start)
    cue = cues[0] if cues else None
    named = _according(read, start) if has_source else None
    if named is not None and (cue is None or named.span.start < words[cue.first].start):
        return Speech(span.start, span.end, named.holder, named.span, named.span), named
    if colon is not None and (cue is None or cue.first > colon):
        speaker = _speaker(read, start, colon, previous)
        if speaker is None and colon - start <= _NAME_BEFORE_COLON and keys[start] not in _NO_SUBJECT:
            speaker = _Speaker(OTHER, _span(words, start, colon - 1))
        if speaker is not None and speaker.holder == OTHER:
            again = _named_again(read, start, colon)
            speaker = speaker if again is None else replace(speaker, holder=again)
        if speaker is not None:
            return Speech(span.start, span.end, speaker.holder, speaker.span, _span(words, colon, colon)), speaker
    if cue is None:
        return None, None
    start = _last_clause(words, keys, start, cue.first)
    speaker = _speaker(read, start, cue.first, previous)
    if speaker is None or (speaker.holder == OTHER and keys[start] in _OPENING):
        speaker = _behind_comma(read, start, cue.first) or speaker
    if speaker is None and previous is not None and _subjectless(keys, start, cue):
        speaker = replace(previous, span=_span(words, cue.first, cue.last)) if previous.is_of_title else previous
    if speaker is None and (_opens_speech(keys, cue) or _has_subject(keys, start, cue)):
        speaker = _Speaker(OTHER, _span(words, start, min(start + 3, max(start, cue.first - 1))))
    if speaker is None:
        return None, None
    mark = _span(words, cue.first, cue.last)
    return Speech(span.start, span.end, speaker.holder, speaker.span, mark, "quoted", cue.commitment), speaker


def _last_clause(words: Sequence[Token], keys: Sequence[str], start: int, end: int) -> int:
    """Where the clause of a verb of saying begins behind another: 'صادرات چین کم شد و وزیر خزانه‌داری آمریکا گفت'."""
    for at in range(end - _PERSON, start, -1):
        if keys[at] == "؛" or (keys[at] == "و" and _closes(words[at - 1]) and keys[at + 1] in _PERSONS):
            return at + 1
    return start


def _closes(word: Token) -> bool:
    return lexicon.is_finite(word.text) or word.text in {"رسید", "گذشت", "کشید"}  # nouns too, but not before و


_PERSON = 2
_PERSONS = frozenset(
    "وزیر وزارت سفیر سخنگوی رییس رییسجمهور نخستوزیر نماینده سناتور فرمانده معاون سردار مقام تلویزیون روزنامه".split()
)


def _behind_comma(read: _Sentence, start: int, end: int) -> _Speaker | None:
    """The one who speaks behind a clause that opens the sentence: 'پس از آنکه …، سفیر آمریکا در چین پکن را متهم کرد'."""
    keys = read.keys
    for comma in [at for at in range(start + 1, end - 1) if keys[at] in {"،", ","}]:
        if keys[comma + 1] in _GOVERNING or keys[comma + 1] in _DEEDS:
            continue
        found = _speaker(read, comma + 1, end, None)
        if found is not None:
            return found
    return None


_GOVERNING = frozenset("از با به در بر برای تا که و".split())
_OPENING = frozenset("یک چند ساعاتی ساعتی همزمان اندکی لحظاتی روز دو سه".split())


def _by_what_is_said(
    speech: Speech, speaker: _Speaker, words: Sequence[Token], keys: Sequence[str]
) -> tuple[Speech, _Speaker]:
    """Whose a speaker is whom nothing names, by what he says."""
    behind = next((at for at, word in enumerate(words) if word.start >= speaker.span.end), len(words))
    first = next((at for at, word in enumerate(words) if word.start >= speaker.span.start), 0)
    named = keys[first:behind]
    reports = speech.cue is not None and keys[min(behind, len(keys) - 1)] == "گزارش"
    home = None if reports or is_foreign(named) or is_apart(named) else speaks_of_home(keys[behind:])
    if home is None:
        return speech, speaker
    return replace(speech, holder=home), replace(speaker, holder=home)


def _has_subject(keys: Sequence[str], start: int, cue: Saying) -> bool:
    """Whether somebody stands before a plain verb of saying: a name that no list knows."""
    return cue.judges and cue.first > start and keys[start] not in _NO_SUBJECT


def _after_credit(keys: Sequence[str], listed: SpeechWords, saying: int) -> int:
    """Skip 'به گزارش خبرنگار …،' and 'گروه سیاسی:': the outlet names its source or desk, and no speaker stands in it."""
    colon = next((at for at, key in enumerate(keys[:_DESK]) if key == ":"), None)
    # The agency's own name opens its news; it speaks where no one behind it does.
    if colon is not None and (keys[0] in _DESKS or (keys[0] == "خبرگزاری" and saying > colon)):
        return colon + 1
    for phrase in listed.credit:
        if tuple(keys[: len(phrase)]) == phrase:
            end = next((at for at, key in enumerate(keys[:20]) if key in {"،", ","}), None)
            return 0 if end is None else end + 1
    return 0


_DESKS = frozenset({"گروه", "سرویس"})
_DESK = 6


def _named_again(read: _Sentence, start: int, colon: int) -> str | None:
    """Whose a speaker is by his office, where a headline names him and the lead behind it says who he is."""
    words, keys = read.words, read.keys
    name = keys[start:colon]
    for at in range(colon + 1, len(keys) - len(name)):
        if keys[at : at + len(name)] == name and len(name) > 1:
            behind = words[at + len(name) : at + len(name) + _OFFICE]
            return next((m.target for m in read.mentions if behind[0].start <= m.start < behind[-1].end), None)
    return None


_OFFICE = 7


def _colon(keys: Sequence[str], start: int) -> int | None:
    at = next((at for at in range(start, min(len(keys), start + _LONGEST_NAME)) if keys[at] == ":"), None)
    if at is None or at <= start or at + 1 >= len(keys) or keys[at - 1] in _COPULAS:
        return None  # 'فرق پکن و واشنگتن همین است: …' names no speaker
    return at


_COPULAS = frozenset({"است", "نیست", "بود", "نبود", "شد"})


def _according(read: _Sentence, start: int) -> _Speaker | None:
    listed, keys = speech_words(), read.keys
    for first in range(start + 2, len(keys)):
        if (
            (keys[first - 2], keys[first - 1]) in listed.according
            and keys[first] not in _TAKEN_UP
            and (first < 3 or keys[first - 3] not in _REPLYING)
        ):
            comma = next(
                (at for at in range(first, min(len(keys), first + 12)) if keys[at] in {"،", ",", ":"}), first + 6
            )
            last = min(comma, len(keys))
            named = _speaker(read, first, last, None)
            return named or _Speaker(OTHER, _span(read.words, first, last - 1))
    return None


_WHEN = frozenset(
    """همان روز امروز دیروز امشب دیشب شامگاه صبح عصر ظهر بامداد سرانجام همزمان شنبه یکشنبه دوشنبه سهشنبه چهارشنبه پنجشنبه جمعه گذشته
    فوری 🔹 🔺 🔻 🔸 🔴 📌""".split()
)
_TAKEN_UP = frozenset({"او", "وی", "ایشان", "انان", "انها"})
_REPLYING = frozenset({"واکنش", "پاسخ", "اشاره", "توجه", "استناد", "نسبت", "اعتراض"})  # 'در واکنش به ادعای …'


def _speaker(read: _Sentence, start: int, end: int, previous: _Speaker | None) -> _Speaker | None:
    """Find the one who speaks among the words before the cue: the noun phrase that opens the clause."""
    keys = read.keys
    while start < end and keys[start] in _WHEN:
        start += 1
    if start >= end:
        return None
    pronouns = speech_words().pronoun.get(keys[start], ())
    phrase = next((one for one in pronouns if tuple(keys[start : start + len(one)]) == one), None)
    if phrase is not None:
        return _taken_up(read, start, end, len(phrase), previous)
    if keys[start] in _ADVERBIAL:  # 'در این دیدار …، وزیر گفت'; 'در بیانیه ارتش … آمده است' names its own speaker
        if STATEMENTS & set(keys[start : start + 3]):
            start += 1
        else:
            comma = next((at for at in range(start, end) if keys[at] in {"،", ","}), None)
            return None if comma is None else _speaker(read, comma + 1, end, previous)
    stop = _before_object(keys, start, _phrase_end(keys, start, end), end)
    if keys[stop : stop + 3] == ["به", "نقل", "از"]:  # 'رویترز به نقل از مقام ایرانی نوشت': the source's words
        source = _speaker(read, stop + 3, end, None)
        if source is not None and source.holder != OTHER:
            return source
    agent = _agent(keys, stop, end)
    if agent is not None:  # 'چین از سوی آمریکا متقلب خوانده شد'
        return _speaker(read, agent, end, previous)
    return _of_phrase(read, start, stop, end)


def _taken_up(read: _Sentence, start: int, end: int, length: int, previous: _Speaker | None) -> _Speaker | None:
    """Who is meant by a pronoun of `length` words: one told of behind it, the speaker before, or one of the press's own state."""
    words, keys = read.words, read.keys
    span = _span(words, start, start + length - 1)
    if length == 1 and keys[start + 1 : start + 2] == ["که"]:  # 'وی که پیش از این سفیر هند بود، گفت'
        told = next((m for m in read.mentions if words[start].start < m.start < words[end - 1].end), None)
        if told is not None and not speech_words().office.isdisjoint(keys[start:end]):
            return _Speaker(told.target, span)
    if previous is not None:
        return replace(previous, span=span) if previous.is_of_title else previous
    return _Speaker(_HOME if length == 1 else OTHER, span)


def _of_phrase(read: _Sentence, start: int, stop: int, end: int) -> _Speaker | None:
    """Whose the noun phrase from `start` to `stop` is."""
    words, keys, listed = read.words, read.keys, speech_words()
    first, last = words[start].start, words[stop - 1].end
    inside = [mention for mention in read.mentions if first <= mention.start < last and mention.kind in _NAME_KINDS]
    if inside and keys[stop : stop + 1] == ["را"] and inside[-1].end == last:
        # 'دهلی نو پکن را متهم کرد': what stands before را is spoken of, and does not speak.
        first_of_object = next(at for at in range(start, stop) if words[at].start >= inside[-1].start)
        if first_of_object == start:
            return None
        inside, last = inside[:-1], words[first_of_object - 1].end
        if not inside:
            return _Speaker(OTHER, Span(first, last))
    named = [
        (next(at for at in range(stop - start) if words[start + at].end > mention.start), mention.target)
        for mention in inside
    ]
    if named and named[0][1] not in DEFAULT_TARGETS and keys[stop : stop + 1] == ["و"]:
        # Of several who speak together the one that the workbench asks about by default: 'پوتین و همتای چینی'.
        beside = _beside(words, stop, end, read.mentions)
        named = [(0, beside), *named] if beside is not None else named
    inside_it = keys[start:stop]
    known = next((read.names[key] for key in inside_it if key in read.names), None) if not named else None
    holder = known or whose(inside_it, named, listed.home, listed.office)
    return None if holder is None else _Speaker(holder, Span(first, last))


def _beside(words: Sequence[Token], at: int, end: int, mentions: Sequence[Mention]) -> str | None:
    """A state asked about by default that is named within a few words behind و, where several speak."""
    if not any(word.text.endswith(_PLURAL) for word in words[end : end + 4]):
        return None
    reach = words[min(at + _TOGETHER, end - 1)].end
    named = (m.target for m in mentions if words[at].start < m.start < reach)
    return next((code for code in named if code in DEFAULT_TARGETS), None)


_TOGETHER = 4
_PLURAL = ("دند", "تند", "نند", "هند", "رند", "یند", "وند")


def _phrase_end(keys: Sequence[str], start: int, end: int) -> int:
    """Where the noun phrase of the speaker ends; what stands between two commas behind a name belongs to it."""
    stop = next(
        (at for at in range(start + 1, end) if keys[at] in _PHRASE_ENDS and not _joins_titles(keys, at, end)), end
    )
    if stop + 1 < end and keys[stop] == "در" and keys[stop + 1] in _HOUSES:
        return min(end, stop + _HOUSES[keys[stop + 1]])  # 'نماینده زابل در مجلس ایران'
    if stop < end and keys[stop] in {"،", ","}:
        close = next((at for at in range(stop + 1, min(end, stop + _APPOSITION)) if keys[at] in {"،", ","}), None)
        if close is not None and stop - start <= _SHORT_NAME:
            return close
        if close is None and "را" not in keys[stop:end] and end - stop <= _APPOSITION and stop - start <= _SHORT_NAME:
            return end
    return stop


def _before_object(keys: Sequence[str], start: int, stop: int, end: int) -> int:
    """Where an object with را begins inside what looked like one noun phrase: 'دبیرکل ناتو | حمله ایران به … را'."""
    if "را" not in keys[stop:end]:
        return stop
    return next((at for at in range(start + 1, stop) if keys[at] in _DEEDS and keys[at - 1] not in _OF_OFFICE), stop)


def _agent(keys: Sequence[str], stop: int, end: int) -> int | None:
    """Where the agent of a passive begins, if the noun phrase is followed by one."""
    if stop + 2 < end and (keys[stop], keys[stop + 1]) in _AGENTS:
        return stop + 2
    return stop + 1 if stop + 1 < end and keys[stop] == "توسط" else None


_AGENTS = frozenset({("از", "سوی"), ("از", "طرف"), ("از", "جانب")})
_OF_OFFICE = frozenset("وزیر وزارت معاون سخنگوی رئیس رییس فرمانده دفتر سازمان ستاد شورای کمیسیون کمیته مرکز".split())
_DEEDS = frozenset(
    """ریاکاری دورویی بدعهدی زورگویی قلدری خیانت دروغ شرارت توطیه وفاداری صداقت سخاوت بردباری صبر خویشتنداری ایستادگی مقاومت پایداری شجاعت دلاوری عزم اراده
    نفوذ ضعف شکست پیروزی موفقیت دستاورد دستاوردهای پیشرفت پیشرفتهای تلاش تلاشهای کارنامه عملکرد تمدید تشدید یارانه یارانههای تحریم تحریمها تحریمهای حمله حملات حملههای یورش ادعا ادعای ادعاها ادعاهای اظهارات سخنان گفتههای اقدام اقدامات اقدامهای سیاست سیاستهای
    رفتار رفتارهای گزارش گزارشهای اعلام تصمیم تصمیمات مواضع موضع فشار فشارها فشارهای تهدید تهدیدها تهدیدهای طرح طرحهای قطعنامه بیانیه حضور نقش
    پیشنهاد خروج توافق جنایت جنایات تجاوز تجاوزات ترور کشتار محاصره کمک کمکهای حمایت حمایتهای روابط مذاکره مذاکرات پاسخ برنامه برنامههای گفتوگو
    نامه پیام خبر انتشار شایعه اتهام اتهامات اتهامهای انتخاب سفر دعوت ازمایش پرتاب شلیک نقض بدعهدی رای رأی رزمایش مانور جنگ عملیات مداخله دخالت
    دخالتهای تحرکات استقرار فروش ارسال صدور بازداشت اعدام سرکوب قانون لایحه فرمان تعرفه تعرفههای""".split()
)


def _joins_titles(keys: Sequence[str], at: int, end: int) -> bool:
    """Whether و stands inside a title ('سفیر و نماینده دائم کشورمان', 'وزیر نفت و گاز هند')."""
    return keys[at] == "و" and at + 1 < end and keys[at + 1] in _TITLE_PARTS


_HOUSES = {"مجلس": 3, "پارلمان": 3, "سنای": 3, "کنگره": 3, "سنا": 2, "بوندستاگ": 2, "دوما": 2}  # words with whose it is
_TITLE_PARTS = frozenset(
    "بینالمللی بینالملل پرورش شهرسازی ترابری نقل برنامهریزی بودجه بازرگانی صنعت اقیانوسیه پارلمانی کشاورزی رفاه اجتماعی فنی اجرایی بهداشت درمان نماینده معاون دبیر رییس عضو سخنگوی فرمانده مشاور گاز امور تجارت معدن سیاست ارتباطات اطلاعات ارام دارایی پرورش فناوری".split()
)
_ADVERBIAL = frozenset({"در", "با", "پس", "طی", "پیش"})
_NO_SUBJECT = frozenset("در با به از پس طی پیش و اما که تا برای بر این ان همچنین سپس ضمن".split())
_SHORT_NAME = 5
_NAME_BEFORE_COLON = 8
_APPOSITION = 12
_PHRASE_ENDS = frozenset(
    "، , : ؛ با در که از را به و پس طی ضمن نیز هم روز امروز دیروز شامگاه همچنین صبح شنبه یکشنبه دوشنبه پیرامون درباره توسط".split()
)


def _subjectless(keys: Sequence[str], start: int, cue: Saying) -> bool:
    """Whether the sentence opens with its verb or with an adverbial, so that the speaker before speaks on."""
    return cue.first == start or keys[start] in {"همچنین", "سپس", "با", "در", "و", "ضمن"}


def _opens_speech(keys: Sequence[str], cue: Saying) -> bool:
    following = keys[cue.last + 1 : cue.last + 3]
    return bool({":", "که", "«"} & set(following))


def _learn_names(words: Sequence[Token], mentions: Sequence[Mention], names: dict[str, str]) -> None:
    """Remember whose a name is when it stands in guillemets beside an office of a state ('«امیر حاتمی» وزیر دفاع ایران')."""
    for at, word in enumerate(words):
        if word.text != "«":
            continue
        close = next((i for i in range(at + 1, min(len(words), at + 6)) if words[i].text == "»"), None)
        if close is None or close + 1 >= len(words):
            continue
        following = next(
            (m for m in mentions if 0 <= m.start - words[close].end <= 70 and m.kind in {"name", "demonym", "forces"}),
            None,
        )
        if following is not None:
            for part in words[at + 1 : close]:
                if len(part.form.key) > 3:
                    names.setdefault(part.form.key, following.target)


def _span(words: Sequence[Token], first: int, last: int) -> Span:
    return Span(words[first].start, words[min(last, len(words) - 1)].end)
