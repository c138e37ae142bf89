"""Model files: what goes in comes out, and nothing in them can run."""

from __future__ import annotations

import io
import json
import pickle
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from workbench.errors import ModelError
from workbench.saving import SavedModel, joined, read_model, write_model
from workbench.stance import classifier

CARD = {"classifier": "linear", "parameters": {"strength": 0.5}}


class Bomb:
    """Unpickling it would leave a file behind."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> Any:
        return Path.touch, (self.mark,)


def archive(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        for name, content in members.items():
            made.writestr(name, content)
    return path


def npy(array: np.ndarray, *, pickled: bool = False) -> bytes:
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, array, allow_pickle=pickled)
    return buffer.getvalue()


def card_bytes(card: Any) -> bytes:
    return npy(np.frombuffer(json.dumps(card).encode(), dtype=np.uint8))


@given(
    arrays=st.dictionaries(
        st.from_regex(r"[a-z]{1,8}(/[a-z]{1,4})?", fullmatch=True).filter(lambda name: name != "card"),
        npst.arrays(st.sampled_from([np.float32, np.float16, np.int64]), npst.array_shapes(max_dims=2, max_side=4)),
        max_size=3,
    ),
    text=st.text(max_size=20),
)
def test_what_goes_in_comes_out(
    tmp_path_factory: pytest.TempPathFactory, arrays: dict[str, np.ndarray], text: str
) -> None:
    path = tmp_path_factory.mktemp("model") / "m.npz"
    write_model(SavedModel({**CARD, "note": text}, arrays), path)
    found = read_model(path)
    assert found.card == {**CARD, "note": text}
    assert set(found.arrays) == set(arrays)
    for name, array in arrays.items():
        np.testing.assert_array_equal(found.arrays[name], array)
        assert found.arrays[name].dtype == array.dtype


def test_the_same_model_gives_the_same_bytes(tmp_path: Path) -> None:
    model = SavedModel(CARD, {"b": np.arange(3.0), "a": np.ones(2)})
    for name in ("one.npz", "two.npz"):
        write_model(model, tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_models_inside_a_model_come_out_again() -> None:
    inner = SavedModel({"classifier": "linear", "x": 1}, {"w": np.ones(2)})
    whole = joined({"classifier": "ensemble"}, {"w": np.zeros(1)}, {"linear": inner})
    assert whole.part("linear").card == inner.card
    np.testing.assert_array_equal(whole.part("linear").arrays["w"], np.ones(2))


def test_a_pickle_in_a_model_file_never_runs(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    poisoned = np.array([Bomb(mark)], dtype=object)
    smuggled = {
        "objects": {"card.npy": card_bytes(CARD), "weights.npy": npy(poisoned, pickled=True)},
        "a pickled card": {"card.npy": npy(poisoned, pickled=True)},
        "a bare pickle": {"card.npy": card_bytes(CARD), "weights.npy": pickle.dumps(Bomb(mark))},
        "a pickle as card": {"card.npy": pickle.dumps(Bomb(mark))},
        "a module": {
            "card.npy": card_bytes({"classifier": "os.system", "parameters": {}}),
            "x.py": b"raise SystemExit",
        },
    }
    for name, members in smuggled.items():
        path = archive(tmp_path / f"{name}.npz", members)
        with pytest.raises(ModelError):
            classifier(path)
    whole = tmp_path / "whole.npz"
    whole.write_bytes(pickle.dumps(Bomb(mark)))
    with pytest.raises(ModelError, match=r"whole\.npz"):
        classifier(str(whole))
    assert not mark.exists()
    pickle.loads(pickle.dumps(Bomb(mark)))  # noqa: S301 - the bomb does work where pickles are read
    assert mark.exists()


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ({}, "expected a model file"),
        ({"card.npy": b"\x93NUMPY"}, "expected a model file"),
        ({"card.npy": card_bytes([1])}, "names no classifier"),
        ({"card.npy": card_bytes({"classifier": "linear"})}, "lacks a part"),
        ({"card.npy": card_bytes({"classifier": "nothing"})}, "expected one of"),
        ({"card.npy": card_bytes({"classifier": "linear", "parameters": {"evil": 1}})}, "lacks a part"),
    ],
)
def test_a_damaged_file_is_named_with_what_was_expected(members: dict[str, bytes], says: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=says):
        classifier(archive(tmp_path / "m.npz", members))


def test_a_file_that_promises_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.npz"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made,
        made.open("card.npy", "w", force_zip64=True) as stream,
    ):
        for _ in range(1100):
            stream.write(bytes(1 << 20))
    assert path.stat().st_size < 3_000_000
    with pytest.raises(ModelError, match="at most"):
        read_model(path)


def test_objects_are_not_written(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="objects"):
        write_model(SavedModel(CARD, {"x": np.array([object()])}), tmp_path / "m.npz")
    with pytest.raises(ModelError, match="not JSON"):
        write_model(SavedModel({"classifier": "x", "y": object()}), tmp_path / "m.npz")
