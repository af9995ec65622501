import functools
import inspect
from contextlib import suppress


async def test_the_consumer_is_asynchronous(enter, consumers):
    """The consumer runs on the event loop: it is an asynchronous one.

    يعمل المستهلك على حلقة الأحداث، فهو مستهلك غير متزامن.
    """
    from channels.consumer import SyncConsumer

    await enter("lobby")

    synchronous = [type(each).__name__ for each in consumers if isinstance(each, SyncConsumer)]
    assert not synchronous, f"{synchronous[0]} is still a synchronous consumer"


async def test_its_methods_are_coroutines(enter, consumers, monkeypatch):
    """What Channels calls can be awaited: `connect`, `disconnect`, `receive` and the group's handler.

    كل دالة تستدعيها Channels يمكن انتظارها، مثل `connect` و`disconnect` و`receive` ومعالج الحدث.
    """
    plain = []

    def note(consumer, name):
        method = getattr(consumer, name)

        @functools.wraps(method)
        def noting(*args, **kwargs):
            result = method(*args, **kwargs)
            if not inspect.isawaitable(result):
                plain.append(name)
            return result

        monkeypatch.setattr(consumer, name, noting)

    await enter("lobby")
    for consumer in {type(each) for each in consumers}:
        for name in ("connect", "disconnect", "receive", "chat_message"):
            if hasattr(consumer, name):
                note(consumer, name)
    with suppress(Exception):
        browser = await enter("lobby")
        await browser.says("hello")
        await browser.hears("hello")
        await browser.disconnect()

    assert not plain, f"{plain[0]}() is a plain def"


async def test_nothing_blocks_the_event_loop(enter, consumers):
    """No method waits in a way that stops everybody else, as `time.sleep` does.

    لا تنتظر أي دالة انتظارًا يوقف بقية المتصلين، كما تفعل الدالة `time.sleep`.
    """
    from blockbuster import blockbuster_ctx

    await enter("lobby")
    project = {type(each).__module__.partition(".")[0] for each in consumers} | {"chat"}
    with blockbuster_ctx(sorted(project)):
        mona, omar = await enter("lobby"), await enter("lobby")
        await mona.says("hello")
        await omar.hears("hello")
        await mona.disconnect()
