"""Measures the chat under load: real WebSocket clients, in a process apart from the servers'.

Part of `make bench`; alone it is `python -m bench.load`.
"""

import asyncio
import resource
from contextlib import ExitStack
from functools import partial
from itertools import product
from statistics import median

import psutil

from bench import figures
from bench.clients import burst, idleness, lifetime, new_rooms, round_trips, visit
from bench.contestants import (
    CONTESTANTS,
    DEFAULT_CAPACITY,
    DEFAULT_TIMEOUT,
    MEMORY,
    NEVER_DISCARDED,
    ON_DAPHNE,
    OURS,
    REDIS,
    REFERENCE,
    redis,
    serve,
)
from bench.figures import Figure
from bench.turns import ratio, take_turns
from workbook.languages import Bilingual

TURNS = 5
LONG_TURNS = 2  # of what takes many seconds each
FAN_OUT = {50: 40, 200: 10}  # messages to so many clients
PUPILS, MESSAGES = 30, 50
CLASS = Bilingual(
    f"a class's burst, {PUPILS} × {MESSAGES}", f"دفعة رسائل من صف، {PUPILS} × {MESSAGES}"
)
LOST = Bilingual(f"lost of {PUPILS**2 * MESSAGES:,}", f"ما ضاع من {PUPILS**2 * MESSAGES}")
IDLE, STALE = 1000, 1000
WAIT = 20  # seconds
FILES = 4096  # a socket each


def main():
    measured = list(measure())
    figures.show(measured)
    figures.write(measured)


def measure():
    """All the figures of the load."""
    raise_file_limit()
    with redis() as environment:
        layers = {MEMORY: {}, REDIS: environment}
        yield from throughput(layers)
        yield from losses(layers)
        yield from idle_sockets(layers)
        yield from stale_members(layers)
        yield from lifetimes(environment)


def raise_file_limit():
    """Lets this process and the servers have a file open for every client."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < FILES:
        resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, hard))


def throughput(layers):
    """Round trips, fan-out and a class's burst; the servers run all the while."""
    with ExitStack() as stack:
        ports = {
            (layer, name): stack.enter_context(serve(name, environment)).port
            for layer, environment in layers.items()
            for name in CONTESTANTS
        }

        def chat(each, clients):
            return asyncio.run(round_trips(ports[each], new_rooms(clients), 600))

        def speech(each, clients):
            return asyncio.run(burst(ports[each], clients, FAN_OUT[clients], senders=1)).rate

        yield from latency(take_turns(ports, partial(chat, clients=1), TURNS))
        yield from compared(
            Bilingual("round trips/s, 50 clients", "رحلات ذهاب وإياب في الثانية، 50 عميلًا"),
            take_turns(ports, partial(chat, clients=50), TURNS),
        )
        for clients in FAN_OUT:
            yield from compared(
                Bilingual(
                    f"deliveries/s, {clients} clients in a room",
                    f"رسائل تصل في الثانية، وعدد العملاء في الغرفة {clients}",
                ),
                take_turns(ports, partial(speech, clients=clients), TURNS),
            )
        yield from class_burst(
            take_turns(
                ports, lambda each: asyncio.run(burst(ports[each], PUPILS, MESSAGES)), LONG_TURNS
            )
        )


def latency(rates):
    """A lone client's round trips, and what Redis adds to each."""
    trips = Bilingual("round trips/s, 1 client", "رحلات ذهاب وإياب في الثانية، عميل واحد")
    trip = Bilingual(
        "ms a round trip, 1 client", "زمن الرحلة ذهابًا وإيابًا بالميلي ثانية، عميل واحد"
    )
    yield from compared(trips, rates)
    for (layer, name), values in rates.items():
        if layer == REDIS:
            slower = ratio(rates[MEMORY, name], values)
            milliseconds = 1000 / median(values)
            yield Figure(trip, layer, name, milliseconds, slower, MEMORY)


def class_burst(bursts):
    """How fast a class's burst is delivered, and what was lost of it at worst."""
    rate, seconds = Bilingual("deliveries/s", "رسائل تصل في الثانية"), Bilingual("seconds", "ثوانٍ")
    yield from compared(of(CLASS, rate), each_of(bursts, "rate"))
    yield from compared(of(CLASS, seconds), each_of(bursts, "seconds"))
    for (layer, name), lost in each_of(bursts, "lost").items():
        yield Figure(of(CLASS, LOST), layer, name, max(lost))


def losses(layers):
    """What the default capacity loses of a class's burst; once, since it is most of it."""

    def overflow(each):
        layer, name = each
        with serve(name, layers[layer], DEFAULT_CAPACITY) as server:
            return asyncio.run(burst(server.port, PUPILS, MESSAGES))

    small = Bilingual(f"{CLASS.en}, capacity 100", f"{CLASS.ar}، والسعة 100")
    bursts = take_turns(product(layers, ON_DAPHNE), overflow, turns=1)
    for (layer, name), [lost] in each_of(bursts, "lost").items():
        yield Figure(of(small, LOST), layer, name, lost)


def idle_sockets(layers):
    """What a thousand sockets in one room cost, and whether a message reaches them."""

    def sit(each):
        layer, name = each
        with serve(name, layers[layer]) as server:
            process = psutil.Process(server.pid)
            return asyncio.run(idleness(server.port, IDLE, lambda: process.memory_info().rss))

    idle = take_turns(product(layers, ON_DAPHNE), sit, LONG_TURNS)
    sockets = Bilingual(f"{IDLE:,} idle sockets", f"الاتصالات الخاملة، وعددها {IDLE}")
    memory = Bilingual("KiB each", "كيلوبايت لكل اتصال")
    joining = Bilingual("seconds to join", "ثوانٍ حتى انضمت كلها")
    reached = Bilingual("reached by a message", "ما وصلت إليه رسالة منها")
    yield from compared(of(sockets, memory), each_of(idle, "memory"))
    yield from compared(of(sockets, joining), each_of(idle, "joining"))
    for (layer, name), counts in each_of(idle, "reached").items():
        yield Figure(of(sockets, reached), layer, name, min(counts))


def stale_members(layers):
    """What a message costs in a room that nobody is taken out of."""

    def grow_stale(each):
        layer, name = each
        with serve(name, layers[layer], NEVER_DISCARDED) as server:
            room = new_rooms(1)
            alone = asyncio.run(round_trips(server.port, room, 100))
            asyncio.run(visit(server.port, room * STALE))
            return 1000 / alone, 1000 / asyncio.run(round_trips(server.port, room, 100))

    lonely = Bilingual(
        "ms a message, alone in a room", "زمن الرسالة بالميلي ثانية، عميل وحده في غرفة"
    )
    with_stale = Bilingual(
        f"ms a message, with {STALE:,} stale members",
        f"زمن الرسالة بالميلي ثانية، وفي الغرفة أعضاء باقون بعد خروجهم، وعددهم {STALE}",
    )
    measured = take_turns(product(layers, ON_DAPHNE), grow_stale, LONG_TURNS)
    for (layer, name), turns in measured.items():
        alone, crowded = zip(*turns, strict=True)
        slower = ratio(crowded, alone)
        yield Figure(lonely, layer, name, median(alone))
        yield Figure(with_stale, layer, name, median(crowded), slower, "alone")


def lifetimes(environment):
    """How long an idle socket lives on Redis, with redis-py's time-out and with the step's; once."""
    with serve(OURS, environment, DEFAULT_TIMEOUT) as theirs, serve(OURS, environment) as ours:

        async def wait():
            return await asyncio.gather(lifetime(theirs.port, WAIT), lifetime(ours.port, WAIT))

        dead, alive = asyncio.run(wait())
    life = Bilingual("seconds an idle socket lives", "ثوانٍ يعيشها الاتصال الخامل")
    default = Bilingual(f"{life.en}, redis-py's time-out", f"{life.ar}، بمهلة redis-py")
    own = Bilingual(
        f"{life.en}, ours (watched for {WAIT})", f"{life.ar}، بمهلتنا (راقبناه {WAIT} ثانية)"
    )
    yield Figure(default, REDIS, OURS, dead)
    yield Figure(own, REDIS, OURS, alive)


def of(subject, what):
    """What was measured of it."""
    return Bilingual(f"{subject.en}: {what.en}", f"{subject.ar}: {what.ar}")


def compared(what, measured):
    """The contestants' medians, and their ratios to step 4 on the same layer."""
    for (layer, name), values in measured.items():
        against = ratio(values, measured[layer, REFERENCE]) if name != REFERENCE else None
        yield Figure(what, layer, name, median(values), against, "step 4")


def each_of(measured, name):
    """One attribute of what was measured."""
    return {each: [getattr(one, name) for one in all_] for each, all_ in measured.items()}


if __name__ == "__main__":
    main()
