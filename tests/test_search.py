"""Full-text search and the concordance: however a phrase is typed, the same articles; every line leads to its place."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench import frames
from workbench.cli import main
from workbench.corpus import demo, read_sources
from workbench.errors import QueryError
from workbench.ingesting import ingest
from workbench.partitions import Corpus, PartSize
from workbench.queries import parse_query
from workbench.search import INDEX, Index, concordance, spans
from workbench.seeds import seed_path
from workbench.types import Article
from workbench.words import words

ARTICLES = [
    Article("half", "وزیر می‌رود و گفت‌وگو می‌کند.", outlet="الف", published=datetime(2024, 6, 1, 11, tzinfo=UTC)),
    Article("space", "وزیر مي رود و گفت و گو می کند.", outlet="ب", published=datetime(2023, 6, 1, 11, tzinfo=UTC)),
    Article("glued", "وزیر میرود و گفتوگو میکند."),
    Article("names", "رئیس‌جمهور آمریکا تحریم‌های ایران را تمدید کرد؛ ایران آن تحریم‌ها را رد کرد."),
    Article("spaced", "رییس جمهور امریکا درباره‌ی تحریمهای تازه‌ای علیه چین سخن گفت."),
    Article("other", "هوا خوب است."),
]


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.of_articles(ARTICLES)


@pytest.mark.parametrize(
    ("queries", "found"),
    [
        (["می رود", "می‌رود", "میرود", "مي‌رود", '"می رود"'], {"half", "space", "glued"}),
        (["گفت و گو", "گفت‌وگو", "گفت‌و‌گو", "گفتوگو"], {"half", "space", "glued"}),
        (["رئیس جمهور آمریکا", "رئیس‌جمهور امریکا", "رییسجمهورآمریکا"], {"names", "spaced"}),
        (["تحریم*", "تحری*"], {"names", "spaced"}),
        (["تحریم‌ها*", "تحریم ها*", "تحریمها*"], {"names", "spaced"}),
        (["ایران AND چین", "ایران NOT تحریم*", "ماه"], set()),
        (["ایران OR چین", "(ایران OR چین) AND تحریم*", "تحریم* (ایران OR چین)"], {"names", "spaced"}),
        (["NEAR(ایران تمدید, 1)", 'NEAR("رئیس جمهور" تحریم, 1)'], {"names"}),
        (["NEAR(ایران رئیس, 1)"], set()),
        (["تحریم* NOT چین"], {"names"}),
    ],
)
def test_the_same_letters_find_the_same_articles(index: Index, queries: list[str], found: set[str]) -> None:
    for query in queries:
        assert set(index.find(query)) == found, query


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "it ends where words are expected"),
        ("«»", "holds no word"),
        ('"ایران', "a quotation mark without its other"),
        ("ایران AND", "it ends where words are expected"),
        ("OR ایران", "OR without words before it"),
        ("(ایران", "that is not closed"),
        ("ایران)", "closes nothing"),
        ("NEAR(ایران, 5)", "two words or more"),
        ("NEAR(ایران چین", r"NEAR\( without its \)"),
        ("ب" * 500, "the limit is 120"),
    ],
)
def test_a_query_that_does_not_hold_together_is_told(query: str, says: str) -> None:
    with pytest.raises(QueryError, match=says):
        parse_query(query)


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=40) | st.text('"()*, ANDORTENایرانچ۲', max_size=40))
def test_no_query_does_anything_but_find_or_be_refused(query: str) -> None:
    try:
        Index.of_articles(ARTICLES[:2]).find(query)
    except QueryError as error:
        assert str(error)


@settings(deadline=None, max_examples=200)
@given(
    st.lists(st.text("ابتحچخدرسشکگلمنوهیژ", min_size=2, max_size=6), min_size=1, max_size=4),
    st.lists(st.sampled_from([" ", "\u200c", "", "  "]), min_size=3, max_size=3),
    st.lists(st.sampled_from([" ", "\u200c", ""]), min_size=3, max_size=3),
)
def test_any_phrase_is_found_however_it_is_typed(parts: list[str], typed: list[str], asked: list[str]) -> None:
    def joined(marks: list[str]) -> str:
        return "".join(part + (marks[at] if at < len(parts) - 1 else "") for at, part in enumerate(parts))

    text = f"آغاز {joined(typed)} پایان."
    assert Index.of_articles([Article("a", text)]).find(joined(asked)) == ["a"]
    found = spans(joined(asked), text)
    assert [span.of(text) for span in found] == [joined(typed)]


def test_the_index_finds_what_reading_every_article_finds() -> None:
    table = demo()
    index = Index.of_articles(frames.articles_of(table))
    for phrase in ("ایران", "آمریکا", "وزیر دفاع", "می‌شود", "خلیج فارس", "جمهوری اسلامی"):
        letters = "".join(words(phrase))
        read = []
        for article_id, text in zip(table["article_id"], table["text"], strict=True):
            found = words(text)
            runs = (found[a:b] for a in range(len(found)) for b in range(a + 1, min(a + 5, len(found)) + 1))
            if any("".join(run) == letters for run in runs):
                read.append(article_id)
        assert index.find(phrase) == read


def test_a_concordance_shows_each_place_as_it_stands(index: Index) -> None:
    table = frames.articles_frame(ARTICLES)
    lines = concordance(table, "گفت و گو", index, width=10)
    assert lines["keyword"].tolist() == ["گفت‌وگو", "گفت و گو", "گفتوگو"]
    texts = {article.article_id: article.text for article in ARTICLES}
    for row in lines.itertuples():
        text = texts[row.article_id]
        assert text[row.start : row.end] == row.keyword
        assert text[: row.start].endswith(row.left)
        assert text[row.end :].startswith(row.right)
        assert len(row.left) <= 10
    assert lines["date"].tolist()[0] == "۱۲ خرداد ۱۴۰۳ (2024-06-01)"


def test_a_concordance_is_sorted_by_its_contexts(index: Index) -> None:
    table = frames.articles_frame(ARTICLES)
    right = concordance(table, "تحریم*", index, sort="right")
    assert [words(line)[0] for line in right["right"]] == sorted(words(line)[0] for line in right["right"])
    left = concordance(table, "تحریم*", index, sort="left")
    assert [words(line)[-1] for line in left["left"]] == sorted(words(line)[-1] for line in left["left"])
    assert concordance(table, "می رود", index, sort="date")["article_id"].tolist() == ["space", "half", "glued"]
    assert len(concordance(table, "تحریم*", index, limit=2)) == 2
    with pytest.raises(QueryError, match="expected one of corpus, left, right"):
        concordance(table, "تحریم", index, sort="rihgt")


def test_words_after_not_are_not_shown(index: Index) -> None:
    shown = parse_query("(تحریم* NOT (چین OR ایران)) OR وزیر NOT NEAR(الف ب) AND گفت").phrases
    assert [phrase.letters for phrase in shown] == ["تحریم", "وزیر", "گفت"]
    lines = concordance(frames.articles_frame(ARTICLES), "تحریم* NOT چین", index)
    assert all(line.startswith("تحریم") for line in lines["keyword"])


def test_the_index_of_a_corpus_grows_with_it_and_is_made_anew_when_it_is_broken(tmp_path: Path) -> None:
    articles = list(read_sources([seed_path("articles")], lambda _: None))
    (tmp_path / "a").mkdir()
    files = sorted(seed_path("articles").glob("*.jsonl"))
    ingest(files[:2], tmp_path / "c", size=PartSize(articles=10))
    first = Index.of_corpus(Corpus.open(tmp_path / "c"))
    before = len(first)
    first.close()
    corpus, _ = ingest(files[2:], tmp_path / "c", size=PartSize(articles=10))
    whole = Index.of_corpus(corpus)
    assert before < len(whole) == len(articles)
    assert set(whole.find("ایران")) == set(Index.of_articles(articles).find("ایران"))
    lines = concordance(corpus, "ایران", whole, sort="right")
    assert len(lines) == len(concordance(corpus.frame(), "ایران"))
    whole.close()
    (tmp_path / "c" / INDEX).write_bytes(b"not a database" * 100)
    again = Index.of_corpus(corpus)
    assert len(again) == len(articles)
    again.close()


def test_the_command_prints_lines_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ingest([seed_path("articles")], tmp_path / "c")
    assert main(["search", "وزیر دفاع", "--corpus", str(tmp_path / "c"), "--sort", "date", "--limit", "5"]) == 0
    out, err = capsys.readouterr()
    assert 0 < len(out.splitlines()) <= 5
    assert all("[وزیر دفاع]" in line or "[وزیر" in line for line in out.splitlines())
    assert "5 places shown" in err or "places shown" in err
    assert main(["search", "وزیر AND", "--corpus", str(tmp_path / "c")]) == 2
    assert main(["search", "وزیر", "--corpus", str(tmp_path)]) == 2
