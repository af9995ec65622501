"""Contestants measured in turns within one run: machines differ, and are noisy."""

import random
from statistics import median


def take_turns(contestants, measure, turns):
    """What `measure` says of each contestant, turn by turn; nobody is always first."""
    contestants = list(contestants)
    measured = {contestant: [] for contestant in contestants}
    for _ in range(turns):
        for contestant in random.sample(contestants, len(contestants)):
            measured[contestant].append(measure(contestant))
    return measured


def ratio(these, those):
    """The median of the ratios, turn by turn."""
    return median(this / that for this, that in zip(these, those, strict=True))
