import inspect


async def test_the_consumer_is_asynchronous(enter, consumers):
    """The consumer runs on the event loop: it is an asynchronous one.

    يعمل المستهلك على حلقة الأحداث، فهو مستهلك غير متزامن.
    """
    from channels.consumer import SyncConsumer

    await enter("lobby")

    assert not isinstance(consumers[0], SyncConsumer), (
        f"{type(consumers[0]).__name__} is still a synchronous consumer"
    )


async def test_its_methods_are_coroutines(enter, consumers):
    """What Channels calls is `async def`: `connect`, `disconnect`, `receive` and the group's handler.

    كل دالة تستدعيها Channels معرَّفة بالكلمتين `async def`، مثل `connect` و`disconnect` و`receive` ومعالج المجموعة.
    """
    await enter("lobby")

    consumer = consumers[0]
    handlers = [
        name
        for name in ("connect", "disconnect", "receive", "chat_message")
        if hasattr(consumer, name)
    ]
    plain = [
        name
        for name in handlers
        if not inspect.iscoroutinefunction(inspect.unwrap(getattr(consumer, name)))
    ]
    assert not plain, f"{plain[0]}() is a plain def"


async def test_nothing_blocks_the_event_loop(enter, consumers):
    """No method waits in a way that stops everybody else, as `time.sleep` does.

    لا تنتظر أي دالة انتظارًا يوقف بقية المتصلين، كما تفعل الدالة `time.sleep`.
    """
    from blockbuster import blockbuster_ctx

    await enter("lobby")
    project = type(consumers[0]).__module__.partition(".")[0]
    with blockbuster_ctx(project):
        mona, omar = await enter("lobby"), await enter("lobby")
        await mona.send_json_to({"message": "hello"})
        assert await omar.receive_json_from() == {"message": "hello"}
        await mona.disconnect()
