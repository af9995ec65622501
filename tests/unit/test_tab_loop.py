"""The loop of an interpreter with one thread, in a Python of its own: it takes asyncio's place."""

import textwrap

from tests.support import interpreters

BEGINNING = """
import asyncio

from asgiref.sync import async_to_sync, sync_to_async

from workbook.tab import loop

loop.install()
told = []
"""


def told(script):
    return interpreters.told(BEGINNING + textwrap.dedent(script) + "\nprint(*told)\n")


def test_synchronous_work_of_two_tasks_goes_one_after_the_other():
    """While the one waits for a coroutine, the other does not begin in its middle."""
    assert told("""
        async def pause(name):
            for _ in range(3):
                await asyncio.sleep(0)
                told.append(f"{name}-waits")

        def work(name):
            told.append(f"{name}-begins")
            async_to_sync(pause)(name)
            told.append(f"{name}-ends")

        async def both():
            await asyncio.gather(sync_to_async(work)("a"), sync_to_async(work)("b"))

        asyncio.run(both())
    """) == [f"{name}-{what}" for name in "ab" for what in ["begins", *["waits"] * 3, "ends"]]


def test_a_coroutine_that_is_waited_for_may_do_synchronous_work_itself():
    """It has the thread of the work that waits for it."""
    assert told("""
        async def inner():
            await sync_to_async(told.append)("inner")

        def work():
            async_to_sync(inner)()
            told.append("outer")

        asyncio.run(sync_to_async(work)())
    """) == ["inner", "outer"]


def test_synchronous_work_is_seen_to_go_on():
    """As that of a thread is, by a suite that waits until nothing goes on any more."""
    assert (
        told("""
        async def jobs(way):
            here, made = asyncio.get_running_loop(), []
            run = here.run_in_executor
            here.run_in_executor = lambda *about: made.append(run(*about)) or made[-1]
            work = async_to_sync(tell)
            await way(lambda: work(made))
            told.append(made[0].done())

        async def tell(made):
            told.append(made[0].done())

        def by_executor(work):
            return asyncio.get_running_loop().run_in_executor(None, work)

        def at_some_time(work):
            return asyncio.wait([by_executor(work)])

        for way in [lambda work: sync_to_async(work)(), by_executor, at_some_time]:
            asyncio.run(jobs(way))
    """)
        == ["False", "True"] * 3
    )


def test_what_synchronous_work_raises_is_raised():
    """To whoever awaits it, also what ends a program."""
    assert told("""
        def work(error):
            raise error

        for error in [ValueError, KeyboardInterrupt, SystemExit]:
            try:
                asyncio.run(sync_to_async(work)(error))
            except BaseException as caught:
                told.append(type(caught).__name__)
    """) == ["ValueError", "KeyboardInterrupt", "SystemExit"]


def test_what_is_ready_may_be_done_by_a_turn_within_a_turn():
    """Many tasks at once, each of which turns the loop by hand."""
    assert (
        told("""
        async def pause():
            await asyncio.sleep(0)

        def work(number):
            async_to_sync(pause)()
            told.append(number)

        async def many():
            every = [sync_to_async(work, thread_sensitive=False)(each) for each in range(5)]
            await asyncio.gather(*every)
            told.append("all")

        asyncio.run(many())
    """)[-1]
        == "all"
    )


def test_a_sleep_that_takes_longer_is_no_work():
    """Firefox's clock is coarse, and a check would wait on for what seems to go on."""
    assert told("""
        import time

        now = 0.0

        def sleep(seconds):
            global now
            now += 2 * seconds

        time.perf_counter, time.sleep = lambda: now, sleep
        before = time.thread_time()
        loop.Waiting().select(0.25)
        told.extend([now, time.thread_time() - before])
    """) == ["0.5", "0.0"]
