import json
import tempfile
import unittest
from pathlib import Path

from fine_tune.data import Clip, DataError, batches, essence, mixed, read_dataset


def clip(name: str, duration_ms: int = 1000) -> Clip:
    return Clip(Path(name), name, name, duration_ms, "en")


class Data(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def holds(self, part: str, *rows: dict) -> None:
        (self.folder / part).mkdir(exist_ok=True)
        lines = [json.dumps({"file_name": "a.flac", "duration_ms": 1000, **row}) for row in rows]
        (self.folder / part / "metadata.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def test_parts_are_read_and_a_language_is_taken_where_none_is_said(self) -> None:
        self.holds("train", {"text": "One.", "group": "ann"}, {"text": "Zwei.", "group": "ann", "language": "de"})
        self.holds("test", {"text": "Three.", "group": "bob"})
        parts = read_dataset(self.folder, "en")
        self.assertEqual([(one.text, one.language) for one in parts["train"]], [("One.", "en"), ("Zwei.", "de")])
        self.assertEqual(parts["test"][0].path, self.folder / "test" / "a.flac")
        self.assertEqual(parts["validation"], [])

    def test_a_speaker_or_a_text_in_two_parts_is_refused(self) -> None:
        self.holds("train", {"text": "One.", "group": "ann"})
        for row in ({"text": "Two.", "group": "ann"}, {"text": "ONE!", "group": "bob"}):
            self.holds("test", row)
            with self.assertRaisesRegex(DataError, "leaks into test"):
                read_dataset(self.folder)

    def test_what_is_no_data_set_is_said(self) -> None:
        with self.assertRaisesRegex(DataError, "holds no data set"):
            read_dataset(self.folder)
        self.holds("train", {"text": "One."}, {})
        with self.assertRaisesRegex(DataError, "line 2"):
            read_dataset(self.folder)

    def test_texts_are_the_same_that_differ_in_writing_only(self) -> None:
        self.assertEqual(essence("Ёлка, ёлка!"), essence("елка — ЕЛКА"))
        self.assertNotEqual(essence("one two"), essence("onetwo"))


class Mixing(unittest.TestCase):
    own = [clip(f"own {index}") for index in range(30)]
    general = [clip(f"general {index}") for index in range(7)]

    def test_general_speech_has_its_share_even_where_there_is_little(self) -> None:
        both = mixed(self.own, self.general, 0.25, 1)
        self.assertEqual(sum(one in self.general for one in both), 10)
        self.assertEqual(sorted(one.text for one in both if one in self.own), sorted(one.text for one in self.own))

    def test_without_general_speech_or_share_there_is_only_ones_own(self) -> None:
        self.assertEqual(len(mixed(self.own, [], 0.5, 1)), 30)
        self.assertEqual(len(mixed(self.own, self.general, 0, 1)), 30)

    def test_the_order_is_that_of_the_seed(self) -> None:
        self.assertEqual(mixed(self.own, self.general, 0.25, 3), mixed(self.own, self.general, 0.25, 3))
        self.assertNotEqual(mixed(self.own, self.general, 0.25, 3), mixed(self.own, self.general, 0.25, 4))

    def test_batches_hold_each_clip_once(self) -> None:
        clips = [clip(f"{index}", 1000 + index * 37 % 900) for index in range(45)]
        made = batches(clips, 4, 1)
        self.assertEqual(sorted(one.text for batch in made for one in batch), sorted(one.text for one in clips))
        self.assertLessEqual(max(map(len, made)), 4)


if __name__ == "__main__":
    unittest.main()
