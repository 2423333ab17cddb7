import contextlib
import io
import re
import unittest
from pathlib import Path

from fine_tune.command import main, parser

HERE = Path(__file__).resolve().parent.parent


class Command(unittest.TestCase):
    def test_a_share_that_cannot_be_is_refused(self) -> None:
        said = io.StringIO()
        with contextlib.redirect_stderr(said):
            self.assertEqual(main(["train", "--start", "a", "--data", "b", "--out", "c", "--share", "1.5"]), 2)
        self.assertIn("--share 1.5", said.getvalue())

    def test_an_encoder_that_is_left_alone_cannot_be_taught(self) -> None:
        for other in (["--adapt-context"], ["--noise", "n"]):
            said = io.StringIO()
            with contextlib.redirect_stderr(said):
                self.assertEqual(main(["train", "--start", "a", "--data", "b", "--out", "c", "--decoder-only", *other]), 2)
            self.assertIn(other[0], said.getvalue())

    def test_help_has_examples(self) -> None:
        self.assertIn("voiceinput models import", parser().format_help())

    def test_all_that_is_installed_has_checksums_and_no_address(self) -> None:
        text = (HERE / "requirements.txt").read_text(encoding="utf-8")
        self.assertNotRegex(text, r"https?://|--index|--extra|--find-links")
        wanted = re.findall(r"^(\w+)==(\S+)$", (HERE / "requirements.in").read_text(encoding="utf-8"), re.MULTILINE)
        self.assertEqual(len(wanted), 6)
        for name, version in wanted:
            self.assertRegex(text, rf"(?m)^{name}=={re.escape(version)} .*\\\n    --hash=sha256:[0-9a-f]{{64}}")
        for entry in re.split(r"\n(?=[a-z])", text)[1:]:
            self.assertIn("--hash=sha256:", entry)


if __name__ == "__main__":
    unittest.main()
