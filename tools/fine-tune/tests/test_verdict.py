import random
import unittest

from fine_tune.bootstrap import Difference, Errors, compare, rate
from fine_tune.verdict import EarlyStop, Tried, best_factor, objections, table

better = Difference(before=20, after=10, change=-10, low=-13, high=-7)
same = Difference(before=20, after=20.5, change=0.5, low=-0.5, high=1.5)
worse = Difference(before=20, after=26, change=6, low=3, high=9)


class Bootstrap(unittest.TestCase):
    def test_the_rate_counts_words_not_clips(self) -> None:
        self.assertEqual(rate([Errors(1, 2), Errors(0, 8)]), 10)
        self.assertEqual(rate([]), 0)

    def test_a_clear_difference_is_sure_and_none_is_not(self) -> None:
        chance = random.Random(1)
        before = [Errors(chance.randint(2, 5), 10) for _ in range(100)]
        clear = compare(before, [Errors(one.wrong - 1, 10) for one in before])
        self.assertAlmostEqual(clear.change, -10)
        self.assertLess(clear.high, 0)
        shuffled = before.copy()
        chance.shuffle(shuffled)
        unclear = compare(before, shuffled)
        self.assertAlmostEqual(unclear.change, 0)
        self.assertLess(unclear.low, 0)
        self.assertGreater(unclear.high, 0)

    def test_readings_of_other_clips_cannot_be_compared(self) -> None:
        with self.assertRaises(ValueError):
            compare([Errors(0, 1)], [])


class Verdict(unittest.TestCase):
    def test_what_became_better_and_forgot_nothing_is_not_objected_to(self) -> None:
        self.assertEqual(objections(better, {"ru": same, "en": better}, 1), [])

    def test_what_did_not_become_better_or_forgot_is(self) -> None:
        self.assertRegex(objections(same, {}, 1)[0], "did not fall: 20.0 → 20.5 %")
        self.assertRegex(objections(better, {"ru": worse}, 1)[0], "forgot: word errors on ru rose by 6.0 points")
        self.assertRegex(objections(None, {}, 1)[0], "no test part")
        unsure = Difference(before=20, after=19, change=-1, low=-3, high=1)
        self.assertRegex(objections(unsure, {}, 1)[0], "judge by more clips")

    def test_the_mixture_is_the_best_that_forgets_little(self) -> None:
        tried = [
            Tried(0.0, 50, {"ru": 20, "en": 10}),
            Tried(0.5, 20, {"ru": 20.8, "en": 10}),
            Tried(0.75, 10, {"ru": 21.5, "en": 10}),
            Tried(1.0, 5, {"ru": 28, "en": 9}),
        ]
        self.assertEqual(best_factor(tried, 1), 0.5)
        self.assertEqual(best_factor(tried, 2), 0.75)
        self.assertEqual(best_factor(tried, 10), 1.0)

    def test_of_mixtures_that_gain_nearly_the_same_it_is_the_smallest(self) -> None:
        tried = [Tried(0.0, 100, {}), Tried(0.25, 50, {}), Tried(0.5, 5, {}), Tried(0.75, 1, {}), Tried(1.0, 0, {})]
        self.assertEqual(best_factor(tried, 1), 0.5)

    def test_where_nothing_is_better_the_start_stays(self) -> None:
        self.assertEqual(best_factor([Tried(0.0, 5, {}), Tried(0.5, 5, {}), Tried(1.0, 6, {})], 1), 0.0)

    def test_it_stops_when_the_loss_falls_no_more(self) -> None:
        stop = EarlyStop(2)
        self.assertEqual([(stop.is_best(loss), stop.is_over) for loss in (3, 2, 2.5, 2.1)], [(True, False), (True, False), (False, False), (False, True)])
        self.assertTrue(EarlyStop(2, [3, 2, 2.5, 2.1]).is_over)

    def test_the_table_has_a_row_for_each_part(self) -> None:
        self.assertIn("| own | 20.0 % | 10.0 % | -10.0 (-13.0 … -7.0) |", table({"own": better}))


if __name__ == "__main__":
    unittest.main()
